"""The outbox of reminders, for the administrator: to whom, when and with what success, and never a word of the plan."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from improvement.models import Refused
from monitoring import posting
from monitoring.models import Digest, Reminding
from monitoring.reminder_forms import DaysForm
from monitoring.reminding import stopped
from monitoring.views.which import moment
from people.access import allow
from people.days import day_of
from people.forms import OnceForm
from people.models import Person
from people.roles import Permission

PAGE = 50
MOST_AT_ONCE = 50
"""So many mails are sent while an administrator's browser waits; the rest go by night, or at the next press."""


@allow(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def outbox(request: HttpRequest) -> HttpResponse:
    """What waits and what was sent; and the council's numbers of days."""
    person: Person = request.user  # type: ignore[assignment]
    _, today = moment()
    ours = Reminding.ours()
    form = DaysForm(request.POST or None, ours=ours)
    if _settled(form, ours, by=person):
        messages.success(request, "The days have been saved. They hold from the next run.")
        return redirect("outbox")
    shown = {
        "form": form,
        "send": OnceForm(),
        "ran_at": ours.ran_at,
        "stopped": stopped(ours.ran_at and day_of(ours.ran_at), on=today),
        "no_server": "" if settings.EMAIL_HOST else posting.NO_SERVER,
        "waiting": Digest.objects.waiting().count(),
        "page": Paginator(Digest.objects.with_people(), PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "monitoring/outbox.html", shown, status=form.status if form.is_bound else 200)


@allow(Permission.MANAGE_PEOPLE)
@require_POST
def send_now(request: HttpRequest) -> HttpResponse:
    """Run the nightly job now, once this request is kept: each mail is a transaction of its own."""
    person: Person = request.user  # type: ignore[assignment]
    now, _ = moment()
    form = OnceForm(request.POST)
    if form.is_valid() and form.claim(by=person, at=now):
        transaction.on_commit(partial(posting.run, at=now, most=MOST_AT_ONCE))
        messages.success(request, "The job has run. This page shows what became of each digest.")
    return redirect("outbox")


def _settled(form: DaysForm, ours: Reminding, *, by: Person) -> bool:
    """Whether the days are kept, now or before; if not, the form says why."""
    if not form.is_valid():
        return False
    now, _ = moment()
    try:
        with transaction.atomic():
            if form.claim(by=by, at=now):
                ours.settle(form.days, by=by, at=now)
    except Refused as refused:
        form.add_error(None, str(refused))
    return not form.errors
