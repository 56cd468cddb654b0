"""Measures that the board watches: numerator and denominator kept, not only the percentage (R15)."""

from django.db import models
from django.db.models import TextChoices

from improvement.models import Action, Theme
from sources.guarding import Follows, Guarded, Parent, Stays, Watched
from sources.models import Sealed
from sources.reads import SealedQuerySet, SealKey


class Measure(Sealed):
    """Something counted the same way every month."""

    class Unit(TextChoices):
        PERCENT = "percent", "%"
        NUMBER = "number", ""
        DAYS = "days", "days"

    class Better(TextChoices):
        HIGHER = "higher", "Higher is better"
        LOWER = "lower", "Lower is better"

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="measures")
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    definition = models.TextField()
    numerator = models.CharField(max_length=200)
    denominator = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=8, choices=Unit.choices)
    better = models.CharField(max_length=8, choices=Better.choices)
    target = models.DecimalField(max_digits=8, decimal_places=1)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("theme__number", "position")
        constraints = (
            Guarded(name="measure_guarded"),
            Stays(name="measure_stays"),
            Parent(name="measure_seal"),
            Watched(name="measure_watched", columns=("name", "definition", "numerator", "denominator")),
        )

    def __str__(self) -> str:
        return self.name


class Reading(Sealed):
    """One period's figure."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="readings")
    period_on = models.DateField()
    """The first day of its month."""
    numerator = models.DecimalField(max_digits=10, decimal_places=1)
    denominator = models.DecimalField(max_digits=10, decimal_places=1, null=True)
    provisional = models.BooleanField(default=False)

    class Meta:
        ordering = ("measure", "period_on")
        constraints = (
            Guarded(name="reading_guarded"),
            Stays(name="reading_stays"),
            Follows(name="reading_follows", parent="monitoring_measure", column="measure_id"),
            models.UniqueConstraint(fields=("measure", "period_on"), name="one_reading_a_period"),
        )

    def __str__(self) -> str:
        return f"{self.measure}, {self.period_on:%B %Y}"

    @property
    def value(self) -> float:
        """The percentage, or the number itself where there is nothing to divide by."""
        if self.measure.unit == Measure.Unit.PERCENT and self.denominator:
            return round(float(100 * self.numerator / self.denominator), 1)
        return float(self.numerator)


class Gauge(models.Model):
    """That a measure shows the impact of an action; seen only by those who may see both."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="gauges")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="gauges")
    seal = SealKey("sources.Seal", on_delete=models.PROTECT, default=0, related_name="+", db_index=False)
    """The action's seal."""
    measure_seal = SealKey("sources.Seal", on_delete=models.PROTECT, default=0, related_name="+", db_index=False)

    objects = SealedQuerySet.as_manager()

    class Meta:
        constraints = (
            Guarded(name="gauge_guarded", columns=("seal_id", "measure_seal_id")),
            Stays(name="gauge_stays", columns=("seal_id", "measure_seal_id")),
            Follows(name="gauge_follows_action", parent="improvement_action", column="action_id"),
            Follows(
                name="gauge_follows_measure",
                parent="monitoring_measure",
                column="measure_id",
                seal="measure_seal_id",
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure} for {self.action}"
