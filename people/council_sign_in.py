"""The council's own sign-in (OpenID Connect): it opens accounts that there are, and makes none."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from people.models import Person, PersonLine


class CouncilSignIn(DefaultSocialAccountAdapter):
    """Joins an account to the council's directory at first, by an e-mail address that the directory vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never: whoever is to come in is let in by an administrator."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Raises ImmediateHttpResponse with the page that refuses whoever has no account, or a closed one."""
        # Only for signing in; the library would also let a signed-in person take over somebody else's.
        sociallogin.state["process"] = "login"
        person = sociallogin.user if sociallogin.is_existing else _person_of(sociallogin)
        if person is None or not person.is_active:
            raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403))
        if not sociallogin.is_existing:
            sociallogin.connect(request, person)
            PersonLine.write(person, "signed in by the council’s own sign-in first", by=person, at=timezone.now())


def _person_of(sociallogin: SocialLogin) -> Any:
    for address in sociallogin.email_addresses:
        if address.verified and (person := Person.objects.known_as(address.email)):
            return person
    return None
