"""When an embargo ends: what a sentence of a letter means in London, how long is left, and what to warn of.

Words propose and people decide; and an instant that has come opens nothing by itself.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from people.days import LONDON

DAY, WEEK = timedelta(days=1), timedelta(days=7)
POSSIBLE = "Release is now possible; nothing opens by itself."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """An instant that a sentence names, and the words that name it."""

    until: datetime
    words: str


def readings(*sentences: str) -> list[Reading]:
    """Every instant that the sentences set, the strictest first; a day without a year is too little to read."""
    said = [match for sentence in sentences for form in _SAID for match in form.finditer(sentence)]
    found = [reading for match in said if (reading := _read(match))]
    return sorted(found, key=lambda reading: reading.until, reverse=True)


def proposal(*sentences: str) -> Reading | None:
    """The strictest reading: of “from 29 March” and “until after 29 March”, the second."""
    return next(iter(readings(*sentences)), None)


def instant(day: date, at: time = time.min) -> datetime:
    """A day and a time by London's clock; where it shows a time twice in a night, or never, the stricter instant.

    In UTC, because Python compares two times of one zone by their clocks and not by when they were.
    """
    spoken = datetime.combine(day, at)
    return max(spoken.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1))


def warning(until: datetime | None, *, now: datetime) -> str | None:
    """What the cleared should know from a week before, from a day before and from the instant on, or None."""
    if until is None:
        return None
    until, now = until.astimezone(UTC), now.astimezone(UTC)
    if now >= until:
        return f"The embargo has ended. {POSSIBLE}"
    if now >= _earlier(until, DAY):
        return f"The embargo ends within a day, in {span(now, until)}."
    if now >= _earlier(until, WEEK):
        return f"The embargo ends within a week, in {span(now, until)}."
    return None


def countdown(until: datetime, *, now: datetime) -> str:
    """“ends in 3 days and 4 hours”, “ended 2 hours ago”."""
    is_over = now.astimezone(UTC) >= until.astimezone(UTC)
    return f"ended {span(until, now)} ago" if is_over else f"ends in {span(now, until)}"


def span(start: datetime, end: datetime) -> str:
    """How long it is in the two largest units: days by London's calendar, and real hours and minutes of what is left.

    A day in which the clocks change is still a day.
    """
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    days = (end - start) // DAY + 1
    while days and _later(start, days) > end:
        days -= 1
    rest = (end - _later(start, days)) // timedelta(minutes=1)
    units = ((days, "day"), (rest // 60, "hour"), (rest % 60, "minute"))
    shown = [(count, word) for count, word in units if count][:2]
    if len(shown) == 2 and (shown[0][1], shown[1][1]) not in _NEXT_TO:
        shown = shown[:1]
    said = [f"{count} {word}{'' if count == 1 else 's'}" for count, word in shown]
    return " and ".join(said) or "less than a minute"


_NEXT_TO = set(pairwise(("day", "hour", "minute")))


def _later(start: datetime, days: int) -> datetime:
    """So many London days on, at the same time of day."""
    local = start.astimezone(LONDON)
    return instant(local.date() + days * DAY, local.time()) if days else start


def _earlier(end: datetime, by: timedelta) -> datetime:
    local = end.astimezone(LONDON)
    return instant(local.date() - by, local.time())


# What a sentence may say, piece by piece.
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_ORDINAL = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}>(?:19|20)\d\d)\b"
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:the\s+)?"
    rf"(?:{_ORDINAL.format('day1')}\s+(?:of\s+)?{_MONTH.format('month1')},?\s+{_YEAR.format('year1')}"
    rf"|{_MONTH.format('month2')}\s+(?:the\s+)?{_ORDINAL.format('day2')},?\s+{_YEAR.format('year2')}"
    rf"|(?P<day3>\d{{1,2}})[/.](?P<month3>\d{{1,2}})[/.]{_YEAR.format('year3')}"
    rf"|{_YEAR.format('year4')}-(?P<month4>\d\d)-(?P<day4>\d\d)\b)"
)
_TIME = (
    r"(?:(?P<word>noon|midday|midnight)"
    r"|(?P<hour1>\d{1,2})(?:[:.](?P<minute1>\d\d))?\s*(?P<half>[ap])\.?m\b\.?"
    r"|(?P<hour2>\d\d?)[:.](?P<minute2>\d\d)(?:\s*(?:hours|hrs))?"
    r"|(?P<hour3>\d\d)(?P<minute3>\d\d)\s*(?:hours|hrs))"
)
# “From” a day is when it begins, “until” and “after” it when it is over; a time of day is exact whichever stands by it.
_BEGINS = r"(?P<begins>on\s+or\s+after|as\s+of|from|before|prior\s+to)"
_IS_OVER = r"(?:until|till|up\s+to)(?:\s+after)?(?:\s+the\s+end\s+of)?|after(?:\s+the\s+end\s+of)?"
_SAID = (
    re.compile(rf"\b(?:{_BEGINS}|{_IS_OVER})\s+{_DAY}(?:,?\s+(?:at\s+)?{_TIME})?", re.IGNORECASE),
    re.compile(rf"\b{_TIME},?\s+(?:on\s+)?{_DAY}", re.IGNORECASE),
)


def _read(said: re.Match[str]) -> Reading | None:
    """The instant of one match, unless there is no such day or time."""
    given = {name: words.lower() for name, words in said.groupdict().items() if words}
    try:
        day, at = _day(given), _time(given)
        if at is None:
            at, day = time.min, day if "begins" in given else day + DAY
        elif given.get("word") == "midnight":
            day += DAY
        return Reading(until=instant(day, at), words=" ".join(said[0].split()))
    except ValueError:
        return None


def _day(given: dict[str, str]) -> date:
    year, month, day = (_one(given, part) for part in ("year", "month", "day"))
    return date(int(year), int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1, int(day))


def _time(given: dict[str, str]) -> time | None:
    """The time of day, if one is given; midnight is the one at the day's end, the stricter of two."""
    if word := given.get("word"):
        return time.min if word == "midnight" else time(12)
    hour, minute, half = _one(given, "hour"), _one(given, "minute"), given.get("half")
    if not hour:
        return None
    if half and not 1 <= int(hour) <= 12:
        raise ValueError(hour)
    return time(int(hour) % 12 + 12 * (half == "p") if half else int(hour), int(minute or 0))


def _one(given: dict[str, str], part: str) -> str:
    """A part of a day or a time, in whichever form it was written."""
    return next((words for name, words in given.items() if name.rstrip("1234") == part), "")
