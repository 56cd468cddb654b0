"""Who must show a second factor, who has, and the middleware that lets nobody further who must and has not."""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from people.days import day_of
from people.roles import needs_second_factor

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""Recovery codes stand in for these, and are nothing without them."""
SET_ONE_UP = "Set up a second factor first: your role lets you see what others may not."
SHOW_IT = "Show your second factor first: sign in with it."
NO_KEY = "A key acts only while its person has a second factor. Ask them to sign in and set one up."

View = Callable[..., Any]


def before_any_factor(view: View) -> View:
    """Open to whoever has signed in, but has no second factor yet: it is where one is set up."""
    view.before = "any"  # type: ignore[attr-defined]
    return view


def before_the_second(view: View) -> View:
    """Open to whoever has signed in with one factor: it is where the second is shown, or where they leave."""
    view.before = "second"  # type: ignore[attr-defined]
    return view


def has_one(person: Any) -> bool:
    """Whether the person has set one up."""
    return bool(is_mfa_enabled(person, types=FACTORS))


def has_shown_one(request: HttpRequest, person: Any) -> bool:
    """Whether the person has shown one in this session, or the council's own sign-in has for them."""
    methods = {record["method"] for record in get_authentication_records(request, person)}
    return "mfa" in methods or (settings.OIDC_PROVES_SECOND_FACTOR and "socialaccount" in methods)


class SecondFactor:
    """Stands behind every door; asked when the view is known, because by then the actor has been stamped."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, *_: Any) -> HttpResponse | None:
        """Turn away whoever must show a second factor and has not."""
        if not settings.SECOND_FACTOR_COMPULSORY or getattr(view, "before", "") == "second" or _may_pass(request):
            return None
        ready = has_one(request.user)
        if not ready and getattr(view, "before", "") == "any":
            return None
        return _turned_away(request, view, is_ready=ready)


def _may_pass(request: Any) -> bool:
    if not request.user.is_authenticated:
        return True
    by_token = getattr(request, "acts_by_token", False)
    if has_one(request.user) if by_token else has_shown_one(request, request.user):
        return True
    on = day_of(timezone.now())
    return not needs_second_factor(request.user.holdings, on=on, is_cleared=getattr(request, "is_cleared", False))


def _turned_away(request: HttpRequest, view: View, *, is_ready: bool) -> HttpResponse:
    by_token = getattr(request, "acts_by_token", False)
    if by_token or hasattr(view, "cls"):
        sentence = NO_KEY if by_token else SHOW_IT if is_ready else SET_ONE_UP
        return JsonResponse({"detail": sentence}, status=403)
    if request.method not in ("GET", "HEAD"):
        raise PermissionDenied(SHOW_IT if is_ready else SET_ONE_UP)
    return redirect(
        f"{reverse('mfa_reauthenticate')}?{urlencode({'next': request.get_full_path()})}" if is_ready else "mfa_index"
    )
