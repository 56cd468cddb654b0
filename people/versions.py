"""Versions of what the API answers, and deeds that are done once: ETag, If-Match, If-None-Match, Idempotency-Key."""

import json
import uuid
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.files import File
from django.http import HttpResponse, HttpResponseNotModified, QueryDict
from django.utils.http import parse_etags
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from people.api import Behind, Reused, Unread
from people.models import Once, SentOtherwise

DEEDS = uuid.UUID("6e0f7a52-64a2-4b57-9b53-2b1f6d0c9e11")
"""The namespace in which a caller's Idempotency-Key becomes the key of a deed."""


def is_first(request: Request, *, at: Any) -> bool:
    """Whether this deed is yet to be done: a repeated Idempotency-Key of one person at one address is one deed.

    Ask inside the deed's own transaction, so that a deed that is refused may be tried again under its key. Raises
    Reused where the key comes back with something else to say, which would otherwise be lost without a word.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return True
    if not 1 <= len(key) <= 200:
        raise ValidationError({"Idempotency-Key": ["Give a key of 1 to 200 characters."]})
    by: Any = request.user
    try:
        return Once.claim(_deed(request), sent=_said(request.data), by=by, at=at)
    except SentOtherwise as otherwise:
        raise Reused from otherwise


def when_done(request: Request) -> datetime:
    """The instant at which the deed of the caller's key was done."""
    return Once.when(_deed(request), by=request.user)  # type: ignore[arg-type]


def _deed(request: Request) -> uuid.UUID:
    return uuid.uuid5(DEEDS, f"{request.user.pk} {request.path} {request.headers['Idempotency-Key']}")


def _said(data: Any) -> str:
    """The same text for the same fields, in whatever order and spacing they came."""
    return json.dumps(fields_of(data), sort_keys=True, default=_content)


def fields_of(data: Any) -> Any:
    """What was sent, whether as JSON or as a form."""
    return data.dict() if isinstance(data, QueryDict) else data


def _content(sent: "File[bytes]") -> str:
    content = sha256()
    for chunk in sent.chunks():
        content.update(chunk)
    sent.seek(0)
    return f"{sent.name} {content.hexdigest()}"


def etag(version: int) -> str:
    """The version of a record, with which the ETag of its answers begins."""
    return f'"{version}"'


def expect(request: Request, version: int) -> None:
    """Raise Unread where the caller's If-Match names no version, and Behind where it names another.

    An ETag is the version, a full stop, and what tells one answer from another. A rating that turned overnight is
    another answer, but nobody's change: it stands in nobody's way.
    """
    wanted = request.headers.get("If-Match")
    if wanted is None:
        raise Unread
    read = [tag.strip().partition(".")[0].rstrip('"') + '"' for tag in wanted.split(",")]
    if wanted.strip() != "*" and etag(version) not in read:
        raise Behind


def read_version(request: Request) -> int | None:
    """The version that the caller's If-Match names, if it is one of a record at all."""
    number = request.headers.get("If-Match", "").strip().strip('"').partition(".")[0]
    return int(number) if number.isascii() and number.isdigit() and len(number) < 10 else None


def tag_or_unchanged(request: Request, response: HttpResponse) -> HttpResponse | None:
    """Give an answer its ETag; and 304 in its place to whoever says in If-None-Match that they have it already."""
    version = response.headers.get("ETag", "").strip('"')
    tag = f'"{".".join(filter(None, (version, sha256(response.content).hexdigest()[:16])))}"'
    response.headers["ETag"] = tag
    known = [each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))]
    if request.method not in ("GET", "HEAD") or not ({tag, "*"} & set(known)):
        return None
    return HttpResponseNotModified(headers={"ETag": tag})
