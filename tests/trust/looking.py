"""Looking for sealed words wherever an answer can carry them: bytes, PDF text and metadata, mail, cache, sessions."""

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

from tests.trust.asking import Answer, Stage
from tests.trust.scene import DRAFT, READ_DRAFTS, SEALED

BASE = "marigold"
"""A word of the letter that the small world keeps under a seal of its own, whatever becomes of the other."""


def marks(part: str, *, released: bool) -> tuple[str, ...]:
    """What a person must not be shown."""
    sealed = () if released else (SEALED,)
    return (BASE, *sealed, *(() if part in READ_DRAFTS else (DRAFT,)))


def words_of(answer: Answer) -> bytes:
    """All that an answer says, in small letters; a PDF's text and metadata, and a workbook's parts, are read out."""
    said = answer.whole
    if answer.body.startswith(b"%PDF"):
        said += _read_out(answer.body).encode()
    if answer.body.startswith(b"PK"):
        said += _unpacked(answer.body)
    return said.lower()


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
    """What stays after the asking: mail, cache and sessions."""
    for message in getattr(mail, "outbox", []):
        yield "mail", str(message.message())
    for name in caches:
        yield "cache", str([pickle.loads(kept) for kept in getattr(caches[name], "_cache", {}).values()])
    with stage.lit():
        for session in Session.objects.all():
            yield "session", str(session.get_decoded())
