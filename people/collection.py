"""What every collection of the API shares: its door, the words that it knows, and writes whole and done once."""

import json
import uuid
from collections.abc import Mapping
from typing import Any, NoReturn

from django.http import Http404
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import negotiation, serializers, viewsets
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

from people.access import demand
from people.api import PAGE_WORDS, Behind, PlainJson, Unread
from people.days import day_of
from people.models import Once, SentOtherwise
from people.openapi import Told
from people.roles import Permission

DEEDS = uuid.UUID("6e0f7a52-64a2-4b57-9b53-2b1f6d0c9e11")
"""The namespace in which a caller's Idempotency-Key becomes the key of a deed."""
USED_BEFORE = "Something else was done under this key already, so this is not done. Send it under a key of its own."


class KnownWords(DjangoFilterBackend):
    """Filters by the words of the view's FilterSet and refuses every other."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """The rows that the words pick. Raises ValidationError naming the word that makes no sense."""
        if view.filterset_class is None:
            return queryset
        asked = view.filterset_class(request.query_params, queryset=queryset, **view.asked_with())
        if not asked.is_valid():
            raise ValidationError({name: list(map(_fault, faults.data)) for name, faults in asked.errors.items()})
        return asked.qs


def _fault(fault: Any) -> str:
    return "There is no such choice." if fault.code == "invalid_choice" else " ".join(fault.messages)


class JsonAlone(negotiation.DefaultContentNegotiation):
    """Only the Accept header chooses, and only JSON can be chosen: “format” is no word of ours."""

    def filter_renderers(self, renderers: Any, format: str) -> Any:  # noqa: A002
        """All of them."""
        return renderers


class Collection(viewsets.GenericViewSet[Any]):
    """A collection that people with one permission may read."""

    permission: Permission
    schema = Told()
    parser_classes = [PlainJson]
    metadata_class = None
    content_negotiation_class = JsonAlone
    filter_backends = [KnownWords]
    filterset_class: Any = None
    lists: tuple[str, ...] = ("list",)
    """The routes that turn pages."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Look at the clock once, ask who may come in, and refuse words that would be passed over in silence."""
        super().initial(request, *args, **kwargs)
        self.now = timezone.now()
        self.today = day_of(self.now)
        if hasattr(self, "permission"):
            demand(request.user, self.permission)
        if self.action not in (None, "metadata"):  # else the method itself is refused
            refuse_unknown(request.query_params, known=self.words())

    def words(self) -> frozenset[str]:
        """The query words that this address knows."""
        turned = PAGE_WORDS if self.action in self.lists else frozenset()
        if self.action != "list":
            return turned
        return turned | frozenset(getattr(self.filterset_class, "base_filters", ()))

    def asked_with(self) -> dict[str, Any]:
        """What the FilterSet needs beside the words."""
        return {}


class NothingHere(APIView):
    """An address of the API that leads nowhere: whoever asks is told so in JSON, once known."""

    schema = None

    def get(self, request: Request, **kwargs: Any) -> NoReturn:
        """404."""
        raise Http404

    post = put = patch = delete = get


def refuse_unknown(query: Mapping[str, Any], *, known: frozenset[str]) -> None:
    """Raise ValidationError for a word that is not known: passed over, it would give an answer to another question."""
    may = f"What can be asked here: {', '.join(sorted(known))}." if known else "Nothing can be asked here."
    if unknown := sorted(set(query) - known):
        raise ValidationError({name: [f"This word is not known. {may}"] for name in unknown})


class Words(serializers.CharField):
    """Text, and not a number or a list that could be made into text."""

    default_error_messages = {"invalid": "Send text."}

    def to_internal_value(self, data: Any) -> str:
        """The text."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class YesNo(serializers.BooleanField):
    """True or false, and nothing that could be taken for one of them."""

    default_error_messages = {"invalid": "Send true or false."}

    def to_internal_value(self, data: Any) -> bool:
        """One of the two."""
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Wanted(serializers.Serializer[Any]):
    """What a write may say: its own fields, each of its own type, and no others.

    Every one may say why words that repeat a text under seal may stand; that is for the save, not for its deed.
    """

    say_openly = Words(
        required=False, default="", allow_blank=True, max_length=1000,
        help_text="Why words that repeat a text under seal may be said here, for whoever is cleared on it.",
    )  # fmt: skip
    default_error_messages = {"invalid": "Send one JSON object."}
    no_others = True

    def to_internal_value(self, data: Any) -> Any:
        """Refuse fields that would be passed over in silence."""
        if isinstance(data, Mapping) and (unknown := sorted(set(map(str, data)) - set(self.fields))):
            may = f"There is no such field here. There are: {', '.join(self.fields)}."
            raise ValidationError({name: [may] for name in unknown})
        return super().to_internal_value(data)

    @classmethod
    def of(cls, request: Request) -> dict[str, Any]:
        """What the request says, or ValidationError."""
        said = cls(data=request.data)
        said.is_valid(raise_exception=True)
        return said.validated_data


def is_first(request: Request, *, at: Any) -> bool:
    """Whether this deed is yet to be done: a repeated Idempotency-Key of one person at one address is one deed.

    Ask inside the deed's own transaction, so that a deed that is refused may be tried again under its key.
    """
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return True
    if not 1 <= len(key) <= 200:
        raise ValidationError({"Idempotency-Key": ["Give a key of 1 to 200 characters."]})
    deed = uuid.uuid5(DEEDS, f"{request.user.pk} {request.path} {key}")
    sent = json.dumps(request.data, sort_keys=True)
    try:
        return Once.claim(deed, sent=sent, by=request.user, at=at)  # type: ignore[arg-type]
    except SentOtherwise as otherwise:
        raise ValidationError({"Idempotency-Key": [USED_BEFORE]}) from otherwise


def etag(version: int) -> str:
    """The version of a record as a header."""
    return f'"{version}"'


def expect(request: Request, version: int) -> None:
    """Raise Unread where the caller's If-Match names no version, and Behind where it names another."""
    wanted = request.headers.get("If-Match")
    if wanted is None:
        raise Unread
    if wanted.strip() != "*" and etag(version) not in [w.strip() for w in wanted.split(",")]:
        raise Behind
