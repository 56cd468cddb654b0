"""Making one move of an action, with its reason."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from improvement.lifecycle import MOVES, Move, objection
from improvement.models import Action, Refused
from monitoring import progress
from monitoring.forms import MoveForm
from monitoring.models import Scheme
from monitoring.permissions import move_objection
from monitoring.views.which import action_numbered, moment
from people.access import allow
from people.models import Person
from people.roles import Permission
from sources.openly import Quoted, said_openly


@allow(Permission.UPDATE_OWN)
@require_http_methods(["GET", "POST"])
def make_move(request: HttpRequest, number: str) -> HttpResponse:
    """The page that asks why, and what becomes of it."""
    sent = request.method == "POST"
    action = action_numbered(request, number, to_change=sent)
    move = _asked(request, action)
    form = MoveForm(request.POST if sent else None, move=move)
    refusal = _made(form, action, move, by=request.user) if sent and form.is_valid() else ""  # type: ignore[arg-type]
    if sent and not form.errors and not refusal:
        request.session["saved"] = action.number
        return redirect("action", number=action.number)
    return _shown(request, action, move, form, refusal)


def _asked(request: HttpRequest, action: Action) -> Move:
    given = request.POST if request.method == "POST" else request.GET
    move = MOVES.get(given.get("move", ""))
    if move is None:
        raise Http404
    _, today = moment()
    if sentence := move_objection(request.user, action, move, on=today):  # type: ignore[arg-type]
        raise PermissionDenied(sentence)
    return move


def _made(form: MoveForm, action: Action, move: Move, *, by: Person) -> str:
    """Make the move; the table's sentence where it may not be made."""
    now, _ = moment()
    try:
        with said_openly(form.why_openly):
            if form.claim(by=by, at=now):
                progress.make(action, move.key, by=by, at=now, reason=form.cleaned_data["reason"])
    except Refused as refused:
        return str(refused)
    except Quoted as quoted:
        form.ask_why_openly(str(quoted))
        action.refresh_from_db(fields=["status", "version"])  # what was begun and then undone moved this copy of it
    return ""


def _shown(request: HttpRequest, action: Action, move: Move, form: MoveForm, refusal: str) -> HttpResponse:
    _, today = moment()
    standing = action.standings.on(today).first()
    rung = standing.rung if standing else "none"
    sentence = refusal or objection(action.status, move, reason="to be asked for", rung=rung)
    if form.is_bound:
        form.renew()
    shown = {
        "action": action,
        "move": move,
        "form": form,
        "sentence": sentence,
        "standing": standing,
        "still_open": [m for m in action.milestones.all() if m.done_on is None],
        "scheme": Scheme.ours().as_rule(),
    }
    status = 409 if sentence or form.is_stopped else 400 if form.is_bound else 200
    return render(request, "monitoring/move.html", shown, status=status)
