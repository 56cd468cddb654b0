"""From months since the report was published to days and hours: the same prose always ends today."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from people.days import LONDON

MONTH = 30.4375  # days, on average
MONTHS_SO_FAR = 18.5
SATURDAY = 5


@dataclass(frozen=True)
class Timeline:
    """The demonstration council's eighteen and a half months, ending on a day."""

    today: date

    @property
    def published_on(self) -> date:
        """The day on which the inspection report came out."""
        return _weekday(self.today - timedelta(days=round(MONTHS_SO_FAR * MONTH)))

    def day(self, month: float) -> date:
        """A working weekday, so many months after publication; never later than today for what lies behind us."""
        found = _weekday(self.published_on + timedelta(days=round(month * MONTH)))
        return min(found, self.today) if month < MONTHS_SO_FAR else found

    def at(self, month: float, *, seed: str) -> datetime:
        """An office hour of that day, the same for the same seed."""
        number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big")
        hour, minute = 9 + number % 8, number // 8 % 60
        return datetime.combine(self.day(month), time(hour, minute), tzinfo=LONDON)

    def after(self, days: int) -> date:
        """A weekday so many days from today; before it where negative."""
        return _weekday(self.today + timedelta(days=days))


def _weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def wobble(seed: str) -> float:
    """Between −1 and 1, the same for the same seed."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4], "big") / 2**31 - 1
