"""The letter of a visit: recorded as it came, and then how far it has come."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from improvement.models import Refused
from monitoring.forms import LetterForm, StageForm
from monitoring.models import Letter
from monitoring.permissions import letter_objection
from monitoring.views.visits import reader, shown, visit_named
from monitoring.views.which import moment
from monitoring.visiting import letter_of
from people.access import allow
from people.roles import Permission
from sources import models as sources
from sources.clearing import others


@allow(Permission.RECEIVE_DOCUMENTS)
@require_http_methods(["GET", "POST"])
def receive_letter(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the visit's letter, and on what terms; what is read from a sentence is looked at first."""
    visit, by = visit_named(reference), reader(request)
    now, today = moment()
    initial = {"title": f"Letter of monitoring visit {visit.ordinal}", "from_whom": "Ofsted"}
    form = LetterForm(request.POST or None, people=others(by), today=today, initial=initial)
    if not form.awaits_a_look() and _done(request, form, lambda: Letter.receive(visit, **form.received, by=by, at=now)):
        messages.success(request, "The letter has been recorded.")
        return redirect("visit", reference=visit.reference)
    form.renew()
    return render(request, "monitoring/receive_letter.html", {"visit": visit, "form": form}, status=form.status)


@allow(Permission.READ_PLAN)
@require_POST
def move_letter(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how far the letter has come: whoever is cleared on it may, and of an open one whoever records documents."""
    visit, by = visit_named(reference), reader(request)
    now, today = moment()
    letter = letter_of(visit)
    if letter is None:
        raise Http404
    if sentence := letter_objection(by, letter, on=today):
        raise PermissionDenied(sentence)
    form = StageForm(request.POST, stage=letter.state, today=today)
    if _done(request, form, lambda: letter.move(**form.move, by=by, at=now)):
        messages.success(request, "It has been recorded how far the letter has come.")
        return redirect("visit", reference=visit.reference)
    form.renew()
    return shown(request, visit, letter, form)


def _done(request: HttpRequest, form: LetterForm | StageForm, deed: Callable[[], object]) -> bool:
    """Whether it is done, now or before by the same form; if not, nothing is, and the form says why."""
    if not form.is_bound or not form.is_valid():
        return False
    now, _ = moment()
    try:
        with transaction.atomic():
            if form.claim(by=reader(request), at=now):
                deed()
    except (Refused, sources.Refused) as refused:
        form.add_error(None, str(refused))
    return not form.errors
