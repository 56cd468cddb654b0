"""My actions: what needs me, the most pressing first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

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
