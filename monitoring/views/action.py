"""One action: what was promised, where it stands and why, and everything that has been said and done."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from improvement.lifecycle import Move, objection
from improvement.models import Action
from improvement.timing import lateness, slippage
from monitoring import mine
from monitoring.ladder import Rung
from monitoring.models import Scheme, Standing, our_calendar
from monitoring.permissions import moves_of, update_objection
from monitoring.views.which import action_numbered, moment
from people.access import allow
from people.models import Person
from people.roles import Permission

ANY_REASON = "to be asked for"


@allow(Permission.READ_PLAN)
def action(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one action; straight after a change it begins with what the change has done."""
    _, today = moment()
    found = action_numbered(request, number)
    standing = found.standings.on(today).first()
    shown = _record(found) | _standing(found, standing, on=today) | _choices(request.user, found, standing, on=today)
    if request.session.pop("saved", None) == found.number:
        shown["next"] = mine.next_for(mine.my_actions(request.user, on=today), after=found.number)  # type: ignore[arg-type]
        shown["saved"] = True
    return render(request, "monitoring/action.html", shown)


def _record(action: Action) -> dict[str, Any]:
    updates = list(action.updates.select_related("by"))
    return {
        "action": action,
        "milestones": list(action.milestones.all()),
        "blockers": sorted(action.blockers.all(), key=lambda blocker: blocker.cleared_on is not None),
        "findings": list(action.findings.in_order().select_related("source")),
        "evidence": list(action.evidence.select_related("added_by")),
        "updates": updates[:LATEST],
        "earlier": updates[LATEST:],
        "lines": list(action.lines.select_related("by").order_by("-at", "-id")),
    }


LATEST = 5


def _standing(action: Action, standing: Standing | None, *, on: date) -> dict[str, Any]:
    revisions = list(action.revisions.select_related("by", "meeting__body"))
    ended = standing.from_on if standing and standing.delivery == "blue" else on
    calendar = our_calendar()
    return {
        "standing": standing,
        "today": on,
        "scheme": Scheme.ours().as_rule(),
        "meaning": Rung(standing.rung).meaning if standing else "",
        "revisions": revisions,
        "slippage": slippage(action.first_due_on, revised_to=[revision.to_on for revision in revisions]),
        "lateness": lateness(action.due_on, first_due_on=action.first_due_on, on=ended, calendar=calendar),
        "calendar": calendar.lenient(),
    }


def _choices(person: Any, action: Action, standing: Standing | None, *, on: date) -> dict[str, Any]:
    rung = standing.rung if standing else Rung.NONE.value
    moves = moves_of(person, action, on=on)
    return {
        "may_update": update_objection(person, action, on=on) is None,
        "why_not_update": update_objection(person, action, on=on),
        "moves": [(move, _refused(action, move, rung)) for move in moves],
    }


def _refused(action: Action, move: Move, rung: str) -> str | None:
    return objection(action.status, move, reason=ANY_REASON, rung=rung)
