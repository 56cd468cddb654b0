"""What can be done with a risk: each deed a page that asks, and becomes one line of its history."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from improvement.models import Action, Lead, Plan, Theme
from improvement.scope import read_by, themes_of
from monitoring import register_forms as ask
from monitoring.models import Risk
from monitoring.permissions import tied_objection
from monitoring.views.asking import done
from monitoring.views.deeds import asked_and_sent
from monitoring.views.risks import risk_called
from monitoring.views.which import moment
from people.access import allow
from people.roles import Permission

Deed = Callable[[datetime], object]


@allow(Permission.STEER_THEME)
@asked_and_sent
def raise_risk(request: HttpRequest) -> HttpResponse:
    """Put a risk on the register."""
    plan = get_object_or_404(Plan, pk=getattr(Plan.current(), "pk", None))
    initial = {"actions": request.GET.get("action", ""), "themes": request.GET.getlist("theme")}
    form = ask.RiskForm(request.POST or None, initial=initial, leads=leads(), **offered(request, plan))
    raised: list[Risk] = []

    def enter(at: datetime) -> None:
        demand_one_of(request, form.cleaned_data["themes"], deed="Raising a risk")
        raised.append(Risk.enter(plan, **form.deed, by=_by(request), at=at))

    if done(request, form, enter):
        return redirect("risk", reference=raised[0].reference) if raised else redirect("risks")
    return asked(request, form, "Raise a risk", submit="Raise the risk", kind="risks")


@allow(Permission.STEER_THEME)
@asked_and_sent
def assess_risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Judge it anew."""
    risk = _risk(request, reference, deed="Assessing a risk")
    form = ask.AssessForm(request.POST or None, former=risk.assessments.first())
    deed: Deed = lambda at: risk.assess(**form.deed, by=_by(request), at=at)  # noqa: E731
    return _told(request, risk, form, deed, "Assess the risk", submit="Save the assessment")


@allow(Permission.STEER_THEME)
@asked_and_sent
def tie_risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what it bears upon."""
    risk = _risk(request, reference, deed="Tying a risk")
    form = ask.TiesForm(request.POST or None, of=risk, **offered(request, risk.plan))
    deed: Deed = lambda at: risk.tie(**form.deed, by=_by(request), at=at)  # noqa: E731
    return _told(request, risk, form, deed, "Choose what it bears upon", submit="Save")


@allow(Permission.STEER_THEME)
@asked_and_sent
def correct_risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Put its words right, or say who leads it."""
    risk = _risk(request, reference, deed="Correcting a risk")
    form = ask.CorrectRiskForm(request.POST or None, of=risk, leads=leads())
    deed: Deed = lambda at: risk.correct(**form.deed, by=_by(request), at=at)  # noqa: E731
    return _told(request, risk, form, deed, "Correct the risk", submit="Save the correction")


@allow(Permission.STEER_THEME)
@asked_and_sent
def close_risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it off the register."""
    risk = _risk(request, reference, deed="Closing a risk")
    form = ask.ReasonForm(request.POST or None)
    deed: Deed = lambda at: risk.close(**form.deed, by=_by(request), at=at)  # noqa: E731
    return _told(request, risk, form, deed, "Close the risk", submit="Close the risk")


@allow(Permission.STEER_THEME)
@asked_and_sent
def reopen_risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Put it on the register again."""
    risk = _risk(request, reference, deed="Reopening a risk")
    form = ask.ReasonForm(request.POST or None)
    deed: Deed = lambda at: risk.reopen(**form.deed, by=_by(request), at=at)  # noqa: E731
    return _told(request, risk, form, deed, "Reopen the risk", submit="Reopen the risk")


def offered(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """The themes and actions that a record may be tied to: those that the person reads."""
    _, today = moment()
    reader = _by(request)
    return {
        "themes": themes_of(plan, reader, on=today),
        "actions": read_by(reader, Action.objects.of(plan), on=today),
    }


def leads() -> list[Lead]:
    """Everyone who may answer for something."""
    return list(Lead.objects.all())


def demand_one_of(request: HttpRequest, themes: Iterable[Theme], *, deed: str) -> None:
    """Raise PermissionDenied with the sentence unless one of the themes is the person's to steer."""
    _, today = moment()
    if sentence := tied_objection(_by(request), themes, deed=deed, on=today):
        raise PermissionDenied(sentence)


def asked(
    request: HttpRequest, form: Any, heading: str, *, submit: str, kind: str, record: Any = None
) -> HttpResponse:  # fmt: skip
    """The page that asks, perhaps again; `kind` is the address of the list."""
    if form.is_bound:
        form.renew()
    shown = {"form": form, "heading": heading, "submit": submit, "record": record, "kind": kind}
    return render(request, "monitoring/register_deed.html", shown, status=form.status)


def _risk(request: HttpRequest, reference: str, *, deed: str) -> Risk:
    """The risk, held while it is changed, if the deed is the person's to do."""
    risk = risk_called(request, reference, to_change=request.method == "POST")
    demand_one_of(request, risk.themes.all(), deed=deed)
    return risk


def _told(request: HttpRequest, risk: Risk, form: Any, deed: Deed, heading: str, *, submit: str) -> HttpResponse:
    if done(request, form, deed):
        return redirect("risk", reference=risk.reference)
    return asked(request, form, heading, submit=submit, kind="risks", record=risk)


def _by(request: HttpRequest) -> Any:
    """Whoever has come in by the door."""
    return request.user
