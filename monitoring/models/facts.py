"""What the rating rule needs to know of an action, read from its records in one query."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from improvement.lifecycle import Status
from improvement.models import Action, BankHoliday
from improvement.working_days import Calendar
from monitoring import rating
from monitoring.ladder import Rung
from monitoring.scheme import Delivery
from monitoring.sql import KNOWN


@dataclass(frozen=True, slots=True)
class Known:
    """An action's facts, with where it stands on the ladder and in the plan."""

    facts: rating.Facts
    rung: str
    due_on: date
    theme_id: int
    place: int
    seal_id: int


def known_of(actions: Sequence[Action], *, on: date) -> dict[int, Known]:
    """What is known now, for the day `on` and after; read afresh, since a colleague may have been quicker."""
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, {"actions": [action.pk for action in actions], "on": on})
        return {row[0]: _known(*row[1:]) for row in cursor.fetchall()}


def _known(
    status: str, starts_on: date, due_on: date, theme_id: int, place: int, seal_id: int, last_word_on: date | None,
    blocked: bool, evidenced: bool, rung: str | None, due: list[date] | None, done: list[date | None] | None,
    *rated: Any,
) -> Known:  # fmt: skip
    facts = rating.Facts(
        status=Status(status),
        starts_on=starts_on,
        due_on=due_on,
        milestones=tuple(rating.Milestone(*dates) for dates in zip(due or (), done or (), strict=True)),
        last_word_on=last_word_on,
        blocked=blocked,
        evidenced=evidenced,
        override=_override(*rated),
    )
    return Known(facts, rung or Rung.NONE.value, due_on, theme_id, place, seal_id)


def our_calendar() -> Calendar:
    """The council's table of bank holidays as the rules take it."""
    days = frozenset(BankHoliday.objects.values_list("day", flat=True))
    years = [day.year for day in days] or [1]
    return Calendar(days, max(years), first_year=min(years))


def _override(delivery: str | None, until_on: date, reason: str) -> rating.Override | None:
    return rating.Override(Delivery(delivery), until_on, reason) if delivery else None
