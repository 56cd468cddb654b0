"""The list of actions: what a reader may ask of it, and what it answers."""

import random
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection

from improvement.models import Action
from improvement.timing import written
from monitoring import listing, progress
from monitoring.models import Standing
from sources.seals import acting_as
from tests.monitoring.histories import an_action_more
from tests.world import World

ROW = re.compile(r'<span class="rows__number">([\d.]+)</span>')


def numbers(visit: Any, person: Any, **words: str) -> list[str]:
    return ROW.findall(visit(person).get("/actions/", words).content.decode())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({}, ["1.1", "1.2", "2.1"]),
        ({"theme": "front-door"}, ["1.1", "1.2"]),
        ({"status": "not_started"}, ["2.1"]),
        ({"status": "in_progress", "theme": "workforce"}, []),
        ({"delivery": "red"}, ["1.2"]),
        ({"delivery": "green"}, ["1.1", "2.1"]),
        ({"delivery": "none"}, []),
        ({"rung": "none"}, ["1.1", "1.2", "2.1"]),
        ({"rung": "verified"}, []),
        ({"late": "yes"}, ["1.2"]),
        ({"late": "no"}, ["1.1", "2.1"]),
        ({"stale": "yes"}, []),
        ({"lead": "police"}, ["2.1"]),
        ({"q": "consent"}, ["1.2"]),
        ({"q": "1."}, ["1.1", "1.2"]),
        ({"q": "no such words"}, []),
        ({"order": "due"}, ["1.2", "1.1", "2.1"]),
        ({"order": "rating"}, ["1.2", "1.1", "2.1"]),
        ({"status": "open"}, ["1.1", "1.2", "2.1"]),
        ({"mine": "yes"}, []),
        ({"page": "99"}, ["1.1", "1.2", "2.1"]),
        ({"page": "-1"}, ["1.1", "1.2", "2.1"]),
        ({"page": "' OR 1=1"}, ["1.1", "1.2", "2.1"]),
        ({"seal": "1", "action__words": "x", "id": "0"}, ["1.1", "1.2", "2.1"]),
    ],
)
def test_words_of_the_address_pick_actions(world: World, visit: Any, words: dict[str, str], found: list[str]) -> None:
    assert numbers(visit, world.member, **words) == found


def test_the_past_is_listed_as_it_was(world: World, visit: Any) -> None:
    late = {}
    for back in (0, 5, 10, 20, 99):
        day = str(world.today - timedelta(days=back))
        late[back] = numbers(visit, world.member, on=day, late="yes")
        red = Standing.objects.on(world.today - timedelta(days=back)).filter(delivery="red").in_order()
        assert numbers(visit, world.member, on=day, delivery="red") == [s.action.number for s in red]
    assert late == {0: ["1.2"], 5: ["1.2"], 10: [], 20: [], 99: []}
    assert numbers(visit, world.member, on=str(world.today - timedelta(days=110))) == []


@pytest.mark.parametrize(
    "words",
    [
        {"delivery": "purple"},
        {"theme": "no-such-theme"},
        {"status": "lost"},
        {"late": "maybe"},
        {"lead": "nobody"},
        {"order": "seal"},
        {"on": "yesterday"},
        {"mine": "no"},
        {"source": "no-such"},
        {"due_from": "soon"},
        {"due_from": "2027-03-02", "due_to": "2027-03-01"},
        {"q": "x" * 101},
        {"q": "\x00"},
    ],
)
def test_what_the_list_does_not_understand_is_said_and_lists_nothing(
    world: World, visit: Any, words: dict[str, str]
) -> None:
    page = visit(world.member).get("/actions/", words)
    text = page.content.decode()
    assert page.status_code == 200
    assert "There is a problem" in text
    assert "<title>Error: Actions" in text
    assert "Select a valid choice" not in text
    assert ROW.findall(text) == []


def test_what_falls_due_between_two_days_is_listed_with_both(world: World, visit: Any) -> None:
    first, last = world.overdue.due_on, world.started.due_on
    day = timedelta(days=1)
    assert numbers(visit, world.member, due_from=str(first), due_to=str(last)) == ["1.1", "1.2"]
    assert numbers(visit, world.member, due_from=str(first + day), due_to=str(last)) == ["1.1"]
    assert numbers(visit, world.member, due_to=f"{last - day:%d/%m/%Y}") == ["1.2"]
    text = visit(world.member).get("/actions/", {"due_from": "2027-03-02", "due_to": "2027-03-01"}).content.decode()
    assert "1 March 2027 is before 2 March 2027. Give a later day for “Due to”" in text
    today = visit(world.member).get("/actions/", {"due_from": str(world.today)}).content.decode()
    assert f"Due from {written(world.today)}</a>" in today


def test_what_is_mine_is_listed_for_whoever_leads_or_updates_it(world: World, visit: Any) -> None:
    assert numbers(visit, world.officer, mine="yes") == ["1.1", "1.2"]
    assert numbers(visit, world.partner, mine="yes") == ["2.1"]
    assert "Whose: Those I lead or update</a>" in visit(world.officer).get("/actions/?mine=yes").content.decode()
    assert "actions/?mine=yes&amp;status=open" in visit(world.officer).get("/my-actions/").content.decode()


def test_a_withdrawn_action_is_no_longer_open(world: World, visit: Any) -> None:
    progress.make(world.overdue, "withdraw", by=world.lead, at=world.now, reason="The board agreed.")
    assert numbers(visit, world.member, status="open") == ["1.1", "2.1"]


def test_what_answers_a_document_is_listed_by_it_and_a_withheld_one_is_not_offered(world: World, visit: Any) -> None:
    report = world.plan.inspection.source.reference
    assert numbers(visit, world.member, source=report) == ["1.1"]
    for person in (world.member, world.director):
        text = visit(person).get("/actions/").content.decode()
        assert "Inspection of Northmoor children’s services</option>" in text
        assert "Marigold" not in text
        refused = visit(person).get("/actions/", {"source": world.letter.reference}).content.decode()
        assert "Choose one of the list for “Answers a finding of”." in refused
    assert "Inspection of Northmoor" in visit(world.partner).get("/actions/").content.decode()
    with acting_as(world.director):  # in the database, since a finding's history is only added to
        connection.cursor().execute("DELETE FROM improvement_finding WHERE theme_id = %s", [world.workforce.pk])
    assert "Inspection of Northmoor children’s services</option>" not in (
        visit(world.partner).get("/actions/").content.decode()
    )


def test_the_api_knows_the_same_words(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    asked = {
        "mine=true": ["1.1", "1.2"], "status=open&late=true": ["1.2"],
        f"source={world.plan.inspection.source.reference}": ["1.1"], f"due_to={world.overdue.due_on}": ["1.2"],
    }  # fmt: skip
    found = {
        words: [row["number"] for row in browser.get(f"/api/actions/?{words}").json()["results"]] for words in asked
    }
    assert found == asked
    refused = browser.get("/api/actions/?due_from=2027-03-02&due_to=2027-03-01")
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["due_to"])


def test_the_download_holds_exactly_what_the_filters_show(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    for words in ({"mine": "yes", "status": "open"}, {"due_to": str(world.today)}, {"source": "x"}):
        page = browser.get("/actions/", words)
        if "There is a problem" in page.content.decode():
            assert browser.get("/actions.csv", words).status_code == 302
            continue
        rows = browser.get("/actions.csv", words).content.decode("utf-8-sig").splitlines()[1:]
        assert [row.split(",")[0] for row in rows] == ROW.findall(page.content.decode())


def test_describing_the_api_leaves_the_words_of_the_page_as_they_were(world: World, visit: Any) -> None:
    assert visit(world.member).get("/api/schema/").status_code == 200
    text = visit(world.member).get("/actions/", {"status": "lost"}).content.decode()
    assert "Choose one of the list for “Status”." in text


def test_what_was_typed_is_printed_and_never_run(world: World, visit: Any) -> None:
    text = visit(world.member).get("/actions/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "No action matches" in text


def test_each_filter_chosen_stands_as_a_chip_that_lets_it_go_and_keeps_the_rest(world: World, visit: Any) -> None:
    day = world.today - timedelta(days=3)
    words = {"theme": "front-door", "late": "yes", "order": "due", "on": str(day), "page": "1"}
    text = visit(world.member).get("/actions/", words).content.decode()
    found = re.findall(r'class="chosen__link[^"]*" href="([^"]*)"><span[^>]*>[^<]*</span>([^<]*)<', text)
    assert [(unescape(href), words) for href, words in found] == [
        ("?theme=front-door&late=yes&order=due", f"As at {day.day} {day:%B %Y}"),
        (f"?on={day}&late=yes&order=due", "Theme: 1. Front door"),
        (f"?on={day}&theme=front-door&order=due", "Overdue: Yes"),
    ]


def test_an_overdue_action_says_by_how_many_working_days_and_what_its_date_was(world: World, visit: Any) -> None:
    to_on = world.today - timedelta(days=3)
    progress.revise(world.overdue, to_on, reason="capacity", words="Two posts are vacant.", by=world.lead, at=world.now)
    text = visit(world.member).get("/actions/?late=yes").content.decode()
    assert re.search(r"Overdue by \d+ (working )?days?", text)
    assert f"Originally {world.overdue.first_due_on.day} {world.overdue.first_due_on:%b %Y}" in text


@pytest.mark.parametrize(
    ("part", "found"),
    [
        ("officer", ["1.1", "1.2", "2.1"]),
        ("lead", ["1.1", "1.2", "2.1"]),
        ("director", ["1.1", "1.2", "2.1", "1.9"]),
        ("clerk", ["1.1", "1.2", "2.1", "1.9"]),
        ("finance", ["1.1", "1.2", "2.1"]),
        ("member", ["1.1", "1.2", "2.1"]),
        ("adviser", ["1.1", "1.2", "2.1"]),
        ("partner", ["2.1"]),
    ],
)
def test_each_role_lists_what_it_may_read_and_no_more(world: World, visit: Any, part: str, found: list[str]) -> None:
    with acting_as(world.director):
        sealed = an_action_more(world, random.Random(1), 9, seal=world.seal)
        Action.objects.filter(pk=sealed.pk).update(number="1.9", title="Marigold", theme=world.front_door)
        Standing.objects.filter(action=sealed).update(theme=world.front_door)
    assert sorted(numbers(visit, getattr(world, part))) == sorted(found)
    text = visit(getattr(world, part)).get("/actions/?q=marigold").content.decode()
    sees = part in ("director", "clerk")
    assert ("1 action</strong>" in text) is sees
    assert ("released only by two people" in text) is sees
    assert ("Marigold</a>" in text) is sees


def test_an_administrator_is_told_why_the_list_is_closed(world: World, visit: Any) -> None:
    page = visit(world.admin).get("/actions/")
    assert page.status_code == 403
    assert "Your role does not let you read the improvement plan." in page.content.decode()


def test_nobody_lists_actions_without_signing_in(world: World, visit: Any) -> None:
    assert visit(None).get("/actions/").url.startswith("/sign-in/")


def test_a_long_list_is_turned_page_by_page_and_misses_nobody(world: World, visit: Any) -> None:
    dice = random.Random(2)
    for n in range(10, 70):
        an_action_more(world, dice, n)
    for order in ("", "due", "rating"):
        seen = [n for page in ("1", "2", "3") for n in numbers(visit, world.member, page=page, order=order)]
        assert len(seen) == 63
        assert set(seen) == set(Action.objects.values_list("number", flat=True))
    text = visit(world.member).get("/actions/?page=2").content.decode()
    assert "Showing 26 to 50 of 63 actions" in text


def test_counting_stops_at_a_thousand_and_the_pages_go_on(
    world: World, visit: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "COUNTED", 30)
    dice = random.Random(3)
    for n in range(10, 70):
        an_action_more(world, dice, n)
    seen = []
    for page in ("1", "2", "3"):
        text = visit(world.member).get("/actions/", {"page": page}).content.decode()
        seen += ROW.findall(text)
        assert "30+ actions" in text
        assert ('rel="next"' in text) is (page != "3")
        assert ('rel="prev"' in text) is (page != "1")
    assert len(seen) == len(set(seen)) == 63


def test_a_list_of_a_hundred_makes_as_many_queries_as_one_of_three(
    world: World, visit: Any, django_assert_num_queries: Any
) -> None:
    browser = visit(world.member)
    with django_assert_num_queries(19):
        browser.get("/actions/?theme=front-door&order=rating")
    dice = random.Random(4)
    for n in range(10, 107):
        an_action_more(world, dice, n)
    with django_assert_num_queries(19):
        browser.get("/actions/?theme=front-door&order=rating")
