"""Where the plan's actions stand on a day, counted by theme, and how those counts came to be over two years.

One query of the tally, however many actions there are: what is counted is what `Standing.objects.on(day)` would list.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from types import MappingProxyType
from typing import Any

from django.db import connection

from improvement.lifecycle import Status
from improvement.models import Plan
from improvement.time_limits import months_after
from monitoring.ladder import Rung
from monitoring.scheme import UNRATED, WORST_FIRST, Delivery
from sources import reads

RATINGS = (*(rating.value for rating in WORST_FIRST), UNRATED)

# What came and what went, added up by theme to the day, and by month over all themes. A seal released on a day counts
# from that day on, so whatever stood under it comes in that month; one that was open all along changes nothing.
# Left joined, though no seal is missing, so that the planner expects the twenty seals that the function promises:
# expecting one alone, it read the tally once for each.
_SEEN = """
WITH seen AS MATERIALIZED (
    SELECT held.id, CASE WHEN held.id IN (SELECT seals_open_on(%(first)s)) THEN DATE '0001-01-01'
        ELSE date_trunc('month', seal.released_at AT TIME ZONE 'Europe/London')::date END AS month
    FROM seals_open_on(%(on)s) AS held(id) LEFT JOIN sources_seal seal ON seal.id = held.id
)
"""
_COUNTED = """
    FROM monitoring_tally tally JOIN seen ON seen.id = tally.seal_id
    WHERE tally.theme_id IN (SELECT id FROM improvement_theme WHERE plan_id = %(plan)s)
        AND (tally.grain = 'month' AND tally.starts_on < %(month)s
            OR tally.grain = 'day' AND tally.starts_on BETWEEN %(month)s AND %(on)s)
"""
_CAME = f"""
{_SEEN}
SELECT theme_id, month, facet, value, sum(n) FROM (
    SELECT tally.theme_id, tally.facet, tally.value, tally.n,
        greatest(least(tally.starts_on, %(month)s), seen.month, %(first)s) AS month
    {_COUNTED}
) came
GROUP BY GROUPING SETS ((theme_id, facet, value), (month, facet, value))
"""  # noqa: S608
_UNDER = f"{_SEEN} SELECT DISTINCT tally.seal_id {_COUNTED}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many actions there are, and how many of them stand where; `delivery` counts the unrated as “none”."""

    all: int
    status: Mapping[str, int]
    delivery: Mapping[str, int]
    rung: Mapping[str, int]
    late: int
    stale: int

    @property
    def worst(self) -> str:
        """The worst rating that any of them has; a theme is never an average."""
        return next((rating for rating in RATINGS if self.delivery[rating]), UNRATED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The counts of a day: by theme (its id), in all, and at the end of each month up to the day."""

    on: date
    themes: Mapping[int, Counts]
    total: Counts
    trend: tuple[tuple[date, Counts], ...]


def position(plan: Plan, *, on: date, months: int = 24) -> Position:
    """Where the plan stands on a day, as the actor might have seen it then."""
    ends = list(_month_ends(on, months=months, since=plan.adopted_on))
    by_theme: dict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
    by_month: dict[date, Counter[tuple[str, str]]] = defaultdict(Counter)
    for theme, month, facet, value, n in _came(plan, on=on, first=ends[0].replace(day=1)):
        if theme is not None:
            by_theme[theme][facet, value] += int(n)
        elif month is not None:
            by_month[month][facet, value] += int(n)
    sums = accumulate((by_month[end.replace(day=1)] for end in ends), _added)
    trend = tuple((end, counts(sum_)) for end, sum_ in zip(ends, sums, strict=True))
    themes = {theme: counts(found) for theme, found in by_theme.items()}
    return Position(on=on, themes=MappingProxyType(themes), total=trend[-1][1], trend=trend)


def counts(found: Mapping[tuple[str, str], int]) -> Counts:
    """Counts from facets and values, whatever is not there being none."""

    def of(facet: str, values: Iterable[str]) -> Mapping[str, int]:
        return MappingProxyType({str(value): found.get((facet, str(value)), 0) for value in values})

    rated = of("delivery", Delivery.values)
    unrated = found.get(("all", "all"), 0) - sum(rated.values())
    return Counts(
        all=found.get(("all", "all"), 0),
        status=of("status", Status.values),
        delivery=MappingProxyType({rating: rated.get(rating, unrated) for rating in RATINGS}),
        rung=of("rung", Rung.values),
        late=found.get(("late", "yes"), 0),
        stale=found.get(("stale", "yes"), 0),
    )


NOTHING = counts({})
"""The counts of a theme without actions."""


def _came(plan: Plan, *, on: date, first: date) -> list[tuple[int | None, date | None, str, str, int]]:
    asked: dict[str, Any] = {"plan": plan.pk, "on": on, "first": first, "month": on.replace(day=1)}
    with connection.cursor() as cursor:
        if reads.noting():
            cursor.execute(_UNDER, asked)
            for (seal,) in cursor.fetchall():
                reads.note(seal)
        cursor.execute(_CAME, asked)
        return list(cursor.fetchall())


def _month_ends(on: date, *, months: int, since: date) -> Iterable[date]:
    """The last days of the months before, oldest first, none before the plan began, and then the day itself."""
    for back in range(months - 1, 0, -1):
        end = months_after(on.replace(day=1), 1 - back) - timedelta(days=1)
        if end >= since:
            yield end
    yield on


def _added(before: Counter[tuple[str, str]], month: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    # update() and not +, which would drop what goes below nought in one month.
    after = Counter(before)
    after.update(month)
    return after
