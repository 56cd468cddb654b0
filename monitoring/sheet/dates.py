"""Which day the words of a cell mean, however a council wrote it, and how it was understood."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from improvement.timing import written
from monitoring.sheet.cells import Cell, line

_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name} | {
    name.casefold(): n for n, name in enumerate(calendar.month_abbr) if name
}
_MONTHS |= {"sept": 9}
_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)
_EPOCH = date(1899, 12, 30)
"""Excel's day nought, so that its 29 February 1900, which never was, does no harm after it."""
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TOKEN = re.compile(
    rf"\d{{4}}-\d\d-\d\d|\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})(?!\d)"
    rf"|(?:\d{{1,2}}(?:st|nd|rd|th)?[ -](?:of )?|(?:end|start) (?:of )?)?"
    rf"\b(?:{_NAME})\b[ '-]*(?:\d{{4}}|\d{{2}})(?!\d)",
    re.IGNORECASE,
)
"""A day or a month among other words."""
_BEFORE = re.compile(r"\b(was|previously|originally|original|formerly|from|instead of)\b", re.IGNORECASE)
_ABOUT = re.compile(
    r"\b(was|previously|originally|original|formerly|from|instead of|revised|new|date|extended|moved|changed|to|until|"
    r"till|by|due|now|and|then|completed?|done|w/c|week commencing|end|of)\b|[-–—→➔>=,;:/()\[\].*]",
    re.IGNORECASE,
)
"""What stands about days without changing which they are."""
_ASKED = 40
"""Characters of words that a person may be asked about."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and a sentence on how it was understood where the cell did not say it outright."""

    on: date
    note: str = ""
    several: bool = False
    """Whether the cell said other days as well."""


def day(cell: Cell, *, ends: bool, told: dict[str, date] | None = None) -> Day | str:
    """The day a cell means, or a sentence on why it means none; of a month, its last day (or its first)."""
    words = line(cell.text)
    if told and (on := told.get(words.casefold())):
        return Day(on, f"“{words}” is read as {written(on)}, as you said")
    if cell.kind in ("day", "month"):
        found = _iso(words)
        if found and cell.kind == "month":
            return _month(found.year, found.month, ends=ends, words=f"{found:%B} {found.year}")
        return _within(found, words)
    if cell.kind == "number" or re.fullmatch(r"\d{5}(\.\d+)?", words):
        return _within(_serial(words), words)
    return _alone(words, ends=ends) or _among(words, ends=ends) or _no_day(words)


def may_be_told(words: str) -> bool:
    """Whether a person may say which day these words stand for: not where they say one themselves, but wrongly."""
    return len(words) <= _ASKED and not _exact(_tidy(words))


def _alone(words: str, *, ends: bool) -> Day | str | None:
    """Words that are a day, a month or a quarter and nothing else."""
    tidy = _tidy(words)
    if isinstance(exact := _exact(tidy), date):
        return _within(exact, words)
    if quarter := re.fullmatch(r"(?:end )?q([1-4]),? (\d{2}|\d{4}) ?[/-] ?(\d{2}|\d{4})", tidy):
        return _quarter(int(quarter[1]), _year(quarter[2]), _year(quarter[3]), ends=ends, words=words)
    asked = re.fullmatch(r"(?:(end|start|beginning|early|mid|late) )?([a-z]+)[-/. ']*(\d{2}|\d{4})", tidy)
    if asked and asked[2] in _MONTHS and asked[1] not in ("early", "mid", "late"):
        last = ends if asked[1] is None else asked[1] == "end"
        return _month(_year(asked[3]), _MONTHS[asked[2]], ends=last, words=words)
    if (numbers := re.fullmatch(r"(\d{1,2})[/-](\d{4})", tidy)) and 1 <= int(numbers[1]) <= 12:
        return _month(int(numbers[2]), int(numbers[1]), ends=ends, words=words)
    return None


def _among(words: str, *, ends: bool) -> Day | None:
    """The day among words that only say how it came about: “31/03/26 → 30/06/26”, “Revised: 30/06/26”.

    Of several, the last where each is later than the one before, as they are where a date slips; a start, the first.
    """
    days = [found.on for token in _TOKEN.findall(words) if isinstance(found := _alone(token, ends=ends), Day)]
    rest = _TOKEN.split(words)
    if len(days) != len(rest) - 1 or not days or _ABOUT.sub(" ", " ".join(rest)).strip():
        return None
    if len(days) == 1:
        return Day(days[0], f"“{words[:80]}” is read as {written(days[0])}")
    told_before = any(_BEFORE.search(between) for between in rest[1:-1])
    if days != sorted(days, reverse=told_before) or len(set(days)) < len(days):
        return None
    chosen = max(days) if ends else min(days)
    which = "latest" if ends else "earliest"
    return Day(chosen, f"“{words[:80]}” says {len(days)} days: the {which}, {written(chosen)}, is taken", several=True)


def _tidy(words: str) -> str:
    bare = re.sub(r"(?<=\d)(st|nd|rd|th)\b|^(by|before|due|on|the|mon|tue|wed|thu|fri|sat|sun)[a-z]*\b[,.]?", " ",
                  words.casefold())  # fmt: skip
    timeless = re.sub(r"[t ]\d{1,2}:\d\d(:\d\d)?(\.\d+)?z?\b", " ", bare)
    return " ".join(re.sub(r"\b(the|of|by)\b|,", " ", timeless).split())


def _exact(tidy: str) -> date | bool:
    """The day that the words name; True where they have the form of one, and False where they have not."""
    if iso := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", tidy):
        return _made(int(iso[1]), int(iso[2]), int(iso[3])) or True
    if british := _british(tidy):
        return _made(_year(british[3]), int(british[2]), int(british[1])) or True
    if spoken := re.fullmatch(r"(?:[a-z]+day )?(\d{1,2})[-/. ]*([a-z]+)[-/. ']*(\d{4}|\d{2})", tidy):
        return _made(_year(spoken[3]), _MONTHS.get(spoken[2], 0), int(spoken[1])) or spoken[2] in _MONTHS
    if american := re.fullmatch(r"([a-z]+) (\d{1,2}) (\d{4})", tidy):
        return _made(int(american[3]), _MONTHS.get(american[1], 0), int(american[2])) or american[1] in _MONTHS
    return False


def _british(tidy: str) -> re.Match[str] | None:
    return re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{2}|\d{4})", tidy)


def _month(year: int, month: int, *, ends: bool, words: str) -> Day | str:
    on = _made(year, month, calendar.monthrange(year, month)[1] if ends else 1) if 1 <= year <= 9999 else None
    if isinstance(found := _within(on, words), str):
        return found
    return Day(found.on, f"“{words}” is read as {written(found.on)}")


def _quarter(quarter: int, year: int, next_year: int, *, ends: bool, words: str) -> Day | str | None:
    """Of a council's year, which begins in April and is named by both of its years; by one alone it is nobody's."""
    if next_year != year + 1:
        return None
    last = quarter * 3 + 3
    month = last if ends else last - 2
    return _month(year if month <= 12 else next_year, (month - 1) % 12 + 1, ends=ends, words=words)


def _within(on: date | None, words: str) -> Day | str:
    if on is None:
        return _no_day(words)
    if not _FIRST <= on <= _LAST:
        return f"says “{words[:40]}”, which is no year of a plan. Write a date such as {written(date(2026, 3, 31))}."
    return Day(on)


def _no_day(words: str) -> str:
    such = f"one such as {written(date(2026, 3, 31))}"
    if (parts := _british(_tidy(words))) and (on := _made(_year(parts[3]), int(parts[1]), int(parts[2]))):
        return (
            f"says “{words}”, with the month before the day. Write it as {on:%d/%m/%Y}, and look at the other dates of "
            "the column, which are read with the day first."
        )
    if _exact(_tidy(words)):
        return f"says “{words[:40]}”, and there is no such day. Write {such}."
    if len(_TOKEN.findall(words)) > 1:
        return f"says “{words[:80]}”, and which of its days holds is not plain. Leave that one, or write {such}."
    return f"says “{words[:40]}”, which is not a date. Write {such}" + (
        ", or say below which day it stands for." if may_be_told(words) else "."
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
