"""Ofsted's monitoring visits, their letters, and the notices and directions of the Department (R5, R6)."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import TextChoices

from improvement.models import Inspection, Refused
from improvement.timing import written
from monitoring.correspondence import Stage, objection
from people.models import Person
from sources.guarding import Follows, Guarded, Stays, Watched
from sources.models import Sealed, Source, reference


class Visit(Sealed):
    """Inspectors back for a day or two; that they came is public, their letter may not be."""

    reference = models.CharField(max_length=12, unique=True, default=reference, editable=False)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="visits")
    ordinal = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    focus = models.TextField()
    areas = models.TextField()
    """What inspectors looked at, as the council knew when they left."""
    inspectors = models.CharField(max_length=200)
    ofsted_publishes = models.BooleanField(default=True)
    """By default every letter but the first; a person may say otherwise."""

    class Meta:
        ordering = ("ordinal",)
        constraints = (
            Guarded(name="visit_guarded"),
            Stays(name="visit_stays"),
            Watched(name="visit_watched", columns=("focus", "areas", "inspectors")),
        )

    def __str__(self) -> str:
        return f"Monitoring visit {self.ordinal}"


class Letter(Sealed):
    """A visit's letter on its way from draft to final; under its document's seal, so that even its arrival is."""

    State = Stage

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="letters")
    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="letter")
    state = models.CharField(max_length=12, choices=Stage.choices)
    draft_received_on = models.DateField(null=True, blank=True)
    final_received_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            Guarded(name="letter_guarded"),
            Stays(name="letter_stays"),
            Follows(name="letter_follows", parent="sources_source", column="source_id"),
        )

    def __str__(self) -> str:
        return self.source.title

    @classmethod
    @transaction.atomic
    def receive(cls, visit: Visit, *, state: str, by: Person, at: datetime, **document: Any) -> "Letter":
        """Record the letter of a visit, draft or final, as `Source.receive` records any document."""
        source = Source.receive(kind=Source.Kind.LETTER, by=by, at=at, **document)
        return cls.objects.create(
            visit=visit, source=source, seal_id=source.seal_id, state=state, **_received(state, source.received_on)
        )

    @transaction.atomic
    def move(self, to: str, *, on: date, words: str = "", by: Person, at: datetime) -> None:
        """Say how far it has come and on which day; a final letter may bring other words than its draft had.

        Raises Refused with the rule's sentence.
        """
        now = Letter.objects.select_for_update(no_key=True).get(pk=self.pk)
        if sentence := objection(now.state, to):
            raise Refused(sentence)
        Letter.objects.filter(pk=self.pk).update(state=to, **_received(to, on))
        source = self.source
        before, after = {"state": now.state}, {"state": to, "on": on.isoformat()}
        if words and words != source.words:
            before["words"], after["words"] = source.words, words
            Source.objects.filter(pk=source.pk).update(words=words)
        says = f"recorded “{Stage(to).label}”, {written(on)}"
        source.note("letter", says, by=by, at=at, before=before, after=after)


def _received(state: str, on: date) -> dict[str, date]:
    """The day on which a draft or a final letter came."""
    days = {Stage.DRAFT: "draft_received_on", Stage.FINAL: "final_received_on"}
    return {days[Stage(state)]: on} if state in days else {}


class Instrument(Sealed):
    """A notice or direction: intervention is a history of these, declared by a person, never computed (R5)."""

    class Kind(TextChoices):
        NOTICE = "notice", "Improvement notice"
        DIRECTION = "direction", "Statutory direction"
        REVIEW = "review", "Review by the Department"
        LIFTED = "lifted", "Intervention lifted"

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="instruments")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    issued_on = models.DateField()
    words = models.TextField()

    class Meta:
        ordering = ("issued_on", "id")
        constraints = (
            Guarded(name="instrument_guarded"),
            Stays(name="instrument_stays"),
            Watched(name="instrument_watched", columns=("words",)),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.issued_on}"
