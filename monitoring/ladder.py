"""The ladder of impact: its rungs, what each asks for, and when an action may climb or has to fall back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.db.models import TextChoices

from improvement.timing import counted, days_after, written


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
ACCEPTED: Mapping[Rung, frozenset[str]] = MappingProxyType(
    {
        Rung.EVIDENCED: ANY_KIND,
        Rung.VERIFIED: ANY_KIND,
        Rung.IMPACT_SHOWN: MEASURED,
        Rung.SUSTAINED: MEASURED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """A step asked for: from one rung to another, on what evidence, and by whom."""

    current: str
    to: str
    on: date
    kind: str = ""
    evidence_dated_on: date | None = None
    by_leads_or_updates: bool = False
    impact_shown_on: date | None = None
    reason: str = ""


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
    if to.height < current.height:
        return _fall_objection(climb)
    return (
        _step_objection(current, to=to)
        or _independence_objection(climb)
        or _evidence_objection(climb, accepted=accepted_kinds[to])
        or (_lasting_objection(climb, cycles=cycles, cycle_days=cycle_days) if to == Rung.SUSTAINED else None)
    )


def sustained_from(impact_shown_on: date, *, cycles: int, cycle_days: int) -> date:
    """The first day on which evidence can show that the impact has lasted."""
    return days_after(impact_shown_on, cycles * cycle_days)


def _fall_objection(climb: Climb) -> str | None:
    if climb.reason.strip():
        return None
    return f"Say why the impact falls back to “{Rung(climb.to).label}”: what was shown before no longer holds."


def _step_objection(current: Rung, *, to: Rung) -> str | None:
    if to.height == current.height + 1:
        return None
    following = list(Rung)[current.height + 1]
    return (
        f"“{to.label}” is more than one rung above “{current.label}”. "
        f"Take “{following.label}” first, with its own evidence."
    )


def _independence_objection(climb: Climb) -> str | None:
    if Rung(climb.to).height < Rung.VERIFIED.height or not climb.by_leads_or_updates:
        return None
    return (
        "You lead or update this action, so you cannot judge its evidence. "
        "Ask a theme lead or director who does neither."
    )


def _evidence_objection(climb: Climb, *, accepted: frozenset[str]) -> str | None:
    label = Rung(climb.to).label
    if climb.evidence_dated_on is None:
        return f"“{label}” needs evidence with a date of its own. Add it, or choose an item already there."
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
