"""Which day it is here: an instant's day in Europe/London, whatever clock the machine keeps."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_of(at: datetime) -> date:
    """The London day of an instant."""
    return at.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """The first instant of a London day."""
    return datetime.combine(day, time.min, tzinfo=LONDON)
