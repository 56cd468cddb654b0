"""How the open actions of one day became those of another."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.lifecycle import OPEN, Status
from monitoring.movement import Movement, Plan, movement, red_sentence, sentence

FROM, TO = date(2026, 1, 5), date(2026, 2, 16)
GREEN = ("in_progress", "green")
RED = ("in_progress", "red")
CLOSED = ("closed", "blue")
DELIVERED = ("delivered", "blue")
WITHDRAWN = ("withdrawn", None)


def moved(opening: Plan, closing: Plan) -> Movement:
    return movement(opening, closing, from_on=FROM, to_on=TO)


def test_every_way_in_and_out_is_named_and_holds_its_actions() -> None:
    opening = {1: GREEN, 2: GREEN, 3: DELIVERED, 4: RED, 5: CLOSED, 6: WITHDRAWN, 7: GREEN, 8: CLOSED}
    closing = {
        1: RED,
        2: CLOSED,
        3: DELIVERED,
        4: WITHDRAWN,
        5: GREEN,
        6: RED,
        8: CLOSED,
        9: GREEN,
        10: CLOSED,
    }
    assert moved(opening, closing) == Movement(
        from_on=FROM,
        to_on=TO,
        opening=frozenset({1, 2, 3, 4, 7}),
        new=frozenset({9, 10}),
        reopened=frozenset({5, 6}),
        closed=frozenset({2, 10}),
        withdrawn=frozenset({4}),
        removed=frozenset({7}),
        closing=frozenset({1, 3, 5, 6, 9}),
        turned_red=frozenset({1, 6}),
        no_longer_red=frozenset({4}),
    )


def test_an_action_added_and_closed_in_between_is_heard_of_twice() -> None:
    between = moved({}, {1: CLOSED, 2: WITHDRAWN})
    assert (between.new, between.closed, between.withdrawn, between.closing) == (
        frozenset({1, 2}),
        frozenset({1}),
        frozenset({2}),
        frozenset(),
    )


standings = st.sampled_from(
    [("not_started", "green"), ("not_started", "amber"), GREEN, RED, DELIVERED, CLOSED, WITHDRAWN]
)
plans = st.dictionaries(st.integers(1, 12), standings)


@given(plans, plans)
def test_opening_plus_ins_minus_outs_is_always_closing(opening: Plan, closing: Plan) -> None:
    told = moved(opening, closing)
    ins = len(told.new) + len(told.reopened)
    outs = len(told.closed) + len(told.withdrawn) + len(told.removed)
    assert len(told.opening) + ins - outs == len(told.closing)


@given(plans, plans)
def test_each_number_is_the_actions_it_counts(opening: Plan, closing: Plan) -> None:
    told = moved(opening, closing)
    came = told.opening | told.new | told.reopened
    assert came - told.closed - told.withdrawn - told.removed == told.closing
    assert {closing[action][0] for action in told.closing} <= {status.value for status in OPEN}
    assert {closing[action][0] for action in told.closed} <= {Status.CLOSED.value}
    assert told.turned_red.isdisjoint(told.no_longer_red)


def many(n: int, standing: tuple[str, str | None], first: int = 1) -> Plan:
    return dict.fromkeys(range(first, first + n), standing)


@pytest.mark.parametrize(
    ("opening", "closing", "words"),
    [
        ({}, {}, "No action was open on 5 January 2026, and none on 16 February 2026."),
        (
            {},
            many(1, GREEN),
            ("No action was open on 5 January 2026; since then 1 has been added, so 1 was open on 16 February 2026."),
        ),
        (
            many(1, GREEN),
            many(1, CLOSED),
            (
                "1 action was open on 5 January 2026; since then 1 has been closed, so none was open on 16 "
                "February 2026."
            ),
        ),
        (
            many(1, GREEN),
            many(1, RED),
            "1 action was open on 5 January 2026, and the same one on 16 February 2026.",
        ),
        (
            many(41, GREEN),
            many(41, GREEN),
            "41 actions were open on 5 January 2026, and the same 41 on 16 February 2026.",
        ),
        (
            {**many(41, GREEN), 90: CLOSED},
            {**many(34, GREEN), **many(5, CLOSED, 35), 40: WITHDRAWN, 90: GREEN, **many(3, GREEN, 91)},
            (
                "41 actions were open on 5 January 2026; since then 3 have been added, 1 reopened, 5 "
                "closed, 1 withdrawn and 1 taken out of the plan, so 38 were open on 16 February 2026."
            ),
        ),
        (
            many(3, GREEN),
            {1: GREEN, 2: CLOSED, 3: WITHDRAWN},
            (
                "3 actions were open on 5 January 2026; since then 1 has been closed and 1 withdrawn, so 1 "
                "was open on 16 February 2026."
            ),
        ),
    ],
)
def test_the_drafted_sentence_says_why_the_number_is_what_it_is(opening: Plan, closing: Plan, words: str) -> None:
    assert sentence(moved(opening, closing)) == words


@pytest.mark.parametrize(
    ("opening", "closing", "words"),
    [
        (
            many(2, GREEN),
            many(2, GREEN),
            "No action has turned red, and none that was red has stopped being so.",
        ),
        (many(1, GREEN), many(1, RED), "1 action has turned red."),
        (many(2, RED), many(2, GREEN), "2 actions that were red no longer are."),
        (
            {**many(3, GREEN), 9: RED},
            {**many(3, RED), 9: DELIVERED},
            "3 actions have turned red and 1 action that was red no longer is.",
        ),
    ],
)
def test_the_drafted_sentence_on_red_reads_for_none_one_and_many(opening: Plan, closing: Plan, words: str) -> None:
    assert red_sentence(moved(opening, closing)) == words
