"""What every page shows about the council and about whoever is signed in."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from people.days import day_of
from people.models import Council
from people.roles import Permission, ending

NAVIGATION = (
    ("My actions", "my_actions", Permission.UPDATE_OWN),
    ("Dashboard", "dashboard", Permission.READ_DASHBOARD),
    ("Actions", "actions", Permission.READ_PLAN),
    ("Findings", "findings", Permission.READ_PLAN),
    ("Risks", "risks", Permission.READ_PLAN),
    ("Visits", "visits", Permission.READ_PLAN),
    ("Papers", "papers", Permission.READ_PAPERS),
    ("Meetings", "meetings", Permission.READ_PAPERS),
    ("People", "people", Permission.MANAGE_PEOPLE),
)
AT_THE_FOOT = (
    ("Ratings", "rating_scheme", Permission.SETTLE_SCHEME),
    ("What has been done", "audit", Permission.READ_AUDIT),
)
"""Ways that are gone seldom."""
THEIR_OWN = (("Your reminders", "reminders", Permission.UPDATE_OWN),)
"""What somebody settles for themselves, beside how they sign in."""


def page(request: HttpRequest) -> dict[str, Any]:
    """The council, the person and the ways they may go."""
    council = Council.ours()
    return {
        "council": council,
        "demonstration": council.is_demonstration,
        "person": request.user if getattr(request, "user", None) and request.user.is_authenticated else None,
        "navigation": navigation(request),
        "at_the_foot": navigation(request, AT_THE_FOOT),
        "their_own": navigation(request, THEIR_OWN),
        "access_ending": access_ending(request),
        "searches": _searches(request),
    }


def access_ending(request: HttpRequest) -> list[tuple[str, date | None]]:
    """The guest's roles that end soon, each with the first day without it."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    soon = ending(user.holdings, on=day_of(timezone.now()))
    return list(dict.fromkeys((str(holding.role.label).lower(), holding.ends_on) for holding in soon))


def navigation(
    request: HttpRequest, ways: tuple[tuple[str, str, Permission], ...] = NAVIGATION
) -> list[dict[str, Any]]:
    """Of the ways, those that the person's roles open, the current one marked."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    today = day_of(timezone.now())
    open_to = [(text, reverse(name)) for text, name, asks in ways if user.may(asks, on=today)]
    return [{"text": text, "href": href, "active": request.path.startswith(href)} for text, href in open_to]


def _searches(request: HttpRequest) -> bool:
    """Whether the person may search: whoever reads papers reads the plan, so that one permission says it."""
    user: Any = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    return bool(signed_in and user.may(Permission.READ_PLAN, on=day_of(timezone.now())))
