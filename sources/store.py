"""The folder where files put forward are kept, each under the hash of its content, outside any web root."""

import errno
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
SPARE = 64 * 1024 * 1024
"""Bytes that are left free for everything else."""
A_DAY = 24 * 60 * 60


class NoRoom(Exception):
    """The disk is full: nothing has been kept. Its words are for whoever sent the file."""

    def __init__(self) -> None:
        super().__init__("There is no room for the file just now, so nothing was saved. Tell your administrator.")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is safely on the disk."""

    digest: str
    size: int


def folder() -> Path:
    """Closed to everybody else: what lies in it may be under embargo."""
    place = Path(settings.FILE_STORE)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def keep(content: IO[bytes], *, size: int) -> Kept:
    """Keep the content, on the disk before anything refers to it. Raises NoRoom and leaves nothing half-written."""
    place = folder()
    if shutil.disk_usage(place).free < size + SPARE:
        raise NoRoom
    handle, draft = tempfile.mkstemp(prefix=".draft-", dir=place)
    try:
        kept = _written(handle, content)
        _name(Path(draft), path_of(kept.digest))
    except OSError as error:
        if error.errno in FULL:
            raise NoRoom from error
        raise
    finally:
        with suppress(FileNotFoundError):
            os.unlink(draft)
    return kept


def path_of(digest: str) -> Path:
    """Where the content of the hash lies; only a hash of ours names a path."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise ValueError(digest)
    return folder() / digest[:2] / digest


def sweep(unreferenced: Callable[[list[str]], Iterable[str]], *, at: datetime) -> int:
    """Remove drafts and what nothing has referred to for a day; answers how many files went."""
    gone = 0
    old = [file for file in _files() if at.timestamp() - file.stat().st_mtime > A_DAY]
    drafts = [file for file in old if file.name.startswith(".draft-")]
    kept = {file.name: file for file in old if file not in drafts}
    for file in (*drafts, *(kept[digest] for digest in unreferenced(sorted(kept)))):
        file.unlink(missing_ok=True)
        gone += 1
    return gone


def damaged() -> list[str]:
    """The hashes whose content is no longer what was kept."""
    files = [file for file in _files() if not file.name.startswith(".draft-")]
    return [file.name for file in files if _digest(file) != file.name]


def _files() -> Iterator[Path]:
    return (file for file in sorted(folder().rglob("*")) if file.is_file())


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _written(handle: int, content: IO[bytes]) -> Kept:
    digest, size = hashlib.sha256(), 0
    with open(handle, "wb") as file:
        while chunk := content.read(1 << 16):
            digest.update(chunk)
            size += len(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Kept(digest.hexdigest(), size)


def _name(draft: Path, place: Path) -> None:
    """Give it its name, in one step and for good; the same content has the same name."""
    place.parent.mkdir(mode=0o700, exist_ok=True)
    os.replace(draft, place)
    opened = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
