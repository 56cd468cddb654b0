"""Ofsted's monitoring visits; their letters and findings come only with the seals that the reader may open."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from improvement.scope import answering
from monitoring.correspondence import FOLLOWED_BY, Stage
from monitoring.forms import StageForm
from monitoring.models import Letter, Visit
from monitoring.permissions import letter_objection
from monitoring.views.which import moment
from monitoring.visiting import findings_of, letter_of, with_letters
from people.access import allow
from people.roles import Permission


@allow(Permission.READ_PLAN)
def visits(request: HttpRequest) -> HttpResponse:
    """Every visit since the inspection, the latest first."""
    now, today = moment()
    records = reader(request).may(Permission.RECEIVE_DOCUMENTS, on=today)
    return render(request, "monitoring/visits.html", {"visits": with_letters(), "records": records, "now": now})


@allow(Permission.READ_PLAN)
def visit(request: HttpRequest, reference: str) -> HttpResponse:
    """One visit: what inspectors looked at, and, for those who may see it, what their letter says."""
    found = visit_named(reference)
    letter = letter_of(found)
    return shown(request, found, letter, _what_comes_next(request, letter))


def visit_named(reference: str) -> Visit:
    """The visit, or the 404 that hidden and absent ones share."""
    return get_object_or_404(Visit.objects.select_related("inspection__source"), reference=reference)


def shown(request: HttpRequest, found: Visit, letter: Letter | None, form: StageForm | None) -> HttpResponse:
    """The page of a visit; `form` asks how far its letter has come, where the reader may say so."""
    now, today = moment()
    told = {
        "visit": found,
        "letter": letter,
        "findings": findings_of(letter, by=answering(reader(request), on=today)),
        "records": reader(request).may(Permission.RECEIVE_DOCUMENTS, on=today),
        "form": form,
        "now": now,
    }
    return render(request, "monitoring/visit.html", told, status=200 if form is None else form.status)


def reader(request: HttpRequest) -> Any:
    """Whoever has signed in."""
    return request.user


def _what_comes_next(request: HttpRequest, letter: Letter | None) -> StageForm | None:
    _, today = moment()
    if letter is None or not FOLLOWED_BY[Stage(letter.state)] or letter_objection(reader(request), letter, on=today):
        return None
    return StageForm(stage=letter.state, today=today)
