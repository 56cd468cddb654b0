"""What of an action is to be told to whom, and why: each thing once, on the first night on which it is so (B11).

An occasion is a kind and the day that names it. It is so on a range of nights, not on one, so a night without a run is
made up by the next. A due date, silence and the rest each have at most one occasion a night.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from types import MappingProxyType
from typing import NamedTuple

from django.db.models import TextChoices

from improvement.lifecycle import UNDELIVERED, Status
from improvement.timing import counted, late, stale_from, written
from improvement.working_days import Calendar
from monitoring.reasons import Facts
from monitoring.scheme import Scheme


class Kind(TextChoices):
    """Why somebody is told, the most pressing first; the label heads what is told."""

    TO_DIRECTOR = "to_director", "Long overdue, and brought to you"
    TO_LEAD = "to_lead", "Overdue, and brought to you"
    OVERDUE = "overdue", "Overdue"
    TO_ANSWER = "to_answer", "A later date asked for"
    TO_CLOSE = "to_close", "Delivered, to be closed or sent back"
    DUE_AGAIN = "due_again", "Due in a few days"
    DUE = "due", "Due soon"
    MILESTONE = "milestone", "A milestone late"
    SILENT = "silent", "No update for a board cycle"
    OVERRIDE = "override", "A rating set by hand about to end"


class Part(IntEnum):
    """The line of an action, from whoever carries it out upwards."""

    CARRIES = 0
    STEERS = 1
    DIRECTS = 2


@dataclass(frozen=True, slots=True)
class Way:
    """Who is told first, whether they may do without, and whether whoever carries the action out is passed over."""

    part: Part
    optional: bool = False
    of_others: bool = False


TABLE: Mapping[Kind, Way] = MappingProxyType(
    {
        Kind.TO_DIRECTOR: Way(Part.DIRECTS, of_others=True),
        Kind.TO_LEAD: Way(Part.STEERS, of_others=True),
        Kind.OVERDUE: Way(Part.CARRIES),
        Kind.TO_ANSWER: Way(Part.STEERS),
        Kind.TO_CLOSE: Way(Part.STEERS, of_others=True),
        Kind.DUE_AGAIN: Way(Part.CARRIES, optional=True),
        Kind.DUE: Way(Part.CARRIES, optional=True),
        Kind.MILESTONE: Way(Part.CARRIES, optional=True),
        Kind.SILENT: Way(Part.CARRIES, optional=True),
        Kind.OVERRIDE: Way(Part.STEERS, optional=True),
    }
)
"""What is overdue, and what others wait for, nobody may do without."""
MOST_QUIET = 3
"""Days from one run to the next where it is run on working days alone."""
OPTIONAL = tuple(kind for kind in Kind if TABLE[kind].optional)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The council's own numbers of days; those of an overdue action are working days."""

    due: int = 14
    due_again: int = 3
    override: int = 7
    to_lead: int = 5
    to_director: int = 15


CALLED: Mapping[str, str] = MappingProxyType(
    {
        "due": "the days before a due date on which it is first told",
        "due_again": "the days before a due date on which it is told again",
        "override": "the days before a rating set by hand ends",
        "to_lead": "the working days after which the theme lead is told",
        "to_director": "the working days after which the director is told",
    }
)
"""Each of the numbers in words, as its history says them."""


class Asked(NamedTuple):
    """A later date that waits for an answer."""

    to_on: date
    asked_on: date
    by: str


class Occasion(NamedTuple):
    """A thing to be told once, named by its kind and a day, with its sentence."""

    kind: Kind
    named_on: date
    says: str


@dataclass(frozen=True, slots=True)
class Line:
    """Everybody in an action's line who has an account and reads it; and who asked for a later date, if anybody did."""

    carries: frozenset[int]
    steers: frozenset[int]
    directs: frozenset[int]
    asker: int | None = None


def days_objection(days: Days) -> str | None:
    """Why the council's days cannot be these, or None if they can."""
    if days.due_again >= days.due:
        return "The second reminder has to come nearer to the due date than the first: give it fewer days."
    if days.to_lead >= days.to_director:
        return "An action goes to the theme lead before the director: give the theme lead fewer working days."
    return None


def stopped(ran_on: date | None, *, on: date) -> str | None:
    """What to say where the job seems to be run no longer, or None."""
    quiet = (on - ran_on).days if ran_on else 0
    if quiet <= MOST_QUIET:
        return None
    return f"It has not run for {quiet} days. Ask whoever keeps this service why the nightly job has stopped."


def told(kind: Kind, line: Line) -> frozenset[int]:
    """Who is told: the kind's own part, or, where nobody is there who could act on it, whoever is next above."""
    passed_over = line.carries if TABLE[kind].of_others else frozenset()
    if kind == Kind.TO_ANSWER and line.asker is not None:
        passed_over = frozenset({line.asker})
    ranks = (line.carries, line.steers, line.directs)[TABLE[kind].part :]
    return next((there for rank in ranks if (there := rank - passed_over)), frozenset())


def occasions(
    facts: Facts,
    *,
    on: date,
    days: Days,
    scheme: Scheme,
    calendar: Calendar,
    asked: Asked | None = None,
    delivered_on: date | None = None,
) -> list[Occasion]:
    """Everything about an action that is so on the day, whoever has been told of it already."""
    found: list[Occasion] = []
    if facts.status in UNDELIVERED:
        found += _of_due_date(facts, on=on, days=days, calendar=calendar)
        found += _of_milestones(facts, on=on)
        found += _of_silence(facts, on=on, scheme=scheme)
        found += _of_override(facts, on=on, days=days)
    if facts.status == Status.DELIVERED and delivered_on:
        says = f"It was delivered on {written(delivered_on)}, and waits for you to close it or send it back."
        found.append(Occasion(Kind.TO_CLOSE, delivered_on, says))
    if asked:
        says = f"{asked.by} asks for its date to move to {written(asked.to_on)}, and waits for your answer."
        found.append(Occasion(Kind.TO_ANSWER, asked.asked_on, says))
    return found


def _of_due_date(facts: Facts, *, on: date, days: Days, calendar: Calendar) -> Iterator[Occasion]:
    if facts.due_on is None:
        return
    left = (facts.due_on - on).days
    if left < 0:
        yield from _overdue(facts.due_on, by=late(facts.due_on, on=on, calendar=calendar), days=days)
    elif left <= days.due:
        kind = Kind.DUE_AGAIN if left <= days.due_again else Kind.DUE
        when = {0: "today", 1: "tomorrow"}.get(left) or f"in {counted(left, 'day')}"
        yield Occasion(kind, facts.due_on, f"It is due on {written(facts.due_on)}, {when}.")


def _overdue(due_on: date, *, by: int, days: Days) -> Iterator[Occasion]:
    how_late = f", {counted(by, 'working day')} ago" if by else ""
    says = f"It was due on {written(due_on)}{how_late}, and has not been delivered."
    yield Occasion(Kind.OVERDUE, due_on, says)
    if by > days.to_lead:
        yield Occasion(Kind.TO_LEAD, due_on, says)
    if by > days.to_director:
        yield Occasion(Kind.TO_DIRECTOR, due_on, says)


def _of_milestones(facts: Facts, *, on: date) -> Iterator[Occasion]:
    """Named by the latest, so that each that falls due later is told of in its turn."""
    missed = [milestone.due_on for milestone in facts.open_milestones(on) if milestone.due_on < on]
    if missed:
        start = "A milestone was" if len(missed) == 1 else f"{counted(len(missed), 'milestone')} were"
        which = "due" if len(missed) == 1 else "due by now, the latest"
        yield Occasion(Kind.MILESTONE, missed[-1], f"{start} {which} on {written(missed[-1])}, and not reached.")


def _of_silence(facts: Facts, *, on: date, scheme: Scheme) -> Iterator[Occasion]:
    """One for each further board cycle without a word."""
    cycles = ((on - facts.silent_since).days - 1) // max(scheme.cycle_days, 1)
    if cycles >= max(scheme.stale_cycles, 1):
        since = stale_from(facts.silent_since, cycles * scheme.cycle_days)
        yield Occasion(Kind.SILENT, since, f"Nobody has given it an update for more than {scheme.cycles(cycles)}.")


def _of_override(facts: Facts, *, on: date, days: Days) -> Iterator[Occasion]:
    ends = facts.override.until_on if facts.override else None
    if ends and on <= ends <= on + timedelta(days=days.override):
        says = f"Its rating was set by hand until {written(ends)}; after that day the rule rates it again."
        yield Occasion(Kind.OVERRIDE, ends, says)
