"""What a step on an action's ladder would be as the rule asks it: from where, on what evidence, and whose it is."""

from datetime import date

from improvement.models import Action
from monitoring.ladder import Climb, Rung, climb_objection
from monitoring.models import Climb as Climbed
from monitoring.models import Evidence, Scheme
from people.days import day_of
from people.models import Person


def step_objection(
    action: Action, rung: str, *, evidence: Evidence | None, by: Person | None, on: date, reason: str
) -> str | None:
    """Why the step cannot be taken, or None if it can: the sentence of `ladder.climb_objection`."""
    climbs = list(action.climbs.select_related("evidence").order_by("at", "id"))
    step = Climb(
        current=climbs[-1].rung if climbs else Rung.NONE,
        to=rung,
        on=on,
        kind=evidence.kind if evidence else "",
        evidence_dated_on=evidence.dated_on if evidence else None,
        by_leads_or_updates=by is not None and leads_or_updates(by, action),
        impact_shown_on=_impact_shown_on(climbs),
        reason=reason,
    )
    scheme = Scheme.ours()
    return climb_objection(step, cycles=scheme.sustained_cycles, cycle_days=scheme.cycle_days)


def leads_or_updates(person: Person, action: Action) -> bool:
    """Whether the person speaks for the action's lead, or updates the action for it."""
    if action.lead.person_id == person.pk:
        return True
    return any(updater.person_id == person.pk for updater in action.updaters.all())


def _impact_shown_on(climbs: list[Climbed]) -> date | None:
    """The day that the evidence of the latest impact speaks of."""
    shown = next((climb for climb in reversed(climbs) if climb.rung == Rung.IMPACT_SHOWN), None)
    if shown is None:
        return None
    return shown.evidence.dated_on if shown.evidence else day_of(shown.at)
