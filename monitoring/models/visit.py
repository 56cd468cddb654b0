"""Ofsted's monitoring visits, their letters, and the notices and directions of the Department (R5, R6)."""

from django.db import models
from django.db.models import TextChoices

from improvement.models import Inspection
from sources.guarding import Follows, Guarded, Watched
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
            Watched(name="visit_watched", columns=("focus", "areas", "inspectors")),
        )

    def __str__(self) -> str:
        return f"Monitoring visit {self.ordinal}"


class Letter(Sealed):
    """A visit's letter on its way from draft to final; under its document's seal, so that even its arrival is."""

    class State(TextChoices):
        DRAFT = "draft", "Draft received"
        COMMENTED = "commented", "Accuracy comments sent"
        FINAL = "final", "Final letter received"
        PUBLISHED = "published", "Published"

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="letters")
    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="letter")
    state = models.CharField(max_length=12, choices=State.choices)
    draft_received_on = models.DateField(null=True, blank=True)
    final_received_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            Guarded(name="letter_guarded"),
            Follows(name="letter_follows", parent="sources_source", column="source_id"),
        )

    def __str__(self) -> str:
        return self.source.title


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
            Watched(name="instrument_watched", columns=("words",)),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.issued_on}"
