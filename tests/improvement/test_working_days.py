"""Working days as SI 2007/462 counts them."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.working_days import Calendar, NotLoaded, easter_sunday, good_friday

VECTORS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "date_vectors.json"

# The bank holidays of England and Wales for the years that the literal examples below touch.
BANK_HOLIDAYS = (
    "2018-01-01 2018-03-30 2018-04-02 2018-05-07 2018-05-28 2018-08-27 2018-12-25 2018-12-26 2019-01-01 "
    "2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26 2020-01-01 2020-04-10 "
    "2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28 2025-01-01 2025-04-18 2025-04-21 "
    "2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26 2026-01-01 2026-04-03 2026-04-06 2026-05-04 "
    "2026-05-25 2026-08-31 2026-12-25 2026-12-28 2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 "
    "2027-08-30 2027-12-27 2027-12-28"
)
HOLIDAYS = frozenset(date.fromisoformat(day) for day in BANK_HOLIDAYS.split())
CALENDAR = Calendar(HOLIDAYS, 2027, first_year=2018)

days = st.dates(date(2018, 3, 1), date(2027, 6, 30))
counts = st.integers(1, 100)


@pytest.mark.parametrize(
    ("received", "n", "expected"),
    [
        ("2018-10-29", 30, "2018-12-10"),
        ("2018-10-29", 70, "2019-02-07"),
        ("2025-02-27", 70, "2025-06-11"),
        ("2026-08-03", 30, "2026-09-15"),
        ("2026-08-03", 70, "2026-11-10"),
        ("2026-12-24", 1, "2026-12-29"),
        ("2027-12-24", 1, "2027-12-29"),
        ("2020-05-07", 1, "2020-05-11"),
    ],
)
def test_the_day_of_receipt_is_left_out_and_the_last_day_counts(received: str, n: int, expected: str) -> None:
    assert CALENDAR.add(date.fromisoformat(received), n) == date.fromisoformat(expected)


def test_a_report_received_on_a_saturday_counts_from_the_monday() -> None:
    friday, saturday, sunday = date(2026, 6, 5), date(2026, 6, 6), date(2026, 6, 7)
    assert {CALENDAR.add(day, 1) for day in (friday, saturday, sunday)} == {date(2026, 6, 8)}


def test_christmas_day_and_good_friday_are_never_working_days_even_if_the_table_forgets_them() -> None:
    forgetful = Calendar(frozenset(), 2027)
    assert [forgetful.is_working_day(day) for day in (date(2025, 12, 25), date(2026, 4, 3))] == [False, False]
    assert forgetful.is_working_day(date(2026, 4, 6)) is True  # Easter Monday stands in the table alone


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(1818, 3, 22), (2008, 3, 23), (2018, 4, 1), (2019, 4, 21), (2024, 3, 31), (2026, 4, 5), (2038, 4, 25)],
)
def test_easter_falls_where_the_church_says(year: int, month: int, day: int) -> None:
    assert easter_sunday(year) == date(year, month, day)


@given(st.integers(1900, 2200))
def test_good_friday_is_a_friday_two_days_before_easter(year: int) -> None:
    assert (good_friday(year).weekday(), easter_sunday(year) - good_friday(year)) == (4, timedelta(days=2))


def test_a_day_past_the_table_is_refused_with_a_sentence_that_names_the_year() -> None:
    with pytest.raises(NotLoaded) as refusal:
        CALENDAR.add(date(2027, 12, 20), 20)
    assert str(refusal.value) == (
        "Bank holidays for 2028 have not been loaded, so a date that depends on them cannot be given as "
        "final. Ask an administrator to load them."
    )


def test_a_day_before_the_table_is_refused_as_well() -> None:
    with pytest.raises(NotLoaded, match="Bank holidays for 2017 have not been loaded"):
        CALENDAR.subtract(date(2018, 1, 3), 5)


def test_a_lenient_calendar_goes_on_with_weekends_where_the_table_ends() -> None:
    assert CALENDAR.lenient().add(date(2027, 12, 31), 1) == date(2028, 1, 3)
    assert CALENDAR.lenient().add(date(2026, 12, 24), 1) == date(2026, 12, 29)


def test_working_days_are_not_counted_in_minus_numbers() -> None:
    with pytest.raises(ValueError, match="use subtract"):
        CALENDAR.add(date(2026, 6, 5), -1)


@given(days, counts)
def test_a_count_always_ends_on_a_working_day_after_the_first(day: date, n: int) -> None:
    end = CALENDAR.add(day, n)
    assert (CALENDAR.is_working_day(end), end > day) == (True, True)


@given(days, counts)
def test_between_undoes_add(day: date, n: int) -> None:
    assert CALENDAR.between(day, CALENDAR.add(day, n)) == n


@given(days, counts)
def test_counting_back_undoes_counting_on_from_a_working_day(day: date, n: int) -> None:
    start = CALENDAR.add(day, 1)
    assert CALENDAR.subtract(CALENDAR.add(start, n), n) == start


@given(days, counts, counts)
def test_two_counts_in_a_row_are_one_long_count(day: date, n: int, more: int) -> None:
    assert CALENDAR.lenient().add(CALENDAR.lenient().add(day, n), more) == CALENDAR.lenient().add(day, n + more)


@given(days, days)
def test_no_working_days_lie_between_a_day_and_an_earlier_one(one: date, other: date) -> None:
    assert CALENDAR.between(max(one, other), min(one, other)) == 0


def _vectors() -> tuple[Calendar, list[tuple[str, date, int, date]]]:
    if not VECTORS.exists():
        pytest.skip("needs ../shared for the deadlines printed in real letters")
    read = json.loads(VECTORS.read_text())
    years = read["bank_holidays_england_wales"]
    holidays = frozenset(date.fromisoformat(day) for listed in years.values() for day in listed)
    calendar = Calendar(holidays, max(map(int, years)), first_year=min(map(int, years)))
    found = [(row["authority"], row["from"], 70, row["expected"]) for row in read["add_70_working_days"]]
    for name, row in read["other"].items():
        found += [(name, row["from"], n, row[f"plus_{n}wd"]) for n in (30, 70)]
    return calendar, [(name, date.fromisoformat(a), n, date.fromisoformat(b)) for name, a, n, b in found]


def test_every_deadline_printed_in_a_real_letter_is_counted_as_the_letter_counts_it() -> None:
    calendar, vectors = _vectors()
    counted = [(name, start, n, calendar.add(start, n)) for name, start, n, _ in vectors]
    assert (counted, len(vectors)) == (vectors, 31)


def test_the_real_letters_count_back_the_same() -> None:
    calendar, vectors = _vectors()
    assert {calendar.between(start, end) - n for _, start, n, end in vectors} == {0}
