"""The ladder of impact: its rungs, the steps up and the falls between them, and what each step asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import TextChoices

from improvement.timing import counted


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


def made_by(current: Rung, to: Rung) -> Who:
    """Whose step it is; of rungs to be skipped, too, it is the judge's to be told that they cannot be."""
    step = STEPS.get((current, to))
    return step.made_by if step else Who.UPDATER if to == current else Who.JUDGE


def offered_from(current: Rung) -> tuple[Rung, ...]:
    """The rungs that a step leads to, the one above first and then those below."""
    return tuple(to for leaves, to in STEPS if leaves == current)


def diagram() -> str:
    """The table as a Mermaid flowchart: each step up a line with what it asks for, each fall a dotted one."""
    names = [f'    {rung.value}["{rung.label}"]' for rung in Rung]
    ups = [
        f"    {leaves.value} -->|{'any evidence' if step.accepts == ANY_KIND else kinds(step.accepts)}| {to.value}"
        for (leaves, to), step in STEPS.items()
        if step.accepts
    ]
    falls = [f"    {leaves.value} -.-> {to.value}" for (leaves, to), step in STEPS.items() if step in FALLS]
    return "\n".join(["flowchart BT", *names, *ups, *falls, ""])


def asks(step: Step, *, cycles: int = 2) -> str:
    """What the step needs, in a few words."""
    if not step.accepts:
        return "a reason"
    of_kind = "of any kind" if step.accepts == ANY_KIND else f"({kinds(step.accepts)})"
    lasting = (
        f", dated {counted(cycles, 'board cycle')} after the impact was shown (or as many as the council asks)"
        if step.must_last
        else ""
    )
    return f"dated evidence {of_kind}{lasting}"


def kinds(accepted: frozenset[str]) -> str:
    """Kinds of evidence as a sentence names them."""
    return " or ".join(sorted(kind.replace("_", " ") for kind in accepted))
