"""One action: what was promised, where it stands and why, and everything that has been said and done."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from improvement.lifecycle import UNDELIVERED, objection
from improvement.models import Action, ActionLine
from improvement.timing import late, lateness, slippage
from improvement.working_days import Calendar
from monitoring import mine, register
from monitoring.ladder import Rung
from monitoring.models import Scheme, our_calendar
from monitoring.permissions import moves_of, rungs_of, steer_objection, update_objection
from monitoring.rungs import climbs_of, next_rung, told
from monitoring.views.which import action_numbered, moment
from people.access import allow
from people.days import day_of
from people.roles import Permission

ANY_REASON = "to be asked for"
LATEST = 5
"""How many updates are shown before the earlier ones are folded away."""


@allow(Permission.READ_PLAN)
def action(request: HttpRequest, number: str) -> HttpResponse:
    """The page of one action; straight after a change it begins with what the change has done."""
    _, today = moment()
    found = action_numbered(request, number)
    standing = found.standings.on(today).first()
    rung = Rung(standing.rung) if standing else Rung.NONE
    scheme = Scheme.ours()
    record = _record(found, scheme=scheme, on=today)
    shown = {
        "standing": standing,
        "rung": rung,
        "scheme": scheme.as_rule(),
        "today": today,
        **record,
        **register.bearing_on(found, request.user, on=today),  # type: ignore[arg-type]
        "may_tie": steer_objection(request.user, found, deed="", on=today) is None,  # type: ignore[arg-type]
        **_choices(request.user, found, record=record, rung=rung, on=today),
    }
    if request.session.pop("saved", None) == found.number:
        shown |= {"saved": True, "next": _next(request.user, after=found.number, on=today)}
    return render(request, "monitoring/action.html", shown)


def _next(person: Any, *, after: str, on: date) -> mine.Mine | None:
    return mine.next_for(mine.my_actions(person, on=on), on=on, after=after)


def _record(action: Action, *, scheme: Scheme, on: date) -> dict[str, Any]:
    updates = list(action.updates.select_related("by"))
    lines = list(action.lines.select_related("by").order_by("-at", "-id"))
    climbs = climbs_of(action)
    calendar = our_calendar()
    return (
        {
            "action": action,
            "milestones": [(m, late(m.due_on, on=on, calendar=calendar)) for m in action.milestones.all()],
            "blockers": sorted(action.blockers.all(), key=lambda blocker: blocker.cleared_on is not None),
            "findings": list(action.findings.in_order().select_related("source")),  # type: ignore[attr-defined]
            "evidence": list(action.evidence.select_related("added_by").prefetch_related("exhibits__added_by")),
            "updates": updates[:LATEST],
            "earlier": updates[LATEST:],
            "lines": lines,
            "needs": next_rung(climbs, scheme=scheme),
            "climbs": told(climbs),
        }
        | _dates(action, lines=lines, calendar=calendar, on=on)
    )


def _ended_on(action: Action, lines: list[ActionLine]) -> date | None:
    """The day it was last delivered or withdrawn, if it is either: lateness stops there."""
    if action.status in UNDELIVERED:
        return None
    return next((day_of(line.at) for line in lines if line.verb in ("deliver", "withdraw")), None)


def _dates(action: Action, *, lines: list[ActionLine], calendar: Calendar, on: date) -> dict[str, Any]:
    revisions = list(action.revisions.select_related("by", "meeting__body"))
    ended_on = _ended_on(action, lines) or on
    return {
        "revisions": revisions,
        "asked": action.extensions.waiting().select_related("asked_by").first(),
        "slippage": slippage(action.first_due_on, revised_to=[r.to_on for r in revisions], calendar=calendar),
        "lateness": lateness(action.due_on, first_due_on=action.first_due_on, on=ended_on, calendar=calendar),
    }


def _choices(person: Any, action: Action, *, record: dict[str, Any], rung: str, on: date) -> dict[str, Any]:
    moves = moves_of(person, action, on=on)
    why_not = update_objection(person, action, on=on)
    return {
        "why_not": why_not,
        "deeds": list(_deeds(person, action, may_update=why_not is None, record=record, rung=rung, on=on)),
        "moves": [(move, objection(action.status, move, reason=ANY_REASON, rung=rung)) for move in moves],
    }


def _deeds(
    person: Any, action: Action, *, may_update: bool, record: dict[str, Any], rung: str, on: date
) -> Iterator[tuple[str, str]]:
    """What else the person can do with it now: the name of each address, and its words."""
    if may_update:
        yield "add_evidence", "Add evidence"
    if rungs_of(person, action, current=rung, on=on):
        yield "set_impact", "Record how far impact is shown"
    steers = steer_objection(person, action, deed="", on=on) is None
    if steers:
        yield "hand_over", "Change who leads or updates it"
        yield "tie_findings", "Choose what it answers"
        yield "amend_action", "Change its words"
    undelivered = action.status in UNDELIVERED
    if may_update and undelivered:
        yield "add_milestone", "Add a milestone"
        yield "add_wait", "Record what it waits for"
    if may_update and any(wait.cleared_on is None for wait in record["blockers"]):
        yield "end_wait", "Record that a wait is over"
    if not undelivered:
        return
    if steers:
        if record["asked"]:
            yield "answer_extension", "Answer the request for a later date"
        else:
            yield "revise_date", "Move its due date"
        yield "override_rating", "Set the rating aside for a while"
        if action.overrides.in_force(on=on):
            yield "end_override", "Let the rule rate it again"
    elif may_update and not record["asked"]:
        yield "ask_extension", "Ask for a later date"
