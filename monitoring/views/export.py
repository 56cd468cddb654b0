"""The list of actions as a spreadsheet: the same filters, the same day and the same reader as the page."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from improvement.models import Plan
from monitoring import listing
from monitoring.filters import StandingFilter
from monitoring.models import Scheme
from monitoring.sheet import export
from monitoring.views.which import moment
from people.access import allow
from people.roles import Permission

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow(Permission.READ_PLAN)
@require_safe
def actions_xlsx(request: HttpRequest) -> HttpResponse:
    """As an Excel workbook."""
    key = Scheme.ours().as_rule().whole_key()
    return _exported(request, "xlsx", _WORKBOOK, partial(export.as_workbook, key=key))


@allow(Permission.READ_PLAN)
@require_safe
def actions_csv(request: HttpRequest) -> HttpResponse:
    """As a csv."""
    return _exported(request, "csv", "text/csv; charset=utf-8", export.as_csv)


def _exported(
    request: HttpRequest, kind: str, content_type: str, written: Callable[[list[list[export.Value]]], bytes]
) -> HttpResponse:
    plan, (_, today) = Plan.current(), moment()
    if plan is None:
        return redirect("actions")
    read = listing.standings_read_by(request.user, plan, on=today)  # type: ignore[arg-type]
    by: Any = request.user
    asked = StandingFilter(request.GET, queryset=read, today=today, plan=plan, scheme=Scheme.ours(), reader=by)
    if asked.day is None:
        # The page says what is wrong with what was asked.
        return redirect(f"{reverse('actions')}?{request.GET.urlencode()}")
    try:
        file = written(export.rows(asked.qs, on=asked.day, names=asked.names))
    except export.TooMany as sentence:
        return render(request, "errors/409.html", {"sentence": str(sentence)}, status=409)
    disposition = f'attachment; filename="actions-{asked.day.isoformat()}.{kind}"'
    return HttpResponse(file, content_type=content_type, headers={"Content-Disposition": disposition})
