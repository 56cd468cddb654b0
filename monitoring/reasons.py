"""What is known of an action on a day, and each thing in it that makes the action red, amber or green."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from improvement.lifecycle import Status
from improvement.timing import counted, days_after, stale_from, written
from improvement.working_days import Calendar
from monitoring.scheme import Delivery, Scheme


class Milestone(NamedTuple):
    """A step on the way; done on a day, or still open."""

    due_on: date
    done_on: date | None = None

    def is_open(self, on: date) -> bool:
        return self.done_on is None or self.done_on > on


class Override(NamedTuple):
    """A theme lead's rating in place of the rule's, up to and including a day."""

    delivery: Delivery
    until_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a rating may know of an action; they hold from the latest of them onwards, not before."""

    status: str
    starts_on: date
    due_on: date | None
    first_due_on: date | None = None
    milestones: tuple[Milestone, ...] = ()
    last_word_on: date | None = None
    blocked: bool = False
    evidenced: bool = False
    override: Override | None = None

    @property
    def silent_since(self) -> date:
        """The day that silence is counted from: nobody owes a word before the start."""
        if self.last_word_on and self.status != Status.NOT_STARTED:
            return self.last_word_on
        return max(self.last_word_on or self.starts_on, self.starts_on)

    @property
    def due(self) -> str:
        """The due date in words, with the first one where it has moved."""
        if not self.due_on:
            return ""
        moved = self.first_due_on and self.first_due_on != self.due_on
        first = f" (first agreed for {written(self.first_due_on)})" if self.first_due_on and moved else ""
        return f"{written(self.due_on)}{first}"

    def open_milestones(self, on: date) -> list[Milestone]:
        """Those still to be done, the earliest due first."""
        still_open = (milestone for milestone in self.milestones if milestone.is_open(on))
        return sorted(still_open, key=lambda milestone: milestone.due_on)


class Reason(NamedTuple):
    """One thing that is so, and one sentence on what to do about it."""

    delivery: Delivery
    clause: str
    advice: str


@lru_cache(maxsize=4096)
def counts_as_late_from(milestone_due_on: date, grace: int, calendar: Calendar) -> date:
    """The first day on which an open milestone is later than the working days of grace allow."""
    # A rating is not a statutory date: past the table's last year it goes on with weekends alone.
    try:
        return calendar.lenient().add(milestone_due_on, grace + 1)
    except OverflowError:
        return date.max


def late_milestones(facts: Facts, *, on: date, scheme: Scheme, calendar: Calendar) -> list[Milestone]:
    """Open milestones whose grace has run out."""
    grace = scheme.milestone_grace_working_days
    return [
        milestone
        for milestone in facts.open_milestones(on)
        if milestone.due_on < on and counts_as_late_from(milestone.due_on, grace, calendar) <= on
    ]


def is_overdue(facts: Facts, *, on: date) -> bool:
    return facts.due_on is not None and on > facts.due_on


def is_silent(facts: Facts, *, cycles: int, on: date, scheme: Scheme) -> bool:
    """Whether more than so many board cycles have gone by without a word."""
    return on >= stale_from(facts.silent_since, cycles * scheme.cycle_days)


def is_stale(facts: Facts, *, on: date, scheme: Scheme) -> bool:
    """Whether silence alone would keep it from being green."""
    return is_silent(facts, cycles=scheme.stale_cycles, on=on, scheme=scheme)


def is_unshown(facts: Facts, *, on: date, scheme: Scheme) -> bool:
    """Whether its end is near enough to ask for evidence, and there is none."""
    asked = scheme.evidence_days and facts.due_on and not facts.evidenced
    return bool(asked) and (facts.due_on or on) <= days_after(on, scheme.evidence_days)


def reds(facts: Facts, *, on: date, scheme: Scheme, calendar: Calendar) -> list[Reason]:
    """What makes it red, the plainest first."""
    found = []
    if is_overdue(facts, on=on):
        found.append(
            Reason(
                Delivery.RED,
                f"its due date, {facts.due}, has passed",
                "Deliver it, or ask the theme lead to revise its date.",
            )
        )
    if late := late_milestones(facts, on=on, scheme=scheme, calendar=calendar):
        found.append(
            Reason(
                Delivery.RED,
                f"{_milestones(late)} {scheme.grace}",
                "Mark each late milestone done, or say in an update what holds it up.",
            )
        )
    if is_silent(facts, cycles=scheme.stale_cycles_red, on=on, scheme=scheme):
        found.append(_silence(facts, Delivery.RED, scheme.cycles(scheme.stale_cycles_red)))
    return found


def ambers(facts: Facts, *, on: date, scheme: Scheme) -> list[Reason]:
    """What makes it amber, the most pressing first."""
    found = []
    still_open = facts.open_milestones(on)
    soon = facts.due_on and 0 <= (facts.due_on - on).days <= scheme.due_soon_days
    if soon and still_open:
        verb = "is" if len(still_open) == 1 else "are"
        clause = (
            f"it is due on {facts.due}, within {counted(scheme.due_soon_days, 'day')}, and "
            f"{counted(len(still_open), 'milestone')} {verb} still open"
        )
        found.append(Reason(Delivery.AMBER, clause, "Finish the open milestones, or ask now for a later date."))
    if is_unshown(facts, on=on, scheme=scheme):
        within = counted(scheme.evidence_days, "day")
        clause = f"there is no evidence yet, within {within} of its due date"
        found.append(
            Reason(Delivery.AMBER, clause, "Add the evidence that it is being done, or ask now for a later date.")
        )
    if facts.status == Status.NOT_STARTED and on > facts.starts_on:
        clause = f"it was to start on {written(facts.starts_on)} and has not been started"
        found.append(Reason(Delivery.AMBER, clause, "Start it, or tell the theme lead what prevents it."))
    if facts.blocked:
        clause = "something blocks it"
        found.append(Reason(Delivery.AMBER, clause, "Clear the blocker, or take it to the theme lead."))
    if is_silent(facts, cycles=scheme.stale_cycles_amber, on=on, scheme=scheme):
        found.append(_silence(facts, Delivery.AMBER, scheme.cycles(scheme.stale_cycles_amber)))
    return found


def green(facts: Facts, *, on: date, scheme: Scheme, calendar: Calendar) -> Reason:
    """Why nothing is wrong, and the day by which something would be."""
    due = f"is due on {facts.due}" if facts.due_on else "has no due date yet"
    clause = f"it {_word(facts)} and {due}"
    missed = [milestone for milestone in facts.open_milestones(on) if milestone.due_on < on]
    if missed:
        first = missed[0].due_on
        red_from = written(counts_as_late_from(first, scheme.milestone_grace_working_days, calendar))
        clause = f"{clause}, though the milestone due on {written(first)} has passed its date"
        advice = f"Finish it and mark it done before {red_from}, or it turns the rating {scheme.red}."
        return Reason(Delivery.GREEN, clause, advice)
    if facts.status == Status.NOT_STARTED:
        return Reason(Delivery.GREEN, clause, f"Start it by {written(facts.starts_on)}.")
    if not facts.due_on:
        return Reason(Delivery.GREEN, clause, "Ask the theme lead to agree a due date.")
    last_day = days_after(facts.silent_since, scheme.stale_cycles * scheme.cycle_days)
    return Reason(Delivery.GREEN, clause, f"Give the next update by {written(last_day)}.")


def _word(facts: Facts) -> str:
    if facts.status == Status.NOT_STARTED:
        return f"is to start on {written(facts.starts_on)}"
    if facts.last_word_on:
        return f"was last updated on {written(facts.last_word_on)}"
    return "is in progress, has had no update yet"


def _milestones(late: list[Milestone]) -> str:
    first = written(late[0].due_on)
    if len(late) == 1:
        return f"the milestone due on {first} is"
    return f"{counted(len(late), 'milestone')}, the first due on {first}, are"


def _silence(facts: Facts, delivery: Delivery, how_long: str) -> Reason:
    since = written(facts.silent_since)
    from_start = facts.silent_since == facts.starts_on and facts.last_word_on != facts.starts_on
    since = f"its start date, {since}" if from_start else since
    clause = f"nobody has given an update since {since}, more than {how_long} ago"
    return Reason(delivery, clause, "Give an update, even if nothing has changed.")
