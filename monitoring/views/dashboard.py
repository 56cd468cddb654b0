"""The board's dashboard, as at any day since the plan was adopted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from improvement.models import Plan
from monitoring import charts
from monitoring.dashboard import Dashboard
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
        return render(request, "no_plan.html", {"heading": "Dashboard"})
    form = DayForm(request.GET, today=today, plan=plan)
    shown = {"plan": plan, "today": today, "form": form, "board": None}
    if form.day:
        board = composed(plan, on=form.day, today=today)
        shown |= {"board": board, "delivery_chart": _delivery(board), "impact_chart": _impact(board)}
    return render(request, "monitoring/dashboard.html", shown)


def _delivery(board: Dashboard) -> str:
    trend = [(month.on, month.counts.delivery) for month in board.trend]
    return charts.columns(trend, [rating.code for rating in board.ratings], finding=board.delivery_finding)


def _impact(board: Dashboard) -> str:
    trend = [(month.on, month.counts.rung) for month in board.trend]
    # The highest rung at the foot, where its growth can be seen.
    return charts.columns(trend, [rung.code for rung in reversed(board.rungs)], finding=board.impact_finding)
