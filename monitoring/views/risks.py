"""The register of risks as at a day with its matrix, and the page of one risk."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from improvement.models import Plan
from improvement.scope import themes_of
from monitoring import listing, register
from monitoring.models import Risk, Scheme
from monitoring.permissions import tied_objection
from monitoring.register_filters import RiskFilter
from monitoring.risks import IMPACTS, LIKELIHOODS, Level, span
from monitoring.views.which import moment
from people.access import allow
from people.roles import Permission
from sources.models import Seal


@allow(Permission.READ_PLAN)
@require_safe
def risks(request: HttpRequest) -> HttpResponse:
    """The risks that stood on the day, the worst first, and how many have each score."""
    plan, (now, today) = Plan.current(), moment()
    if plan is None:
        return render(request, "no_plan.html", {"heading": "Risks"})
    asked = asked_for(request, plan)
    shown = {"plan": plan, "today": today, "form": asked.form, "on": asked.day, "page": None, "now": now}
    if asked.day:
        page = Paginator(asked.qs, register.PAGE).get_page(request.GET.get("page"))
        shown |= {
            "page": page,
            "rows": list(register.with_risks(page.object_list)),
            "matrix": _matrix(request, plan),
            "key": [(level, *span(level)) for level in reversed(Level)],
            "likelihoods": LIKELIHOODS,
            "impacts": IMPACTS,
            "chips": listing.chips(asked.form, request.GET, today=today),
            "query": listing.query(asked.form, request.GET),
            "held": Seal.objects.held(),
        }
    return render(request, "monitoring/risks.html", shown | {"may_raise": _may_raise(request, plan)})


def asked_for(request: HttpRequest, plan: Plan, *, without: tuple[str, ...] = ()) -> RiskFilter:
    """The register as the address asks for it, perhaps without some of its words."""
    reader, (_, today) = _reader(request), moment()
    return RiskFilter(
        {name: value for name, value in request.GET.items() if name not in without},
        queryset=register.assessments_read_by(reader, plan, on=today), today=today, plan=plan,
        themes=themes_of(plan, reader, on=today),
    )  # fmt: skip


def _matrix(request: HttpRequest, plan: Plan) -> list[list[register.Cell]]:
    """Of the list as it is narrowed, but for a cell that was chosen, so that another can be."""
    whole = asked_for(request, plan, without=("likelihood", "impact"))
    kept = {name: request.GET[name] for name in whole.form.fields if request.GET.get(name)}
    return register.matrix(whole.qs, kept=kept)


def _may_raise(request: HttpRequest, plan: Plan) -> bool:
    _, today = moment()
    return tied_objection(_reader(request), plan.themes.all(), deed="", on=today) is None


@allow(Permission.READ_PLAN)
@require_safe
def risk(request: HttpRequest, reference: str) -> HttpResponse:
    """What may happen, how it has been judged, what is done about it and by which actions."""
    now, today = moment()
    found = risk_called(request, reference)
    assessments = list(found.assessments.select_related("by"))
    themes = [tie.theme for tie in found.theme_ties.select_related("theme")]
    shown = {
        "risk": found,
        "latest": assessments[0],
        "assessments": assessments,
        "likelihoods": LIKELIHOODS,
        "impacts": IMPACTS,
        "themes": themes,
        "standings": register.standings_of(found, _reader(request), on=today),
        "scheme": Scheme.ours().as_rule(),
        "lines": list(register.lines_read(found, _reader(request), on=today)),
        "may": tied_objection(_reader(request), themes, deed="", on=today) is None,
        "terms": register.terms_of(found),
        "today": today,
        "now": now,
    }
    return render(request, "monitoring/risk.html", shown)


def risk_called(request: HttpRequest, reference: str, *, to_change: bool = False) -> Risk:
    """The risk of the address, held against others while it is changed; else 404."""
    _, today = moment()
    read = register.risks_read_by(_reader(request), Plan.current(), on=today)
    if to_change:
        read = read.select_for_update(of=("self",), no_key=True)
    return get_object_or_404(read.select_related("lead__person", "plan"), reference=reference)


def _reader(request: HttpRequest) -> Any:
    """Whoever has come in by the door."""
    return request.user
