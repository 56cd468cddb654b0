"""Signing in by e-mail and password, or by the council's own sign-in, and signing out."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from requests import RequestException

from people.days import day_of
from people.models import Council, Grant
from people.roles import Holding, Role
from people.second_factor import before_the_second
from people.sitting import why_ended


class SignIn(LoginView):
    """The sign-in page; somebody already in is sent on to their first page."""

    template_name = "people/sign_in.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        """Said again with what is wrong; 429 where it was not even looked at."""
        response = super().form_invalid(form)
        if form.has_error("__all__", "too_many_guesses"):
            response.status_code = 429
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the demonstration's people, where this is the demonstration."""
        return super().get_context_data(**kwargs) | {
            "demonstration_people": demonstration_people() if Council.ours().is_demonstration else [],
            "council_sign_in": settings.OIDC_NAME if settings.OIDC_SERVER_URL else "",
            "next": get_next_redirect_url(self.request) or "",
            "why_ended": why_ended(self.request.session),
        }


def demonstration_people() -> list[dict[str, str]]:
    """Who can sign in to the demonstration, and as what."""
    today = day_of(timezone.now())
    held: dict[str, list[str]] = {}
    for grant in Grant.objects.select_related("person").order_by("id"):
        holding = Holding(Role(grant.role), grant.scope, grant.starts_on, grant.ends_on)
        if grant.person.is_active and grant.person.has_usable_password() and holding.holds(on=today):
            held.setdefault(grant.person.email, []).append(str(holding.role.label))
    return [{"email": email, "role": ", ".join(dict.fromkeys(roles))} for email, roles in held.items()]


@login_not_required
def by_council(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Off to the council's own sign-in, if it answers."""
    try:
        return openid.login(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=502)


sign_in = before_the_second(SignIn.as_view())
sign_out = before_the_second(login_not_required(views.LogoutView.as_view()))
