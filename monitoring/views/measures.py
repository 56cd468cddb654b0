"""A measure that the board watches, month by month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from improvement.models import Plan
from improvement.scope import themes_read
from monitoring.measuring import measures_of, readings_of
from people.access import allow
from people.days import day_of
from people.roles import Permission


@allow(Permission.READ_PLAN)
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """What is counted, how, and every figure so far."""
    among = themes_read(request.user, on=day_of(timezone.now()))  # type: ignore[arg-type]
    found = get_object_or_404(measures_of(Plan.current(), among=among), slug=slug)
    return render(request, "monitoring/measure.html", {"measure": found, "readings": list(readings_of(found))})
