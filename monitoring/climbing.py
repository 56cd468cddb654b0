"""Whether an action may take a step on its ladder of impact, and what the next one needs: sentences, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from improvement.timing import counted, days_after, written
from monitoring.ladder import ACCEPTED, ANY_KIND, STEPS, UPS, Rung, Who, kinds, offered_from
from people.days import day_of

ANOTHERS = "That evidence is another action’s. Add this action’s own, or choose an item already there."


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """A step asked for: from one rung to another, on what evidence, and by whom."""

    current: str
    to: str
    on: date
    kind: str = ""
    evidence_dated_on: date | None = None
    evidence_is_of_another: bool = False
    by_leads_or_updates: bool = False
    by_added_it: bool = False
    """Whether whoever takes the step put the evidence forward."""
    impact_shown_on: date | None = None
    reason: str = ""
    at: datetime | None = None
    current_since: datetime | None = None
    """The instant from which the current rung is recorded, where it is asked whether the step comes after it."""


def climb_objection(
    climb: Climb,
    *,
    accepted_kinds: Mapping[Rung, frozenset[str]] = ACCEPTED,
    cycles: int = 2,
    cycle_days: int = 42,
) -> str | None:
    """Why the step cannot be taken and what to do instead, or None if it can."""
    current, to = Rung(climb.current), Rung(climb.to)
    if to == current:
        return f"The impact is already “{to.label}”. Choose another rung."
    step = STEPS.get((current, to))
    if step is None:
        return _too_high(current, to=to)
    return (
        _order_objection(climb)
        or (ANOTHERS if climb.evidence_is_of_another else None)
        or (_reason_objection(climb) if step.needs_reason else None)
        or (_independence_objection(climb) if step.made_by == Who.JUDGE else None)
        or (_evidence_objection(climb, accepted=accepted_kinds[to]) if step.accepts else None)
        or (_lasting_objection(climb, cycles=cycles, cycle_days=cycle_days) if step.must_last else None)
    )


def next_needs(current: Rung, *, impact_shown_on: date | None, cycles: int = 2, cycle_days: int = 42) -> str:
    """What the rung above asks for, in a sentence; empty from the highest."""
    step = next((step for step in UPS if current in step.leaves), None)
    if step is None:
        return ""
    narrowed = "" if step.accepts == ANY_KIND else f" ({kinds(step.accepts)})"
    dated = "with a date of its own"
    if step.must_last and impact_shown_on:
        dated = f"dated {written(sustained_from(impact_shown_on, cycles=cycles, cycle_days=cycle_days))} or later"
    who = step.made_by.label.capitalize()
    return f"Next: {step.arrives.label.lower()}. {who} records it on evidence{narrowed} {dated}."


def sustained_from(impact_shown_on: date, *, cycles: int, cycle_days: int) -> date:
    """The first day on which evidence can show that the impact has lasted."""
    return days_after(impact_shown_on, cycles * cycle_days)


def _too_high(current: Rung, *, to: Rung) -> str:
    following = offered_from(current)[0]
    return (
        f"“{to.label}” is more than one rung above “{current.label}”. "
        f"Take “{following.label}” first, with its own evidence."
    )


def _order_objection(climb: Climb) -> str | None:
    if not climb.at or not climb.current_since or climb.at >= climb.current_since:
        return None
    return (
        f"“{Rung(climb.current).label}” was recorded later than that, on {written(day_of(climb.current_since))}. "
        "Record each rung after the one before it."
    )


def _reason_objection(climb: Climb) -> str | None:
    if climb.reason.strip():
        return None
    return f"Say why the impact falls back to “{Rung(climb.to).label}”: what was shown before no longer holds."


def _independence_objection(climb: Climb) -> str | None:
    if climb.by_leads_or_updates:
        return (
            "You lead or update this action, so you cannot judge its evidence. "
            "Ask a theme lead or director who does neither."
        )
    if climb.by_added_it:
        return "You added this evidence yourself, so you cannot judge it. Ask another theme lead or a director."
    return None


def _evidence_objection(climb: Climb, *, accepted: frozenset[str]) -> str | None:
    label = Rung(climb.to).label
    if climb.evidence_dated_on is None:
        return f"“{label}” needs evidence with a date of its own. Add it, or choose an item already there."
    if climb.evidence_dated_on > climb.on:
        return f"{written(climb.evidence_dated_on)}, the date of the evidence, is still to come. Correct it."
    if climb.kind not in accepted:
        return f"Evidence of this kind cannot show “{label}”. Choose an item of another kind: {kinds(accepted)}."
    return None


def _lasting_objection(climb: Climb, *, cycles: int, cycle_days: int) -> str | None:
    if climb.impact_shown_on is None:
        return "It is not recorded when the impact was shown. Record that rung first."
    first = sustained_from(climb.impact_shown_on, cycles=cycles, cycle_days=cycle_days)
    if climb.evidence_dated_on and climb.evidence_dated_on >= first:
        return None
    return (
        f"The impact was shown on {written(climb.impact_shown_on)}. To show that it has lasted for "
        f"{counted(cycles, 'board cycle')}, choose evidence dated {written(first)} or later."
    )
