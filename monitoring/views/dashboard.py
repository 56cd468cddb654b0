"""The board's dashboard, as at any day since the plan was adopted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from improvement.models import Plan
from monitoring import charts
from monitoring.dashboard import dashboard as composed
from monitoring.filters import DayForm
from people.access import allow
from people.days import day_of
from people.roles import Permission


@allow(Permission.READ_DASHBOARD)
def dashboard(request: HttpRequest) -> HttpResponse:
    """Where the plan stood on the day, by theme: delivery and impact beside each other."""
    plan, today = Plan.current(), day_of(timezone.now())
    if plan is None:
        return render(request, "monitoring/no_plan.html", {"heading": "Dashboard"})
    form = DayForm(request.GET, today=today, plan=plan)
    shown = composed(plan, on=form.day, today=today) if form.day else None
    chart = charts.columns(shown.trend, shown.ratings) if shown else ""
    return render(
        request,
        "monitoring/dashboard.html",
        {"plan": plan, "today": today, "form": form, "shown": shown, "chart": chart},
    )
