"""What can be done with a risk: each deed a page that asks, and becomes one line of its history."""

from django.http import HttpRequest, HttpResponse

from monitoring import register_forms as ask
from monitoring.models import Risk
from monitoring.views.deeds import asked_and_sent
from monitoring.views.register_deeds import changed, demand_one_of, entered, leads, offered
from monitoring.views.risks import risk_called
from people.access import allow
from people.roles import Permission


@allow(Permission.STEER_THEME)
@asked_and_sent
def raise_risk(request: HttpRequest) -> HttpResponse:
    """Put a risk on the register."""
    return entered(request, ask.RiskForm, Risk.enter, deed="Raising a risk", heading="Raise a risk", kind="risk")


@allow(Permission.STEER_THEME)
@asked_and_sent
def assess_risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Judge it anew."""
    risk = _to_change(request, reference, deed="Assessing a risk")
    form = ask.AssessForm(request.POST or None, former=risk.assessments.first())
    return changed(request, risk, form, risk.assess, "Assess the risk", submit="Save the assessment")


@allow(Permission.STEER_THEME)
@asked_and_sent
def tie_risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what it bears upon."""
    risk = _to_change(request, reference, deed="Tying a risk")
    form = ask.TiesForm(request.POST or None, of=risk, **offered(request, risk.plan))
    return changed(request, risk, form, risk.tie, "Choose what it bears upon", submit="Save")


@allow(Permission.STEER_THEME)
@asked_and_sent
def correct_risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Put its words right, or say who leads it."""
    risk = _to_change(request, reference, deed="Correcting a risk")
    form = ask.CorrectRiskForm(request.POST or None, of=risk, leads=leads())
    return changed(request, risk, form, risk.correct, "Correct the risk", submit="Save the correction")


@allow(Permission.STEER_THEME)
@asked_and_sent
def close_risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it off the register."""
    risk = _to_change(request, reference, deed="Closing a risk")
    form = ask.ReasonForm(request.POST or None)
    return changed(request, risk, form, risk.close, "Close the risk", submit="Close the risk")


@allow(Permission.STEER_THEME)
@asked_and_sent
def reopen_risk(request: HttpRequest, reference: str) -> HttpResponse:
    """Put it on the register again."""
    risk = _to_change(request, reference, deed="Reopening a risk")
    form = ask.ReasonForm(request.POST or None)
    return changed(request, risk, form, risk.reopen, "Reopen the risk", submit="Reopen the risk")


def _to_change(request: HttpRequest, reference: str, *, deed: str) -> Risk:
    """The risk, held while it is changed, if the deed is the person's to do."""
    risk = risk_called(request, reference, to_change=request.method == "POST")
    demand_one_of(request, risk.themes.all(), deed=deed)
    return risk
