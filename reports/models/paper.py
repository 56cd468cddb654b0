"""Papers as they are kept: the head, the sections, and every passage under its own seal as well as its paper's."""

from datetime import date, datetime

import pgtrigger
from django.db import models
from django.db.models import F, Func, Prefetch, Q, TextChoices, Value
from django.db.models.functions import Coalesce

from improvement.models import Refused
from improvement.timing import written
from monitoring.models import Visit
from people.constraints import Chained
from people.days import day_of
from people.models import Body, Person
from reports import paper as value
from reports.models.template import Template
from sources.guarding import Follows, Guarded, Parent, Stays, Watched
from sources.models import Line, Sealed, reference
from sources.reads import SealedQuerySet, SealKey
from sources.seals import OPEN

AUDIT_HEAD = Coalesce(Func(function="audit_head"), Value(""), output_field=models.CharField())
BY_HAND = "Written by hand"
"""Where the words of a passage come from that nobody composed."""
HEAD = (
    "council", "report_of", "committee", "meeting_words", "title", "summary", "signatory", "contact_name",
    "contact_phone", "contact_email", "portfolio", "scrutiny_area",
)  # fmt: skip
"""The words of a paper's head."""


class PaperQuerySet(SealedQuerySet["Paper"]):
    """Words for picking papers."""

    def issued(self) -> "PaperQuerySet":
        """Out, and never changed again."""
        return self.filter(state=Paper.State.ISSUED)

    def drafts(self) -> "PaperQuerySet":
        """Still being written."""
        return self.filter(state=Paper.State.DRAFT)

    def composed(self) -> "PaperQuerySet":
        """Made here from the records, not loaded from a text."""
        return self.filter(is_historical=False)

    def historical(self) -> "PaperQuerySet":
        """Loaded from a text as they once were."""
        return self.filter(is_historical=True)

    def loaded_with(self, code: str) -> "PaperQuerySet":
        """Loaded from a text with these very words."""
        return self.filter(is_historical=True, code=code)

    def last_composed_by(self, person: Person) -> "Paper | None":
        """What the person composed last."""
        return self.filter(composed_by=person).order_by("composed_at", "id").last()

    def to(self, body: Body) -> "PaperQuerySet":
        """Going, or gone, to a body."""
        return self.filter(body=body)

    def to_executives(self) -> "PaperQuerySet":
        """Going, or gone, to the Executive."""
        return self.filter(body__kind=Body.Kind.EXECUTIVE)

    def as_at_before(self, day: date) -> "PaperQuerySet":
        """Whose figures speak of an earlier day."""
        return self.filter(as_at__lt=day)

    def latest_first(self) -> "PaperQuerySet":
        """By the meeting they go to."""
        return self.order_by(F("meeting_on").desc(nulls_last=True), "-composed_at")

    def whole(self) -> "PaperQuerySet":
        """Each with its sections and passages, and the terms of each, in three queries more."""
        passages = Passage.objects.select_related("own_seal").order_by("position", "id")
        sections = Section.objects.order_by("position").prefetch_related(Prefetch("passages", queryset=passages))
        return self.select_related("body", "visit").prefetch_related(Prefetch("sections", queryset=sections))


class Paper(Sealed):
    """A committee paper. While a draft it stands under the seal of drafts; once issued under the open one."""

    class State(TextChoices):
        DRAFT = "draft", "Draft"
        ISSUED = "issued", "Issued"

    reference = models.CharField(max_length=12, unique=True, default=reference, editable=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    template = models.ForeignKey(Template, on_delete=models.PROTECT, null=True, related_name="papers")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="papers")
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, null=True, related_name="papers")
    is_historical = models.BooleanField(default=False)
    """Loaded from a text as it was once issued, not composed here."""
    council = models.TextField(blank=True)
    """The council as the paper names it; a paper that was loaded may be another's, or name none."""
    report_of = models.TextField(blank=True)
    committee = models.TextField(blank=True)
    meeting_on = models.DateField(null=True, blank=True)
    meeting_words = models.TextField(blank=True)
    letter = models.CharField(max_length=8, blank=True)
    title = models.TextField(blank=True)
    summary = models.JSONField(default=list)
    """As it was loaded. A composed paper keeps none: its summary statement is section 1, said once."""
    signatory = models.JSONField(default=list)
    contact_name = models.TextField(blank=True)
    contact_phone = models.TextField(blank=True)
    contact_email = models.TextField(blank=True)
    portfolio = models.TextField(blank=True)
    scrutiny_area = models.TextField(blank=True)
    as_at = models.DateField(null=True, blank=True)
    composed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="papers")
    composed_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=16, blank=True)
    audit_head = models.CharField(max_length=64, blank=True)
    """The hash of the latest event of the audit trail at its issue, which its footer prints for everyone to keep."""
    version = models.PositiveIntegerField(default=1)

    objects = PaperQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = (
            Guarded(name="paper_guarded"),
            Stays(name="paper_stays", leaves="OLD.seal_id = 1 AND NEW.state = 'issued'"),
            Watched(name="paper_watched", columns=HEAD),
            Parent(name="paper_seal"),
            models.UniqueConstraint(fields=("code",), condition=Q(is_historical=True), name="text_loaded_once"),
        )
        indexes = (models.Index(fields=("-meeting_on", "-composed_at")),)
        triggers = (
            pgtrigger.Protect(
                name="issued_paper_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="issued"),
            ),
        )

    def __str__(self) -> str:
        return self.title or self.reference

    @property
    def is_issued(self) -> bool:
        """Out, and never changed again."""
        return self.state == self.State.ISSUED

    def change_objection(self) -> str | None:
        """Why no word of it can be changed, or None if words can."""
        if not self.is_issued or not self.issued_at:
            return None
        day = written(day_of(self.issued_at))
        return f"This paper was issued on {day}, and a paper that has been issued is never changed."

    def issue(self, *, code: str, by: Person | None, at: datetime) -> None:
        """Send it out under the open seal: its rows follow, passages keep their own, and nothing changes again."""
        if sentence := self.change_objection():
            raise Refused(sentence)
        Paper.objects.filter(pk=self.pk).update(
            state=self.State.ISSUED, seal=OPEN, code=code, audit_head=AUDIT_HEAD, issued_at=at,
            version=F("version") + 1,
        )  # fmt: skip
        self.refresh_from_db()
        PaperLine.write(paper=self, seal_id=OPEN, by=by, at=at, verb="issue", says="issued the paper")

    def count_change(self, *, says: str, by: Person, at: datetime, verb: str = "edit", own_seal: int = 0) -> None:
        """Count the version up and leave one line of history, under the seal of what was changed."""
        if sentence := self.change_objection():
            raise Refused(sentence)
        Paper.objects.filter(pk=self.pk).update(version=F("version") + 1)
        self.refresh_from_db(fields=["version"])
        PaperLine.write(
            paper=self, seal_id=self.seal_id, own_seal_id=own_seal, by=by, at=at, verb=verb, says=says
        )  # fmt: skip


_PAPER_OF_SECTION = "SELECT state FROM reports_paper WHERE id = {row}.paper_id"
_PAPER_OF_PASSAGE = (
    "SELECT p.state FROM reports_paper p JOIN reports_section s ON s.paper_id = p.id WHERE s.id = {row}.section_id"
)
_REFUSAL = "RAISE EXCEPTION 'A paper that has been issued is never changed.'"


def _words_stay(paper: str, columns: tuple[str, ...]) -> tuple[pgtrigger.Trigger, ...]:
    """Neither added to, nor taken from, nor reworded once issued. A seal that follows its paper’s is no change."""
    came = f"IF ({paper.format(row='NEW')}) = 'issued' THEN {_REFUSAL}; END IF; RETURN NEW;"
    went = f"IF ({paper.format(row='OLD')}) = 'issued' THEN {_REFUSAL}; END IF; RETURN OLD;"
    reworded = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
    return (
        pgtrigger.Trigger(name="nothing_added", operation=pgtrigger.Insert, when=pgtrigger.Before, func=came),
        pgtrigger.Trigger(name="nothing_taken", operation=pgtrigger.Delete, when=pgtrigger.Before, func=went),
        pgtrigger.Trigger(
            name="nothing_reworded",
            operation=pgtrigger.Update,
            when=pgtrigger.Before,
            condition=pgtrigger.Condition(reworded),
            func=went.replace("RETURN OLD", "RETURN NEW"),
        ),
    )


class Section(Sealed):
    """A numbered part of a paper."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="sections")
    number = models.TextField(blank=True)
    heading = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("paper", "position")
        constraints = (
            Guarded(name="section_guarded"),
            Stays(name="section_stays"),
            Watched(name="section_watched", columns=("heading",)),
            Parent(name="section_seal"),
            Follows(name="section_follows", parent="reports_paper", column="paper_id"),
        )
        triggers = _words_stay(_PAPER_OF_SECTION, ("paper_id", "number", "heading", "position"))

    def __str__(self) -> str:
        return f"{self.number}. {self.heading}"


class Passage(models.Model):
    """A block of a section. It stands under its paper's seal and under that of whatever it was drawn from."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in value.Kind])
    number = models.TextField(blank=True)
    text = models.TextField(blank=True)
    table = models.JSONField(null=True)
    """A table's caption, header and rows; and, of a chart, its ratings with the colours that they were drawn in."""
    origin = models.TextField(blank=True)
    rows = models.TextField(blank=True)
    """The address in this service that shows what the words were drawn from."""
    seal = SealKey("sources.Seal", on_delete=models.PROTECT, default=0, related_name="+", db_index=False)
    """The paper's seal."""
    own_seal = SealKey("sources.Seal", on_delete=models.PROTECT, default=0, related_name="+", db_index=False)
    """The seal of what the words were drawn from."""

    objects = SealedQuerySet.as_manager()

    class Meta:
        ordering = ("section", "position")
        constraints = (
            Guarded(name="passage_guarded", columns=("seal_id", "own_seal_id")),
            Stays(name="passage_stays", columns=("seal_id", "own_seal_id")),
            # What is composed under a seal says in our own words what is kept under it already, in its own.
            Watched(
                name="passage_watched",
                columns=("text", "table", "origin"),
                seals=("seal_id", "own_seal_id"),
                kept={"origin": BY_HAND},
            ),
            Follows(name="passage_follows", parent="reports_section", column="section_id"),
        )
        triggers = _words_stay(
            _PAPER_OF_PASSAGE, ("section_id", "position", "kind", "number", "text", "table", "own_seal_id")
        )

    def __str__(self) -> str:
        return f"{self.number} {self.text[:60]}".strip()


class PaperLine(Line):
    """A line of a paper's history. That words under a seal were changed is itself under that seal."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="lines")
    own_seal = SealKey("sources.Seal", on_delete=models.PROTECT, default=0, related_name="+", db_index=False)

    class Meta(Line.Meta):
        constraints = (
            Guarded(name="paperline_guarded", columns=("seal_id", "own_seal_id"), append_only=True),
            Chained(name="paperline_chained", without=("seal_id",)),
            Watched(name="paperline_watched", columns=("reason",), seals=("seal_id", "own_seal_id")),
            Follows(name="paperline_follows", parent="reports_paper", column="paper_id"),
        )
