"""What a cell says: words made plain, and days in every style that a council writes."""

from datetime import date

import pytest

from monitoring.sheet.cells import Cell, cell_objection, plain, said, same
from monitoring.sheet.dates import Day, day, may_be_told

MARCH = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("31/03/26", "text"), ("31/03/2026", "text"), ("31.03.2026", "text"), ("31-3-26", "text"),
        ("31 March 2026", "text"), ("31st March 2026", "text"), ("31 Mar 26", "text"), ("31-Mar-26", "text"),
        ("Tuesday 31 March 2026", "text"), ("Tue 31st March 2026", "text"), ("by 31 March 2026", "text"),
        ("Due: 31 March 2026".replace(":", ""), "text"), ("March 31, 2026", "text"), ("31st of March, 2026", "text"),
        ("2026-03-31", "text"), ("2026/03/31", "text"), ("2026-03-31T00:00:00", "text"), ("31/03/2026 17:00", "text"),
        ("46112", "number"), ("46112.75", "number"), ("46112", "text"), ("2026-03-31T09:30:00", "day"),
        ("2026-03-31", "day"), (" 31\u00a0March\u00a02026 ", "text"),
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(words: str, kind: str) -> None:
    assert day(Cell(words, kind), ends=True) == Day(MARCH)


@pytest.mark.parametrize(
    ("words", "kind", "called"),
    [
        ("Mar-26", "text", "Mar-26"), ("March 2026", "text", "March 2026"), ("end of March 2026", "text", ""),
        ("End March 2026", "text", ""), ("by end of March 2026", "text", ""), ("03/2026", "text", ""),
        ("2026-03-01", "month", "March 2026"), ("Sept 2026", "text", ""),
    ],
)  # fmt: skip
def test_of_a_month_a_due_date_is_its_last_day_and_that_is_said(words: str, kind: str, called: str) -> None:
    found = day(Cell(words, kind), ends=True)
    last = "30 September 2026" if "Sept" in words else "31 March 2026"
    on = date(2026, 9, 30) if "Sept" in words else MARCH
    assert found == Day(on, f"“{called or words}” is read as {last}")


def test_of_a_month_a_start_is_its_first_day_unless_it_says_its_end() -> None:
    days = [day(Cell(words), ends=False) for words in ("Mar-26", "end of March 2026", "start of March 2026")]
    assert [found.on.day for found in days if isinstance(found, Day)] == [1, 31, 1]


@pytest.mark.parametrize(
    "words",
    ["TBC", "ongoing", "Spring 2026", "mid March 2026", "31 Smarch 2026", "Q1", "End of Q2", "Q4 2026/28", "2026", "-"],
)
def test_what_is_no_day_is_refused_with_a_sentence(words: str) -> None:
    assert day(Cell(words), ends=True) == (
        f"says “{words[:40]}”, which is not a date. Write one such as 31 March 2026, "
        "or say below which day it stands for."
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("31/02/26", "says “31/02/26”, and there is no such day. Write one such as 31 March 2026."),
        ("2026-13-01", "says “2026-13-01”, and there is no such day. Write one such as 31 March 2026."),
        ("03/31/2026", "says “03/31/2026”, with the month before the day. Write it as 31/03/2026, and look at the "
         "other dates of the column, which are read with the day first."),
        ("30/06/26 → 31/03/26", "says “30/06/26 → 31/03/26”, and which of its days holds is not plain. Leave that one, "
         "or write one such as 31 March 2026."),
        ("x" * 99, f"says “{'x' * 40}”, which is not a date. Write one such as 31 March 2026."),
    ],
)  # fmt: skip
def test_what_says_a_day_wrongly_is_refused_for_what_is_wrong_with_it(words: str, sentence: str) -> None:
    assert (day(Cell(words), ends=True), may_be_told(words)) == (sentence, "→" in words)


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("31/12/25 → 31/03/26", MARCH), ("31/12/25\n31/03/26", MARCH), ("31/03/26 (was 31/12/25)", MARCH),
        ("31 December 2025, extended to 31 March 2026", MARCH), ("Dec 2025 - March 2026", MARCH),
        ("Dec 2025 (moved to end of March 2026)", MARCH), ("31/12/25 31/03/26 (revised)", MARCH),
    ],
)  # fmt: skip
def test_of_a_date_that_moved_the_latest_counts_and_that_is_said(words: str, on: date) -> None:
    read = " ".join(words.split())
    note = f"“{read}” says 2 days: the latest, 31 March 2026, is taken"
    assert day(Cell(words), ends=True) == Day(on, note, several=True)


@pytest.mark.parametrize(
    "words", ["31/03/26 - complete", "Revised: 31/03/26", "w/c 31 March 2026", "Q4 2025/26", "End of Q4 2025-26"]
)
def test_a_day_among_words_is_read_and_that_is_said(words: str) -> None:
    assert day(Cell(words), ends=True) == Day(MARCH, f"“{words}” is read as 31 March 2026")


@pytest.mark.parametrize(("words", "kind"), [("31/03/1926", "text"), ("12", "number"), ("31 March 2206", "text")])
def test_a_year_of_no_plan_is_refused(words: str, kind: str) -> None:
    assert str(day(Cell(words, kind), ends=True)).startswith(f"says “{words}”, which is no year of a plan.")


def test_what_the_director_said_of_a_word_is_believed() -> None:
    told = {"tbc": date(2026, 12, 31)}
    assert day(Cell(" TBC "), ends=True, told=told) == Day(
        date(2026, 12, 31), "“TBC” is read as 31 December 2026, as you said"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Staff\u00a0know  it ", "Staff know it"), ("The child’s plan", "The child's plan"), ("“Yes”", '"Yes"'),
        ("'=1+1", "=1+1"), ("a\r\nb", "a\nb"), ("\x0bnew", "new"), ("  ", ""), ("'=1+1", "'=1+1"), ("’=1", "'=1"),
        ("exe.\u202egnp\u200b", "exe.gnp"),
    ],
)  # fmt: skip
def test_texts_that_say_the_same_are_the_same(one: str, other: str) -> None:
    assert same(one, other)


def test_texts_that_differ_in_a_word_are_not_the_same() -> None:
    assert not same("Answer every contact", "Answer every call")


def test_a_guard_before_a_formula_is_taken_off_and_an_apostrophe_is_not() -> None:
    assert [said(Cell(text)) for text in ("'=1+1", "'tis so", "'-5", "=1+1")] == ["=1+1", "'tis so", "-5", "=1+1"]


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (Cell("#REF!", "error"), "holds the error #REF!. Put the value itself there."),
        (Cell("", "uncalculated"), "holds a formula whose answer was never saved. "
         "Open the sheet, save it, and choose it again."),
        (Cell("x" * 32_001), "holds more than 32,000 characters. Shorten it."),
        (Cell("Fine"), None),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_says_why(cell: Cell, sentence: str | None) -> None:
    assert cell_objection(cell) == sentence


def test_plain_words_keep_their_lines() -> None:
    assert plain(" one \n two\u00a0three  \n") == "one\ntwo three"
