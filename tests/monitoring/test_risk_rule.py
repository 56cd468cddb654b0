"""How a risk is scored, level by level, and what is said of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.risks import (
    WORST,
    Direction,
    Level,
    assessment_objection,
    direction,
    level,
    review_overdue,
    said,
    score,
    span,
)

FIVE = st.integers(1, 5)
SCORES = st.integers(1, 25)
DAY = date(2027, 3, 1)
WHOLE: dict[str, Any] = {
    "likelihood": 3, "impact": 4, "mitigation": "Two teams share the rota.", "review_on": DAY + timedelta(days=30),
    "on": DAY,
}  # fmt: skip


@pytest.mark.parametrize(
    ("scored", "is_of"),
    [
        (1, Level.LOW), (4, Level.LOW), (5, Level.MEDIUM), (9, Level.MEDIUM), (10, Level.HIGH), (15, Level.HIGH),
        (16, Level.VERY_HIGH), (25, Level.VERY_HIGH),
    ],
)  # fmt: skip
def test_a_score_is_of_a_level(scored: int, is_of: Level) -> None:
    assert level(scored) == is_of


@pytest.mark.parametrize(
    ("of", "scores"),
    [(Level.LOW, (1, 4)), (Level.MEDIUM, (5, 9)), (Level.HIGH, (10, 15)), (Level.VERY_HIGH, (16, 25))],
)
def test_a_level_spans_its_scores(of: Level, scores: tuple[int, int]) -> None:
    assert span(of) == scores


def test_every_score_lies_in_the_span_of_its_own_level_alone() -> None:
    spans = {of: range(span(of)[0], span(of)[1] + 1) for of in Level}
    assert [[of for of in Level if scored in spans[of]] for scored in range(1, WORST + 1)] == [
        [level(scored)] for scored in range(1, WORST + 1)
    ]


@given(FIVE, FIVE, FIVE, FIVE)
def test_what_is_likelier_and_weighs_more_is_never_of_a_lower_level(one: int, two: int, more: int, most: int) -> None:
    levels = list(Level)
    low, high = sorted((one, more)), sorted((two, most))
    assert levels.index(level(score(low[0], high[0]))) <= levels.index(level(score(low[1], high[1])))


@pytest.mark.parametrize(
    ("scored", "before", "goes", "words"),
    [
        (12, None, Direction.NEW, "12 (high)"),
        (16, 12, Direction.RISING, "16 (very high), up from 12"),
        (6, 12, Direction.FALLING, "6 (medium), down from 12"),
        (4, 4, Direction.STEADY, "4 (low), as before"),
    ],
)
def test_the_direction_comes_of_the_score_before(scored: int, before: int | None, goes: Direction, words: str) -> None:
    assert (direction(scored, before=before), said(scored, before=before)) == (goes, words)


@given(SCORES, SCORES)
def test_what_rises_one_way_falls_the_other(one: int, other: int) -> None:
    opposite = {Direction.RISING: Direction.FALLING, Direction.FALLING: Direction.RISING}
    there, back = direction(one, before=other), direction(other, before=one)
    assert opposite.get(there, there) == back


@pytest.mark.parametrize(("days", "overdue"), [(-1, True), (0, False), (1, False)])
def test_a_review_is_overdue_on_the_day_after_it_was_due(days: int, overdue: bool) -> None:
    assert review_overdue(DAY + timedelta(days=days), on=DAY) is overdue


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({}, None),
        ({"target": 12}, None),
        ({"likelihood": 6}, "Score likelihood and impact from 1 to 5."),
        ({"impact": 0}, "Score likelihood and impact from 1 to 5."),
        ({"mitigation": "  "}, "Say what is being done about it: the committee reads it beside the score."),
        ({"review_on": DAY}, "Give a day after 1 March 2027 by which it will be looked at again."),
        ({"target": 13}, "The target is what the score should come down to: from 1 to 12."),
        ({"target": 0}, "The target is what the score should come down to: from 1 to 12."),
    ],
)
def test_an_assessment_that_cannot_stand_is_told_why(other: dict[str, Any], sentence: str | None) -> None:
    assert assessment_objection(**WHOLE | other) == sentence
