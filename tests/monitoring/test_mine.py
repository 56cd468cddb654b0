"""My actions come in the order of what needs me."""

from datetime import date, timedelta
from typing import Any

import pytest

from improvement.models import Action, Updater
from monitoring import progress
from monitoring.mine import Mine, Need, grouped, my_actions, need_of, next_for
from monitoring.models import Standing
from monitoring.scheme import Scheme
from people.models import Grant
from people.roles import Role
from tests.world import World

GREEN = {"status": "in_progress", "late": False, "delivery": "green", "stale": False}


@pytest.mark.parametrize(
    ("standing", "days_left", "waits", "need"),
    [
        (GREEN | {"late": True, "delivery": "red", "stale": True}, -3, True, Need.OVERDUE),
        (GREEN | {"delivery": "red", "stale": True}, 5, True, Need.RED),
        (GREEN | {"delivery": "amber", "stale": True}, 5, True, Need.STALE),
        (GREEN | {"delivery": "amber"}, 14, True, Need.DUE_SOON),
        (GREEN, 14, False, Need.DUE_SOON),
        (GREEN | {"delivery": "amber"}, 15, True, Need.WAITING),
        (GREEN | {"delivery": "amber"}, 15, False, Need.AMBER),
        (GREEN, 15, False, Need.REST),
        ({"status": "delivered", "late": False, "delivery": "blue", "stale": False}, -40, True, Need.WAITING),
    ],
)
def test_an_action_is_listed_under_the_first_need_that_holds(
    standing: dict[str, Any], days_left: int, waits: bool, need: Need
) -> None:
    assert need_of(standing, days_left=days_left, waits=waits, soon=14) == need


def test_the_groups_carry_the_councils_own_words_for_the_colours() -> None:
    scheme = Scheme(red="Off track", amber="At risk")
    assert [need.called(scheme) for need in Need] == [
        "Overdue",
        "Off track before its date",
        "Stale",
        "Due soon",
        "At risk for another reason",
        "Waiting on others",
        "Nothing needed now",
    ]


def test_what_is_overdue_comes_first_with_its_last_words(world: World) -> None:
    due_on = world.overdue.due_on
    assert my_actions(world.officer, on=world.today)[0] == Mine(
        need=Need.OVERDUE,
        number="1.2",
        title="Record consent on every contact",
        theme="Front door",
        status="in_progress",
        delivery="red",
        because=f"Red: its due date, {due_on:%-d %B %Y}, has passed.",
        advice="Deliver it, or ask the theme lead to revise its date.",
        due_on=due_on,
        first_due_on=due_on,
        late_by=_working_days(due_on, world.today),
        days_left=-10,
        last_words="Rota agreed for record consent on every contact.",
        last_at=world.now - timedelta(days=30),
        last_by="Asha Mellor",
    )


def _working_days(after: date, until: date) -> int:
    days = (after + timedelta(days=n) for n in range(1, (until - after).days + 1))
    return sum(day.weekday() < 5 and (day.month, day.day) not in {(12, 25), (12, 26)} for day in days)


def test_only_my_open_actions_are_listed(world: World) -> None:
    mine = {
        part: [action.number for action in my_actions(person, on=world.today)]
        for part, person in world.everyone().items()
    }
    assert mine == {part: [] for part in mine} | {"officer": ["1.2", "1.1"], "partner": ["2.1"]}
    progress.make(world.overdue, "withdraw", by=world.lead, at=world.now, reason="The law has changed.")
    assert [action.number for action in my_actions(world.officer, on=world.today)] == ["1.1"]


def test_what_is_delivered_waits_for_the_theme_lead(world: World) -> None:
    progress.make(world.overdue, "deliver", by=world.officer, at=world.now)
    found = {action.number: (action.need, action.waits_for) for action in my_actions(world.officer, on=world.today)}
    assert found == {
        "1.1": (Need.REST, ""),
        "1.2": (Need.WAITING, "the theme lead, to close it or send it back"),
    }


def test_what_is_blocked_says_whom_it_waits_for_until_it_is_cleared(world: World) -> None:
    blocker = progress.block(
        world.started,
        waiting_for="A list of schools",
        from_whom="the schools",
        by=world.officer,
        at=world.now,
    )
    assert my_actions(world.officer, on=world.today)[1].waits_for == "the schools"
    progress.unblock(blocker, by=world.officer, at=world.now)
    assert my_actions(world.officer, on=world.today)[1].waits_for == ""


def test_the_next_is_the_first_that_presses_and_never_the_one_just_done(world: World) -> None:
    mine = my_actions(world.officer, on=world.today)
    assert next_for(mine, on=world.today) == mine[0]
    assert next_for(mine, on=world.today, after="1.2") is None


def test_an_action_that_has_had_its_word_today_is_not_the_next_again(world: World) -> None:
    progress.update(world.overdue, words="Still late.", by=world.officer, at=world.now)
    mine = my_actions(world.officer, on=world.today)
    assert (mine[0].number, mine[0].need, next_for(mine, on=world.today)) == ("1.2", Need.OVERDUE, None)


def test_an_action_that_a_grant_no_longer_reaches_stays_in_sight_but_is_not_offered(world: World) -> None:
    world.officer.grants.get().end(by=world.admin, at=world.now)
    Grant.give(world.officer, Role.OFFICER, by=world.admin, at=world.now, scope="theme:workforce")
    mine = my_actions(world.officer, on=world.today)
    assert [(action.number, action.may_update) for action in mine] == [("1.2", False), ("1.1", False)]
    assert next_for(mine, on=world.today) is None


def test_each_group_is_in_the_order_of_dates(world: World) -> None:
    late = [_given(world, position=n, due=-n) for n in (3, 5, 4)]
    groups = grouped(my_actions(world.officer, on=world.today))
    assert [(need, [action.number for action in actions]) for need, actions in groups] == [
        (Need.OVERDUE, ["1.2", late[1].number, late[2].number, late[0].number]),
        (Need.REST, ["1.1"]),
    ]


def _given(world: World, *, position: int, due: int) -> Action:
    due_on = world.today + timedelta(days=due)
    action = Action.objects.create(
        plan=world.plan, theme=world.front_door, number=f"1.{position}", position=position, title="Call back",
        words="We will call back.", success="Families say so.", lead=world.started.lead,
        starts_on=world.today - timedelta(days=30), due_on=due_on, first_due_on=due_on,
    )  # fmt: skip
    Updater.objects.create(action=action, person=world.officer)
    Standing.restate(action, at=world.now)
    return action
