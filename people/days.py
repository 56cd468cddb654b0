"""Which day it is here: an instant's day in Europe/London, whatever clock the machine keeps."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_of(at: datetime) -> date:
    """The London day of an instant."""
    return at.astimezone(LONDON).date()


def a_year_after(day: date) -> date:
    """The same day of the next year; of 29 February, the 28th."""
    leaps = (day.month, day.day) == (2, 29)
    return day.replace(year=min(day.year + 1, date.max.year), day=28 if leaps else day.day)


def written(day: date) -> str:
    """A date as a paper prints it: 4 March 2026."""
    return f"{day.day} {day:%B} {day.year}"


def days(first: date, last: date) -> str:
    """6 March 2019; 6 and 7 March 2019; 30 April and 1 May 2026; 5 to 16 May 2025; 29 April to 10 May 2025."""
    if first == last:
        return written(last)
    link = "and" if (last - first).days == 1 else "to"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} {link} {written(last)}"
    start = f"{first.day} {first:%B}" if first.year == last.year else written(first)
    return f"{start} {link} {written(last)}"


def start_of(day: date) -> datetime:
    """The first instant of a London day."""
    return datetime.combine(day, time.min, tzinfo=LONDON)
