"""The key that signs sessions and forms where the environment names none, made once for this copy."""

import os
import secrets

from config.pghome import VAR, locked

FILE = VAR / "secret_key"


def secret_key() -> str:
    """Return the key kept in var/, made the first time it is asked for and readable by us alone."""
    return kept() or _made()


def kept() -> str:
    """Return the key kept in var/, or nothing where none was made."""
    try:
        return FILE.read_text().strip()
    except FileNotFoundError:
        return ""


def _made() -> str:
    with locked("secret_key.lock"):
        if not kept():
            half = FILE.with_suffix(".half")
            half.unlink(missing_ok=True)
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(secrets.token_urlsafe(64) + "\n")
            half.replace(FILE)
        return kept()
