"""The bodies' meetings, for the clerk who keeps them and everyone who reads papers."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from people.access import allow
from people.models import Meeting
from people.roles import Permission
from reports.meetings import diary, sitting
from reports.views.which import moment


@allow(Permission.READ_PAPERS)
def meetings(request: HttpRequest) -> HttpResponse:
    """What is to come and what has been, with their papers."""
    _, today = moment()
    return render(request, "reports/meetings.html", {"diary": diary(on=today), "today": today})


@allow(Permission.READ_PAPERS)
def meeting(request: HttpRequest, body: str, on: date) -> HttpResponse:
    """One meeting of one body."""
    _, today = moment()
    found = get_object_or_404(Meeting.objects.select_related("body"), body__slug=body, held_on=on)
    shown = {
        "sitting": sitting(found, on=today),
        "members": list(found.body.memberships.order_by("position", "name")),
        "today": today,
    }
    return render(request, "reports/meeting.html", shown)
