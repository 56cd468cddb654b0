"""Your reminders: what you were told lately, and which reminders you want."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from improvement.models import Action, Plan
from improvement.scope import read_by
from monitoring.models import Notice, Unwanted
from monitoring.reminder_forms import WantedForm
from monitoring.reminding import TABLE, Kind
from monitoring.views.which import moment
from people.access import allow
from people.models import Person
from people.roles import Permission

PAGE = 25


@allow(Permission.UPDATE_OWN)
@require_http_methods(["GET", "POST"])
def reminders(request: HttpRequest) -> HttpResponse:
    """Look, or choose; of what was told, what the person still reads."""
    person: Person = request.user  # type: ignore[assignment]
    now, today = moment()
    form = WantedForm(request.POST or None, unwanted=Unwanted.of(person))
    if form.is_valid() and form.claim(by=person, at=now):
        Unwanted.choose(person, wanted=form.cleaned_data["wanted"], at=now)
    if form.is_bound and not form.errors:
        messages.success(request, "Your choice has been saved.")
        return redirect("reminders")
    read = read_by(person, Action.objects.of(Plan.current()), on=today)
    told = Notice.objects.to(person).about(read).with_actions()
    shown = {
        "form": form,
        "page": Paginator(told, PAGE).get_page(request.GET.get("page")),
        "always": [kind for kind in Kind if not TABLE[kind].optional],
    }
    return render(request, "monitoring/reminders.html", shown, status=400 if form.errors else 200)
