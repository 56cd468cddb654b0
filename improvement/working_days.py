"""Which days are working days, and how they are counted: SI 2007/462, regulation 1(2)."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

DAY = timedelta(days=1)
SATURDAY = 5


class NotLoaded(Exception):
    """A day was asked about in a year whose bank holidays are not loaded; the message is for the reader."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The bank holidays of England and Wales as somebody loaded them, and the years that they cover.

    A strict calendar raises NotLoaded outside those years, because a day that looks final must be final.
    A lenient one counts there with weekends, Christmas Day and Good Friday alone.
    """

    holidays: frozenset[date]
    last_year: int
    first_year: int = field(default=1, kw_only=True)
    strict: bool = field(default=True, kw_only=True)

    def lenient(self) -> "Calendar":
        """The same table for days that no law turns on, such as a rating: it never refuses."""
        return replace(self, strict=False)

    def is_working_day(self, day: date) -> bool:
        self._refuse_beyond_the_table(day)
        return day.weekday() < SATURDAY and day not in self.holidays and day not in _always_holidays(day.year)

    def add(self, day: date, n: int) -> date:
        """The nth working day after `day`, which is itself never counted."""
        return self._step(day, n=n, by=DAY)

    def subtract(self, day: date, n: int) -> date:
        """The nth working day before `day`, which is itself never counted."""
        return self._step(day, n=n, by=-DAY)

    def between(self, after: date, until: date) -> int:
        """How many working days lie after the one day and up to and including the other."""
        if until <= after:
            return 0
        self._refuse_beyond_the_table(after + DAY)
        self._refuse_beyond_the_table(until)
        weeks, odd = divmod((until - after).days, 7)
        weekdays = 5 * weeks + sum((until - n * DAY).weekday() < SATURDAY for n in range(odd))
        always = {day for year in range(after.year, until.year + 1) for day in _always_holidays(year)}
        closed = (day for day in self.holidays | always if after < day <= until)
        return weekdays - sum(day.weekday() < SATURDAY for day in closed)

    def _step(self, day: date, *, n: int, by: timedelta) -> date:
        if n < 0:
            raise ValueError("Working days are counted from nought upwards; to count back, use subtract.")
        while n:
            day += by
            n -= self.is_working_day(day)
        return day

    def _refuse_beyond_the_table(self, day: date) -> None:
        if self.strict and not self.first_year <= day.year <= self.last_year:
            raise NotLoaded(
                f"Bank holidays for {day.year} have not been loaded, so a date that depends on them "
                "cannot be given as final. Ask an administrator to load them."
            )


def easter_sunday(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876, after Meeus)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late_moon = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late_moon + 114, 31)
    return date(year, month, day + 1)


@cache
def good_friday(year: int) -> date:
    return easter_sunday(year) - 2 * DAY


@cache
def _always_holidays(year: int) -> frozenset[date]:
    # The regulation names these two beside the bank holidays, so they hold whatever the table says.
    return frozenset({date(year, 12, 25), good_friday(year)})
