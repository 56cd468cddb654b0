"""The resources secured by a day with what they come to, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from improvement.models import Plan
from improvement.scope import themes_of
from monitoring import listing, register
from monitoring.models import Resource, Scheme
from monitoring.permissions import tied_objection
from monitoring.register_filters import ResourceFilter
from monitoring.views.which import moment
from people.access import allow
from people.roles import Permission
from sources.models import Seal


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
    found = resource_called(request, reference)
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


def resource_called(request: HttpRequest, reference: str, *, to_change: bool = False) -> Resource:
    """The resource of the address, held against others while it is changed; else 404."""
    _, today = moment()
    read = register.resources_read_by(_by(request), Plan.current(), on=today)
    if to_change:
        read = read.select_for_update(of=("self",), no_key=True)
    return get_object_or_404(read.select_related("lead__person", "plan"), reference=reference)


def _by(request: HttpRequest) -> Any:
    """Whoever has come in by the door."""
    return request.user
