"""A session from signing in until it ends: what is written in it, and the middleware that ends it."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY, logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people.sessions import ended, is_to_be_noted

TIMES = "sitting"
WHY = "ended"
ELSEWHERE = "You were signed out because the pass phrase was changed or the account was closed. Sign in again to go on."


def begin(session: SessionBase, *, at: datetime) -> None:
    """Write down that the session begins."""
    session[TIMES] = [at.timestamp(), at.timestamp()]


def why_ended(session: SessionBase) -> str:
    """Why whoever is asked to sign in was signed out, told once."""
    return str(session.pop(WHY)) if WHY in session else ""


class Sitting:
    """Ends a session that has lasted long enough; the sign-in page then says why, and so does the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Asked before the person is, because Django then silently empties a session whose pass phrase was changed.
        if SESSION_KEY in request.session and (sentence := _look(request, now=timezone.now())):
            logout(request)
            request.session[WHY] = sentence
            request.why_ended = sentence  # type: ignore[attr-defined]
        return self.get_response(request)


def _look(request: Any, *, now: datetime) -> str | None:
    if not request.user.is_authenticated:
        return ELSEWHERE
    if TIMES not in request.session:
        begin(request.session, at=now)
    since, seen = (datetime.fromtimestamp(at, UTC) for at in request.session[TIMES])
    if sentence := ended(since, seen, now):
        return sentence
    if is_to_be_noted(seen, now):
        request.session[TIMES] = [since.timestamp(), now.timestamp()]
    return None
