"""The ladder of impact: its rungs, the steps up and the falls between them, and what each step asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from django.db.models import TextChoices

from improvement.timing import counted, days_after, written
from people.days import day_of


class Rung(TextChoices):
    """How far it is shown that an action helped; how it is going is its rating, which is another thing."""

    NONE = "none", "None"
    EVIDENCED = "evidenced", "Evidenced"
    VERIFIED = "verified", "Verified"
    IMPACT_SHOWN = "impact_shown", "Impact shown"
    SUSTAINED = "sustained", "Sustained"

    @property
    def height(self) -> int:
        """Rungs above the ground."""
        return list(Rung).index(self)

    @property
    def meaning(self) -> str:
        return MEANINGS[self]


MEANINGS: Mapping[Rung, str] = MappingProxyType(
    {
        Rung.NONE: "Nothing has been put forward yet to show that it was done.",
        Rung.EVIDENCED: "There is dated evidence that it was done.",
        Rung.VERIFIED: "A theme lead or director who neither leads nor updates it has checked that evidence.",
        Rung.IMPACT_SHOWN: "A measure has moved, or a sample of case audits shows better work with children.",
        Rung.SUSTAINED: "Later evidence shows that the difference has lasted.",
    }
)

ANY_KIND = frozenset({"audit", "data", "childs_voice", "staff", "observation"})
# That children are better off is shown by a measure or by a sample of cases, not by anybody's word.
MEASURED = frozenset({"audit", "data"})


class Who(TextChoices):
    """Whose step it is; who that is for one action is asked at the door."""

    UPDATER = "updater", "whoever may update the action"
    JUDGE = "judge", "a theme lead or director who neither leads nor updates it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step on the ladder: up by evidence of an accepted kind, or down with a reason."""

    leaves: frozenset[Rung]
    arrives: Rung
    made_by: Who
    accepts: frozenset[str] = frozenset()
    needs_reason: bool = False
    must_last: bool = False
    """Whether the evidence must be dated some board cycles after that of the rung below."""


def _up(leaves: Rung, arrives: Rung, *, by: Who, accepts: frozenset[str], must_last: bool = False) -> Step:
    return Step(leaves=frozenset({leaves}), arrives=arrives, made_by=by, accepts=accepts, must_last=must_last)


def _fall(arrives: Rung) -> Step:
    higher = frozenset(rung for rung in Rung if rung.height > arrives.height)
    return Step(leaves=higher, arrives=arrives, made_by=Who.UPDATER, needs_reason=True)


UPS = (
    _up(Rung.NONE, Rung.EVIDENCED, by=Who.UPDATER, accepts=ANY_KIND),
    _up(Rung.EVIDENCED, Rung.VERIFIED, by=Who.JUDGE, accepts=ANY_KIND),
    _up(Rung.VERIFIED, Rung.IMPACT_SHOWN, by=Who.JUDGE, accepts=MEASURED),
    _up(Rung.IMPACT_SHOWN, Rung.SUSTAINED, by=Who.JUDGE, accepts=MEASURED, must_last=True),
)
FALLS = (_fall(Rung.NONE), _fall(Rung.EVIDENCED), _fall(Rung.VERIFIED), _fall(Rung.IMPACT_SHOWN))
STEPS: Mapping[tuple[Rung, Rung], Step] = MappingProxyType(
    {(leaves, step.arrives): step for step in (*UPS, *FALLS) for leaves in Rung if leaves in step.leaves}
)
"""Every step that may be taken, by the rung that it leaves and the one where it arrives."""
ACCEPTED: Mapping[Rung, frozenset[str]] = MappingProxyType({step.arrives: step.accepts for step in UPS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """A step asked for: from one rung to another, on what evidence, and by whom."""

    current: str
    to: str
    on: date
    kind: str = ""
    evidence_dated_on: date | None = None
    evidence_is_of_another: bool = False
    """Whether it is another action’s."""
    by_leads_or_updates: bool = False
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
        or (_reason_objection(climb) if step.needs_reason else None)
        or (_independence_objection(climb) if step.made_by == Who.JUDGE else None)
        or (_evidence_objection(climb, accepted=accepted_kinds[to]) if step.accepts else None)
        or (_lasting_objection(climb, cycles=cycles, cycle_days=cycle_days) if step.must_last else None)
    )


def made_by(current: Rung, to: Rung) -> Who:
    """Whose step it is; of rungs to be skipped, too, it is the judge's to be told that they cannot be."""
    step = STEPS.get((current, to))
    return step.made_by if step else Who.UPDATER if to == current else Who.JUDGE


def offered_from(current: Rung) -> tuple[Rung, ...]:
    """The rungs that a step leads to, the one above first and then those below."""
    return tuple(to for leaves, to in STEPS if leaves == current)


def next_needs(current: Rung, *, impact_shown_on: date | None, cycles: int = 2, cycle_days: int = 42) -> str:
    """What the rung above asks for, in a sentence; empty from the highest."""
    step = next((step for step in UPS if current in step.leaves), None)
    if step is None:
        return ""
    kinds = "" if step.accepts == ANY_KIND else f" ({_kinds(step.accepts)})"
    dated = "with a date of its own"
    if step.must_last and impact_shown_on:
        dated = f"dated {written(sustained_from(impact_shown_on, cycles=cycles, cycle_days=cycle_days))} or later"
    who = step.made_by.label.capitalize()
    return f"Next: {step.arrives.label.lower()}. {who} records it on evidence{kinds} {dated}."


def diagram() -> str:
    """The table as a Mermaid flowchart: each step up a line with what it asks for, each fall a dotted one."""
    names = [f'    {rung.value}["{rung.label}"]' for rung in Rung]
    ups = [
        f"    {leaves.value} -->|{'any evidence' if step.accepts == ANY_KIND else _kinds(step.accepts)}| {to.value}"
        for (leaves, to), step in STEPS.items()
        if step.accepts
    ]
    falls = [f"    {leaves.value} -.-> {to.value}" for (leaves, to), step in STEPS.items() if step in FALLS]
    return "\n".join(["flowchart BT", *names, *ups, *falls, ""])


def asks(step: Step, *, cycles: int = 2) -> str:
    """What the step needs, in a few words."""
    if not step.accepts:
        return "a reason"
    kinds = "of any kind" if step.accepts == ANY_KIND else f"({_kinds(step.accepts)})"
    lasting = f", dated {counted(cycles, 'board cycle')} after the impact was shown" if step.must_last else ""
    return f"dated evidence {kinds}{lasting}"


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
    if not climb.by_leads_or_updates:
        return None
    return (
        "You lead or update this action, so you cannot judge its evidence. "
        "Ask a theme lead or director who does neither."
    )


def _evidence_objection(climb: Climb, *, accepted: frozenset[str]) -> str | None:
    label = Rung(climb.to).label
    if climb.evidence_dated_on is None:
        return f"“{label}” needs evidence with a date of its own. Add it, or choose an item already there."
    if climb.evidence_is_of_another:
        return "That evidence is another action’s. Add this action’s own, or choose an item already there."
    if climb.evidence_dated_on > climb.on:
        return f"{written(climb.evidence_dated_on)}, the date of the evidence, is still to come. Correct it."
    if climb.kind not in accepted:
        return f"Evidence of this kind cannot show “{label}”. Choose an item of another kind: {_kinds(accepted)}."
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


def _kinds(accepted: frozenset[str]) -> str:
    return " or ".join(sorted(kind.replace("_", " ") for kind in accepted))
