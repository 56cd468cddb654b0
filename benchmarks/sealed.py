"""What seals cost: lists, counts and searches of 100,000 actions, a tenth of them under fifty seals.

Lists and counts are held against the same rows read by the owner past every policy. Whoever is cleared is cleared on
ten of the seals; whoever is not, on none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import partial
from statistics import median
from typing import Any

from django.db import connection, connections, transaction

from benchmarks.load import Loaded, people_and_plan
from benchmarks.measuring import Figure, Goal, Work, compare, counted, percentile, timed
from benchmarks.scratch import scratch
from improvement.models import Lead
from monitoring.listing import COLUMNS, COUNTED, PAGE, Capped, pages
from monitoring.models import Standing
from people.models import Person
from reports.search import search
from sources.models import Seal
from sources.seals import acting_as, stamp
from sources.terms import Basis, Terms

ACTIONS = 100_000
SEALS = 50
CLEARED_ON = 10
# Every word of a tenth of the sentences stands in ten thousand texts, a village in twenty, and a name in one.
FILL = """
    INSERT INTO improvement_action (plan_id, theme_id, number, position, title, words, success, lead_id, starts_on,
        due_on, first_due_on, times_moved, status, version, seal_id)
    SELECT %(plan)s, theme.id, theme.number || '.' || n / 6 + 1, n / 6 + 1,
        (ARRAY['Agree', 'Publish', 'Review', 'Audit', 'Write down'])[1 + n %% 5] || ' '
            || (ARRAY['the threshold document with partners', 'supervision for every social worker',
                'a weekly look at missed visits', 'the rota of the front door', 'children’s own words in plans',
                'return interviews within three days', 'the tracker of care leavers’ homes',
                'a single list of agency staff', 'what families say', 'the quality of case records'])[1 + n %% 10],
        'Families in village' || n %% 5000 || ' say what has changed for them, and the panel' || n %% 90
            || ' is told each month by worker' || n || ' how far we have come.',
        'Families and staff say so, and the next audit shows it.', (%(leads)s::bigint[])[1 + n %% %(lead_count)s],
        DATE %(adopted)s + n %% 700, %(today)s, %(today)s, 0, 'in_progress', 1,
        CASE WHEN n %% 10 = 7 THEN (%(seals)s::bigint[])[1 + n / 10 %% %(seal_count)s] ELSE 0 END
    FROM generate_series(0, %(actions)s - 1) n JOIN improvement_theme theme ON theme.number = n %% 6 + 1;
    INSERT INTO monitoring_standing (action_id, place, theme_id, seal_id, from_on, to_on, status, delivery, because,
        advice, rung, due_on, late, stale)
    SELECT action.id, theme.number * 100000 + action.position, theme.id, action.seal_id, %(adopted)s, DATE '9999-12-31',
        'in_progress', (ARRAY['red', 'amber', 'green'])[1 + action.position %% 3], 'It was rated so.', '', 'none',
        action.due_on, false, false
    FROM improvement_action action JOIN improvement_theme theme ON theme.id = action.theme_id ORDER BY action.id;
"""
ASKED = {"a rare word": "village4321", "a common word": "families", "a phrase": '"threshold document"'}


def figures(*, rounds: int, now: datetime) -> Iterator[Figure]:
    """Each list, count and search, in a scratch database of its own."""
    with scratch("bench_seals"):
        print(f"Loading {ACTIONS:,} actions, a tenth of them under {SEALS} seals ...", flush=True)
        loaded = _load(now)
        everybody = {"uncleared": loaded.officer, "cleared": loaded.director}
        with _owner_past_the_policies():
            for who, person in everybody.items():
                yield from _lists(loaded, person, who=who, rounds=rounds)
        for who, person in everybody.items():
            for what, words in ASKED.items():
                yield _search(loaded, person, words, name=f"Search for {what}, {who}", rounds=rounds)


def _load(now: datetime) -> Loaded:
    with transaction.atomic():
        loaded = people_and_plan(now, actions=ACTIONS)
        clerk = Person.objects.add(email="clerk@northmoor.example", name="Clerk of Northmoor")
    with _unasked(), acting_as(clerk), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL synchronous_commit = off")
        terms = Terms(kind="confidential", basis=Basis.DEPARTMENT, citation="The terms of Ofsted’s message")
        seals = [Seal.make(terms, by=clerk) for _ in range(SEALS)]
        for seal in seals[:CLEARED_ON]:
            seal.clear(loaded.director)
        cursor.execute(FILL, _known(loaded, seals))
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    return loaded


@contextmanager
def _unasked() -> Iterator[None]:
    """Loads past two triggers: the same words stand here under seal and in the open, and every number stands once."""
    triggers = ("action_watched", "number_gives_way")
    with connections["owner"].cursor() as cursor:
        for trigger in triggers:
            cursor.execute(f"ALTER TABLE improvement_action DISABLE TRIGGER {trigger}")
        yield
        for trigger in triggers:
            cursor.execute(f"ALTER TABLE improvement_action ENABLE TRIGGER {trigger}")


def _known(loaded: Loaded, seals: list[Seal]) -> dict[str, Any]:
    leads = list(Lead.objects.values_list("pk", flat=True))
    return {
        "plan": loaded.plan.pk, "adopted": loaded.plan.adopted_on, "today": loaded.today, "actions": ACTIONS,
        "leads": leads, "lead_count": len(leads), "seals": [seal.pk for seal in seals], "seal_count": SEALS,
    }  # fmt: skip


@contextmanager
def _owner_past_the_policies() -> Iterator[None]:
    """Read by their owner, tables without FORCE have no policies at all."""
    with connections["owner"].cursor() as cursor:
        for table in ("improvement_action", "monitoring_standing"):
            cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        yield
        for table in ("improvement_action", "monitoring_standing"):
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")


def _lists(loaded: Loaded, person: Person, *, who: str, rounds: int) -> Iterator[Figure]:
    seen = pages(Standing.objects.of(loaded.plan).on(loaded.today).in_order())
    all_ = pages(
        Standing.objects.using("owner").of(loaded.plan).filter(from_on__lte=loaded.today, to_on__gt=loaded.today)
        .in_order()
    )  # fmt: skip
    page, count, whole = _page, _count_of_a_list, _count_of_all
    for name, ask, most in (
        ("A page of 25", page, 1.0), ("Its count, up to 1,000", count, 10.0), ("A count of all", whole, 10.0),
    ):  # fmt: skip
        ours, theirs = _stamped(person, partial(ask, seen)), _owners(partial(ask, all_))
        figure = compare(f"{name}, {who}", ours, theirs, rounds=rounds)
        yield _held_to(figure, most=most, or_twice=ask is not page)


def _held_to(figure: Figure, *, most: float, or_twice: bool) -> Figure:
    assert figure.median is not None
    assert figure.bare is not None
    allowed = max(most, figure.bare) if or_twice else most
    goals = (Goal(most=round(allowed, 1), of="ms more"),)
    return replace(
        figure, against="without policies", others={"ms more": figure.median - figure.bare}, goals=goals
    )  # fmt: skip


def _page(listed: Capped) -> object:
    keys = _rows(listed)
    return Standing.objects.using(keys.db).told(list(keys[:PAGE]), COLUMNS)


def _count_of_a_list(listed: Capped) -> object:
    return _rows(listed).order_by()[: COUNTED + 1].count()


def _count_of_all(listed: Capped) -> object:
    return _rows(listed).order_by().count()


def _rows(listed: Capped) -> Any:
    return listed.object_list


def _stamped(person: Person, ask: Work) -> Work:
    """As a request does it: a transaction, the stamp, and the question."""

    def work() -> None:
        with transaction.atomic():
            stamp(person)
            ask()

    return work


def _owners(ask: Work) -> Work:
    def work() -> None:
        with transaction.atomic(using="owner"):
            ask()

    return work


def _search(loaded: Loaded, person: Person, words: str, *, name: str, rounds: int) -> Figure:
    found: list[int] = []

    def ask() -> None:
        hits = search(words, by=person, on=loaded.today)
        found.append(len(hits[:PAGE]) and hits.count)

    work = _stamped(person, ask)
    for _ in range(3):
        work()
    times = [timed(work) for _ in range(rounds)]
    queries, sql = counted(work)
    return Figure(
        name=name, median=median(times), p95=percentile(times, 95), queries=queries, sql=sql,
        goals=(Goal(most=10, of="median"),), others={"hits": float(found[-1])},
    )  # fmt: skip
