"""Which day a paper means by the words of its head: “2 April 2019”, “Tuesday 2nd April 2019”, “2/4/2019”."""

import re
from datetime import date
from typing import NamedTuple

# Not the calendar module's, which follow the machine's language.
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]})?" for name in MONTHS) + r"|sept)\b\.?"
# Without the last flag, ſ would pass for s.
FLAGS = re.I | re.A
WRITTEN = re.compile(
    rf"\b(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?(?: day)?(?: of)?,? ?{MONTH},? ?(?P<year>\d{{4}})\b", FLAGS
)
TURNED = re.compile(rf"\b{MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b", FLAGS)
FIGURES = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?P<mark>[/.\-])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?!\d)", FLAGS
)
STANDARD = re.compile(r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)", FLAGS)


class Day(NamedTuple):
    """A day that was read, and where in the words it ends."""

    on: date
    end: int


def day_in(words: str) -> Day | None:
    """The first day that the words name, or None if they name none that was ever in a calendar."""
    for form in (WRITTEN, TURNED, STANDARD, FIGURES):
        if found := form.search(words):
            return _day(found)
    return None


def begins_with_month(words: str) -> bool:
    """Whether the words after a number make it a day of the month rather than a heading's number."""
    return re.match(MONTH, words, FLAGS) is not None


def _day(found: re.Match[str]) -> Day | None:
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    try:
        return Day(date(year, _month(found["month"]), int(found["day"])), found.end())
    except ValueError:  # 31 April, or a thirteenth month
        return None


def _month(words: str) -> int:
    if words.isdigit():
        return int(words)
    return next(place for place, name in enumerate(MONTHS, 1) if name.startswith(words.lower()[:3]))
