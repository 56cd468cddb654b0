"""What a single cell says: its text made plain, and its day, however a council wrote it."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from improvement.timing import written

LONGEST = 32_000
"""Characters of one cell: Excel keeps a few more, and an update is far shorter."""
Kind = Literal["text", "number", "day", "month", "logical", "error", "uncalculated"]
_FORMULA = re.compile(r"^'(?=[=+\-@\t\r])")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_STRAIGHT = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}
_SPACES = re.compile(r"[^\S\n]+")
_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name
}
_MONTHS |= {"sept": 9}
_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)
_EPOCH = date(1899, 12, 30)
"""Excel's day nought, so that its 29 February 1900, which never was, does no harm after it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the reader of workbooks hands it over: its value as text, of what kind, and its colour (RRGGBB)."""

    text: str = ""
    kind: Kind = "text"
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and a sentence on how it was understood where the cell did not say it outright."""

    on: date
    note: str = ""


def plain(text: str) -> str:
    """Words without stray spaces and marks: what is compared, and what is kept."""
    words = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [_SPACES.sub(" ", line).strip() for line in words.split("\n")]
    return "\n".join(lines).strip()[:LONGEST].strip()


def writable(text: str) -> str:
    """Words as a cell can hold them."""
    return _CONTROL.sub("", text)[:LONGEST]


def guarded(text: str) -> str:
    """Words as a csv holds them, so that no spreadsheet takes them for a formula (`trust.md` F6)."""
    return f"'{text}" if text[:1] in _BEGINS_A_FORMULA else text


def line(text: str) -> str:
    """Words on one line."""
    return " ".join(plain(text).split())


def same(one: str, other: str) -> bool:
    """Whether two texts say the same: quotes may be curly or straight, and a csv may guard a formula."""
    return _bare(one) == _bare(other)


def key(name: str) -> str:
    """A name as names are compared: whatever its case, its spaces and its quotes."""
    return line(name).casefold().translate(_STRAIGHT)


def said(cell: Cell) -> str:
    """The words of a cell, without the mark that keeps a spreadsheet from taking them for a formula."""
    return plain(_FORMULA.sub("", cell.text))


def _bare(text: str) -> str:
    # A guard before a formula is taken off once by whoever reads a cell; the plan's own words may begin with one.
    straight = plain(_FORMULA.sub("", text)).translate(_STRAIGHT)
    return plain(_FORMULA.sub("", straight))


def cell_objection(cell: Cell) -> str | None:
    """Why a cell cannot be read at all, or None if it can."""
    if cell.kind == "error":
        return f"holds the error {cell.text}. Put the value itself there."
    if cell.kind == "uncalculated":
        return "holds a formula whose answer was never saved. Open the sheet, save it, and choose it again."
    if len(cell.text) > LONGEST:
        return f"holds more than {LONGEST:,} characters. Shorten it."
    return None


def day(cell: Cell, *, ends: bool, told: dict[str, date] | None = None) -> Day | str:
    """The day a cell means, or a sentence on why it means none; of a month, its last day (or its first)."""
    words = line(cell.text)
    if told and (on := told.get(words.casefold())):
        return Day(on, f"“{words}” is read as {written(on)}, as you said")
    if cell.kind in ("day", "month"):
        found = _iso(words)
        if found and cell.kind == "month":
            return _month(found.year, found.month, ends=ends, words=f"{found:%B} {found.year}")
    elif cell.kind == "number" or re.fullmatch(r"\d{5}(\.\d+)?", words):
        found = _serial(words)
    else:
        return _in_words(words, ends=ends)
    return _within(found, words)


def _in_words(words: str, *, ends: bool) -> Day | str:
    tidy = re.sub(r"(?<=\d)(st|nd|rd|th)\b|^(by|before|due|on|the|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b[,.]?", " ",
                  words.casefold())  # fmt: skip
    tidy = " ".join(re.sub(r"\b(the|of|by)\b|,", " ", re.sub(r"[T ]\d{1,2}:\d\d(:\d\d)?(\.\d+)?z?\b", " ", tidy,
                                                             flags=re.IGNORECASE)).split())  # fmt: skip
    if exact := _exact(tidy):
        return _within(exact if isinstance(exact, date) else None, words)
    asked = re.fullmatch(r"(?:(end|start|beginning|early|mid|late) )?([a-z]+)[-/. ']*(\d{2}|\d{4})", tidy)
    if asked and asked[2] in _MONTHS and asked[1] not in ("early", "mid", "late"):
        last = ends if asked[1] is None else asked[1] == "end"
        return _month(_year(asked[3]), _MONTHS[asked[2]], ends=last, words=words)
    if (numbers := re.fullmatch(r"(\d{1,2})[/-](\d{4})", tidy)) and 1 <= int(numbers[1]) <= 12:
        return _month(int(numbers[2]), int(numbers[1]), ends=ends, words=words)
    return _no_day(words)


def _exact(tidy: str) -> date | bool:
    """The day that the words name; True where they have the form of one, and False where they have not."""
    if iso := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", tidy):
        return _made(int(iso[1]), int(iso[2]), int(iso[3])) or True
    if british := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{2}|\d{4})", tidy):
        return _made(_year(british[3]), int(british[2]), int(british[1])) or True
    if spoken := re.fullmatch(r"(?:[a-z]+day )?(\d{1,2})[-/. ]*([a-z]+)[-/. ']*(\d{4}|\d{2})", tidy):
        return _made(_year(spoken[3]), _MONTHS.get(spoken[2], 0), int(spoken[1])) or True
    if american := re.fullmatch(r"([a-z]+) (\d{1,2}) (\d{4})", tidy):
        return _made(int(american[3]), _MONTHS.get(american[1], 0), int(american[2])) or True
    return False


def _month(year: int, month: int, *, ends: bool, words: str) -> Day | str:
    on = _made(year, month, calendar.monthrange(year, month)[1] if ends else 1) if 1 <= year <= 9999 else None
    if isinstance(found := _within(on, words), str):
        return found
    return Day(found.on, f"“{words}” is read as {written(found.on)}")


def _within(on: date | None, words: str) -> Day | str:
    if on is None:
        return _no_day(words)
    if not _FIRST <= on <= _LAST:
        return f"says “{words[:40]}”, which is no year of a plan. Write a date such as {written(date(2026, 3, 31))}."
    return Day(on)


def _no_day(words: str) -> str:
    return (
        f"says “{words[:40]}”, which is not a date. Write one such as {written(date(2026, 3, 31))}, "
        "or say below which day it stands for."
    )


def _made(year: int, month: int, on: int) -> date | None:
    try:
        return date(year, month, on)
    except ValueError:
        return None


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def _iso(words: str) -> date | None:
    try:
        return date.fromisoformat(words[:10])
    except ValueError:
        return None


def _serial(words: str) -> date | None:
    try:
        number = float(words)
        return _EPOCH + timedelta(days=int(number)) if 0 < number < 3_000_000 else None
    except (ValueError, OverflowError):
        return None
