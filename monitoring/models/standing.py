"""Where each action stands, day by day: ranges of days, from which any day's figures are read.

Derived, never typed: each deed that could change a standing restates it from that day on. What was true on earlier
days is left alone, so the past as it was known stays as it was known.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction
from django.db.models import F
from django.db.models.expressions import RawSQL

from improvement.lifecycle import Status
from improvement.models import Action, Plan, Theme, keys_of
from monitoring.ladder import Rung
from monitoring.models.facts import Known, known_of, our_calendar
from monitoring.models.scheme import Scheme
from monitoring.rating import Span, spans
from monitoring.scheme import Delivery
from monitoring.sql import RESTATE
from people.days import day_of
from people.models import Person
from sources.guarding import Follows, Guarded, Stays
from sources.models import Sealed
from sources.reads import SealedQuerySet

FOREVER = date.max
# Asked as an array, or the planner thinks that the seals decide and reads the whole table by them.
_SEEN_ON = "monitoring_standing.seal_id = ANY (ARRAY(SELECT seals_open_on(%s)))"


class StandingQuerySet(SealedQuerySet["Standing"]):
    """Words for picking standings."""

    def on(self, day: date) -> "StandingQuerySet":
        """One for each action that stood anywhere on the day, of those the reader might have seen then."""
        seen = RawSQL(_SEEN_ON, (day,), models.BooleanField())  # noqa: S611
        return self.filter(seen, from_on__lte=day, to_on__gt=day)

    def of(self, plan: Plan | None) -> "StandingQuerySet":
        """Of a plan's actions."""
        return self.filter(theme__plan=plan)

    def mine(self, person: Person) -> "StandingQuerySet":
        """Of the actions that the person leads or updates for."""
        return self.filter(action__in=keys_of(person))

    def under(self, slug: str) -> "StandingQuerySet":
        """Under a theme, as it then was."""
        return self.filter(theme__slug=slug)

    def in_order(self) -> "StandingQuerySet":
        """As the plan numbers its actions."""
        return self.order_by("place")

    def keys(self) -> Any:
        """What each is known by, and its seal, or that would be asked for once more (sources/reads.py)."""
        return self.values_list("pk", "seal_id")

    def told(self, keys: Sequence[tuple[int, int]], columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """The columns of these few of a list, in its order: joined for them alone, and not for all that it counts."""
        rows = self.filter(pk__in=[pk for pk, _ in keys]).values_list("pk", *columns)
        found = {pk: told for pk, *told in rows}
        return [tuple(found[pk]) for pk, _ in keys if pk in found]


class Standing(Sealed):
    """An action's status, rating and rung, the same from one day until (and without) another."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="standings", db_index=False)
    place = models.PositiveIntegerField()
    """Of its action in the plan, kept here so that a page of any list is read in its order."""
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+", db_index=False)
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

    objects = StandingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = (
            Guarded(name="standing_guarded"),
            Stays(name="standing_stays"),
            Follows(name="standing_follows", parent="improvement_action", column="action_id"),
            models.UniqueConstraint(fields=("action", "from_on"), name="standing_starts_once"),
            models.CheckConstraint(condition=models.Q(to_on__gt=F("from_on")), name="standing_lasts_a_day"),
        )
        indexes = (
            models.Index(fields=("action", "-from_on"), include=("to_on",), name="standing_latest"),
            models.Index(fields=("place",), include=("from_on", "to_on"), name="standing_in_order"),
            # A theme's actions in their order, those of other days passed over before any row is read.
            models.Index(fields=("theme", "place", "to_on", "from_on"), name="standing_of_theme"),
            # All that a list can be narrowed or ordered by, so that it is counted and sorted without a row being read.
            models.Index(
                fields=("theme", "to_on", "from_on"),
                name="standing_on_a_day",
                include=("status", "delivery", "rung", "due_on", "late", "stale", "place", "seal", "id"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.action} from {self.from_on}"

    @classmethod
    def restate(cls, action: Action, *, at: datetime) -> None:
        """Write where the action stands from the day of `at` on, if nobody does anything more."""
        cls.restate_all([action], at=at)

    @classmethod
    @transaction.atomic(savepoint=False)
    def restate_all(cls, actions: Sequence[Action], *, at: datetime) -> None:
        """The same for many, in as many statements as for one."""
        day = day_of(at)
        scheme, calendar = Scheme.ours().as_rule(), our_calendar()
        ahead = [
            (action, known, span)
            for action, known in known_of(actions, on=day).items()
            for span in spans(known.facts, since=day, scheme=scheme, calendar=calendar)
        ]
        with connection.cursor() as cursor:
            columns: dict[str, Any] = {"actions": [action.pk for action in actions], "on": day} | _as_columns(ahead)
            cursor.execute(RESTATE, columns)


def _as_columns(ahead: list[tuple[int, Known, Span]]) -> dict[str, list[Any]]:
    """The ranges of days, each with its action, as columns for one statement."""
    return {
        "action": [action for action, _, _ in ahead],
        "theme": [known.theme_id for _, known, _ in ahead],
        "place": [known.place for _, known, _ in ahead],
        "seal": [known.seal_id for _, known, _ in ahead],
        "status": [Status(known.facts.status).value for _, known, _ in ahead],
        "rung": [known.rung for _, known, _ in ahead],
        "due_on": [known.due_on for _, known, _ in ahead],
        "from_on": [span.from_on for _, _, span in ahead],
        "to_on": [span.to_on or FOREVER for _, _, span in ahead],
        "delivery": [span.rating.delivery.value if span.rating.delivery else "" for _, _, span in ahead],
        "because": [span.rating.because for _, _, span in ahead],
        "advice": [span.rating.advice for _, _, span in ahead],
        "late": [span.rating.late for _, _, span in ahead],
        "stale": [span.rating.stale for _, _, span in ahead],
    }


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
