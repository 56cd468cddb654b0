"""Document letters and the municipal year that they are counted in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.letters import letter, municipal_year, next_letter, number, objection

KNOWN = {
    1: "A",
    17: "Q",
    18: "R",
    26: "Z",
    27: "AA",
    29: "AC",
    37: "AK",
    52: "AZ",
    53: "BA",
    60: "BH",
    702: "ZZ",
    703: "AAA",
}
TAKEN = (
    "Document C is already taken this municipal year, and a letter is never used twice, "
    "even when its paper was withdrawn; the next one is D."
)


@pytest.mark.parametrize(("place", "letters"), KNOWN.items())
def test_the_sixtieth_document_of_a_year_is_bh(place: int, letters: str) -> None:
    assert (letter(place), number(letters)) == (letters, place)


@given(st.integers(1, 18_278))
def test_every_letter_says_which_document_of_the_year_it_is(place: int) -> None:
    assert number(letter(place)) == place


def test_letters_follow_one_another_without_a_gap() -> None:
    year: list[str] = []
    for _ in range(60):
        year.append(next_letter(year))
    assert year == [letter(place) for place in range(1, 61)]


def test_the_letter_of_a_withdrawn_paper_does_not_come_back() -> None:
    withdrawn = {"C"}
    assert next_letter({"A", "B"} | withdrawn) == "D"


def test_the_next_letter_comes_after_the_furthest_one_given_by_hand() -> None:
    assert next_letter({"A", "B", "F"}) == "G"


@given(st.sets(st.integers(1, 800).map(letter)))
def test_the_next_letter_was_never_taken(taken: set[str]) -> None:
    assert objection(next_letter(taken), taken=taken) is None


@pytest.mark.parametrize("place", [0, -1])
def test_there_is_no_document_before_the_first(place: int) -> None:
    with pytest.raises(ValueError, match=r"^The first document of a year is number 1\.$"):
        letter(place)


@pytest.mark.parametrize("words", ["", "bh", "B1", "É", " A", "ABCD"])
def test_what_is_not_a_letter_has_no_place(words: str) -> None:
    with pytest.raises(ValueError, match="is not a document letter"):
        number(words)


@pytest.mark.parametrize(
    ("chosen", "answer"),
    [
        ("D", None),
        ("BH", None),
        ("", "Give the document a letter; the next one is D."),
        ("bh", "“bh” is not a document letter: use one to three capital letters, such as C or BH."),
        ("B7", "“B7” is not a document letter: use one to three capital letters, such as C or BH."),
        ("C", TAKEN),
    ],
)
def test_a_letter_given_by_hand_must_be_one_that_is_free(chosen: str, answer: str | None) -> None:
    assert objection(chosen, taken={"A", "B", "C"}) == answer


@pytest.mark.parametrize(
    ("on", "annual_council_on", "year"),
    [
        (date(2018, 11, 6), date(2018, 5, 15), "2018-19"),
        (date(2019, 4, 2), date(2019, 5, 21), "2018-19"),
        (date(2019, 5, 20), date(2019, 5, 21), "2018-19"),
        (date(2019, 5, 21), date(2019, 5, 21), "2019-20"),
        (date(2019, 6, 25), date(2019, 5, 21), "2019-20"),
        (date(2020, 1, 7), date(2019, 5, 21), "2019-20"),
        (date(2000, 1, 1), date(2000, 5, 16), "1999-00"),
    ],
)
def test_the_municipal_year_begins_at_annual_council(on: date, annual_council_on: date, year: str) -> None:
    assert municipal_year(on, annual_council_on) == year
