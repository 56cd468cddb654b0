"""The door that every view has: who is asking, and whether their role lets them in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from people.days import day_of
from people.models import Person, Token
from people.roles import Permission, refusal

View = Callable[..., HttpResponse]


def allow(permission: Permission) -> Callable[[View], View]:
    """Let in whoever holds the permission today, over any scope; turn others away with a sentence."""

    def guard(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            demand(request.user, permission)
            return view(request, *args, **kwargs)

        door.permission = permission  # type: ignore[attr-defined]
        return door

    return guard


def demand(person: Any, permission: Permission, *, scope: str | None = None) -> None:
    """Raise PermissionDenied with the sentence unless the person holds the permission today (over the scope)."""
    if not (isinstance(person, Person) or getattr(person, "is_authenticated", False)):
        raise PermissionDenied("Sign in first.")
    if not person.may(permission, on=day_of(timezone.now()), scope=scope):
        raise PermissionDenied(refusal(permission))


class Hush:
    """Nothing that a signed-in person is shown may be kept by a browser or by anything between."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        return response


class TokenSignIn:
    """Lets a script act as a person by `Authorization: Token …`, so that its transaction is stamped like any other."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        scheme, _, key = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "token" and (person := Token.person_of(key.strip())):
            request.user = person
            request.acts_by_token = True  # type: ignore[attr-defined]
        return self.get_response(request)
