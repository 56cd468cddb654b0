"""The folder where printed things are kept, each under the hash of what it was made from."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

ROOM = 500
"""How many printed things are kept; the longest unread go first. Any of them can be printed again."""


def folder() -> Path:
    """The settings' own folder, closed to everybody else: what lies in it may be under embargo."""
    place = Path(getattr(settings, "PAPERS_CACHE", settings.VAR / "papers"))
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def kept(name: str, *, make: Callable[[], bytes]) -> Path:
    """The file of that name, made only if it is not there yet; never half of it, even if we are killed."""
    place = folder() / name
    try:
        os.utime(place)
    except FileNotFoundError:
        _put(place, content=make())
        _make_room(place.parent)
    return place


def _put(place: Path, *, content: bytes) -> None:
    # mkstemp gives the file mode 0600, and a name that no reader asks for.
    handle, draft = tempfile.mkstemp(prefix=".draft-", dir=place.parent)
    try:
        with open(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, place)
    except BaseException:
        os.unlink(draft)
        raise


def _make_room(place: Path) -> None:
    printed = sorted(place.glob("*.pdf"), key=_last_read)
    for old in printed[:-ROOM]:
        old.unlink(missing_ok=True)


def _last_read(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except FileNotFoundError:  # another worker made room first
        return 0.0
