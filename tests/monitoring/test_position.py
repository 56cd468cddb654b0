"""The counts of any day are the counts of what the list of that day shows, whoever reads and whatever happened."""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from improvement.models import Theme
from monitoring import progress
from monitoring.models import Standing
from monitoring.position import NOTHING, Counts, counts, position
from sources.models import Seal
from sources.seals import acting_as, stamp
from tests.monitoring.histories import an_action_more, live
from tests.world import World, exempt


def counted_one_by_one(standings: Any) -> Counts:
    found: Counter[tuple[str, str]] = Counter()
    for row in standings:
        found["all", "all"] += 1
        found["status", row.status] += 1
        found["delivery", row.delivery] += bool(row.delivery)
        found["rung", row.rung] += 1
        found["late", "yes"] += row.late
        found["stale", "yes"] += row.stale
    return counts(found)


def days_of(world: World, dice: random.Random) -> list[date]:
    since = world.plan.adopted_on
    return sorted({since, world.today, *(since + timedelta(days=dice.randrange(120)) for _ in range(12))})


def assert_the_tally_agrees(world: World, days: list[date]) -> None:
    for day in days:
        found = position(world.plan, on=day)
        listed = Standing.objects.on(day).of(world.plan)
        assert found.total == counted_one_by_one(listed), day
        for theme in Theme.objects.all():
            one_by_one = counted_one_by_one(listed.under(theme.slug))
            assert found.themes.get(theme.pk, NOTHING) == one_by_one, (day, theme)
        for end, then in found.trend:
            assert then == counted_one_by_one(Standing.objects.on(end).of(world.plan)), (day, end)


@pytest.mark.parametrize("seed", range(6))
def test_the_tally_counts_what_the_list_shows_on_every_day(world: World, seed: int) -> None:
    dice = random.Random(seed)
    for n in range(10, 16):
        live(world, an_action_more(world, dice, n), dice)
    assert_the_tally_agrees(world, days_of(world, dice))


def test_a_sealed_action_is_in_the_figures_of_those_cleared_on_it_and_in_no_others(world: World) -> None:
    dice = random.Random(7)
    with acting_as(world.director):
        live(world, an_action_more(world, dice, 10, seal=world.seal), dice)
        live(world, an_action_more(world, dice, 11, seal=world.seal), dice)
    totals = {}
    for part, person in world.everyone().items():
        with acting_as(person):
            assert_the_tally_agrees(world, days_of(world, dice))
            totals[part] = position(world.plan, on=world.today).total.all
    assert totals == dict.fromkeys(world.everyone(), 3) | {"director": 5, "clerk": 5}


def test_what_was_released_today_was_not_open_yesterday_and_the_trend_knows_it(world: World) -> None:
    dice = random.Random(3)
    with acting_as(world.director):
        seal = Seal.make(exempt(), by=world.director)
        seal.clear(world.clerk)
        for n in (10, 11, 12):
            live(world, an_action_more(world, dice, n, seal=seal), dice)
    stamp(world.director)
    seal.propose_release()
    stamp(world.clerk)
    seal.confirm_release()
    stamp(world.member)
    yesterday = world.today - timedelta(days=1)
    assert position(world.plan, on=yesterday).total.all == 3
    found = position(world.plan, on=world.today)
    assert [then.all for _, then in found.trend][-2:] == [3, 6]
    assert_the_tally_agrees(world, [*days_of(world, dice), yesterday])
    stamp(world.director)
    assert position(world.plan, on=yesterday).total.all == 6
    assert_the_tally_agrees(world, days_of(world, dice))


def test_a_position_with_its_trend_is_one_query(world: World, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        position(world.plan, on=world.today)


def test_the_trend_ends_on_the_day_and_begins_no_earlier_than_the_plan(world: World) -> None:
    ends = [end for end, _ in position(world.plan, on=world.today).trend]
    assert ends[-1] == world.today
    assert ends == sorted(ends)
    assert ends[0] >= world.plan.adopted_on
    assert all((end + timedelta(days=1)).day == 1 for end in ends[:-1])
    world.plan.adopted_on = date(2010, 1, 1)
    assert len(position(world.plan, on=world.today).trend) == 24


def test_the_worst_of_a_theme_is_the_worst_rating_that_any_action_has() -> None:
    for found, worst in (
        ({}, "none"),
        ({("all", "all"): 1}, "none"),
        ({("all", "all"): 9, ("delivery", "blue"): 9}, "blue"),
        ({("all", "all"): 9, ("delivery", "green"): 8, ("delivery", "red"): 1}, "red"),
        ({("all", "all"): 9, ("delivery", "amber"): 1, ("delivery", "blue"): 5}, "amber"),
    ):
        assert counts(found).worst == worst


def test_the_past_is_not_touched_by_what_happens_today(world: World) -> None:
    days = [world.today - timedelta(days=back) for back in range(1, 100, 7)]
    before = [position(world.plan, on=day) for day in days]
    progress.make(world.theirs, "withdraw", by=world.director, at=world.now, reason="The police brief every shift.")
    progress.update(world.overdue, words="Consent is asked for.", by=world.officer, at=world.now, move="deliver")
    assert [position(world.plan, on=day) for day in days] == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM monitoring_standing WHERE to_on <= from_on")
        assert cursor.fetchone() == (0,)
