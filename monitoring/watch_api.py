"""Visits and measures by the API, as the person who asks may see them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action as route
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from improvement.models import Plan
from improvement.scope import answering, themes_read
from monitoring import watch_shapes as shapes
from monitoring.measuring import measures_of, readings_of
from monitoring.models import Measure, Visit
from monitoring.visiting import findings_of, letter_of
from people.collection import Collection
from people.roles import Permission


class Visits(mixins.ListModelMixin, Collection):
    """Ofsted's monitoring visits; a letter comes only with the seal that the reader may open."""

    permission = Permission.READ_PLAN
    queryset = Visit.objects.order_by("-ordinal")
    serializer_class = shapes.VisitShape
    lookup_field = "reference"

    @extend_schema(responses=shapes.VisitWholeShape)
    def retrieve(self, request: Request, reference: str) -> Response:
        """One visit and, for those who may see it, its letter and what that says."""
        visit: Any = get_object_or_404(Visit.objects.all(), reference=reference)
        visit.letter = letter_of(visit)
        visit.findings = findings_of(visit.letter, by=answering(request.user, on=self.today))  # type: ignore[arg-type]
        return Response(shapes.VisitWholeShape(visit).data)


class Measures(mixins.ListModelMixin, mixins.RetrieveModelMixin, Collection):
    """What the board watches to see whether children are better off."""

    permission = Permission.READ_PLAN
    queryset = Measure.objects.none()
    serializer_class = shapes.MeasureShape
    lists = ("list", "readings")
    lookup_field = "slug"

    def get_queryset(self) -> Any:
        """Those of the themes that the person reads."""
        among = themes_read(self.request.user, on=self.today)  # type: ignore[arg-type]
        return measures_of(Plan.current(), among=among)

    @extend_schema(responses=shapes.ReadingShape(many=True))
    @route(detail=True)
    def readings(self, request: Request, slug: str) -> Response:
        """The measure's figures month by month, the latest first."""
        page = self.paginate_queryset(readings_of(self.get_object()))
        return self.get_paginated_response(shapes.ReadingShape(page, many=True).data)
