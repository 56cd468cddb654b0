"""Where an action stands on its ladder, and what a step would be as the rule asks it: on what, by whom, from when."""

from datetime import date, datetime
from typing import TypedDict

from improvement.models import Action
from monitoring.climbing import Climb, climb_objection, next_needs
from monitoring.ladder import Rung
from monitoring.models import Climb as Climbed
from monitoring.models import Evidence, Scheme
from people.days import day_of
from people.models import Person


def rung_of(action: Action) -> Rung:
    """The rung that the action stands on."""
    latest = action.climbs.last()
    return Rung(latest.rung) if latest else Rung.NONE


def step_objection(
    action: Action, rung: str, *, evidence: Evidence | None, by: Person, at: datetime, reason: str
) -> str | None:
    """Why the step cannot be taken, or None if it can: the sentence of `climbing.climb_objection`."""
    climbs = climbs_of(action)
    step = Climb(
        current=climbs[-1].rung if climbs else Rung.NONE,
        to=rung,
        on=day_of(at),
        kind=evidence.kind if evidence else "",
        evidence_dated_on=evidence.dated_on if evidence else None,
        evidence_is_of_another=evidence is not None and evidence.action_id != action.pk,
        by_leads_or_updates=leads_or_updates(by, action),
        by_added_it=evidence is not None and evidence.added_by_id == by.pk,
        impact_shown_on=_impact_shown_on(climbs),
        reason=reason,
        at=at,
        current_since=climbs[-1].at if climbs else None,
    )
    return climb_objection(step, **_lasting(Scheme.ours()))


def next_rung(climbs: list[Climbed], *, scheme: Scheme) -> str:
    """What the next rung needs, in the ladder's sentence; empty where there is none above."""
    current = Rung(climbs[-1].rung) if climbs else Rung.NONE
    return next_needs(current, impact_shown_on=_impact_shown_on(climbs), **_lasting(scheme))


def climbs_of(action: Action) -> list[Climbed]:
    """Every rung climbed or lost, the first one first."""
    return list(action.climbs.select_related("evidence", "by").order_by("at", "id"))


def told(climbs: list[Climbed]) -> list[tuple[Climbed, bool]]:
    """Each climb with whether it was a fall, the latest first."""
    before = [Rung.NONE, *(Rung(climb.rung) for climb in climbs)]
    return [(climb, Rung(climb.rung).height < was.height) for was, climb in zip(before, climbs, strict=False)][::-1]


def leads_or_updates(person: Person, action: Action) -> bool:
    """Whether the person speaks for the action's lead, or updates the action for it."""
    if action.lead.person_id == person.pk:
        return True
    return any(updater.person_id == person.pk for updater in action.updaters.all())


class _Lasting(TypedDict):
    """How long an impact must last to be sustained."""

    cycles: int
    cycle_days: int


def _lasting(scheme: Scheme) -> _Lasting:
    return _Lasting(
        cycles=scheme.sustained_cycles,
        cycle_days=scheme.cycle_days,
    )


def _impact_shown_on(climbs: list[Climbed]) -> date | None:
    """The day that the evidence of the latest impact speaks of."""
    shown = next((climb for climb in reversed(climbs) if climb.rung == Rung.IMPACT_SHOWN), None)
    if shown is None:
        return None
    return shown.evidence.dated_on if shown.evidence else day_of(shown.at)
