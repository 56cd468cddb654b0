"""The list of the plan's actions, as they stood on any day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from improvement.models import Plan
from monitoring import listing
from monitoring.filters import StandingFilter
from monitoring.ladder import Rung
from monitoring.models import Scheme, our_calendar
from people.access import allow
from people.days import day_of
from people.roles import EVERYWHERE, Permission


@allow(Permission.READ_PLAN)
def actions(request: HttpRequest) -> HttpResponse:
    """A page of actions, narrowed and ordered as asked."""
    plan, today = Plan.current(), day_of(timezone.now())
    may_load = request.user.may(Permission.LOAD_PLAN, on=today, scope=EVERYWHERE)  # type: ignore[union-attr]
    if plan is None:
        return render(request, "no_plan.html", {"heading": "Actions", "may_load": may_load})
    read = listing.standings_read_by(request.user, plan, on=today)  # type: ignore[arg-type]
    scheme = Scheme.ours()
    asked = StandingFilter(request.GET, queryset=read, today=today, plan=plan, scheme=scheme)
    shown = {"plan": plan, "today": today, "form": asked.form, "on": asked.day, "page": None, "may_load": may_load}
    shown["may_add"] = request.user.may(Permission.STEER_THEME, on=today)  # type: ignore[union-attr]
    if asked.day:
        page = listing.pages(asked.qs).page_of(request.GET.get("page", ""))
        found = list(page.object_list)
        shown |= {
            "page": page,
            "rows": listing.rows(found[: listing.PAGE], on=asked.day, calendar=our_calendar()),
            "more": len(found) > listing.PAGE,
            "chips": listing.chips(asked.form, request.GET, today=today),
            "orders": listing.orders(asked.form, request.GET),
            "query": listing.query(asked.form, request.GET),
            "names": asked.names,
            "rungs": dict(Rung.choices),
            "soon": scheme.due_soon_days,
            "now": timezone.now(),
        }
    return render(request, "monitoring/actions.html", shown)
