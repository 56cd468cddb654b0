"""Every address, method, role and state of the letter: no sealed word anywhere, and hidden is answered like absent."""

import os
import zlib

import pytest

from tests.trust.addresses import ROWS, Address, addresses, patterns
from tests.trust.asking import METHODS, SEED, Answer, Stage, ask, held_still, listening
from tests.trust.looking import left_behind, marks, words_of
from tests.trust.report import Count, Report
from tests.trust.scene import BEFORE, CLEARED, DRAFT, KINDS, SEALED, STATES, UNCLEARED

WHOLE = bool(os.environ.get("TRUST_WHOLE"))
"""Set, every method is tried with every sample in every state: some forty thousand requests."""


def test_every_pattern_has_its_row_and_every_row_its_pattern() -> None:
    assert sorted(ROWS) == sorted(set(patterns()))


def _places(stage: Stage) -> list[Address]:
    assert stage.planted is not None
    with stage.lit():
        return addresses(stage.scene, stage.planted)


def _answer(stage: Stage, part: str, method: str, place: Address) -> Answer:
    with held_still():
        return ask(stage, part, method, place.path, form=place.row.form, json=place.row.json)


def _tried(part: str, method: str, place: Address, *, state: int) -> bool:
    """In a short run: every sample is read in one state and the telling ones in all; each write is tried in one."""
    telling = place.sight == ("hidden" if place.pattern in HIDING else place.sight)
    if WHOLE or (method == "GET" and (telling or STATES[state] is BEFORE)):
        return True
    turn = zlib.crc32(f"{part} {method} {place.pattern}".encode()) % len(STATES)
    return telling and turn == state


HIDING = frozenset(
    pattern for pattern, row in ROWS.items() if row.of in ("action", "document", "finding", "visit", "measure", "paper")
)


def _is_released(stage: Stage) -> bool:
    return stage.name.endswith("_released")


def test_no_sealed_word_is_in_any_answer_to_the_uncleared(stage: Stage, report: Report) -> None:
    state, leaks = stage.name.rpartition("_")[2], []
    turn = [each.name for each in STATES].index(state)
    places = _places(stage)
    with report.of("S1 leak matrix") as count, listening() as ears:
        count.states.add(state)
        for part in UNCLEARED:
            never = marks(part, released=_is_released(stage))
            for place in places:
                for method in (m for m in METHODS if _tried(part, m, place, state=turn)):
                    ears.heard.clear()
                    answer = _answer(stage, part, method, place)
                    said = words_of(answer) + "\n".join(ears.heard).lower().encode()
                    if any(mark.encode() in said for mark in never) or answer.status >= 500:
                        leaks.append((part, method, place.path, answer.status))
                    _count(count, part)
        leaks += [("left behind", where) for where, what in left_behind(stage) if SEALED in what.lower()]
        count.leaks = len(leaks)
    assert leaks == []


def _count(count: Count, part: str) -> None:
    count.requests += 1
    count.roles.add(part)


@pytest.mark.parametrize("part", CLEARED)
def test_there_is_something_to_be_seen_and_no_log_hears_of_it(stage: Stage, part: str) -> None:
    with listening() as ears:
        pages = b"".join(words_of(_answer(stage, part, "GET", place)) for place in _places(stage))
    assert [line for line in ears.heard if SEALED in line.lower()] == []
    assert [kind for kind in KINDS if f"{SEALED}{kind}".encode() not in pages] == []
    assert DRAFT.encode() in pages


def test_what_was_released_is_there_for_everyone_who_reads(stage: Stage) -> None:
    seen = {
        part
        for part in UNCLEARED
        for place in _places(stage)
        if place.pattern == "visits/<slug:reference>/"
        and f"{SEALED}letter".encode() in words_of(_answer(stage, part, "GET", place))
    }
    blind = {"nobody", "admin", "expired", "closed"}
    assert seen == (set(UNCLEARED) - blind if _is_released(stage) else set())


def test_hidden_and_absent_are_answered_alike_but_for_the_name_itself(stage: Stage) -> None:
    if _is_released(stage):
        return
    unlike, places = [], _places(stage)
    for pattern in sorted(HIDING):
        hidden, absent = (
            next(place for place in places if (place.pattern, place.sight) == (pattern, sight))
            for sight in ("hidden", "absent")
        )
        for part in UNCLEARED:
            for method in METHODS if WHOLE else ("GET", "POST"):
                one, other = _at_once(stage, part, method, (hidden, absent))
                if one != other:
                    unlike.append((part, method, hidden.path))
    assert unlike == []


def _at_once(stage: Stage, part: str, method: str, places: tuple[Address, Address]) -> list[bytes]:
    """What two addresses answer at one and the same instant, with the same dice, but for their names."""
    said = []
    with held_still() as dice:
        for place in places:
            dice.seed(SEED)
            answer = ask(stage, part, method, place.path, form=place.row.form, json=place.row.json)
            said.append(_nameless(answer, place))
    return said


def _nameless(answer: Answer, place: Address) -> bytes:
    return answer.whole.replace(place.name.encode(), b"NAME")
