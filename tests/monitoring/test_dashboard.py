"""The board's dashboard: the figures of any day, each opening exactly what it counts."""

import random
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from improvement.models import Finding
from monitoring import progress
from monitoring.dashboard import dashboard
from people.models import Grant, Person
from people.roles import Role
from sources.seals import acting_as
from tests.monitoring.histories import an_action_more, live
from tests.world import SEALED, World

FIGURE = re.compile(r'href="(/actions/\?[^"]*)"[^>]*>\s*(?:<span class="tile__number">)?([\d,]+)<')
LISTED = re.compile(r"<strong>([\d,]+) actions?</strong>")


@pytest.fixture
def lively(world: World) -> World:
    """The small world with a dozen actions more, two of them sealed, that have lived for a quarter."""
    dice = random.Random(11)
    for n in range(10, 20):
        live(world, an_action_more(world, dice, n), dice)
    with acting_as(world.director):
        for n in (20, 21):
            live(world, an_action_more(world, dice, n, seal=world.seal), dice)
    return world


def figures(page: str) -> set[tuple[str, int]]:
    return {(unescape(href), int(n.replace(",", ""))) for href, n in FIGURE.findall(page)}


def listed(page: str) -> tuple[int, int]:
    """How many the list says that there are, and how many stand on its first page."""
    said = LISTED.search(page)
    return int(said[1]) if said else 0, page.count("rows__link")


@pytest.mark.parametrize(("part", "back"), [("member", 45), ("director", 0), ("lead", 5)])
def test_every_number_opens_exactly_the_actions_that_it_counts(lively: World, visit: Any, part: str, back: int) -> None:
    browser = visit(getattr(lively, part))
    day = lively.today - timedelta(days=back)
    page = browser.get(f"/dashboard/?on={day}").content.decode()
    found = figures(page)
    # Seven tiles, three lines of fourteen figures and of five statuses, and a line for each month of the trend.
    assert len(found) > 60
    for href, n in found:
        assert "on=" in href
        assert listed(browser.get(href).content.decode()) == (n, min(n, 25)), href


def test_the_numbers_of_a_theme_add_up_to_its_actions_and_those_of_themes_to_the_total(lively: World) -> None:
    board = dashboard(lively.plan, on=lively.today)
    for line in (*board.themes, board.total):
        for facet in (line.delivery, line.rung, line.status):
            assert sum(figure.n for figure in facet) == line.all.n
    assert sum(line.all.n for line in board.themes) == board.total.all.n == 13


def test_what_is_sealed_is_in_the_cleared_directors_figures_and_in_no_members(lively: World) -> None:
    totals = {}
    for part in ("member", "director", "clerk", "finance", "adviser"):
        with acting_as(getattr(lively, part)):
            totals[part] = dashboard(lively.plan, on=lively.today).total.all.n
    assert totals == {"member": 13, "director": 15, "clerk": 15, "finance": 13, "adviser": 13}


@pytest.mark.parametrize("part", ["officer", "lead", "director", "clerk", "finance", "member", "adviser"])
def test_those_who_read_the_dashboard_see_it_without_a_sealed_word(world: World, visit: Any, part: str) -> None:
    page = visit(getattr(world, part)).get("/dashboard/")
    assert page.status_code == 200
    text = page.content.decode()
    assert "Delivery and impact by theme" in text
    assert "1. Front door" in text
    assert SEALED not in text
    assert "Marigold" not in text


@pytest.mark.parametrize("part", ["partner", "admin"])
def test_others_are_told_why_they_may_not(world: World, visit: Any, part: str) -> None:
    page = visit(getattr(world, part)).get("/dashboard/")
    assert page.status_code == 403
    assert "Your role does not let you read the dashboard." in page.content.decode()


def asked(visit: Any, world: World, on: object) -> str:
    return visit(world.member).get("/dashboard/", {"on": on}).content.decode()


def said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def test_a_day_that_is_still_to_come_is_refused_with_a_sentence(world: World, visit: Any) -> None:
    tomorrow = world.today + timedelta(days=1)
    page = asked(visit, world, tomorrow)
    assert f"{said(tomorrow)} is still to come. Choose {said(world.today)}, which is today, or an earlier day." in page
    assert "<title>Error: Dashboard" in page
    assert "Delivery and impact by theme" not in page


def test_a_day_before_the_plan_was_adopted_is_refused_with_a_sentence(world: World, visit: Any) -> None:
    page = asked(visit, world, world.plan.adopted_on - timedelta(days=1))
    assert f"The plan was adopted on {said(world.plan.adopted_on)}. Choose that day or a later one." in page


@pytest.mark.parametrize("on", ["31 June 2026", "2026-13-01", "soon", "0000-00-00", "<b>", "2026-05-01\x00", "9" * 500])
def test_what_is_no_date_is_refused_with_a_sentence_and_kept(world: World, visit: Any, on: str) -> None:
    page = asked(visit, world, on)
    assert f"Enter a real date for “As at”, such as {said(world.today)}." in page
    assert "<b>" not in page


@pytest.mark.parametrize("way", ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%-d %b %Y"])
def test_a_day_may_be_written_as_people_write_it(world: World, visit: Any, way: str) -> None:
    day = world.today - timedelta(days=40)
    page = asked(visit, world, day.strftime(way))
    assert f"Where the plan stood on {said(day)}" in page
    assert f'value="{day}"' in page


def test_the_dashboard_of_a_past_day_is_the_same_whatever_happens_today(lively: World) -> None:
    day = lively.today - timedelta(days=30)
    before = dashboard(lively.plan, on=day)
    progress.make(lively.theirs, "withdraw", by=lively.director, at=lively.now, reason="No longer needed.")
    assert dashboard(lively.plan, on=day) == before
    assert dashboard(lively.plan, on=lively.today).total.status[4].n == before.total.status[4].n + 1


def test_a_theme_shows_its_worst_and_never_an_average(world: World) -> None:
    board = dashboard(world.plan, on=world.today)
    assert [(line.title, line.worst) for line in board.themes] == [
        ("1. Front door", "red"),
        ("2. Workforce", "green"),
    ]


def test_coverage_counts_what_an_action_answers_and_what_nothing_does(world: World, visit: Any) -> None:
    board = dashboard(world.plan, on=world.today)
    assert (board.coverage.asked, board.coverage.answered, board.coverage.unanswered) == (2, 1, 1)
    browser = visit(world.member)
    for words, n in (("", 2), ("?answered=yes", 1), ("?answered=no", 1)):
        assert browser.get(f"/findings/{words}").content.decode().count('class="finding ') == n


def test_a_withdrawn_action_answers_nothing(world: World) -> None:
    progress.make(world.started, "withdraw", by=world.director, at=world.now, reason="Merged with another.")
    assert dashboard(world.plan, on=world.today).coverage.answered == 0
    assert list(Finding.objects.unanswered(on=world.today).to_answer().in_order().values_list("number", flat=True)) == [
        "R1",
        "A1",
    ]


def test_the_key_is_made_from_the_rule_and_printed(world: World, visit: Any) -> None:
    page = asked(visit, world, world.today)
    for words in (
        "Its due date has passed",
        "It has been delivered or closed",
        "It has been withdrawn, so nobody rates it",
    ):
        assert words in page


def test_the_trend_has_a_chart_with_its_finding_and_a_table_of_the_same_figures(lively: World, visit: Any) -> None:
    board = dashboard(lively.plan, on=lively.today)
    page = asked(visit, lively, lively.today)
    red = board.total.delivery[0].n
    assert f"<title>{red or 'None'} of 13 actions red, against " in page
    for month in board.trend:
        assert f'href="/dashboard/?on={month.on}"' in page


def test_without_a_plan_the_page_says_so(db: None, visit_nowhere: Any) -> None:
    assert "No plan has been adopted yet" in visit_nowhere.get("/dashboard/").content.decode()
    assert "No plan has been adopted yet" in visit_nowhere.get("/actions/").content.decode()
    assert "No plan has been adopted yet" in visit_nowhere.get("/findings/").content.decode()
    assert visit_nowhere.get("/inspection/").status_code == 404
    assert "There has been no visit yet" in visit_nowhere.get("/visits/").content.decode()


@pytest.fixture
def visit_nowhere(db: None) -> Client:
    """A board member's browser at a council that has not begun."""
    member = Person.objects.add(email="member@nowhere.example", name="Cllr Ida Moss")
    Grant.give(member, Role.MEMBER, by=None, at=timezone.now())
    client = Client()
    client.force_login(member)
    return client


def queries_of_the_dashboard(world: World, visit: Any, count: Any) -> None:
    browser = visit(world.member)
    with count(12):
        browser.get("/dashboard/")


def test_a_dashboard_of_a_hundred_actions_makes_as_many_queries_as_one_of_three(
    world: World, visit: Any, django_assert_num_queries: Any
) -> None:
    queries_of_the_dashboard(world, visit, django_assert_num_queries)
    dice = random.Random(5)
    for n in range(10, 107):
        an_action_more(world, dice, n)
    queries_of_the_dashboard(world, visit, django_assert_num_queries)
