"""Findings in the inspectors' own words, and what answers them."""

import re
from datetime import timedelta
from typing import Any

import pytest

from improvement.models import Action, Answer, Finding
from monitoring import progress
from sources.seals import acting_as
from tests.world import SEALED, World

SHOWN = re.compile(r"(?:Recommendation|Wider area for improvement) ([RA]\d+)</a>")


def read(visit: Any, person: Any, address: str) -> str:
    page = visit(person).get(address)
    assert page.status_code == 200
    return page.content.decode()


def of(number: str) -> str:
    return f"/findings/{Finding.objects.get(number=number).reference}/"


@pytest.mark.parametrize("part", ["officer", "lead", "director", "clerk", "finance", "member", "adviser"])
def test_findings_stand_by_theme_and_say_what_answers_them(world: World, visit: Any, part: str) -> None:
    page = read(visit, getattr(world, part), "/findings/")
    assert SHOWN.findall(page) == ["R1", "A1"]
    assert "What inspectors asked of front door." in page
    assert page.index("1. Front door") < page.index("Recommendation R1") < page.index("2. Workforce")
    assert "1 action answers it" in page
    assert page.count("Nothing answers it") == 1
    assert "1 recommendation and 1 wider area for improvement: 1 of 2 is answered" in page
    assert SEALED not in page


def _answers(visit: Any, person: Any) -> tuple[list[str], int]:
    """Of the findings that a person reads those that an action answers, and how many answer A1."""
    browser = visit(person)
    answered = browser.get("/api/findings/?answered=yes").json()["results"]
    whole = browser.get(f"/api/findings/{Finding.objects.get(number='A1').reference}/").json()
    return sorted(finding["number"] for finding in answered), whole["answered_by"]


def test_a_partner_reads_the_findings_of_its_own_theme_and_counts_what_it_reads(world: World, visit: Any) -> None:
    # An action of another theme answers it, which the partner may not know of.
    Answer.objects.create(action=world.started, finding=Finding.objects.get(number="A1"))
    assert [_answers(visit, person) for person in (world.member, world.partner)] == [(["A1", "R1"], 1), ([], 0)]
    page = read(visit, world.partner, "/findings/")
    assert SHOWN.findall(page) == ["A1"]
    assert "1 wider area for improvement: 0 of 1 are answered" in page
    assert visit(world.partner).get(of("R1")).status_code == 404
    assert visit(world.partner).get(of("A1")).status_code == 200


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"kind": "recommendation"}, ["R1"]),
        ({"kind": "area"}, ["A1"]),
        ({"answered": "yes"}, ["R1"]),
        ({"answered": "no"}, ["A1"]),
        ({"q": "WORKFORCE"}, ["A1"]),
        ({"kind": "area", "answered": "yes"}, []),
        ({"seal": "0", "source": "9"}, ["R1", "A1"]),
    ],
)
def test_findings_can_be_narrowed(world: World, visit: Any, words: dict[str, str], found: list[str]) -> None:
    page = visit(world.member).get("/findings/", words).content.decode()
    assert SHOWN.findall(page) == found
    assert ("No finding matches" in page) is (not found)


@pytest.mark.parametrize("words", [{"kind": "visit"}, {"answered": "perhaps"}, {"q": "x" * 101}, {"q": "\x00"}])
def test_what_the_list_does_not_understand_is_said(world: World, visit: Any, words: dict[str, str]) -> None:
    page = visit(world.member).get("/findings/", words).content.decode()
    assert "There is a problem" in page
    assert SHOWN.findall(page) == []


def test_a_finding_gives_its_words_its_source_and_its_actions(world: World, visit: Any) -> None:
    page = read(visit, world.member, of("R1"))
    for words in (
        "What inspectors asked of front door.", "Inspection of Northmoor children’s services", "Ofsted, received",
        "Needs improvement", "1.1 Answer every contact within a day", "Head of Service, Front Door", "In progress",
    ):  # fmt: skip
        assert words in page, words
    assert f'href="/actions/{world.started.number}/"' in page
    assert "Nothing answers it yet" in read(visit, world.member, of("A1"))


def test_an_action_that_is_withdrawn_no_longer_answers_and_is_still_named(world: World, visit: Any) -> None:
    progress.make(world.started, "withdraw", by=world.director, at=world.now, reason="Merged with another.")
    page = read(visit, world.member, of("R1"))
    assert "Nothing answers it yet" in page
    assert "Withdrawn, so no longer an answer" in page
    assert read(visit, world.member, "/findings/").count("Nothing answers it") == 2


def test_a_sealed_action_answers_for_those_who_may_see_it_and_for_nobody_else(world: World, visit: Any) -> None:
    with acting_as(world.director):
        sealed = Action.objects.create(
            plan=world.plan, theme=world.workforce, number="2.9", position=9, title="Marigold", words="We will.",
            success="Seen.", lead=world.started.lead, starts_on=world.today, due_on=world.today + timedelta(days=9),
            first_due_on=world.today + timedelta(days=9), seal=world.seal,
        )  # fmt: skip
        Answer.objects.create(action=sealed, finding=Finding.objects.get(number="A1"), seal=world.seal)
    for part, sees in (("director", True), ("clerk", True), ("member", False), ("officer", False)):
        assert ("Marigold" in read(visit, getattr(world, part), of("A1"))) is sees
        assert ("2 of 2 are answered" in read(visit, getattr(world, part), "/findings/")) is sees


def test_a_hundred_findings_take_as_many_queries_as_two(
    world: World, visit: Any, django_assert_num_queries: Any
) -> None:
    browser = visit(world.member)
    with django_assert_num_queries(12):
        browser.get("/findings/")
    source = world.plan.inspection.source
    for n in range(2, 100):
        finding = Finding.objects.create(
            source=source, theme=world.workforce, kind="area", number=f"A{n}", words="More.",
            polarity="mixed", position=n,
        )  # fmt: skip
        Answer.objects.create(action=world.theirs, finding=finding)
    with django_assert_num_queries(12):
        browser.get("/findings/")
