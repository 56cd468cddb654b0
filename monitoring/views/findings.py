"""What is done with a finding: a reply, the actions that answer it, and a notice's requirement taken up."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from improvement.models import Action, Finding, Plan, Response
from improvement.permissions import steers, theme_objection
from improvement.scope import reads_theme
from monitoring import promising
from monitoring.answer_forms import RequirementForm, ResponseForm
from monitoring.pick_form import Offer, PickForm
from monitoring.views.asking import done
from monitoring.views.deeds import asked_and_sent
from monitoring.views.which import moment
from monitoring.visiting import ASKING, next_number
from people.access import allow
from people.roles import Permission
from sources.models import Source


@allow(Permission.STEER_THEME)
@asked_and_sent
def respond(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept a finding, accept it in part, or decline it."""
    finding, (_, today) = _finding(request, reference), moment()
    if sentence := theme_objection(_by(request), finding.theme, deed="Replying to a finding", on=today):
        raise PermissionDenied(sentence)
    form = ResponseForm(request.POST or None)
    if done(request, form, lambda at: Response.give(finding, **form.deed, by=_by(request), at=at)):
        return redirect("finding", reference=finding.reference)
    return _asked(request, form, "Accept or decline it", submit="Save the reply", finding=finding)


@allow(Permission.STEER_THEME)
@asked_and_sent
def tie_actions(request: HttpRequest, reference: str) -> HttpResponse:
    """Say which actions of the themes that one leads answer a finding."""
    finding, (_, today), by = _finding(request, reference), moment(), _by(request)
    themes = steers(by, list(finding.theme.plan.themes.all()), on=today)
    offered = Action.objects.under_any(themes).in_order().select_related("theme", "lead")
    actions = {action.number: action for action in offered}
    tied = {action.number for action in finding.actions.all()}
    form = PickForm(
        request.POST or None, offered=[_offer(a, finding) for a in actions.values()], ticked=sorted(tied & set(actions))
    )

    def tie(at: Any) -> None:
        come, gone = ([actions[each] for each in ticks if each in actions] for ticks in (form.come, form.gone))
        promising.tie_to(finding, come=come, gone=gone, by=by, at=at)

    if not form.is_looking and done(request, form, tie):
        return redirect("finding", reference=finding.reference)
    return _asked(request, form, "Choose which actions answer it", submit="Save what answers it", finding=finding)


@allow(Permission.RECEIVE_DOCUMENTS)
@asked_and_sent
def require(request: HttpRequest, reference: str) -> HttpResponse:
    """Take up one requirement of a notice that is recorded here."""
    plan, notice = Plan.current(), get_object_or_404(Source, reference=reference)
    if plan is None or notice.kind not in ASKING:
        raise Http404
    form = RequirementForm(
        request.POST or None, themes=list(plan.themes.all()), initial={"number": next_number(notice)}
    )  # fmt: skip
    if done(request, form, lambda at: Finding.require(notice, **form.deed, by=_by(request), at=at)):
        return redirect("inspection")
    return _asked(request, form, "Add a requirement", submit="Add the requirement", notice=notice)


def _finding(request: HttpRequest, reference: str) -> Finding:
    _, today = moment()
    found = get_object_or_404(Finding.objects.select_related("source", "theme__plan", "seal"), reference=reference)
    if not reads_theme(_by(request), found.theme, on=today):
        raise Http404
    return found


def _offer(action: Action, finding: Finding) -> Offer:
    return Offer(
        value=action.number, name=action.number, words=action.title, group=str(action.theme),
        note=f"{action.lead.name}, {action.get_status_display().lower()}", near=action.theme == finding.theme,
    )  # fmt: skip


def _asked(
    request: HttpRequest, form: Any, heading: str, *, submit: str, finding: Finding | None = None,
    notice: Source | None = None,
) -> HttpResponse:  # fmt: skip
    if form.is_bound:
        form.renew()
    shown = {"form": form, "heading": heading, "submit": submit, "finding": finding, "notice": notice}
    return render(request, "monitoring/finding_deed.html", shown, status=form.status)


def _by(request: HttpRequest) -> Any:
    """Whoever has come in by the door."""
    return request.user
