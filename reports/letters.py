"""Which letter a document carries: A to Z, AA to AZ, BA …, once each per committee and municipal year."""

import re
from collections.abc import Collection
from datetime import date

LETTERS = re.compile(r"[A-Z]{1,3}")


def letter(number: int) -> str:
    """The letter of the year's nth document: 1 is A, 26 is Z, 27 is AA, 60 is BH."""
    if number < 1:
        raise ValueError("The first document of a year is number 1.")
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters


def number(letters: str) -> int:
    """Which document of the year carries the letter: A is 1, BH is 60."""
    if not LETTERS.fullmatch(letters):
        raise ValueError(f"“{letters}” is not a document letter.")
    count = 0
    for each in letters:
        count = count * 26 + ord(each) - ord("A") + 1
    return count


def next_letter(taken: Collection[str]) -> str:
    """The letter after the furthest one ever taken, so that a withdrawn paper's letter never comes back."""
    return letter(max(map(number, taken), default=0) + 1)


def objection(letters: str, *, taken: Collection[str]) -> str | None:
    """Say in one sentence why a letter chosen by hand cannot be given, or None if it can."""
    if not letters.strip():
        return f"Give the document a letter; the next one is {next_letter(taken)}."
    if not LETTERS.fullmatch(letters):
        return f"“{letters}” is not a document letter: use one to three capital letters, such as C or BH."
    if letters in taken:
        return (
            f"Document {letters} is already taken this municipal year, and a letter is never used twice, "
            f"even when its paper was withdrawn; the next one is {next_letter(taken)}."
        )
    return None


def municipal_year(on: date, annual_council_on: date) -> str:
    """The municipal year that a day falls in ("2018-19"); it begins on the day of the annual council.

    The annual council of another year stands for its month and day, so one setting serves until changed.
    """
    began = (on.month, on.day) >= (annual_council_on.month, annual_council_on.day)
    first = on.year if began else on.year - 1
    return f"{first}-{(first + 1) % 100:02d}"
