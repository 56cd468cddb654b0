"""Where each action stands, day by day: ranges of days, from which any day's figures are read.

Derived, never typed: each deed that could change a standing restates it from that day on. What was true on earlier
days is left alone, so the past as it was known stays as it was known.
"""

from datetime import date, datetime

from django.db import models, transaction
from django.db.models import F
from django.db.models.expressions import RawSQL

from improvement.lifecycle import Status
from improvement.models import Action, Plan, Theme
from monitoring.ladder import Rung
from monitoring.models.facts import known_of, our_calendar
from monitoring.models.scheme import Scheme
from monitoring.rating import spans
from monitoring.scheme import Delivery
from people.days import day_of
from sources.guarding import Follows, Guarded
from sources.models import Sealed

FOREVER = date.max


class StandingQuerySet(models.QuerySet["Standing"]):
    """Words for picking standings."""

    def on(self, day: date) -> "StandingQuerySet":
        """One for each action that stood anywhere on the day, of those the reader might have seen then."""
        seen = RawSQL("SELECT seals_open_on(%s)", (day,))
        return self.filter(from_on__lte=day, to_on__gt=day, seal_id__in=seen)

    def of(self, plan: Plan | None) -> "StandingQuerySet":
        """Of a plan's actions."""
        return self.filter(action__plan=plan)

    def under(self, slug: str) -> "StandingQuerySet":
        """Under a theme, as it then was."""
        return self.filter(theme__slug=slug)

    def in_order(self) -> "StandingQuerySet":
        """As the plan numbers its actions."""
        return self.order_by("theme__number", "action__position")


class Standing(Sealed):
    """An action's status, rating and rung, the same from one day until (and without) another."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="standings")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(default=FOREVER)
    status = models.CharField(max_length=12, choices=Status.choices)
    delivery = models.CharField(max_length=8, choices=Delivery.choices, blank=True)
    """Empty for a withdrawn action, which nobody rates."""
    because = models.TextField()
    advice = models.TextField(blank=True)
    """What would put it right, in a sentence."""
    rung = models.CharField(max_length=12, choices=Rung.choices)
    due_on = models.DateField()
    late = models.BooleanField()
    stale = models.BooleanField()

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = (
            Guarded(name="standing_guarded"),
            Follows(name="standing_follows", parent="improvement_action", column="action_id"),
            models.UniqueConstraint(fields=("action", "from_on"), name="standing_starts_once"),
            models.CheckConstraint(condition=models.Q(to_on__gt=F("from_on")), name="standing_lasts_a_day"),
        )
        indexes = (
            models.Index(fields=("delivery", "from_on", "to_on")),
            models.Index(fields=("action", "-from_on"), include=("to_on",), name="standing_latest"),
        )

    def __str__(self) -> str:
        return f"{self.action} from {self.from_on}"

    @classmethod
    @transaction.atomic(savepoint=False)
    def restate(cls, action: Action, *, at: datetime) -> None:
        """Write where the action stands from the day of `at` on, if nobody does anything more."""
        day = day_of(at)
        rows = cls.objects.filter(action=action)
        rows.filter(from_on__gte=day).delete()
        rows.filter(to_on__gt=day).update(to_on=day)
        Standing.objects.bulk_create(cls._foretell(action, day))

    @classmethod
    def _foretell(cls, action: Action, day: date) -> list["Standing"]:
        known = known_of(action, on=day)
        ahead = spans(known.facts, since=day, scheme=Scheme.ours().as_rule(), calendar=our_calendar())
        return [
            cls(
                action=action,
                seal_id=known.seal_id,
                theme_id=known.theme_id,
                from_on=span.from_on,
                to_on=span.to_on or FOREVER,
                status=known.facts.status,
                delivery=span.rating.delivery or "",
                because=span.rating.because,
                advice=span.rating.advice,
                rung=known.rung,
                due_on=known.due_on,
                late=span.rating.late,
                stale=span.rating.stale,
            )
            for span in ahead
        ]


class Tally(Sealed):
    """How many actions entered (or left) a facet on a day or in a month: kept by a trigger with every standing.

    The count on any day is the sum of the whole months before it and the days of its own month, so that an update
    writes a few rows and any day's dashboard reads a few thousand, however many actions there are (`speed.md`).
    """

    class Grain(models.TextChoices):
        DAY = "day"
        MONTH = "month"

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="+")
    facet = models.CharField(max_length=10)
    value = models.CharField(max_length=16)
    grain = models.CharField(max_length=5, choices=Grain.choices)
    starts_on = models.DateField()
    n = models.IntegerField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = (
            Guarded(name="tally_guarded"),
            models.UniqueConstraint(
                fields=("grain", "starts_on", "theme", "facet", "value", "seal"), name="tally_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.facet} {self.value} {self.starts_on} {self.n:+d}"
