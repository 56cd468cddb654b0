"""How late an action is, how far its date has slipped, when it goes stale, and how dates are written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from improvement.working_days import Calendar
from people.days import written as written


def counted(n: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun: 1 action, 2 actions, 1,200 actions."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def joined(clauses: Sequence[str]) -> str:
    """Clauses as one list in a sentence: a; a and b; a, b and c."""
    return " and ".join([", ".join(clauses[:-1]), clauses[-1]] if len(clauses) > 1 else clauses)


def days_after(day: date, days: int) -> date:
    """So many days on, or the end of time: a year that somebody typed as 9999 must not stop the page."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lateness:
    """Working days past the date now agreed, and past the one first agreed."""

    past_current: int
    past_original: int

    @property
    def words(self) -> str:
        """Say both, since a revised date can hide the first."""
        if self.past_current:
            start = f"{counted(self.past_current, 'working day')} past its date"
        elif self.past_original:
            start = "Not past its revised date"
        else:
            return "No working day has been lost."
        if self.past_original == self.past_current:
            return f"{start}."
        return f"{start}, and {counted(self.past_original, 'working day')} past the date first agreed."


def late(due_on: date | None, *, on: date, calendar: Calendar) -> int:
    """Working days after the due date up to and including `on`; none where no date was ever set."""
    # No law turns on how late an action is, so a table that has run out must not stop the page.
    return calendar.lenient().between(due_on, on) if due_on else 0


def lateness(due_on: date | None, *, first_due_on: date | None, on: date, calendar: Calendar) -> Lateness:
    """Ask with the day it was delivered on, once it has been, and with the day in question until then."""
    return Lateness(
        past_current=late(due_on, on=on, calendar=calendar),
        past_original=late(first_due_on or due_on, on=on, calendar=calendar),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Slippage:
    """How far the date now agreed is from the first one, and how often it was moved on the way."""

    days: int
    working_days: int
    times: int

    @property
    def words(self) -> str:
        """Say how often and how far, and never add up what went one way and then the other."""
        if not self.times:
            return "Its date has not been moved."
        times = {1: "once", 2: "twice"}.get(self.times) or counted(self.times, "time")
        if not self.days:
            return f"Its date was moved {times} and is again the one first agreed."
        which_way = "later" if self.days > 0 else "earlier"
        how_far = f"{counted(self.working_days, 'working day')} {which_way}"
        return f"Its date was moved {times} and is now {how_far} than first agreed."


def slippage(first_due_on: date, *, revised_to: Sequence[date], calendar: Calendar) -> Slippage:
    """The dates agreed since the first, oldest first; one that moved nothing is not a move."""
    dates = [first_due_on, *revised_to]
    moves = sum(before != after for before, after in pairwise(dates))
    early, late_on = sorted((first_due_on, dates[-1]))
    working_days = calendar.lenient().between(early, late_on)
    return Slippage(days=(dates[-1] - first_due_on).days, working_days=working_days, times=moves)


def stale_from(last_word_on: date, cycle_days: int) -> date:
    """The first stale day: a word given on every board day, the last day of a cycle, never goes stale."""
    return days_after(last_word_on, cycle_days + 1)
