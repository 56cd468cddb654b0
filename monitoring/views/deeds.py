"""What can be done with an action besides updating and moving it: each deed a page that asks, and becomes one line."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from improvement.models import Action
from monitoring import date_forms, lead_forms, progress
from monitoring import deed_forms as ask
from monitoring.ladder import offered_from
from monitoring.models import Scheme
from monitoring.permissions import (
    ANSWERING_A_REQUEST,
    HANDING_OVER,
    LETTING_THE_RULE_RATE,
    MOVING_A_DATE,
    SETTING_ASIDE,
    rung_objection,
    rungs_of,
    steer_objection,
    update_objection,
)
from monitoring.rungs import climbs_of, next_rung, rung_of
from monitoring.views.asking import done, since
from monitoring.views.which import action_numbered, latest_meetings, moment, next_board_on
from people.access import allow
from people.models import Person
from people.roles import Permission

asked_and_sent = require_http_methods(["GET", "POST"])
Objection = Callable[..., str | None]


@allow(Permission.UPDATE_OWN)
@asked_and_sent
def add_evidence(request: HttpRequest, number: str) -> HttpResponse:
    """Put forward evidence."""
    action = _action(request, number, unless=update_objection)
    form = ask.EvidenceForm(request.POST or None, request.FILES or None)
    if done(request, form, lambda at: progress.show(action, **form.deed, by=_by(request), at=at)):
        return _back(request, action)
    return _shown(request, action, form, "Add evidence", submit="Add the evidence")


@allow(Permission.UPDATE_OWN)
@asked_and_sent
def add_version(request: HttpRequest, number: str, reference: str) -> HttpResponse:
    """Put a newer version of a file beside the former ones."""
    action = _action(request, number, unless=update_objection)
    evidence = get_object_or_404(action.evidence, reference=reference)
    form = ask.VersionForm(request.POST or None, request.FILES or None)
    if done(request, form, lambda at: progress.exhibit(evidence, **form.deed, by=_by(request), at=at)):
        return _back(request, action)
    return _shown(request, action, form, f"Add a version of “{evidence.title}”", submit="Add the version")


@allow(Permission.UPDATE_OWN)
@asked_and_sent
def set_impact(request: HttpRequest, number: str) -> HttpResponse:
    """Record a rung of the ladder reached, or fallen to."""
    action = _action(request, number, unless=update_objection)
    _, today = moment()
    current = rung_of(action)
    rungs = rungs_of(_by(request), action, current=current, on=today)
    not_yours = rung_objection(_by(request), action, offered_from(current)[0], current=current, on=today)
    form = ask.RungForm(request.POST or None, action=action, rungs=rungs, not_yours=not_yours)
    if done(request, form, lambda at: progress.climb(action, **form.deed, by=_by(request), at=at)):
        return _back(request, action)
    return _shown(
        request, action, form, "Record how far impact is shown", submit="Record the impact",
        needs=next_rung(climbs_of(action), scheme=Scheme.ours()), not_yours=not_yours,
    )  # fmt: skip


@allow(Permission.UPDATE_OWN)
@asked_and_sent
def add_wait(request: HttpRequest, number: str) -> HttpResponse:
    """Say what the action waits for."""
    action = _action(request, number, unless=update_objection)
    form = ask.WaitForm(request.POST or None)
    if done(request, form, lambda at: progress.block(action, **form.deed, by=_by(request), at=at)):
        return _back(request, action)
    return _shown(request, action, form, "Record what it waits for", submit="Save what it waits for")


@allow(Permission.UPDATE_OWN)
@asked_and_sent
def end_wait(request: HttpRequest, number: str) -> HttpResponse:
    """Say that a wait is over."""
    action = _action(request, number, unless=update_objection)
    form = ask.WaitOverForm(request.POST or None, action=action)
    if done(request, form, lambda at: progress.unblock(form.chosen, by=_by(request), at=at)):
        return _back(request, action)
    return _shown(request, action, form, "Record that a wait is over", submit="It has come")


@allow(Permission.UPDATE_OWN)
@asked_and_sent
def add_milestone(request: HttpRequest, number: str) -> HttpResponse:
    """Add a step on the way."""
    action = _action(request, number, unless=update_objection)
    form = ask.StepForm(request.POST or None)
    if done(request, form, lambda at: progress.plan_step(action, **form.deed, by=_by(request), at=at)):
        return _back(request, action)
    return _shown(request, action, form, "Add a milestone", submit="Add the milestone")


@allow(Permission.STEER_THEME)
@asked_and_sent
def override_rating(request: HttpRequest, number: str) -> HttpResponse:
    """Set the rule's rating aside for a while."""
    action = _action(request, number, unless=_steers(SETTING_ASIDE))
    _, today = moment()
    form = ask.OverrideForm(
        request.POST or None, scheme=Scheme.ours().as_rule(), initial={"until_on": next_board_on(today)}
    )
    if done(request, form, lambda at: progress.override(action, **form.deed, by=_by(request), at=at)):
        return _back(request, action)
    return _shown(request, action, form, "Set the rating aside", submit="Rate it so")


@allow(Permission.STEER_THEME)
@asked_and_sent
def end_override(request: HttpRequest, number: str) -> HttpResponse:
    """Let the rule rate it again, before the day agreed."""
    action = _action(request, number, unless=_steers(LETTING_THE_RULE_RATE))
    form = ask.EndForm(request.POST or None)
    if done(request, form, lambda at: progress.end_override(action, **form.deed, by=_by(request), at=at)):
        return _back(request, action)
    return _shown(request, action, form, "Let the rule rate it again", submit="End the override")


@allow(Permission.UPDATE_OWN)
@asked_and_sent
def ask_extension(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the theme lead for a later date."""
    action = _action(request, number, unless=update_objection)
    form = date_forms.AskForm(request.POST or None)
    if done(request, form, lambda at: progress.ask_extension(action, **form.deed, by=_by(request), at=at)):
        return _back(request, action)
    return _shown(request, action, form, "Ask for a later date", submit="Ask the theme lead")


@allow(Permission.STEER_THEME)
@asked_and_sent
def answer_extension(request: HttpRequest, number: str) -> HttpResponse:
    """Agree to the later date that was asked for, or decline it."""
    action = _action(request, number, unless=_steers(ANSWERING_A_REQUEST))
    asked = action.extensions.waiting().select_related("asked_by").first()
    if asked is None:
        return redirect("action", number=action.number)
    _, today = moment()
    form = date_forms.AnswerForm(request.POST or None, asked=asked, meetings=latest_meetings(today))
    if done(request, form, lambda at: progress.answer_extension(asked, **form.deed, by=_by(request), at=at)):
        return _back(request, action)
    return _shown(request, action, form, "A later date is asked for", submit="Answer", asked=asked)


@allow(Permission.STEER_THEME)
@asked_and_sent
def revise_date(request: HttpRequest, number: str) -> HttpResponse:
    """Move the due date, with its reason and perhaps the meeting where it was agreed."""
    action = _action(request, number, unless=_steers(MOVING_A_DATE))
    _, today = moment()
    form = date_forms.ReviseForm(request.POST or None, meetings=latest_meetings(today))
    if done(request, form, lambda at: progress.revise(action, **form.deed, by=_by(request), at=at)):
        return _back(request, action)
    return _shown(request, action, form, "Move its due date", submit="Move the date")


@allow(Permission.STEER_THEME)
@asked_and_sent
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Say who leads the action, and who updates it."""
    action = _action(request, number, unless=_steers(HANDING_OVER))
    _, today = moment()
    people = Person.objects.who_may(Permission.UPDATE_OWN, on=today)
    form = lead_forms.LeadForm(request.POST or None, action=action, people=people)
    if done(request, form, lambda at: progress.hand_over(action, **form.deed, by=_by(request), at=at)):
        return _back(request, action)
    return _shown(
        request, action, form, "Change who leads or updates it", submit="Save the change", since=since(form)
    )  # fmt: skip


def _steers(deed: str) -> Objection:
    def objection(person: Any, action: Action, *, on: date) -> str | None:
        return steer_objection(person, action, deed=deed, on=on)

    return objection


def _action(request: HttpRequest, number: str, *, unless: Objection) -> Action:
    """The action, held while it is changed. Raises PermissionDenied with the sentence of the objection."""
    _, today = moment()
    action = action_numbered(request, number, to_change=request.method == "POST")
    if sentence := unless(request.user, action, on=today):
        raise PermissionDenied(sentence)
    return action


def _back(request: HttpRequest, action: Action) -> HttpResponse:
    request.session["saved"] = action.number
    return redirect("action", number=action.number)


def _shown(
    request: HttpRequest, action: Action, form: Any, heading: str, *, submit: str, **more: Any
) -> HttpResponse:  # fmt: skip
    """The page that asks, perhaps again."""
    _, today = moment()
    if form.is_bound:
        form.renew()
    shown = {
        "action": action,
        "form": form,
        "heading": heading,
        "submit": submit,
        "standing": action.standings.on(today).first(),
        "scheme": Scheme.ours().as_rule(),
        **more,
    }
    return render(request, "monitoring/deed.html", shown, status=form.status)


def _by(request: HttpRequest) -> Any:
    """Whoever has come in by the door."""
    return request.user
