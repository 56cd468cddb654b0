"""Signing in by e-mail and password, and signing out."""

from typing import Any

from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.utils import timezone

from people.days import day_of
from people.models import Council, Grant
from people.roles import Holding, Role


class SignInForm(AuthenticationForm):
    """What is asked at the door. It never says which of the two was wrong, nor whether the account exists."""

    error_messages = {
        "invalid_login": "The e-mail address or the password is not right. Check both and try again.",
        "inactive": "The e-mail address or the password is not right. Check both and try again.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-mail address"
        self.fields["username"].error_messages["required"] = "Enter your e-mail address."
        self.fields["password"].error_messages["required"] = "Enter your password."


class SignIn(views.LoginView):
    """The sign-in page; somebody already in is sent on to their first page."""

    form_class = SignInForm
    template_name = "people/sign_in.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the demonstration's people, where this is the demonstration."""
        shown = demonstration_people() if Council.ours().is_demonstration else []
        return super().get_context_data(**kwargs) | {"demonstration_people": shown}


def demonstration_people() -> list[dict[str, str]]:
    """Who can sign in to the demonstration, and as what."""
    today = day_of(timezone.now())
    held: dict[str, list[str]] = {}
    for grant in Grant.objects.select_related("person").order_by("id"):
        holding = Holding(Role(grant.role), grant.scope, grant.starts_on, grant.ends_on)
        if grant.person.is_active and grant.person.has_usable_password() and holding.holds(on=today):
            held.setdefault(grant.person.email, []).append(str(holding.role.label))
    return [{"email": email, "role": ", ".join(roles)} for email, roles in held.items()]


sign_in = SignIn.as_view()
sign_out = login_not_required(views.LogoutView.as_view())
