"""The database and the rule of the ladder allow the same steps: each case is tried by raw SQL and by the deed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from improvement.models import Action, Lead, Refused
from monitoring import progress
from monitoring.ladder import STEPS, Rung
from monitoring.models import Climb, Evidence
from people.models import Person
from tests.world import World

WHY = "The last two audits found drift."
# The oldest first: a sustained impact is shown again two board cycles after it was shown.
LONG_AGO, LATELY = 200, 20


@dataclass(frozen=True, kw_only=True)
class Case:
    """A step tried: from a rung, to another, on evidence that is of a kind and so many days old."""

    current: str
    to: str
    kind: str = "audit"
    days_old: int = LATELY
    of: str = "it"
    """“it”, “another” action, or “none”."""
    by: str = "director"
    reason: str = ""
    days_later: int = 1
    """Than the rung before."""
    own: bool = False
    """Whether whoever takes the step added the evidence."""


ALLOWED = [
    *(Case(current=leaves, to=to, reason=WHY if step.needs_reason else "") for (leaves, to), step in STEPS.items()),
    Case(current="none", to="evidenced", by="officer", kind="staff"),
    Case(current="evidenced", to="verified", kind="childs_voice"),
    Case(current="evidenced", to="verified", by="lead"),
    Case(current="evidenced", to="verified", days_later=0),
    Case(current="evidenced", to="verified", days_old=0),
    Case(current="verified", to="impact_shown", kind="data"),
    Case(current="verified", to="none", by="officer", of="none", reason=WHY),
    Case(current="none", to="evidenced", by="officer", own=True),
    Case(current="impact_shown", to="verified", reason=WHY, own=True),
]
REFUSED = [
    *(
        Case(current=leaves, to=to, reason=WHY)
        for leaves in Rung
        for to in Rung
        if (leaves, to) not in STEPS
    ),
    *(Case(current=leaves, to=to, reason=" \n") for (leaves, to), step in STEPS.items() if step.needs_reason),
    Case(current="none", to="evidenced", of="none"),
    Case(current="none", to="evidenced", of="another"),
    Case(current="evidenced", to="none", of="another", reason=WHY),
    Case(current="none", to="evidenced", days_old=-1),
    Case(current="verified", to="impact_shown", kind="staff"),
    Case(current="impact_shown", to="sustained", kind="observation"),
    Case(current="evidenced", to="verified", by="officer"),
    Case(current="verified", to="impact_shown", by="officer"),
    Case(current="evidenced", to="verified", by="spokesman"),
    Case(current="evidenced", to="verified", own=True),
    Case(current="verified", to="impact_shown", own=True),
    Case(current="impact_shown", to="sustained", own=True),
    Case(current="evidenced", to="verified", days_later=-1),
    Case(current="verified", to="none", days_later=-1, reason=WHY),
]  # fmt: skip


@pytest.fixture
def started(world: World) -> Action:
    """1.1, which the officer updates, and for whose lead the clerk speaks."""
    Lead.objects.filter(pk=world.started.lead_id).update(person=world.clerk)
    return Action.objects.get(pk=world.started.pk)


def _evidence(action: Action, world: World, *, kind: str = "audit", days_old: int = LONG_AGO) -> Evidence:
    dated_on = world.today - timedelta(days=days_old)
    return Evidence.objects.create(action=action, kind=kind, title="Dip sample", dated_on=dated_on, added_at=world.now)


def _stands_on(action: Action, rung: str, world: World) -> None:
    """Climb to it, the day before and in order."""
    shown = _evidence(action, world)
    last = _evidence(action, world, days_old=LATELY)
    for height in range(1, Rung(rung).height + 1):
        to = list(Rung)[height]
        progress.climb(
            action, to, evidence=last if to == Rung.SUSTAINED else shown, by=world.director,
            at=world.now - timedelta(days=1, seconds=10 - height),
        )  # fmt: skip


def _by_sql(action: Action, case: Case, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO monitoring_climb (action_id, seal_id, rung, evidence_id, reason, by_id, at)"
            " VALUES (%(action)s, 0, %(to)s, %(evidence)s, %(reason)s, %(by)s, %(at)s)",
            {"action": action.pk, "to": case.to, "reason": case.reason, **values},
        )


def _tried(case: Case, action: Action, world: World) -> dict[str, Callable[[], object]]:
    """The same step by the two ways."""
    _stands_on(action, case.current, world)
    before = action.climbs.last()
    at = (before.at if before else world.now - timedelta(days=1)) + timedelta(days=case.days_later)
    of = {"it": action, "another": world.overdue, "none": None}[case.of]
    shown = of and _evidence(of, world, kind=case.kind, days_old=case.days_old)
    by: Person = world.clerk if case.by == "spokesman" else getattr(world, case.by)
    if shown and case.own:
        Evidence.objects.filter(pk=shown.pk).update(added_by=by)
        shown.refresh_from_db()
    return {
        "SQL": lambda: _by_sql(action, case, evidence=shown and shown.pk, by=by.pk, at=at),
        "deed": lambda: progress.climb(action, case.to, evidence=shown, by=by, at=at, reason=case.reason),
    }


def _refusals(deeds: dict[str, Callable[[], object]]) -> dict[str, str]:
    """What each of them raises, nothing of it kept."""
    told = {}
    for way, deed in deeds.items():
        with transaction.atomic():
            try:
                with transaction.atomic():
                    deed()
            except (IntegrityError, Refused) as refused:
                told[way] = type(refused).__name__
            transaction.set_rollback(True)
    return told


@pytest.mark.parametrize("case", ALLOWED, ids=str)
def test_a_step_of_the_table_is_taken_by_the_deed_and_by_the_database(
    case: Case, world: World, started: Action
) -> None:
    assert _refusals(_tried(case, started, world)) == {}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_any_other_step_is_refused_by_the_deed_and_by_the_database(case: Case, world: World, started: Action) -> None:
    assert _refusals(_tried(case, started, world)) == {"SQL": "IntegrityError", "deed": "Refused"}


def test_nobody_at_all_judges_nothing(world: World, started: Action) -> None:
    case = Case(current="evidenced", to="verified")
    _stands_on(started, case.current, world)
    shown = _evidence(started, world)
    with pytest.raises(IntegrityError, match="somebody who neither leads nor updates"), transaction.atomic():
        _by_sql(started, case, evidence=shown.pk, by=None, at=world.now)


def test_many_climbs_of_one_statement_are_held_to_the_table_in_their_order(world: World, started: Action) -> None:
    shown = _evidence(started, world)
    climbs = [
        Climb(
            action=started, rung=rung, evidence=shown, by=world.director, at=world.now - timedelta(seconds=9 - height)
        )
        for height, rung in enumerate(("evidenced", "verified", "impact_shown"))
    ]
    with pytest.raises(IntegrityError, match="one rung at a time"), transaction.atomic():
        Climb.objects.bulk_create(climbs[1:])
    Climb.objects.bulk_create(climbs)
    assert [climb.rung for climb in started.climbs.all()] == ["evidenced", "verified", "impact_shown"]


@pytest.mark.parametrize("rung", Rung)
def test_an_action_is_closed_from_verified_upwards_by_the_deed_and_by_the_database(
    rung: str, world: World, started: Action
) -> None:
    progress.make(started, "deliver", by=world.officer, at=world.now - timedelta(days=2))
    _stands_on(started, rung, world)
    deeds: dict[str, Callable[[], object]] = {
        "SQL": lambda: Action.objects.filter(pk=started.pk).update(status="closed"),
        "deed": lambda: progress.make(started, "close", by=world.director, at=world.now, reason=WHY),
    }
    either = {} if Rung(rung).height >= Rung.VERIFIED.height else {"SQL": "IntegrityError", "deed": "Refused"}
    assert _refusals(deeds) == either


def test_an_action_that_has_fallen_back_is_not_closed(world: World, started: Action) -> None:
    progress.make(started, "deliver", by=world.officer, at=world.now - timedelta(days=2))
    _stands_on(started, "verified", world)
    progress.climb(started, "evidenced", evidence=None, by=world.officer, at=world.now, reason=WHY)
    with pytest.raises(IntegrityError, match="only once its evidence is verified"), transaction.atomic():
        Action.objects.filter(pk=started.pk).update(status="closed")
