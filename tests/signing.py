"""Signing in as a person would: the page, the code, and what an authenticator app does."""

import hashlib
import json
import secrets
import time
from base64 import urlsafe_b64encode
from typing import Any

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

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


class Passkey:
    """What a device does that keeps a passkey: it makes one, and shows it by signing what it is asked."""

    def __init__(self, origin: str = "https://testserver") -> None:
        self.origin, self.key = origin, ec.generate_private_key(ec.SECP256R1())
        self.name = secrets.token_bytes(16)
        self.shown = 0

    def made(self, options: dict[str, Any]) -> str:
        """What the browser sends for a page that asks for a new passkey."""
        asked = options["publicKey"]
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(bytes(16), self.name, public)
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
        data = AuthenticatorData.create(_digest(asked["rp"]["id"].encode()), flags, 0, credential)
        said = self._client("webauthn.create", asked["challenge"])
        return self._sent(
            clientDataJSON=_written(said), attestationObject=_written(AttestationObject.create("none", data, {}))
        )

    def used(self, options: dict[str, Any]) -> str:
        """What the browser sends for a page that asks for the passkey."""
        asked, self.shown = options["publicKey"], self.shown + 1
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        data = AuthenticatorData.create(_digest(asked["rpId"].encode()), flags, self.shown)
        said = self._client("webauthn.get", asked["challenge"])
        signature = self.key.sign(data + _digest(said), ec.ECDSA(hashes.SHA256()))
        return self._sent(
            clientDataJSON=_written(said), authenticatorData=_written(data), signature=_written(signature)
        )

    def _client(self, deed: str, challenge: str) -> bytes:
        return json.dumps({"type": deed, "challenge": challenge, "origin": self.origin}).encode()

    def _sent(self, **response: str) -> str:
        name = _written(self.name)
        whole = {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}, "response": response}
        return json.dumps(whole)


def _digest(said: bytes) -> bytes:
    return hashlib.sha256(said).digest()


def _written(said: bytes) -> str:
    return urlsafe_b64encode(said).decode().rstrip("=")
