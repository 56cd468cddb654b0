"""What answers what: findings and what stands behind them, and the actions that answer nothing."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from improvement.models import Plan
from monitoring import coverage as covering
from monitoring.coverage_form import CoverageForm
from monitoring.covering import MEANINGS, Cover
from monitoring.models import Scheme
from monitoring.scheme import UNRATED, Delivery
from monitoring.sheet import coverage_export as export
from monitoring.views.which import moment
from people.access import allow
from people.roles import Permission

PAGE = 20
LACKS: dict[str, tuple[str, Callable[..., Any]]] = {
    "findings": ("Actions that answer nothing", covering.untied),
    "success": ("Actions that do not say how anyone will know that they helped", covering.unmeasured),
}
"""What an action may lack, by the word of the address."""
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow(Permission.READ_PLAN)
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Each finding with its reply, its actions and what shows them; above them the counts, each a link to its rows."""
    plan, (_, today) = Plan.current(), moment()
    if plan is None:
        return render(request, "no_plan.html", {"heading": "What answers what"})
    rows = covering.coverage(_by(request), plan, on=today)
    form = CoverageForm(request.GET, rows=rows)
    page = Paginator(form.picked, PAGE).get_page(request.GET.get("page"))
    shown = {
        "plan": plan, "today": today, "form": form, "page": page, "query": urlencode(form.query),
        "covers": list(Cover), "meanings": MEANINGS, "names": _names(),
        "themes": covering.by_theme(rows), "documents": covering.by_document(rows), "total": covering.total(rows),
        "lacks": [(word, said, of(_by(request), plan, on=today).count()) for word, (said, of) in LACKS.items()],
    }  # fmt: skip
    return render(request, "monitoring/coverage.html", shown)


@allow(Permission.READ_PLAN)
@require_safe
def lacking(request: HttpRequest) -> HttpResponse:
    """The actions that lack something that every action should have."""
    plan, (_, today) = Plan.current(), moment()
    lack = request.GET.get("lack", "findings")
    if plan is None or lack not in LACKS:
        return redirect("coverage")
    heading, of = LACKS[lack]
    page = Paginator(of(_by(request), plan, on=today), PAGE).get_page(request.GET.get("page"))
    return render(request, "monitoring/lacking.html", {"heading": heading, "lack": lack, "page": page})


@allow(Permission.READ_PLAN)
@require_safe
def coverage_xlsx(request: HttpRequest) -> HttpResponse:
    """What is on the page, all its pages, as an Excel workbook."""
    return _exported(request, "xlsx", _WORKBOOK, export.as_workbook)


@allow(Permission.READ_PLAN)
@require_safe
def coverage_csv(request: HttpRequest) -> HttpResponse:
    """The same as a csv."""
    return _exported(request, "csv", "text/csv; charset=utf-8", export.as_csv)


def _exported(
    request: HttpRequest, kind: str, content_type: str, written: Callable[[Any], bytes]
) -> HttpResponse:  # fmt: skip
    plan, (_, today) = Plan.current(), moment()
    if plan is None:
        return redirect("coverage")
    form = CoverageForm(request.GET, rows=covering.coverage(_by(request), plan, on=today))
    if not form.is_valid():
        # The page says what is wrong with what was asked.
        return redirect(f"{reverse('coverage')}?{request.GET.urlencode()}")
    file = written(export.rows(form.picked, names=_names(), on=today))
    disposition = f'attachment; filename="coverage-{today.isoformat()}.{kind}"'
    return HttpResponse(file, content_type=content_type, headers={"Content-Disposition": disposition})


def _names() -> dict[str, str]:
    """The council's own words for ratings."""
    words = Scheme.ours().as_rule()
    return {rating.value: words.name(rating) for rating in Delivery} | {UNRATED: "Not rated"}


def _by(request: HttpRequest) -> Any:
    """Whoever has come in by the door."""
    return request.user
