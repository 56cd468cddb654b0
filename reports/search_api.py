"""The search by the API: the same hits, in the same order, as the page shows."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from monitoring.shapes import TermsShape
from people.collection import Collection
from people.pages import Pages
from people.roles import Permission
from reports.asked import LONGEST
from reports.models import Entry
from reports.search import COUNTED, FACETS, KINDS, Found, search


class HitShape(serializers.Serializer[Any]):
    """One thing found."""

    kind = serializers.ChoiceField(choices=Entry.Kind.choices)
    heading = serializers.CharField()
    within = serializers.CharField(help_text="What it belongs to: an update’s action, a passage’s paper; or nothing.")
    words = serializers.CharField(help_text="Its words where they hold what was looked for.")
    day = serializers.DateField(allow_null=True, help_text="The day that it speaks of, where it has one.")
    draft = serializers.BooleanField(source="is_draft")
    terms = TermsShape(allow_null=True)
    page = serializers.CharField(source="href", help_text="The page that shows it.")


class FoundPages(Pages):
    """Pages of what was found; a search counts less far than a list."""

    most = COUNTED

    def counted(self, rows: Found) -> int:
        """As far as hits are counted."""
        return rows.count


class Search(Collection):
    """One search over findings, actions, what was said and shown of them, visits, documents and papers."""

    permission = Permission.READ_PLAN
    queryset = Entry.objects.none()
    serializer_class = HitShape
    pagination_class = FoundPages
    filter_backends = []

    def words(self) -> frozenset[str]:
        """What is looked for, what it is narrowed to, and the page."""
        return super().words() | {"q", "kind"}

    @extend_schema(
        responses=HitShape(many=True),
        parameters=[
            OpenApiParameter(
                "q", {"type": "string", "minLength": 2, "maxLength": LONGEST}, required=True, description=(
                    "Words, “a phrase” between quotation marks, or a number such as 1.4; “or” between words, "
                    "and a minus before a word that is not wanted."
                ),
            ),
            OpenApiParameter("kind", str, enum=[facet.value for facet in FACETS], description="What to narrow it to."),
        ],
    )  # fmt: skip
    def list(self, request: Request) -> Response:
        """Whatever holds the words: the best first where there are a hundred or fewer, else the newest."""
        kind = request.query_params.get("kind", "")
        if kind and kind not in KINDS:
            raise ValidationError({"kind": ["There is no such choice."]})
        asked: Any = request.user
        deep = "page" in request.query_params
        found = search(request.query_params.get("q", ""), by=asked, on=self.today, kind=kind, deep=deep)
        if found.objection:
            raise ValidationError({"q": [found.objection]})
        return self.get_paginated_response(HitShape(self.paginate_queryset(found), many=True).data)  # type: ignore[arg-type]
