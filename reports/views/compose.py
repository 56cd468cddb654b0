"""Composing a paper from the records."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from improvement.models import Plan, Refused
from monitoring.models import Visit
from people.access import allow
from people.models import Body, Meeting
from people.roles import Permission
from reports.compose import compose
from reports.forms import ComposeForm
from reports.models import Paper
from reports.permissions import compose_objection
from reports.views.which import moment
from sources.openly import Quoted, said_openly
from sources.seals import acting_as

NEXT = 6
"""So many meetings ahead are offered."""


@allow(Permission.COMPOSE_PAPERS)
@require_http_methods(["GET", "POST"])
def compose_paper(request: HttpRequest) -> HttpResponse:
    """The form, and then the draft."""
    plan = Plan.current()
    if plan is None:
        return render(request, "no_plan.html", {"heading": "Compose a paper"})
    form = _form(request, plan)
    if request.method == "POST" and form.is_valid() and (reference := _composed(form, by=request.user)):
        return redirect("paper", reference=reference)
    if form.is_bound:
        form.renew()
    status = 409 if form.is_stopped else 400 if form.errors else 200
    return render(request, "reports/compose.html", {"form": form}, status=status)


def _form(request: HttpRequest, plan: Plan) -> ComposeForm:
    _, today = moment()
    with acting_as(None):  # a paper rests on a visit that everybody may know of
        visits = list(Visit.objects.order_by("-ordinal"))
    coming = Meeting.objects.of(Body.Kind.EXECUTIVE).from_day(today).select_related("body")[:NEXT]
    objections = {meeting: compose_objection(request.user, meeting.body, on=today) for meeting in coming}  # type: ignore[arg-type]
    if objections and all(objections.values()):
        raise PermissionDenied(next(iter(objections.values())))
    meetings = [meeting for meeting, objection in objections.items() if not objection]
    given = request.POST if request.method == "POST" else None
    return ComposeForm(given, visits=visits, meetings=meetings, adopted_on=plan.adopted_on, today=today)


def _composed(form: ComposeForm, *, by: Any) -> str:
    """The reference of the draft; nothing where the form has to be shown again."""
    now, _ = moment()
    try:
        with said_openly(form.why_openly):  # a key whose deed was refused may be used again
            if form.claim(by=by, at=now):
                return compose(form.commission, by=by, at=now).reference
    except Refused as refused:
        form.add_error(None, str(refused))
        return ""
    except Quoted as quoted:
        form.ask_why_openly(str(quoted))
        return ""
    if form.errors:
        return ""
    made = Paper.objects.drafts().last_composed_by(by)  # the form came twice: this is what it made
    return made.reference if made else ""
