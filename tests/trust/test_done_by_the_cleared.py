"""What the cleared do, in the open or under seal, tells nobody else what is under seal."""

import random
from datetime import timedelta
from typing import Any

import pytest

from improvement.models.action import ActionQuerySet
from tests.trust.addresses import KEY, ROWS
from tests.trust.asking import Stage, asked_in_turn, held_still
from tests.trust.report import Report

Worlds = tuple[Stage, Stage]
Deed = tuple[str, str]
LOOKS = (
    "/actions/", "/actions/new/", "/actions/1.1/", "/actions.csv", "/coverage/", "/dashboard/", "/my-actions/",
    "/extensions/", "/risks/", "/risks/new/", "/risks/shownrisk2/", "/resources/", "/audit/", "/settings/ratings/",
    "/reminders/", "/findings/", "/api/actions/", "/search/?q=new", "/together/?number=1.1&number=9.1", "/inspection/",
)  # fmt: skip
READERS = ("second_director", "partner")
"""Whoever reads most without a clearance, and whoever reads least."""
OF_BOTH = {"actions": "9.1 1.1"}
UNDER_SEAL: dict[str, dict[str, Any]] = {
    "/actions/9.1/update/": {"version": "99", "news": "changed", "words": "Said"},
    "/actions/9.1/lead/": {
        "version": "99",
        "lead": "hos-front-door",
        "reason": "So",
        "updaters": "lead@northmoor.example",
    },
    "/actions/9.1/extension/answer/": {"agreed": "yes"},
    "/actions/9.1/milestones/": {"words": "W", "due_on": -100},
    "/actions/9.1/evidence/": {"kind": "audit", "title": "T", "words": "W", "dated_on": -1},
    "/risks/new/": ROWS["risks/new/"].form | OF_BOTH,
    "/resources/new/": ROWS["resources/new/"].form | OF_BOTH,
}
IN_THE_OPEN: dict[str, dict[str, Any]] = {
    "/actions/new/": ROWS["actions/new/"].form,
    "/settings/ratings/": ROWS["settings/ratings/"].form,
}
"""What a director sends to each address; a number is a day, so many from today."""


def test_a_deed_under_seal_changes_no_byte_of_what_others_are_told(worlds: Worlds) -> None:
    with held_still() as dice:
        before, after = _told(worlds[0], {}, dice), _told(worlds[0], UNDER_SEAL, dice)
    assert [place for place in before if before[place] != after[place]] == []


def test_a_deed_in_the_open_looks_alike_in_two_worlds(worlds: Worlds) -> None:
    assert _unlike(worlds) == []


def test_a_number_counted_on_from_what_is_under_seal_would_be_found(
    worlds: Worlds, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ActionQuerySet, "beside", lambda self, seal: self)
    found = _unlike(worlds) != []
    report.planted("number after what is sealed", found=found)
    assert found


def test_nobody_is_first_named_as_lead_of_an_action_under_seal(worlds: Worlds) -> None:
    said = {"once": KEY, "version": "99", "new_lead": "A new post", "kind": "post", "reason": "So"}
    with held_still() as dice:
        [answer] = asked_in_turn(worlds[0], [("director", "POST", "/actions/9.1/lead/", said)], dice)
    assert answer.status == 400
    assert b"This action is under seal, and everybody sees the list of leads." in answer.body


def _unlike(worlds: Worlds) -> list[Deed]:
    with held_still() as dice:
        one, other = (_told(stage, IN_THE_OPEN, dice) for stage in worlds)
    return [place for place in one if one[place] != other[place]]


def _told(stage: Stage, deeds: dict[str, dict[str, Any]], dice: random.Random) -> dict[Deed, bytes]:
    """What each reader is told at each place after the director has done the deeds, which are then undone."""
    sent = [("director", "POST", path, _form(stage, said, nth=nth)) for nth, (path, said) in enumerate(deeds.items())]
    looks = [(part, "GET", path, None) for part in READERS for path in LOOKS]
    answers = asked_in_turn(stage, [*sent, *looks], dice)
    assert [(path, answer.status) for path, answer in zip(deeds, answers, strict=False)] == [(p, 302) for p in deeds]
    told = zip(looks, answers[len(sent) :], strict=True)
    return {(part, path): answer.whole for (part, _, path, _), answer in told}


def _form(stage: Stage, said: dict[str, Any], *, nth: int) -> dict[str, str]:
    form = {}
    for name, value in (said | {"once": f"{nth}{KEY[1:]}"}).items():
        if isinstance(value, int):
            day = stage.scene.world.today + timedelta(days=value)
            form |= {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
        else:
            form[name] = value
    return form
