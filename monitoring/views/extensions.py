"""The table of extensions requested: who asked for how much later, and what became of it."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from improvement.models import Action, Extension, Plan
from improvement.scope import read_by
from monitoring.models import our_calendar
from monitoring.permissions import steer_objection
from monitoring.views.which import moment
from people.access import allow
from people.roles import Permission

PAGE = 25


@allow(Permission.READ_PLAN)
def extensions(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, and then, a page at a time, what has been answered."""
    _, today = moment()
    read = read_by(request.user, Action.objects.of(Plan.current()), on=today)  # type: ignore[arg-type]
    asked, calendar = Extension.objects.about(read).with_people(), our_calendar().lenient()
    page = Paginator(asked.answered(), PAGE).get_page(request.GET.get("page"))

    def slip(one: Extension) -> int:
        return calendar.between(one.from_on, one.to_on)

    def mine_to_answer(one: Extension) -> bool:
        answers = steer_objection(request.user, one.action, deed="", on=today) is None  # type: ignore[arg-type]
        return answers and one.asked_by != request.user

    shown = {
        "waiting": [(one, slip(one), mine_to_answer(one)) for one in asked.waiting()],
        "answered": [(one, slip(one)) for one in page],
        "page": page,
    }
    return render(request, "monitoring/extensions.html", shown)
