"""My actions: what needs me, the most pressing first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from monitoring import mine
from monitoring.models import Scheme
from monitoring.views.which import moment
from people.access import allow
from people.roles import Permission


@allow(Permission.UPDATE_OWN)
def my_actions(request: HttpRequest) -> HttpResponse:
    """Every open action that the person leads or updates, in groups."""
    _, today = moment()
    actions = mine.my_actions(request.user, on=today)  # type: ignore[arg-type]
    shown = {
        "groups": mine.grouped(actions),
        "first": mine.next_for(actions, on=today),
        "total": len(actions),
        "pressing": sum(action.need.presses for action in actions),
        "scheme": Scheme.ours().as_rule(),
        "today": today,
    }
    return render(request, "monitoring/my_actions.html", shown)


@allow(Permission.UPDATE_OWN)
def next_action(request: HttpRequest) -> HttpResponse:
    """On from the action that was saved to the next that needs the person; from the last of them, to itself.

    A stop of its own, so that saving does not wait for the list to be read.
    """
    _, today = moment()
    saved = request.session.get("saved", "")
    following = mine.next_for(mine.my_actions(request.user, on=today), on=today, after=saved)  # type: ignore[arg-type]
    if following:
        return redirect("update_action", number=following.number)
    return redirect("action", number=saved) if saved else redirect("my_actions")
