"""Signing in as a person would: the page, the code, and what an authenticator app does."""

import time
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client

from people.models import Person
from tests.world import PASSWORD


def sign_in(browser: Client, person: Person | str, password: str = PASSWORD, **more: Any) -> Any:
    """Send the sign-in page's form."""
    email = person if isinstance(person, str) else person.email
    return browser.post("/sign-in/", {"login": email, "password": password}, **more)


def with_an_app(person: Person) -> str:
    """Set up an app and recovery codes for a person; answers with the app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def code(secret: str, *, steps: int = 0) -> str:
    """What the app shows now, or so many half-minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))
