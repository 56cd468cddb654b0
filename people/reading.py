"""What the API reads: JSON of a sensible size and depth, each field said once, or a form that carries a file."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from django.conf import settings
from rest_framework import exceptions, parsers

from people.api import TooLong

MOST_SENT = 32 * 1024**2
"""Of a form: no file that can be taken is nearly as large, and a larger one is not even kept for a while."""
UNREADABLE = "What you sent cannot be read as JSON. Nothing has been changed."


class PlainJson(parsers.JSONParser):
    """JSON; what is too long, too deep or says a field twice is refused whole."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Raises ParseError with a sentence."""
        context = parser_context or {}
        _refuse_longer(context, than=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        try:
            # Some programs begin what they send with a byte order mark.
            text = stream.read().decode(context.get("encoding", "utf-8")).removeprefix("\ufeff")
            return json.loads(text, parse_constant=_no_number, object_pairs_hook=_each_once)
        except (ValueError, RecursionError) as wrong:
            raise exceptions.ParseError(UNREADABLE) from wrong


class FormWithFile(parsers.MultiPartParser):
    """Fields and a file; nothing said twice, of which the last would be kept and the others lost."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Raises ParseError with a sentence."""
        _refuse_longer(parser_context or {}, than=MOST_SENT)
        try:
            form = super().parse(stream, media_type, parser_context)
        except exceptions.ParseError as wrong:
            raise exceptions.ParseError(UNREADABLE.replace("JSON", "a form")) from wrong
        for sent in (form.data, form.files):
            _each_once([(name, each) for name, all_sent in sent.lists() for each in all_sent])
        return form


def _refuse_longer(context: Mapping[str, Any], *, than: int) -> None:
    if int(context["request"].META.get("CONTENT_LENGTH") or 0) > than:
        raise TooLong


def _no_number(name: str) -> NoReturn:
    raise ValueError(name)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Raises ParseError where one of two values would be lost."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise exceptions.ParseError(
            f"“{twice[:40]}” is said twice, and only one of the two could be kept. Say it once."
        )
    return fields
