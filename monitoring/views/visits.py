"""Ofsted's monitoring visits; their letters and findings come only with the seals that the reader may open."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from monitoring.models import Visit
from monitoring.visiting import findings_of, letter_of, with_letters
from people.access import allow
from people.roles import Permission


@allow(Permission.READ_PLAN)
def visits(request: HttpRequest) -> HttpResponse:
    """Every visit since the inspection, the latest first."""
    return render(request, "monitoring/visits.html", {"visits": with_letters(), "now": timezone.now()})


@allow(Permission.READ_PLAN)
def visit(request: HttpRequest, reference: str) -> HttpResponse:
    """One visit: what inspectors looked at, and, for those who may see it, what their letter says."""
    found = get_object_or_404(Visit.objects.select_related("inspection__source"), reference=reference)
    letter = letter_of(found)
    shown = {"visit": found, "letter": letter, "findings": findings_of(letter), "now": timezone.now()}
    return render(request, "monitoring/visit.html", shown)
