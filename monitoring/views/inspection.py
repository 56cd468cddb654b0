"""The inspection that the plan answers, and what it set going."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from improvement.frameworks import VERSIONS
from improvement.models import Plan
from improvement.scope import answering, themes_read
from monitoring.duties import timeline
from monitoring.visiting import intervention, notices
from people.access import allow
from people.days import day_of
from people.roles import Permission


@allow(Permission.READ_PLAN)
def inspection(request: HttpRequest) -> HttpResponse:
    """Judgements, dates, the history of intervention, and the clocks with their law."""
    plan, today = Plan.current(), day_of(timezone.now())
    reader: Any = request.user
    if plan is None:
        raise Http404
    found = plan.inspection
    instruments = intervention(found)
    return render(
        request,
        "monitoring/inspection.html",
        {
            "plan": plan,
            "inspection": found,
            "framework": next((v for v in VERSIONS if v.key == found.framework), None),
            "instruments": instruments,
            "timeline": timeline(found, instruments, on=today),
            "today": today,
            "notices": notices(among=themes_read(reader, on=today), by=answering(reader, on=today)),
            "may_require": request.user.may(Permission.RECEIVE_DOCUMENTS, on=today),  # type: ignore[union-attr]
        },
    )
