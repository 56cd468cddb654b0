"""Papers as they are kept: the head, the sections, and every passage under its own seal as well as its paper's."""


import pgtrigger
from django.db import models
from django.db.models import TextChoices

from monitoring.models import Visit
from people.models import Body, Person
from reports import paper as value
from reports.models.template import Template
from sources.guarding import Follows, Guarded, Parent
from sources.models import Line, Sealed, reference


class PaperQuerySet(models.QuerySet["Paper"]):
    """Words for picking papers."""

    def issued(self) -> "PaperQuerySet":
        """Out, and never changed again."""
        return self.filter(state=Paper.State.ISSUED)

    def drafts(self) -> "PaperQuerySet":
        """Still being written."""
        return self.filter(state=Paper.State.DRAFT)

    def latest_first(self) -> "PaperQuerySet":
        """By the meeting they go to."""
        return self.order_by("-meeting_on", "-composed_at")


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
    report_of = models.CharField(max_length=200, blank=True)
    committee = models.CharField(max_length=160, blank=True)
    meeting_on = models.DateField(null=True, blank=True)
    meeting_words = models.CharField(max_length=60, blank=True)
    letter = models.CharField(max_length=8, blank=True)
    title = models.CharField(max_length=300, blank=True)
    summary = models.JSONField(default=list)
    signatory = models.JSONField(default=list)
    contact_name = models.CharField(max_length=160, blank=True)
    contact_phone = models.CharField(max_length=60, blank=True)
    contact_email = models.CharField(max_length=160, blank=True)
    portfolio = models.CharField(max_length=200, blank=True)
    scrutiny_area = models.CharField(max_length=200, blank=True)
    as_at = models.DateField(null=True, blank=True)
    composed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="papers")
    composed_at = models.DateTimeField()
    issued_at = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=16, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints = (Guarded(name="paper_guarded"), Parent(name="paper_seal"))
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


class Section(Sealed):
    """A numbered part of a paper."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="sections")
    number = models.CharField(max_length=8)
    heading = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("paper", "position")
        constraints = (
            Guarded(name="section_guarded"),
            Parent(name="section_seal"),
            Follows(name="section_follows", parent="reports_paper", column="paper_id"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.heading}"


class Passage(models.Model):
    """A block of a section. It stands under its paper's seal and under that of whatever it was drawn from."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in value.Kind])
    number = models.CharField(max_length=12, blank=True)
    text = models.TextField(blank=True)
    table = models.JSONField(null=True)
    origin = models.CharField(max_length=200, blank=True)
    seal = models.ForeignKey("sources.Seal", on_delete=models.PROTECT, default=0, related_name="+")
    """The paper's seal."""
    own_seal = models.ForeignKey("sources.Seal", on_delete=models.PROTECT, default=0, related_name="+")
    """The seal of what the words were drawn from."""

    class Meta:
        ordering = ("section", "position")
        constraints = (
            Guarded(name="passage_guarded", columns=("seal_id", "own_seal_id")),
            Follows(name="passage_follows", parent="reports_section", column="section_id"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.text[:60]}".strip()


class PaperLine(Line):
    """A line of a paper's history."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="lines")

    class Meta(Line.Meta):
        constraints = (
            Guarded(name="paperline_guarded", append_only=True),
            Follows(name="paperline_follows", parent="reports_paper", column="paper_id"),
        )
