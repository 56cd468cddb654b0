"""The ladder on an action's page: each rung climbed or lost, what the next one needs, and whose it is to record."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from improvement.timing import written
from monitoring import progress
from monitoring.models import Evidence
from tests.world import World

JUDGED = "Next: verified. A theme lead or director who neither leads nor updates it records it on evidence"


def _text(response: Any) -> str:
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
    return unescape(re.sub(r" ([.,:;)])", r"\1", text))


def _shown(world: World) -> Evidence:
    return progress.show(
        world.started, kind="audit", title="Dip sample", words="37 of 40.", dated_on=world.today, by=world.officer,
        at=world.now - timedelta(minutes=9),
    )  # fmt: skip


def _climbed(world: World, *rungs: str) -> Evidence:
    shown = _shown(world)
    for n, rung in enumerate(rungs):
        by = world.officer if rung == "evidenced" else world.lead
        at = world.now - timedelta(minutes=8 - n)
        progress.climb(world.started, rung, evidence=shown, by=by, at=at, reason="I read ten of them.")
    return shown


def test_the_page_tells_each_rung_climbed_and_lost_the_latest_first(world: World, visit: Any) -> None:
    shown = _climbed(world, "evidenced", "verified")
    progress.climb(world.started, "evidenced", evidence=None, by=world.lead, at=world.now, reason="Two were not read.")
    page = visit(world.member).get("/actions/1.1/")
    ladder = page.content.decode().partition('id="ladder"')[2].partition("<h2")[0]
    told = [unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", line))).strip() for line in ladder.split("<li")[1:]]
    assert [re.sub(r"^.*? (?=Fell|Verified|Evidenced)", "", line) for line in told] == [
        "Fell back to evidenced, step 2 of 5 on the impact ladder Tom Varley. Why: Two were not read.",
        "Verified, step 3 of 5 on the impact ladder Tom Varley, on Dip sample. Why: I read ten of them.",
        "Evidenced, step 2 of 5 on the impact ladder Asha Mellor, on Dip sample. Why: I read ten of them.",
    ]
    html = page.content.decode()
    assert (html.count(f'href="#evidence-{shown.reference}"'), html.count(f'id="evidence-{shown.reference}"')) == (2, 1)


def test_a_ladder_that_nobody_has_climbed_says_so_and_what_it_needs(world: World, visit: Any) -> None:
    page = _text(visit(world.member).get("/actions/1.1/"))
    assert "None shown yet" in page
    assert "Next: evidenced. Whoever may update the action records it on evidence with a date of its own." in page


def test_the_page_says_from_which_day_evidence_can_show_that_impact_has_lasted(world: World, visit: Any) -> None:
    _climbed(world, "evidenced", "verified", "impact_shown")
    first = written(world.today + timedelta(days=84))
    assert f"records it on evidence (audit or data) dated {first} or later." in _text(
        visit(world.member).get("/actions/1.1/")
    )


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("officer", "“Verified” is for the lead of the theme “Front door” or a director. Ask one."),
        ("director", "You lead or update this action, so “Verified” is for a theme lead or director who does neither. "
         "Ask one."),
    ],
)  # fmt: skip
def test_whoever_may_not_judge_is_told_who_may_and_is_refused_in_the_same_words(
    world: World, visit: Any, part: str, sentence: str
) -> None:
    shown = _climbed(world, "evidenced")
    world.started.let_update([world.officer, world.director], by=world.lead, at=world.now)
    browser = visit(getattr(world, part))
    asked = browser.get("/actions/1.1/impact/")
    assert (sentence in _text(asked), JUDGED in _text(asked)) == (True, True)
    assert 'value="verified"' not in asked.content.decode()
    once = re.search(r'name="once" value="([^"]+)"', asked.content.decode())
    assert once
    sent = browser.post(
        "/actions/1.1/impact/", {"once": once[1], "rung": "verified", "evidence": shown.reference, "reason": ""}
    )
    assert (sent.status_code, _text(sent).count(sentence)) == (400, 3)
    assert world.started.climbs.count() == 1


def test_whoever_may_judge_is_told_nothing_of_the_kind(world: World, visit: Any) -> None:
    _climbed(world, "evidenced")
    asked = visit(world.lead).get("/actions/1.1/impact/")
    assert ("Ask one." in _text(asked), 'value="verified"' in asked.content.decode()) == (False, True)


ANSWER, REVISE, ASK = "Answer the request for a later date", "Move its due date", "Ask for a later date"


@pytest.mark.parametrize(("waits", "asks"), [(False, False), (True, False), (False, True), (True, True)])
def test_a_request_for_a_later_date_is_there_to_be_answered_exactly_while_one_is_asked_for(
    world: World, visit: Any, waits: bool, asks: bool
) -> None:
    if waits:
        progress.block(world.started, waiting_for="A list", from_whom="schools", by=world.officer, at=world.now)
    if asks:
        progress.ask_extension(
            world.started, world.started.due_on + timedelta(days=30), reason="partner", words="Health needs a month.",
            by=world.officer, at=world.now,
        )  # fmt: skip
    lead, officer = (_text(visit(person).get("/actions/1.1/")) for person in (world.lead, world.officer))
    assert (ANSWER in lead, REVISE in lead) == (asks, not asks)
    assert (ASK in officer, ANSWER in officer) == (not asks, False)
    assert ("Asha Mellor has asked for" in officer, "Asha Mellor has asked for" in lead) == (asks, asks)
