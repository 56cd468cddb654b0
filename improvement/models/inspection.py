"""An inspection, its days on site, and its judgements."""

from django.db import models

from improvement.frameworks import Grade
from sources.guarding import Follows, Guarded, Parent, Stays, Watched
from sources.models import Sealed, Source, reference


class Inspection(Sealed):
    """An inspection under a version of the framework; it may span several ranges of days (R4)."""

    reference = models.CharField(max_length=12, unique=True, default=reference, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="inspections")
    framework = models.CharField(max_length=20)
    provider = models.CharField(max_length=160)
    """The council, or the trust that runs its services."""
    lead_inspector = models.CharField(max_length=120, blank=True)
    received_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-received_on",)
        constraints = (
            Guarded(name="inspection_guarded"),
            Stays(name="inspection_stays"),
            Parent(name="inspection_seal"),
            Follows(name="inspection_follows_source", parent="sources_source", column="source_id"),
        )

    def __str__(self) -> str:
        return self.source.title


class DayRange(Sealed):
    """Days that inspectors were on site, the last one included."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="day_ranges")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("starts_on",)
        constraints = (
            Guarded(name="dayrange_guarded"),
            Stays(name="dayrange_stays"),
            Follows(name="dayrange_follows", parent="improvement_inspection", column="inspection_id"),
        )

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"


class Judgement(Sealed):
    """One row of the judgement table, as its report prints it; not every judgement has a grade."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="judgements")
    key = models.CharField(max_length=30)
    label = models.CharField(max_length=200)
    grade = models.CharField(max_length=24, choices=Grade.choices, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("inspection", "position")
        constraints = (
            Guarded(name="judgement_guarded"),
            Stays(name="judgement_stays"),
            Watched(name="judgement_watched", columns=("label",)),
            Follows(name="judgement_follows", parent="improvement_inspection", column="inspection_id"),
        )

    def __str__(self) -> str:
        return f"{self.label}: {self.get_grade_display() or 'not graded'}"
