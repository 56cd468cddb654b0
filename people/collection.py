"""What every collection of the API shares: its door, the words that it knows, and the version of what it answers."""

from functools import partial
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import negotiation, viewsets
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from people.access import demand
from people.api import NOTHING_HERE, Lengthless
from people.days import day_of
from people.openapi import Told
from people.pages import PAGE_WORDS
from people.reading import PlainJson
from people.roles import Permission
from people.versions import tag_or_unchanged


class KnownWords(DjangoFilterBackend):
    """Filters by the words of the view's FilterSet and refuses every other."""

    def filter_queryset(self, request: Request, queryset: Any, view: Any) -> Any:
        """The rows that the words pick. Raises ValidationError naming the word that makes no sense."""
        if view.filterset_class is None:
            return queryset
        asked = view.filterset_class(request.query_params, queryset=queryset, **view.asked_with())
        if not asked.is_valid():
            fields = asked.form.fields
            raise ValidationError({name: _faults(fields.get(name), told.data) for name, told in asked.errors.items()})
        return asked.qs


def _faults(field: Any, faults: Any) -> list[str]:
    return [_no_choice(field) if fault.code == "invalid_choice" else " ".join(fault.messages) for fault in faults]


def _no_choice(field: Any) -> str:
    """With what there is, where it is the same for every reader."""
    may = [] if hasattr(field, "queryset") else [str(value) for value, _ in field.choices if value]
    return f"There is no such choice. Choose one of: {', '.join(may)}." if may else "There is no such choice."


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
    http_method_names = ["get", "post", "put", "patch", "delete", "head"]
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
        if "Transfer-Encoding" in request.headers and "Content-Length" not in request.headers:
            raise Lengthless

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Response:
        """A good answer has an ETag, and is not sent again to whoever has it."""
        answer: Any = super().finalize_response(request, response, *args, **kwargs)
        if answer.status_code in (200, 201):
            answer.add_post_render_callback(partial(tag_or_unchanged, request))
        return answer

    def words(self) -> frozenset[str]:
        """The query words that this address knows."""
        turned = PAGE_WORDS if self.action in self.lists else frozenset()
        if self.action != "list":
            return turned
        return turned | frozenset(getattr(self.filterset_class, "base_filters", ()))

    def asked_with(self) -> dict[str, Any]:
        """What the FilterSet needs beside the words."""
        return {}


SLASH = "There is nothing here that you may see. Every address of the API ends in a slash: add it."


class NothingHere(APIView):
    """An address of the API that leads nowhere: whoever asks is told so in JSON, once known."""

    schema = None
    content_negotiation_class = JsonAlone

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """404, whatever the method."""
        super().initial(request, *args, **kwargs)
        raise NotFound(NOTHING_HERE if request.path.endswith("/") else SLASH)

    @property
    def default_response_headers(self) -> dict[str, str]:
        """None: nothing can be done here."""
        return {}


def refuse_unknown(query: QueryDict, *, known: frozenset[str]) -> None:
    """Raise ValidationError for a word that is not known: passed over, it would give an answer to another question.

    So would a word that is asked twice, of which only the last would be heard.
    """
    may = f"What can be asked here: {', '.join(sorted(known))}." if known else "Nothing can be asked here."
    if unknown := sorted(set(query) - known):
        raise ValidationError({name: [f"This word is not known. {may}"] for name in unknown})
    if twice := sorted(name for name, said in query.lists() if len(said) > 1):
        raise ValidationError({name: ["Ask this once: only one of its answers could be given."] for name in twice})
