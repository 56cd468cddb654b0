"""Giving an action its update: words, milestones reached, and perhaps a move."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from improvement.lifecycle import Who
from improvement.models import Action, Refused
from monitoring import progress
from monitoring.forms import LAST_WORDS_AGAIN, UpdateForm
from monitoring.models import Scheme
from monitoring.permissions import moves_of, update_objection
from monitoring.rungs import leads_or_updates
from monitoring.views.which import action_numbered, just_saved, moment
from people.access import allow
from people.models import Person
from people.roles import Permission
from sources.openly import Quoted, said_openly

BEHIND = (
    "Somebody has changed this action since you opened it, so yours is not saved yet. "
    "Read what they said; if your words still hold, save again."
)


@allow(Permission.UPDATE_OWN)
@require_http_methods(["GET", "POST"])
def update_action(request: HttpRequest, number: str) -> HttpResponse:
    """The form, and what becomes of it."""
    sent = request.method == "POST"
    action = action_numbered(request, number, to_change=sent)
    form = _form(request, action)
    if sent and form.is_valid() and _given(form, by=request.user):  # type: ignore[arg-type]
        request.session["saved"] = action.number
        theirs = leads_or_updates(request.user, action)  # type: ignore[arg-type]
        return redirect("next_action") if theirs else redirect("action", number=action.number)
    return _shown(request, action, form)


def _form(request: HttpRequest, action: Action) -> UpdateForm:
    _, today = moment()
    if sentence := update_objection(request.user, action, on=today):  # type: ignore[arg-type]
        raise PermissionDenied(sentence)
    moves = tuple(m for m in moves_of(request.user, action, on=today) if m.made_by == Who.UPDATER)  # type: ignore[arg-type]
    last_words = action.updates.values_list("words", flat=True).first() or ""
    given = request.POST if request.method == "POST" else None
    return UpdateForm(given, action=action, moves=moves, last_words=last_words)


def _given(form: UpdateForm, *, by: Person) -> bool:
    """Whether all of it is saved; if not, none of it is, and the form says why."""
    now, _ = moment()
    try:
        with said_openly(form.why_openly):
            _give(form, by=by, at=now)
    except Behind:
        form.add_error(None, BEHIND)
    except Quoted as quoted:
        form.ask_why_openly(str(quoted))
    except Refused as refused:
        of_words = form.says_nothing_new or not form.cleaned_data["words"].strip()
        form.add_error("words" if of_words else "move", str(refused))
    return not form.errors


def _give(form: UpdateForm, *, by: Person, at: datetime) -> None:
    if not form.claim(by=by, at=at):
        return
    if form.behind:
        raise Behind
    if form.says_nothing_new:
        raise Refused(LAST_WORDS_AGAIN)
    progress.update(form.action, by=by, at=at, reached=form.reached, **form.deed)


class Behind(Exception):
    """Somebody else changed the action after this form was opened."""


def _shown(request: HttpRequest, action: Action, form: UpdateForm) -> HttpResponse:
    _, today = moment()
    if form.is_bound:
        # What was begun and then undone moved it and counted its version up, in this copy of it alone.
        action.refresh_from_db(fields=["status", "version"])
    behind = form.behind
    if form.is_bound:
        form.renew(version=action.version)
    shown = {
        "action": action,
        "form": form,
        "since": action.lines.select_related("by").order_by("-at", "-id")[:behind] if behind else [],
        "last": action.updates.select_related("by").first(),
        "standing": action.standings.on(today).first(),
        "scheme": Scheme.ours().as_rule(),
    }
    if not form.is_bound and (saved := just_saved(request)):
        shown |= {"saved": saved, "saved_standing": saved.standings.on(today).first()}
    return render(request, "monitoring/update.html", shown, status=_status(form, behind))


def _status(form: UpdateForm, behind: int) -> int:
    if not form.is_bound:
        return 200
    return 409 if behind or form.is_stopped or "move" in form.errors else 400
