"""One deed done to many actions leaves what the same deed leaves on each, done one after another."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from improvement.lifecycle import MOVES
from improvement.models import Action, ActionLine, Lead, Revision
from monitoring import progress
from monitoring.models import Override, Standing, Tally, Update, our_calendar
from monitoring.scheme import Scheme
from monitoring.together.deeds import Deed, GiveUpdate, HandOver, MakeMove, MoveDate, SetAside
from monitoring.together.looked_at import chosen_of, do, preview
from tests.monitoring.histories import an_action_more, live
from tests.world import World

One = Callable[[Action], object]
TABLES = (Action, ActionLine, Update, Revision, Override, Standing, Tally)


def _kept() -> dict[str, list[Any]]:
    """All that deeds leave, but for the numbers of the rows."""
    columns = {model: [f.attname for f in model._meta.concrete_fields if f.attname != "id"] for model in TABLES}
    columns[Action].append("id")
    return {model.__name__: sorted(map(repr, model.objects.values(*columns[model]))) for model in TABLES}


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is done within is forgotten."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _pairs(world: World) -> dict[str, tuple[Deed, One]]:
    """Each deed for many, and the same deed for one."""
    at, by = {"at": world.now}, {"by": world.director}
    told = at | by
    police, day = Lead.objects.get(slug="police"), world.today + timedelta(days=70)
    calendar = our_calendar().lenient()
    dated = {"reason": "partner", "words": "Health needs more time.", "meeting": world.meeting}
    rated = {"until_on": day, "reason": "Both are in hand."}
    pairs: dict[str, tuple[Deed, One]] = {
        "words": (
            GiveUpdate(words=" The rota was agreed. ", no_change=False),
            lambda a: progress.update(a, words=" The rota was agreed. ", **told),
        ),
        "no change": (
            GiveUpdate(words="The panel meets in May.", no_change=True),
            lambda a: progress.update(a, words="The panel meets in May.", no_change=True, **told),
        ),
        "lead": (HandOver(lead=police, reason="So"), lambda a: a.hand_over(police, reason="So", **told)),
        "by days": (
            MoveDate(to_on=None, days=15, calendar=calendar, **dated),  # type: ignore[arg-type]
            lambda a: progress.revise(a, calendar.add(a.due_on, 15), **dated, **told),  # type: ignore[arg-type]
        ),
        "to a day": (
            MoveDate(to_on=day, days=0, calendar=calendar, **dated),  # type: ignore[arg-type]
            lambda a: progress.revise(a, day, **dated, **told),  # type: ignore[arg-type]
        ),
        "rating": (
            SetAside(delivery="amber", scheme=Scheme(), **rated),  # type: ignore[arg-type]
            lambda a: progress.override(a, "amber", **rated, **told),  # type: ignore[arg-type]
        ),
    }
    for key, move in MOVES.items():
        pairs[key] = (
            MakeMove(move=move, reason="The board asked."),
            lambda a, key=key: progress.make(a, key, reason="The board asked.", **told),
        )  # type: ignore[misc]
    return pairs


@pytest.fixture
def lived(world: World) -> World:
    """The small world and a few more actions, each with a history that nobody planned."""
    dice = random.Random(11)
    for n in range(11, 17):
        live(world, an_action_more(world, dice, n), dice)
    # Whoever updates them all, so that every move may be theirs.
    Lead.objects.filter(pk=world.started.lead_id).update(person=world.director)
    return world


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_many_at_once_is_the_same_deed_on_each_one_after_another(lived: World, data: st.DataObject) -> None:
    pairs = _pairs(lived)
    deed, one = pairs[data.draw(st.sampled_from(sorted(pairs)))]
    numbers = data.draw(st.sets(st.sampled_from(sorted(Action.objects.values_list("number", flat=True)))))
    chosen = chosen_of(lived.director, numbers, on=lived.today)
    found = preview(deed, chosen, person=lived.director, on=lived.today)
    allowed = [row.action.number for row in found.changed]
    with undone():
        for number in allowed:
            one(Action.objects.get(number=number))
        singly = _kept()
    with undone():
        left = preview(deed, chosen_of(lived.director, allowed, on=lived.today), person=lived.director, on=lived.today)
        assert do(deed, allowed, mark=left.mark, by=lived.director, at=lived.now) == len(allowed)
        together = _kept()
        for row in left.changed:
            now = row.action.standings.on(lived.today).get()
            assert (now.delivery or "none", now.because) == (row.rated[1], row.after.because)
    assert together == singly


def test_a_few_and_many_take_the_same_number_of_questions(world: World) -> None:
    dice = random.Random(5)
    numbers = [an_action_more(world, dice, n).number for n in range(20, 50)]
    asked = {}
    _ = world.lead.holdings, world.director.holdings  # read once a request
    for n in (3, 30):
        with undone(), CaptureQueriesContext(connection) as queries:
            _given(world, numbers[:n])
        asked[n] = len(queries)
    assert asked[3] == asked[30]


def _given(world: World, numbers: list[str]) -> None:
    deed = GiveUpdate(words="Agreed.", no_change=False)
    found = preview(deed, chosen_of(world.lead, numbers, on=world.today), person=world.director, on=world.today)
    do(deed, numbers, mark=found.mark, by=world.director, at=timezone.now())
