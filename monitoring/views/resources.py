"""The resources secured by a day with what they come to, the page of one, and what can be done with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from improvement.models import Plan
from improvement.scope import themes_of
from monitoring import listing, register
from monitoring import register_forms as ask
from monitoring.models import Resource, Scheme
from monitoring.permissions import tied_objection
from monitoring.register_filters import ResourceFilter
from monitoring.views.asking import done
from monitoring.views.deeds import asked_and_sent
from monitoring.views.risk_deeds import asked, demand_one_of, leads, offered
from monitoring.views.which import moment
from people.access import allow
from people.roles import Permission
from sources.models import Seal

Deed = Callable[[datetime], object]


@allow(Permission.READ_PLAN)
@require_safe
def resources(request: HttpRequest) -> HttpResponse:
    """Money and posts secured, the newest first, and their sums."""
    plan, (now, today) = Plan.current(), moment()
    if plan is None:
        return render(request, "no_plan.html", {"heading": "Resources"})
    found = asked_for(request, plan)
    may_secure = tied_objection(_by(request), plan.themes.all(), deed="", on=today) is None
    shown = {"plan": plan, "today": today, "form": found.form, "on": found.day, "page": None, "now": now}
    if found.day:
        page = Paginator(found.qs, register.PAGE).get_page(request.GET.get("page"))
        shown |= {
            "page": page,
            "rows": list(register.with_purchases(page.object_list, on=found.day)),
            "totals": register.totals(found.qs),
            "chips": listing.chips(found.form, request.GET, today=today),
            "query": listing.query(found.form, request.GET),
            "held": Seal.objects.held(),
        }
    return render(request, "monitoring/resources.html", shown | {"may_secure": may_secure})


def asked_for(request: HttpRequest, plan: Plan) -> ResourceFilter:
    """The list as the address asks for it."""
    reader, (_, today) = _by(request), moment()
    read = register.resources_read_by(reader, plan, on=today)
    themes = themes_of(plan, reader, on=today)
    return ResourceFilter(request.GET, queryset=read, today=today, plan=plan, themes=themes)


@allow(Permission.READ_PLAN)
@require_safe
def resource(request: HttpRequest, reference: str) -> HttpResponse:
    """What was secured, what for, and what it has bought."""
    now, today = moment()
    found = _called(request, reference)
    themes = [tie.theme for tie in found.theme_ties.select_related("theme")]
    shown = {
        "resource": found,
        "themes": themes,
        "purchases": list(found.purchases.select_related("by")),
        "standings": register.standings_of(found, _by(request), on=today),
        "scheme": Scheme.ours().as_rule(),
        "lines": list(register.lines_read(found, _by(request), on=today)),
        "may": tied_objection(_by(request), themes, deed="", on=today) is None,
        "terms": register.terms_of(found),
        "now": now,
    }
    return render(request, "monitoring/resource.html", shown)


@allow(Permission.STEER_THEME)
@asked_and_sent
def secure_resource(request: HttpRequest) -> HttpResponse:
    """Record what has been secured."""
    plan = get_object_or_404(Plan, pk=getattr(Plan.current(), "pk", None))
    initial = {"actions": request.GET.get("action", ""), "themes": request.GET.getlist("theme")}
    form = ask.ResourceForm(request.POST or None, initial=initial, leads=leads(), **offered(request, plan))
    secured: list[Resource] = []

    def secure(at: datetime) -> None:
        demand_one_of(request, form.cleaned_data["themes"], deed="Recording a resource")
        secured.append(Resource.secure(plan, **form.deed, by=_by(request), at=at))

    if done(request, form, secure):
        return redirect("resource", reference=secured[0].reference) if secured else redirect("resources")
    return asked(request, form, "Record a resource", submit="Record the resource", kind="resources")


@allow(Permission.STEER_THEME)
@asked_and_sent
def buy(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what it has bought."""
    found = _to_change(request, reference, deed="Saying what a resource bought")
    form = ask.BuyForm(request.POST or None)
    deed: Deed = lambda at: found.buy(**form.deed, by=_by(request), at=at)  # noqa: E731
    return _told(request, found, form, deed, "Say what it has bought", submit="Save")


@allow(Permission.STEER_THEME)
@asked_and_sent
def tie_resource(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what it is for."""
    found = _to_change(request, reference, deed="Tying a resource")
    form = ask.TiesForm(request.POST or None, of=found, **offered(request, found.plan))
    deed: Deed = lambda at: found.tie(**form.deed, by=_by(request), at=at)  # noqa: E731
    return _told(request, found, form, deed, "Say what it bears upon", submit="Save")


@allow(Permission.STEER_THEME)
@asked_and_sent
def correct_resource(request: HttpRequest, reference: str) -> HttpResponse:
    """Put right what was recorded."""
    found = _to_change(request, reference, deed="Correcting a resource")
    form = ask.CorrectResourceForm(request.POST or None, of=found, leads=leads())
    deed: Deed = lambda at: found.correct(**form.deed, by=_by(request), at=at)  # noqa: E731
    return _told(request, found, form, deed, "Correct the resource", submit="Save the correction")


def _called(request: HttpRequest, reference: str, *, to_change: bool = False) -> Resource:
    """The resource of the address, held against others while it is changed; else 404."""
    _, today = moment()
    read = register.resources_read_by(_by(request), Plan.current(), on=today)
    if to_change:
        read = read.select_for_update(of=("self",), no_key=True)
    return get_object_or_404(read.select_related("lead__person", "plan"), reference=reference)


def _to_change(request: HttpRequest, reference: str, *, deed: str) -> Resource:
    found = _called(request, reference, to_change=request.method == "POST")
    demand_one_of(request, found.themes.all(), deed=deed)
    return found


def _told(request: HttpRequest, found: Resource, form: Any, deed: Deed, heading: str, *, submit: str) -> HttpResponse:
    if done(request, form, deed):
        return redirect("resource", reference=found.reference)
    return asked(request, form, heading, submit=submit, kind="resources", record=found)


def _by(request: HttpRequest) -> Any:
    """Whoever has come in by the door."""
    return request.user
