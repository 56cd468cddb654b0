"""What must be so before the product starts: a sentence that says why it does not, or nothing."""

import os
import sys
from pathlib import Path

from config.pgversions import SAFE_ONES, is_safe

UNFIT = 3
"""What gunicorn takes for a worker that can never start, so that it ends, and does not try again for ever."""
SHORTEST_KEY, FEWEST_LETTERS = 50, 5
"""As Django's own deployment check asks."""


def refuse(*objections: str | None) -> None:
    """End the process with the first of the sentences, if there is one."""
    if sentence := next(filter(None, objections), None):
        print(sentence, file=sys.stderr, flush=True)
        raise SystemExit(UNFIT)


def key_objection(key: str, *, own: str) -> str | None:
    """Why the key is none to sign sessions with; `own` is the one that the demonstration made for itself here."""
    for is_so, fault in (
        (key.startswith("django-insecure"), "was made for trying things out"),
        (len(key) < SHORTEST_KEY, f"has fewer than {SHORTEST_KEY} characters"),
        (len(set(key)) < FEWEST_LETTERS, f"has fewer than {FEWEST_LETTERS} different characters"),
        (key == own, "is the demonstration’s"),
    ):
        if is_so:
            return (
                f"The product does not start in production: SECRET_KEY {fault}. Set another, such as "
                "python3 -c 'import secrets; print(secrets.token_urlsafe(64))' makes."
            )
    return None


def mail_objection(host: str, *, is_encrypted: bool) -> str | None:
    """Why e-mail must not be sent so."""
    if not host or is_encrypted:
        return None
    return (
        "The product does not start in production: e-mail would travel in the clear. "
        "Set EMAIL_USE_TLS or EMAIL_USE_SSL, or leave EMAIL_HOST out."
    )


def list_objection(path: str) -> str | None:
    """Why the list of breached pass phrases cannot be read."""
    if not path or (Path(path).is_file() and os.access(path, os.R_OK)):
        return None
    return f"The product does not start: BREACHED_PASSWORDS names {path}, and there is no such file that it can read."


def version_objection(version: int) -> str | None:
    """Why the database cannot be trusted with what is sealed."""
    if is_safe(version):
        return None
    series, release = divmod(version, 10_000)
    return f"The product does not start: PostgreSQL {series}.{release} lacks repairs of row security. Use {SAFE_ONES}."
