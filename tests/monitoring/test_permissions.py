"""Whose an action is to update, and whose each of its moves is to make."""

from datetime import timedelta

import pytest

from improvement.lifecycle import MOVES
from improvement.models import Action, Updater
from monitoring import progress
from monitoring.permissions import leads_or_updates, move_objection, moves_of, update_objection
from people.models import Grant
from people.roles import Role
from tests.world import World

NOT_IN_THE_ROLE = (
    "Your role does not let you update actions you lead or update for. Ask your administrator if you need to."
)
NOT_YOURS = "You neither lead action {} nor update it, so you cannot give its update. Tell its lead, {}, what you know."
OF_THE_POLICE = NOT_YOURS.format("2.1", "Northmoor Police")
OF_THE_FRONT_DOOR = NOT_YOURS.format("1.1", "Head of Service, Front Door")
NEITHER = ("clerk", "finance", "member", "adviser", "admin")


def _again(action: Action) -> Action:
    return Action.objects.select_related("theme", "lead").get(pk=action.pk)


@pytest.mark.parametrize(
    ("part", "front_door", "workforce"),
    [
        ("officer", None, OF_THE_POLICE),
        ("lead", None, OF_THE_POLICE),
        ("director", None, None),
        ("partner", OF_THE_FRONT_DOOR, None),
        *[(part, NOT_IN_THE_ROLE, NOT_IN_THE_ROLE) for part in NEITHER],
    ],
)
def test_an_update_is_given_by_lead_updater_theme_lead_or_director(
    world: World, part: str, front_door: str | None, workforce: str | None
) -> None:
    person = getattr(world, part)
    said = [update_objection(person, action, on=world.today) for action in (world.started, world.theirs)]
    assert said == [front_door, workforce]


def test_an_officer_whose_grant_names_another_theme_is_told_that_it_does_not_reach(world: World) -> None:
    world.officer.grants.get().end(by=world.admin, at=world.now)
    Grant.give(world.officer, Role.OFFICER, by=world.admin, at=world.now, scope="theme:workforce")
    assert update_objection(world.officer, world.started, on=world.today) == (
        "Your role does not reach the theme “Front door”. Ask your administrator to widen it."
    )


def test_a_grant_that_has_ended_updates_nothing(world: World) -> None:
    world.officer.grants.get().end(by=world.admin, at=world.now)
    assert update_objection(world.officer, world.started, on=world.today) == NOT_IN_THE_ROLE
    assert update_objection(world.officer, world.started, on=world.today - timedelta(days=1)) is None


def test_leading_through_a_post_and_updating_for_a_lead_both_count_as_ones_own(world: World) -> None:
    own = {part: leads_or_updates(person, world.theirs) for part, person in world.everyone().items()}
    assert own == dict.fromkeys(world.everyone(), False) | {"partner": True}
    Updater.objects.create(action=world.theirs, person=world.officer)
    assert leads_or_updates(world.officer, _again(world.theirs))


@pytest.mark.parametrize(
    ("part", "in_progress", "not_started"),
    [
        ("officer", ["deliver"], []),
        ("lead", ["withdraw"], []),
        ("director", ["withdraw"], ["withdraw"]),
        ("partner", [], ["start"]),
        *[(part, [], []) for part in NEITHER],
    ],
)
def test_starting_and_delivering_are_the_updaters_and_the_rest_is_the_theme_leads(
    world: World, part: str, in_progress: list[str], not_started: list[str]
) -> None:
    person = getattr(world, part)
    found = [[m.key for m in moves_of(person, a, on=world.today)] for a in (world.started, world.theirs)]
    assert found == [in_progress, not_started]


def test_closing_and_sending_back_wait_for_the_theme_lead_once_it_is_delivered(world: World) -> None:
    progress.make(world.started, "deliver", by=world.officer, at=world.now)
    delivered = _again(world.started)
    found = {
        part: [move.key for move in moves_of(person, delivered, on=world.today)]
        for part, person in world.everyone().items()
    }
    assert {part: keys for part, keys in found.items() if keys} == {
        "lead": ["send_back", "close"],
        "director": ["send_back", "close"],
    }


def test_whoever_may_not_make_a_move_is_told_whose_it_is(world: World) -> None:
    assert move_objection(world.officer, world.started, MOVES["close"], on=world.today) == (
        "“Close” is for the lead of the theme “Front door” or a director. Ask one."
    )
    assert move_objection(world.director, world.started, MOVES["deliver"], on=world.today) == (
        "“Deliver” is for the action’s lead or the officer who updates it. Ask its lead, Head of Service, Front Door."
    )
