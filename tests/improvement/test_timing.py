"""How late, how far slipped, how stale, and how it is said."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.timing import (
    Lateness,
    Slippage,
    counted,
    days_after,
    joined,
    late,
    lateness,
    slippage,
    stale_from,
    written,
)
from improvement.working_days import Calendar

CALENDAR = Calendar(frozenset({date(2026, 5, 4), date(2026, 5, 25)}), 2026)


@pytest.mark.parametrize(
    ("due", "on", "expected"),
    [
        (date(2026, 5, 1), date(2026, 4, 20), 0),
        (date(2026, 5, 1), date(2026, 5, 1), 0),
        (date(2026, 5, 1), date(2026, 5, 4), 0),  # a weekend and a bank holiday later
        (date(2026, 5, 1), date(2026, 5, 5), 1),
        (date(2026, 5, 1), date(2026, 5, 29), 18),
        (date(2027, 12, 31), date(2028, 1, 7), 5),  # past the table
        (None, date(2026, 5, 29), 0),
    ],
)
def test_late_is_counted_in_working_days_past_the_due_date(due: date | None, on: date, expected: int) -> None:
    assert late(due, on=on, calendar=CALENDAR) == expected


def test_lateness_is_told_against_the_date_now_agreed_and_the_first() -> None:
    told = lateness(date(2026, 5, 15), first_due_on=date(2026, 5, 1), on=date(2026, 5, 19), calendar=CALENDAR)
    assert told == Lateness(past_current=2, past_original=11)
    assert told.words == "2 working days past its date, and 11 working days past the date first agreed."


@pytest.mark.parametrize(
    ("past", "original", "words"),
    [
        (0, 0, "No working day has been lost."),
        (1, 1, "1 working day past its date."),
        (0, 9, "Not past its revised date, and 9 working days past the date first agreed."),
    ],
)
def test_a_revised_date_does_not_hide_the_first(past: int, original: int, words: str) -> None:
    assert Lateness(past_current=past, past_original=original).words == words


@pytest.mark.parametrize(
    ("revised_to", "expected", "words"),
    [
        ([], Slippage(days=0, working_days=0, times=0), "Its date has not been moved."),
        (
            [date(2026, 4, 1)],
            Slippage(days=31, working_days=23, times=1),
            "Its date was moved once and is now 23 working days later than first agreed.",
        ),
        (
            [date(2026, 4, 1), date(2026, 2, 28)],
            Slippage(days=-1, working_days=0, times=2),
            "Its date was moved twice and is now 0 working days earlier than first agreed.",
        ),
        (
            [date(2026, 4, 1), date(2026, 4, 1), date(2026, 5, 1), date(2026, 3, 1)],
            Slippage(days=0, working_days=0, times=3),
            "Its date was moved 3 times and is again the one first agreed.",
        ),
    ],
)
def test_slippage_counts_the_moves_and_the_working_days_from_the_first_date(
    revised_to: list[date], expected: Slippage, words: str
) -> None:
    slipped = slippage(date(2026, 3, 1), revised_to=revised_to, calendar=CALENDAR)
    assert (slipped, slipped.words) == (expected, words)


def test_a_word_on_every_board_day_never_goes_stale() -> None:
    board = date(2026, 1, 5)
    assert stale_from(board, 42) == board + timedelta(days=43)


@given(st.dates(), st.integers(0, 100_000))
def test_no_date_that_somebody_types_runs_off_the_calendar(day: date, days: int) -> None:
    assert day <= days_after(day, days) <= date.max


def test_dates_and_numbers_are_written_as_a_paper_writes_them() -> None:
    assert [written(date(2026, 3, 4)), counted(1, "action"), counted(1200, "action"), counted(0, "day")] == [
        "4 March 2026",
        "1 action",
        "1,200 actions",
        "0 days",
    ]
    assert counted(2, "inquiry", "inquiries") == "2 inquiries"


@pytest.mark.parametrize(
    ("clauses", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_a_list_reads_as_a_sentence_does(clauses: list[str], said: str) -> None:
    assert joined(clauses) == said
