"""Whether what was loaded is true: figures that are fast and wrong would be worth nothing."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db import connection

from benchmarks.load import Loaded
from improvement.models import Action
from monitoring.models import Scheme, Standing, known_of, our_calendar
from monitoring.position import Position, position
from monitoring.rating import spans
from sources.seals import acting_as

SAMPLE = 25
_FACTS = ("theme_id", "status", "delivery", "rung", "late", "stale")


class Untrue(Exception):
    """A sentence on what does not agree."""


def check(loaded: Loaded) -> None:
    """Raise Untrue unless the tally is what the standings count, and the standings are what the rule says."""
    with acting_as(loaded.director):
        _lift_the_clock()
        for day in _days(loaded):
            _compare(position(loaded.plan, on=day), day)
        for action in Action.objects.of(loaded.plan).order_by("?")[:SAMPLE]:
            _judge(action, today=loaded.today)


def _lift_the_clock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")


def _days(loaded: Loaded) -> list[date]:
    lived = (loaded.today - loaded.plan.adopted_on).days
    return [loaded.plan.adopted_on + timedelta(lived * part // 8) for part in range(9)]


def _compare(told: Position, day: date) -> None:
    rows: Any = Standing.objects.on(day).values_list(*_FACTS)
    counted: dict[int, Counter[tuple[str, str]]] = {}
    for theme, *facts in rows.iterator():
        found = counted.setdefault(theme, Counter())
        found.update({("all", "all"): 1, **dict.fromkeys(zip(_FACTS[1:], map(str, facts), strict=True), 1)})
    for theme, found in counted.items():
        counts = told.themes[theme]
        tallied = {
            ("all", "all"): counts.all, ("late", "True"): counts.late, ("stale", "True"): counts.stale,
            **{("status", value): n for value, n in counts.status.items()},
            **{("rung", value): n for value, n in counts.rung.items()},
            **{("delivery", value.replace("none", "")): n for value, n in counts.delivery.items()},
        }  # fmt: skip
        if wrong := [(key, n, found[key]) for key, n in tallied.items() if n != found[key]]:
            raise Untrue(f"On {day} the tally and the standings do not agree: {wrong}.")
    if told.total.all != sum(found["all", "all"] for found in counted.values()):
        raise Untrue(f"On {day} the tally counts {told.total.all} actions, and the standings do not.")


def _judge(action: Action, *, today: date) -> None:
    since = action.lines.latest("at").at.date()
    known = known_of([action], on=since)[action.pk]
    ours = spans(known.facts, since=since, scheme=Scheme.ours().as_rule(), calendar=our_calendar())
    ruled = [(span.from_on, span.rating.delivery or "", span.rating.because, known.rung) for span in ours]
    rows: Any = action.standings.filter(from_on__gte=since).order_by("from_on")
    kept = list(rows.values_list("from_on", "delivery", "because", "rung"))
    if kept != ruled:
        raise Untrue(f"Action {action.number} stands as {kept}, where the rule says {ruled}.")
