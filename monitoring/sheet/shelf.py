"""Where a chosen file waits between its preview and its loading: a private folder, by a key in the person's session.

Not in the database, where every row with words has a seal, and nobody can say what seal a file stands under; whoever
does not hold the key cannot ask for it, and what nobody loads is gone within the hour.
"""

import hashlib
import re
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

_KEPT_FOR = 60 * 60.0
"""Seconds."""
_KEY = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a session remembers of a file: never a word of it."""

    key: str
    digest: str
    sheet: str = ""
    title: str = ""
    inspection: str = ""
    adopted_on: str = ""

    def as_session(self) -> dict[str, str]:
        """As a session keeps it."""
        return asdict(self)

    @property
    def content(self) -> bytes | None:
        """The file itself, or None where it is gone or is not the one that was chosen."""
        path = _folder() / self.key
        if not _KEY.fullmatch(self.key) or not path.is_file():
            return None
        content = path.read_bytes()
        return content if _digest(content) == self.digest else None


def put(content: bytes, **told: str) -> Waiting:
    """Keep a file for a while."""
    _sweep()
    key = secrets.token_hex(16)
    path = _folder() / key
    path.touch(mode=0o600)
    path.write_bytes(content)
    return Waiting(key=key, digest=_digest(content), **told)


def waiting(session: Any) -> Waiting | None:
    """What the session remembers, if anything."""
    found = session.get("sheet")
    return Waiting(**found) if found else None


def tell(of: Waiting, rows: int) -> None:
    """Say how many rows of it are loaded, for whoever waits: beside it, since nobody sees into its transaction yet."""
    path = _progress(of)
    path.touch(mode=0o600)
    path.write_text(str(rows))


def told(of: Waiting) -> int:
    """How many rows of it are loaded, as far as anybody has said."""
    try:
        return int(_progress(of).read_text() or 0)
    except FileNotFoundError:
        return 0


def take_away(of: Waiting) -> None:
    """Keep it no longer."""
    (_folder() / of.key).unlink(missing_ok=True)
    _progress(of).unlink(missing_ok=True)


def _progress(of: Waiting) -> Path:
    return _folder() / f"{of.key}.rows"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _folder() -> Path:
    folder: Path = settings.VAR / "sheets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _sweep() -> None:
    for path in _folder().iterdir():
        if path.stat().st_mtime < time.time() - _KEPT_FOR:
            path.unlink(missing_ok=True)
