"""What allauth asks of us: who may sign in, how often it may be tried, and what it says to people."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from people import sitting, vault
from people.guessing import refusal
from people.models import Council, Guess
from people.second_factor import has_shown_one

WRONG = "The e-mail address or the password is not right. Check both and try again."
WRONG_CODE = "That code is not right, or it has been used. Wait for the next one and type it again."
TOO_MANY_CODES = "There have been too many wrong codes. Try again in a quarter of an hour."


class Accounts(DefaultAccountAdapter):
    """Accounts are made by administrators, known by one e-mail address, and closed ones are answered like none."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": WRONG,
        "incorrect_password": "That is not your password. Type it again.",
        "too_many_login_attempts": TOO_MANY_CODES,
        "rate_limited": TOO_MANY_CODES,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: whoever is to come in is let in by an administrator."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Pages are answered as pages, whatever is asked for."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Signing in leads nowhere but here."""
        host = self.request.get_host()
        return url_has_allowed_host_and_scheme(url, allowed_hosts={host}, require_https=self.request.is_secure())

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The library's own sentences are not ours; our views say what is to be said."""

    def get_login_stages(self) -> list[str]:
        """After the pass phrase, or the council's own sign-in, the second factor and nothing else."""
        return ["people.adapters.SecondStage"]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Look at no guess where there have been too many."""
        guesses = Guess.lately(**_where(request, credentials))
        if sentence := refusal(*guesses, now=timezone.now()):
            raise ValidationError(sentence, code="too_many_guesses")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count it, whether or not there is such an account."""
        Guess.note(**_where(request, credentials), at=timezone.now())

    def login(self, request: HttpRequest, user: Any) -> None:
        """With a new session key, and a session that begins now."""
        super().login(request, user)
        sitting.begin(request.session, at=timezone.now())

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not of somebody who has just signed in."""
        records = get_authentication_records(self.request, self.request.user)
        return not records or time.time() - records[-1]["at"] >= app_settings.REAUTHENTICATION_TIMEOUT


class SecondStage(AuthenticateStage):
    """The step of signing in that asks for the second factor, unless the council's own sign-in proves both."""

    def handle(self) -> tuple[Any, bool]:
        """A redirect to the step, or nothing; and whether signing in may go on."""
        proved = settings.OIDC_PROVES_SECOND_FACTOR and has_shown_one(self.request, self.login.user)
        return (None, True) if proved else super().handle()


class SecondFactors(DefaultMFAAdapter):
    """Second factors are kept encrypted and carry the council's name."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_generate_recovery_codes": "Recovery codes stand in for a second factor. Set one up first.",
    }

    def encrypt(self, text: str) -> str:
        """As it is kept."""
        return vault.encrypted(text)

    def decrypt(self, encrypted_text: str) -> str:
        """As it was."""
        return vault.decrypted(encrypted_text)

    def get_totp_issuer(self) -> str:
        """What the app on the phone calls it."""
        return Council.ours().name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What the browser calls it."""
        return super().get_public_key_credential_rp_entity() | {"name": Council.ours().name}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the library's word
        """What a passkey is called that nobody named."""
        return f"Passkey {user.authenticator_set.count() + 1}"


def _where(request: HttpRequest, credentials: dict[str, Any]) -> dict[str, str]:
    return {"at_account": credentials.get("email", ""), "from_address": truncate_ip(get_client_ip(request) or "")}
