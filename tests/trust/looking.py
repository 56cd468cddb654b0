"""Looking for sealed words wherever they can be carried: bytes, PDF text and metadata, mail, cache, sessions, logs."""

import io
import pickle
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import caches
from pypdf import PdfReader

from config import pghome
from tests import database
from tests.trust.asking import Answer, Stage
from tests.trust.scene import DRAFT, READ_DRAFTS, SEALED

BASE = "marigold"
"""A word of the letter that the small world keeps under a seal of its own, whatever becomes of the other."""


def _log_so_far() -> bytes:
    """What our own server has logged; another's log is not ours to read."""
    log = pghome.home().log if database.embedded() else None
    return log.read_bytes() if log and log.exists() else b""


_BEFORE = len(_log_so_far())


def server_log() -> str:
    """What PostgreSQL has logged since the run began."""
    return _log_so_far()[_BEFORE:].decode(errors="replace")


def marks(part: str, *, released: bool) -> tuple[str, ...]:
    """What a person must not be shown."""
    sealed = () if released else (SEALED,)
    return (BASE, *sealed, *(() if part in READ_DRAFTS else (DRAFT,)))


def words_of(answer: Answer) -> bytes:
    """All that an answer says, in small letters; a PDF's text and metadata, and a workbook's parts, are read out."""
    said = answer.whole
    if answer.body.startswith(b"%PDF"):
        said += text_of(answer.body).encode()
    if answer.body.startswith(b"PK"):
        said += _unpacked(answer.body)
    return said.lower()


def text_of(file: bytes) -> str:
    """A file's text; a PDF's with its metadata."""
    return _read_out(file) if file.startswith(b"%PDF") else file.decode(errors="replace")


def _unpacked(file: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return b"".join(name.encode() + archive.read(name) for name in archive.namelist())


@lru_cache(maxsize=64)
def _read_out(file: bytes) -> str:
    reader = PdfReader(io.BytesIO(file))
    metadata: Any = reader.xmp_metadata
    parts = [
        str(reader.metadata),
        metadata.stream.get_data().decode() if metadata else "",
        str(reader.outline),
        str(list(reader.attachments.items())),
        *(page.extract_text() for page in reader.pages),
    ]
    text = "\n".join(parts)
    # A word that is broken over a line's end is one word.
    return f"{text}\n{''.join(text.split())}"


def left_behind(stage: Stage) -> Iterator[tuple[str, str]]:
    """What stays after the asking: mail, cache, sessions and the database server's log."""
    yield "PostgreSQL's log", server_log()
    for message in getattr(mail, "outbox", []):
        yield "mail", str(message.message())
    for name in caches:
        yield "cache", str([pickle.loads(kept) for kept in getattr(caches[name], "_cache", {}).values()])
    with stage.lit():
        for session in Session.objects.all():
            yield "session", str(session.get_decoded())
