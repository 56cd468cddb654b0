"""The page of what has been done: a sentence for each deed, for those who may know of it and of that deed."""

import re
from datetime import timedelta
from html import unescape
from itertools import chain
from typing import Any
from urllib.parse import urlencode

import pytest

from monitoring import progress
from monitoring.scheme import Scheme
from monitoring.settling import settle
from people.models import PersonLine
from sources.seals import acting_as
from tests.world import World


def deeds(response: Any) -> list[str]:
    """The sentences, without their instants."""
    assert response.status_code == 200
    found = re.findall(r'<span class="history__what">(.*?)</span>\s*</li>', response.text, flags=re.S)
    return [unescape(" ".join(re.sub(r"<[^>]+>", "", each).split())) for each in found]


def whole(browser: Any) -> list[str]:
    """Every sentence of every page."""
    return list(chain.from_iterable(everything(browser)))


def everything(browser: Any, address: str = "/audit/") -> list[list[str]]:
    """Page after page by the link “Earlier”."""
    pages = []
    while address:
        response = browser.get(address)
        pages.append(deeds(response))
        link = re.search(r'href="(\?[^"]*)" rel="next"', response.text)
        address = f"/audit/{unescape(link[1])}" if link else ""
    return pages


@pytest.mark.parametrize("part", ["officer", "lead", "finance", "member", "partner", "adviser"])
def test_nobody_else_reads_what_has_been_done(world: World, visit: Any, part: str) -> None:
    answer = visit(getattr(world, part)).get("/audit/")
    assert answer.status_code == 403
    assert "Your role does not let you read what has been done." in answer.text
    assert "/audit/" not in visit(getattr(world, part)).get("/papers/").text


def test_deeds_on_actions_papers_people_and_seals_are_told_in_sentences(world: World, visit: Any) -> None:
    progress.make(world.theirs, "start", by=world.partner, at=world.now, reason="The shifts are known.")
    told = deeds(visit(world.director).get("/audit/"))
    assert (
        "Supt Neil Hargreave moved it from “Not started” to “In progress”. "
        "Action 2.1 Brief every police shift on thresholds Why: The shifts are known." in told
    )
    assert "Ruth Okafor cleared Janet Pryce. A document under seal" in told
    assert "Asha Mellor was made officer (all), by the system." in whole(visit(world.director))


def test_an_administrator_reads_only_of_people(world: World, visit: Any) -> None:
    PersonLine.write(world.officer, "was given a new post", by=world.admin, at=world.now)
    told = whole(visit(world.admin))
    assert told[0] == "Asha Mellor was given a new post, by Sam Ridley."
    assert [deed for deed in told if not re.search(r", by (Sam Ridley|the system)\.$", deed)] == []


def test_whoever_reads_what_has_been_done_reads_of_the_rating_scheme(world: World, visit: Any) -> None:
    settle(Scheme(amber="At risk"), seen=1, by=world.director, at=world.now, reason="Agreed by the board.")
    said = (
        "Ruth Okafor settled the rating scheme: the name of amber from “Amber” to “At risk”. Why: Agreed by the board."
    )
    readers = (world.admin, world.director, world.clerk)
    assert [said in deeds(visit(reader).get("/audit/")) for reader in readers] == [True, True, True]


def test_what_was_done_under_a_seal_is_told_to_the_cleared_alone(world: World, visit: Any) -> None:
    with acting_as(world.director):
        world.seal.clear(world.member, reason="Chairs the board.")
        world.seal.withdraw(world.clerk)
    sealed = "Ruth Okafor cleared Cllr Moira Kent. A document under seal Why: Chairs the board."
    assert sealed in deeds(visit(world.director).get("/audit/"))
    assert [deed for deed in whole(visit(world.clerk)) if "under seal" in deed] == []


def test_pages_hold_what_there_is_once_and_keep_the_deeds_of_one_instant_together(world: World, visit: Any) -> None:
    for place in range(40):
        at = world.now + timedelta(minutes=place // 4)
        PersonLine.write(world.officer, f"was asked {place}", by=world.admin, at=at)
    pages = everything(visit(world.admin))
    told = list(chain.from_iterable(pages))
    asked = [int(found[1]) for deed in told if (found := re.search(r"was asked (\d+)", deed))]
    assert sorted(asked) == list(range(40))
    assert [place // 4 for place in asked] == sorted((place // 4 for place in asked), reverse=True)
    assert [len(page) for page in pages][:1] == [28]
    assert len(told) == len(set(told))


def test_one_persons_deeds_and_one_days(world: World, visit: Any) -> None:
    PersonLine.write(world.officer, "was asked today", by=world.admin, at=world.now)
    PersonLine.write(world.officer, "was asked before", by=world.admin, at=world.now - timedelta(days=700))
    browser = visit(world.admin)
    of_sam = {"person": world.admin.email}
    ever = f"/audit/?{urlencode(of_sam)}"
    today = f"/audit/?{urlencode(of_sam | {'on': world.today})}"
    assert deeds(browser.get(ever)) == [f"Asha Mellor was asked {when}, by Sam Ridley." for when in ("today", "before")]
    assert deeds(browser.get(today)) == ["Asha Mellor was asked today, by Sam Ridley."]
    assert "Nothing was done" in browser.get("/audit/?on=2001-01-01").text


@pytest.mark.parametrize("asked", ["on=tomorrow", "person=nobody@northmoor.example", "on=9999-99-99"])
def test_what_cannot_be_asked_is_said(world: World, visit: Any, asked: str) -> None:
    answer = visit(world.admin).get(f"/audit/?{asked}")
    assert answer.status_code == 400
    assert re.search("Enter a real date for|Choose a person of the list", answer.text)


@pytest.mark.parametrize("before", ["", "x", "2026-01-01", "2026-13-01T00:00:00+00:00", "2026-01-01T00:00:00", "%00"])
def test_a_page_that_no_link_leads_to_is_the_first(world: World, visit: Any, before: str) -> None:
    browser = visit(world.admin)
    assert deeds(browser.get(f"/audit/?before={before}")) == deeds(browser.get("/audit/"))


@pytest.mark.parametrize(
    "asked", ["on=9999-12-31", "before=9999-12-31T23:59:59-23:59", "before=0001-01-01T00:00:00%2B23:59"]
)
def test_the_ends_of_time_are_days_too(world: World, visit: Any, asked: str) -> None:
    assert visit(world.admin).get(f"/audit/?{asked}").status_code == 200


def test_no_number_of_a_line_or_an_event_is_shown(world: World, visit: Any) -> None:
    page = visit(world.admin).get("/audit/").text
    lines = PersonLine.objects.values_list("pk", flat=True)
    assert not {str(pk) for pk in lines if pk > 1000} & set(re.findall(r"\d+", page))
    assert set(re.findall(r'href="\?([a-z]+)=', page)) <= {"before"}
