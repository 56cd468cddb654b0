"""What answers what by the API: the rows of the page, as the person who asks may see them."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from improvement.lifecycle import Status
from improvement.models import Finding, Plan
from improvement.models.finding import TO_ANSWER
from improvement.responses import Reply
from monitoring.coverage import coverage
from monitoring.coverage_form import CoverageForm
from monitoring.covering import Cover
from monitoring.ladder import Rung
from monitoring.position import RATINGS
from people.collection import Collection
from people.pages import Pages
from people.roles import Permission


class TieShape(serializers.Serializer[Any]):
    """An action that answers a finding, as it stands today."""

    number = serializers.CharField()
    title = serializers.CharField()
    lead = serializers.CharField()
    status = serializers.ChoiceField(choices=Status.choices)
    rating = serializers.ChoiceField(source="delivery", choices=RATINGS, help_text="How its delivery is rated.")
    rung = serializers.ChoiceField(choices=Rung.choices)
    evidence = serializers.IntegerField(min_value=0, help_text="How many pieces of evidence it has.")


class ReplyShape(serializers.Serializer[Any]):
    """What the council says to a finding."""

    reply = serializers.ChoiceField(choices=Reply.choices)
    until_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()


class CoverageShape(serializers.Serializer[Any]):
    """A finding, what the council says to it, and what answers it."""

    reference = serializers.CharField()
    number = serializers.CharField()
    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in TO_ANSWER])
    words = serializers.CharField()
    theme = serializers.CharField(source="theme_slug")
    document = serializers.CharField(source="document_reference")
    cover = serializers.ChoiceField(choices=Cover.choices)
    reply = ReplyShape(allow_null=True)
    answers = TieShape(source="ties", many=True)


class RowPages(Pages):
    """Pages of rows that are all at hand."""

    def counted(self, rows: list[Any]) -> int:
        """All of them."""
        return len(rows)


class Coverage(Collection):
    """What answers what: each finding that the plan must answer, and what stands behind its actions."""

    permission = Permission.READ_PLAN
    queryset = Finding.objects.none()
    serializer_class = CoverageShape
    pagination_class = RowPages
    filter_backends = []

    def words(self) -> frozenset[str]:
        """The words of the page."""
        return super().words() | frozenset(CoverageForm.base_fields)

    @extend_schema(
        responses=CoverageShape(many=True),
        parameters=[
            OpenApiParameter("cover", str, enum=[each.value for each in Cover], description="How it is answered."),
            OpenApiParameter("kind", str, enum=[kind.value for kind in TO_ANSWER]),
            OpenApiParameter("theme", str, description="The slug of a theme."),
            OpenApiParameter("document", str, description="The reference of the document that asks."),
        ],
    )
    def list(self, request: Request) -> Response:
        """Theme by theme, narrowed as asked."""
        plan, by = Plan.current(), request.user
        rows = coverage(by, plan, on=self.today) if plan else []  # type: ignore[arg-type]
        form = CoverageForm(request.query_params, rows=rows)
        if not form.is_valid():
            raise ValidationError({name: ["There is no such choice."] for name in form.errors})
        return self.get_paginated_response(CoverageShape(self.paginate_queryset(form.picked), many=True).data)
