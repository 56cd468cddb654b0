"""How an action's delivery is rated on a day, why, and on which days that will change by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from improvement.lifecycle import UNDELIVERED, Status
from improvement.timing import days_after, stale_from, written
from improvement.working_days import Calendar
from monitoring import reasons
from monitoring.reasons import Facts, Milestone, Override, Reason
from monitoring.scheme import Delivery, Scheme

__all__ = [
    "Delivery",
    "Facts",
    "Milestone",
    "Override",
    "Rating",
    "Scheme",
    "Span",
    "override_objection",
    "rate",
    "spans",
    "turning_days",
]


LONGEST_OVERRIDE = 365
"""Days for which the rule may be set aside; by default it is until the next board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """A rating, the sentence that says why, and what to do now (empty where nothing is asked).

    Nothing here runs with the days, so that one Rating is true for as long as its span: how many
    days late an action is belongs to improvement.timing.
    """

    delivery: Delivery | None
    because: str
    advice: str = ""
    late: bool = False
    stale: bool = False
    overridden: bool = False


class Span(NamedTuple):
    """One rating and its days: from the first up to, and not including, the last; None is for ever."""

    from_on: date
    to_on: date | None
    rating: Rating


def rate(facts: Facts, *, on: date, scheme: Scheme, calendar: Calendar) -> Rating:
    """The published rule: red before amber before green, and blue once delivered."""
    if facts.status == Status.WITHDRAWN:
        return Rating(delivery=None, because=f"{scheme.unrated}: the action has been withdrawn.")
    if facts.status not in UNDELIVERED:
        said = str(Status(facts.status).label).lower()
        return Rating(delivery=Delivery.BLUE, because=f"{scheme.blue}: the action has been {said}.")
    found = _reasons(facts, on=on, scheme=scheme, calendar=calendar)
    override = facts.override if facts.override and on <= facts.override.until_on else None
    return Rating(
        delivery=Delivery(override.delivery) if override else found[0].delivery,
        because=_set_aside(override, found, scheme=scheme) if override else _because(found, scheme=scheme),
        advice=found[0].advice,
        late=reasons.is_overdue(facts, on=on),
        stale=reasons.is_stale(facts, on=on, scheme=scheme),
        overridden=override is not None,
    )


def turning_days(facts: Facts, *, after: date, scheme: Scheme, calendar: Calendar) -> list[date]:
    """Every later day on which the rating or its words may change if nobody does anything."""
    if facts.status not in UNDELIVERED:
        return []
    days = set(_turns(facts, scheme=scheme, calendar=calendar))
    # A turn that falls off the end of time never comes.
    return sorted(day for day in days if after < day < date.max)


def spans(facts: Facts, *, since: date, scheme: Scheme, calendar: Calendar) -> list[Span]:
    """The ratings from a day for ever, end to end; no two neighbours are the same."""
    found = [Span(since, None, rate(facts, on=since, scheme=scheme, calendar=calendar))]
    for day in turning_days(facts, after=since, scheme=scheme, calendar=calendar):
        rating = rate(facts, on=day, scheme=scheme, calendar=calendar)
        if rating != found[-1].rating:
            found[-1:] = [found[-1]._replace(to_on=day), Span(day, None, rating)]
    return found


def override_objection(override: Override, *, status: str, on: date, blue: str = "blue") -> str | None:
    """Why the rule may not be overridden so, or None if it may."""
    if status not in UNDELIVERED:
        said = str(Status(status).label).lower()
        return f"This action is {said}, and only one still to be delivered can be given another rating."
    if override.delivery == Delivery.BLUE:
        return f"Only delivering an action makes it {blue}. Deliver it, or choose another rating."
    if override.until_on < on:
        return f"{written(override.until_on)} has passed. Let the override run to the next board, or today."
    if override.until_on > days_after(on, LONGEST_OVERRIDE):
        return f"A rating by hand is for a while. Let it end by {written(days_after(on, LONGEST_OVERRIDE))}."
    if not override.reason.strip():
        return "Say why the rule does not fit: the board will read it beside the rating."
    return None


def _reasons(facts: Facts, *, on: date, scheme: Scheme, calendar: Calendar) -> list[Reason]:
    return (
        reasons.reds(facts, on=on, scheme=scheme, calendar=calendar)
        or reasons.ambers(facts, on=on, scheme=scheme)
        or [reasons.green(facts, on=on, scheme=scheme, calendar=calendar)]
    )


def _because(found: list[Reason], *, scheme: Scheme) -> str:
    return f"{scheme.name(found[0].delivery)}: {_clauses(found)}."


def _set_aside(override: Override, found: list[Reason], *, scheme: Scheme) -> str:
    until, reason = written(override.until_on), override.reason.strip().rstrip(".")
    return (
        f"{scheme.name(override.delivery)}: set by the theme lead until {until} (“{reason}”), "
        f"where the rule gives {scheme.name(found[0].delivery)} because {_clauses(found)}."
    )


def _clauses(found: list[Reason]) -> str:
    *earlier, last = [reason.clause for reason in found]
    return f"{'; '.join(earlier)}; and {last}" if earlier else last


def _turns(facts: Facts, *, scheme: Scheme, calendar: Calendar) -> Iterator[date]:
    yield days_after(facts.starts_on, 1)
    if facts.due_on:
        yield days_after(facts.due_on, -scheme.due_soon_days)
        if scheme.evidence_days:
            yield days_after(facts.due_on, -scheme.evidence_days)
        yield days_after(facts.due_on, 1)
    for milestone in facts.milestones:
        yield days_after(milestone.due_on, 1)
        yield reasons.counts_as_late_from(milestone.due_on, scheme.milestone_grace_working_days, calendar)
        if milestone.done_on:
            yield milestone.done_on
    for cycles in (scheme.stale_cycles_amber, scheme.stale_cycles_red):
        yield stale_from(facts.silent_since, cycles * scheme.cycle_days)
    if facts.override:
        yield days_after(facts.override.until_on, 1)
