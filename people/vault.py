"""What is kept encrypted in the database: the secrets of second factors, under a key drawn from the installation's."""

import hashlib
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def encrypted(text: str) -> str:
    """As it is kept."""
    return _box().encrypt(text.encode()).decode()


def decrypted(kept: str) -> str:
    """As it was, under the installation's secret or one that it had before (`SECRET_KEY_FALLBACKS`)."""
    return _box().decrypt(kept.encode()).decode()


def _box() -> MultiFernet:
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys = (hashlib.sha256(b"second factors:" + secret.encode()).digest() for secret in secrets)
    return MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])
