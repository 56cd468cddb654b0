"""What needs me: the open actions that a person leads or updates, the most pressing first."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import TextChoices

from improvement.lifecycle import OPEN, Status
from improvement.models import Plan
from improvement.timing import late
from improvement.working_days import Calendar
from monitoring import models
from monitoring.models import Blocker, Standing, Update, our_calendar
from monitoring.scheme import Delivery, Scheme
from people.days import day_of
from people.models import Person
from people.roles import EVERYWHERE, Permission, scopes


class Need(TextChoices):
    """Why an action needs somebody, in the order in which it does."""

    OVERDUE = "overdue", "Overdue"
    RED = "red", "Red before its date"
    STALE = "stale", "Stale"
    DUE_SOON = "due-soon", "Due soon"
    AMBER = "amber", "Amber for another reason"
    WAITING = "waiting", "Waiting on others"
    REST = "rest", "Nothing needed now"

    @property
    def presses(self) -> bool:
        """Whether it is for this person to do something now."""
        return self not in (Need.WAITING, Need.REST)

    def called(self, scheme: Scheme) -> str:
        """Its name, with the council's own words for the colours."""
        named = {Need.RED: f"{scheme.red} before its date", Need.AMBER: f"{scheme.amber} for another reason"}
        return named.get(self, str(self.label))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """One action as its updater sees it in the list."""

    need: Need
    number: str
    title: str
    theme: str
    status: str
    delivery: str
    because: str
    advice: str
    due_on: date
    first_due_on: date
    late_by: int
    """Working days past the due date."""
    days_left: int
    waits_for: str = ""
    last_words: str = ""
    last_at: datetime | None = None
    last_by: str = ""
    may_update: bool = True

    def awaits_word(self, on: date) -> bool:
        """Whether it presses, is this person's to update, and has not been updated today."""
        said_today = self.last_at is not None and day_of(self.last_at) == on
        return self.need.presses and self.may_update and not said_today


def my_actions(person: Person, *, on: date) -> list[Mine]:
    """Everything open that the person leads or updates, in the order of what needs them."""
    ours = Standing.objects.of(Plan.current()).on(on).mine(person)
    rows = list(ours.filter(status__in=OPEN).in_order().values(*_COLUMNS))
    known = _known(person, [row["action_id"] for row in rows], on=on)
    order = list(Need)
    return sorted(
        (_mine(row, known, on=on) for row in rows),
        key=lambda action: (order.index(action.need), action.due_on),
    )


def need_of(standing: dict[str, Any], *, days_left: int, waits: bool, soon: int) -> Need:
    """The first of the needs that holds; a delivered action waits for the theme lead, whatever its date."""
    if standing["status"] == Status.DELIVERED:
        return Need.WAITING
    if standing["late"]:
        return Need.OVERDUE
    if standing["delivery"] == Delivery.RED:
        return Need.RED
    if standing["stale"]:
        return Need.STALE
    if days_left <= soon:
        return Need.DUE_SOON
    if waits:
        return Need.WAITING
    return Need.AMBER if standing["delivery"] == Delivery.AMBER else Need.REST


def grouped(mine: list[Mine]) -> list[tuple[Need, list[Mine]]]:
    """The same, a group for each need that there is."""
    return [(need, list(actions)) for need, actions in groupby(mine, key=lambda action: action.need)]


def next_for(mine: list[Mine], *, on: date, after: str = "") -> Mine | None:
    """What to turn to now: the first other that presses and has had no word today, or one would go in circles."""
    return next((a for a in mine if a.awaits_word(on) and a.number != after), None)


_COLUMNS = (
    "action_id", "action__number", "action__title", "action__first_due_on", "theme__slug", "theme__title",
    "status", "delivery", "because", "advice", "due_on", "late", "stale",
)  # fmt: skip


class _Known(NamedTuple):
    """What the standings don't hold: of each action by its id, of the person, and of the council."""

    said: dict[int, dict[str, Any]]
    waits: dict[int, str]
    covered: frozenset[str]
    calendar: Calendar
    soon: int


def _known(person: Person, ids: list[int], *, on: date) -> _Known:
    updates: Any = Update.objects.filter(action__in=ids).order_by("action_id", "-at", "-id")
    latest = updates.distinct("action_id").values("action_id", "words", "at", "by__name")
    waits = Blocker.objects.filter(action__in=ids, cleared_on=None).values_list("action_id", "from_whom")
    return _Known(
        said={row["action_id"]: row for row in latest},
        waits=dict(waits),
        covered=scopes(person.holdings, Permission.UPDATE_OWN, on=on),
        calendar=our_calendar(),
        soon=models.Scheme.ours().due_soon_days,
    )


def _mine(row: dict[str, Any], known: _Known, *, on: date) -> Mine:
    delivered = row["status"] == Status.DELIVERED
    waits_for = _FOR_THE_LEAD if delivered else known.waits.get(row["action_id"], "")
    days_left = (row["due_on"] - on).days
    return Mine(
        need=need_of(row, days_left=days_left, waits=bool(waits_for), soon=known.soon),
        waits_for=waits_for,
        late_by=late(row["due_on"], on=on, calendar=known.calendar) if row["late"] else 0,
        days_left=days_left,
        may_update=not known.covered.isdisjoint({EVERYWHERE, f"theme:{row['theme__slug']}"}),
        **_described(row, said=known.said.get(row["action_id"], {})),
    )


_FOR_THE_LEAD = "the theme lead, to close it or send it back"


def _described(row: dict[str, Any], *, said: dict[str, Any]) -> dict[str, Any]:
    same = {name: row[name] for name in ("status", "delivery", "because", "advice", "due_on")}
    return same | {
        "number": row["action__number"],
        "title": row["action__title"],
        "theme": row["theme__title"],
        "first_due_on": row["action__first_due_on"],
        "last_words": said.get("words", ""),
        "last_at": said.get("at"),
        "last_by": said.get("by__name", ""),
    }
