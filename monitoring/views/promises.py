"""Adding an action to the plan, putting one otherwise, and saying what it answers."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from improvement.models import Action, Finding, Plan, Theme
from improvement.permissions import steers
from monitoring import promising
from monitoring.answer_forms import AddForm
from monitoring.deed_forms import AmendForm
from monitoring.permissions import AMENDING, TYING, steer_objection
from monitoring.pick_form import Offer, PickForm
from monitoring.views.asking import done, since
from monitoring.views.deeds import asked_and_sent
from monitoring.views.which import action_numbered, moment
from people.access import allow
from people.roles import Permission

NO_THEME = "Adding an action is for the lead of its theme or a director. Ask one."


@allow(Permission.STEER_THEME)
@asked_and_sent
def add_action(request: HttpRequest) -> HttpResponse:
    """Put a new action into the plan, perhaps from the page of a finding that it answers."""
    plan, by, (_, today) = Plan.current(), _by(request), moment()
    if plan is None:
        return render(request, "no_plan.html", {"heading": "Add an action"})
    themes = steers(by, list(plan.themes.all()), on=today)
    if not themes:
        raise PermissionDenied(NO_THEME)
    findings = _findings(plan)
    first = findings.get(request.GET.get("finding", ""))
    form = AddForm(
        request.POST or None, themes=themes, offered=offers(findings.values(), near=first.theme if first else None),
        ticked=[first.reference] if first else [], initial={"theme": first.theme.slug} if first else {},
    )  # fmt: skip
    made: list[Action] = []
    if not form.is_looking and done(
        request, form, lambda at: made.append(promising.promise(**form.promised(findings), by=by, at=at))
    ):
        return _saved(request, made[0]) if made else redirect("actions")
    return _asked(request, form, "Add an action", submit="Add the action", cancel=_back_to(first))


@allow(Permission.STEER_THEME)
@asked_and_sent
def amend_action(request: HttpRequest, number: str) -> HttpResponse:
    """Put an action's title, words or success otherwise; the former words stay in its history."""
    action = _steered(request, number, deed=AMENDING)
    said = {"title": action.title, "words": action.words, "success": action.success}
    form = AmendForm(request.POST or None, action=action, initial=said)
    if done(request, form, lambda at: action.amend(**form.deed, by=_by(request), at=at)):
        return _saved(request, action)
    return _asked(
        request, form, "Change its words", submit="Save its words", action=action, since=since(form),
        now=[(form.fields[name].label, words) for name, words in said.items()],
    )  # fmt: skip


@allow(Permission.STEER_THEME)
@asked_and_sent
def tie_findings(request: HttpRequest, number: str) -> HttpResponse:
    """Say which findings an action answers."""
    action = _steered(request, number, deed=TYING)
    findings = _findings(action.plan)
    now = [finding.reference for finding in action.findings.all()]
    form = PickForm(request.POST or None, offered=offers(findings.values(), near=action.theme), ticked=now)

    def tie(at: Any) -> None:
        come, gone = ([findings[each] for each in ticks if each in findings] for ticks in (form.come, form.gone))
        promising.tie(action, come=come, gone=gone, by=_by(request), at=at)

    if not form.is_looking and done(request, form, tie):
        return _saved(request, action)
    return _asked(request, form, "Choose what it answers", submit="Save what it answers", action=action)


def offers(findings: Any, *, near: Theme | None) -> list[Offer]:
    """Findings as they are offered, theme by theme; those of one theme stand open."""
    return [
        Offer(
            value=finding.reference, name=finding.number, words=finding.words, group=str(finding.theme),
            note=finding.get_kind_display(), near=finding.theme == near,
        )
        for finding in findings
    ]  # fmt: skip


def _findings(plan: Plan) -> dict[str, Finding]:
    """All that the plan's themes take up, of what the person may see."""
    return {finding.reference: finding for finding in Finding.objects.of(plan).by_theme().select_related("seal")}


def _steered(request: HttpRequest, number: str, *, deed: str) -> Action:
    _, today = moment()
    action = action_numbered(request, number, to_change=request.method == "POST")
    if sentence := steer_objection(_by(request), action, deed=deed, on=today):
        raise PermissionDenied(sentence)
    return action


def _saved(request: HttpRequest, action: Action) -> HttpResponse:
    request.session["saved"] = action.number
    return redirect("action", number=action.number)


def _asked(
    request: HttpRequest, form: Any, heading: str, *, submit: str, action: Action | None = None,
    cancel: Sequence[str] = ("actions",), **more: Any,
) -> HttpResponse:  # fmt: skip
    if form.is_bound:
        form.renew()
    shown = {"form": form, "heading": heading, "submit": submit, "action": action, "cancel": cancel, **more}
    return render(request, "monitoring/promise.html", shown, status=form.status)


def _back_to(finding: Finding | None) -> Sequence[str]:
    """The address from which somebody came, by its name and what stands in it."""
    return ("finding", finding.reference) if finding else ("actions",)


def _by(request: HttpRequest) -> Any:
    """Whoever has come in by the door."""
    return request.user
