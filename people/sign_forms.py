"""What is asked at the door: a pass phrase, and a second factor. Nothing says which of two was wrong, nor why."""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from cryptography.exceptions import InvalidSignature
from django.core.cache import cache
from django.core.exceptions import ValidationError

CODE = "Code from your app"
NOT_TAKEN = "That passkey was not taken. Try again, or use a code."
WORTH = 120
"""Seconds for which a used code is remembered; it is good for ninety, those of a slow clock and a fast one included."""


class SignInForm(LoginForm):
    """An e-mail address and a pass phrase."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, login.widget.attrs["autocomplete"] = "E-mail address", "username"
        login.error_messages |= {
            "required": "Enter your e-mail address.",
            "invalid": "Enter an e-mail address such as name@northmoor.example.",
        }
        password.help_text = ""
        password.error_messages["required"] = "Enter your password."


class AgainForm(ReauthenticateForm):
    """The pass phrase once more, before something that a thief of an open session must not do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["password"].error_messages["required"] = "Enter your password."


class _CodeOnce:
    """A code that is good once: the library forgets a used one after half a minute, when it may still be good."""

    label = CODE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]  # type: ignore[attr-defined]
        code.label, code.error_messages["required"] = self.label, "Enter the code."
        code.max_length = 20
        code.widget.attrs |= {"inputmode": "numeric", "class": "govuk-input--width-10"}

    def clean_code(self) -> str:
        """As the library has it, and not used before."""
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(f"code:{self.user.pk}:{''.join(code.split())}", 1, timeout=WORTH):  # type: ignore[attr-defined]
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondFactorForm(_CodeOnce, AuthenticateForm):
    """A code from the app, or a recovery code."""

    label = "Code from your app, or a recovery code"


class SecondFactorAgainForm(_CodeOnce, ReauthenticateCodeForm):
    """The same, of somebody who is signed in."""

    label = "Code from your app, or a recovery code"


class FirstCodeForm(_CodeOnce, ActivateTOTPForm):
    """The first code from an app that has just been set up."""


@contextmanager
def _understood() -> Iterator[None]:
    """What a browser says of a passkey may be anything at all, and the library trips over some of it."""
    try:
        yield
    except ValidationError as wrong:
        if wrong.code != "incorrect_code":
            raise
        raise ValidationError(NOT_TAKEN) from wrong
    except (AttributeError, LookupError, TypeError, ValueError, struct.error, InvalidSignature) as nonsense:
        raise ValidationError(NOT_TAKEN) from nonsense


class PasskeyForm(AddWebAuthnForm):
    """A passkey, and what to call it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.max_length = "What to call it", 60
        name.help_text = "Such as “Work laptop”, so that you know it again."

    def clean(self) -> dict[str, Any]:
        """As the library has it."""
        with _understood():
            return dict(super().clean())


class ShownPasskeyForm(AuthenticateWebAuthnForm):
    """A passkey, as the second step of signing in."""

    def clean_credential(self) -> Any:
        """As the library has it."""
        with _understood():
            return super().clean_credential()


class PasskeyAgainForm(ShownPasskeyForm):
    """The same, of somebody who is signed in."""

    reauthenticated = True
