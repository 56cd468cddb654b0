"""Risks and resources by the API: the same lists, filters and reader as the pages."""

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django_filters import ChoiceFilter
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins
from rest_framework.decorators import action as route
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from improvement.models import Plan
from improvement.scope import themes_of
from monitoring import register
from monitoring import register_shapes as shapes
from monitoring.action_words import ON, SAID
from monitoring.filters import DayFilter
from monitoring.models import Assessment, Resource
from monitoring.register_filters import ResourceFilter, RiskFilter
from people.collection import Collection
from people.roles import Permission


class RiskWords(RiskFilter):
    """The words of the page, with JSON's own words for yes and no."""

    on = extend_schema_field(ON)(DayFilter(label="The day to show"))
    overdue = ChoiceFilter(label="Review overdue", choices=SAID, method="so")

    def so(self, found: Any, name: str, value: str) -> Any:
        """By what is so, or is not."""
        return self.to_be_reviewed(found, name, "yes" if value == "true" else "no")


class ResourceWords(ResourceFilter):
    """The words of the page."""

    on = extend_schema_field(ON)(DayFilter(label="The day to show"))


class _OfThePlan(mixins.ListModelMixin, Collection):
    """A list of the plan in force."""

    permission = Permission.READ_PLAN
    lookup_field = "reference"

    @cached_property
    def plan(self) -> Plan:
        """The plan in force, asked for once a request; 404 where there is none."""
        plan = Plan.current()
        if plan is None:
            raise Http404
        return plan

    def asked_with(self) -> dict[str, Any]:
        """Today, the plan, and the themes that the reader may ask for."""
        reader: Any = self.request.user
        return {"today": self.today, "plan": self.plan, "themes": themes_of(self.plan, reader, on=self.today)}

    def _numbers(self, record: Any) -> list[str]:
        standings = register.standings_of(record, self.request.user, on=self.today)  # type: ignore[arg-type]
        return [standing.action.number for standing in standings]


class Risks(_OfThePlan):
    """What could keep the plan from being carried out, each as it was last assessed by a day, the worst first."""

    queryset = Assessment.objects.none()
    serializer_class = shapes.RiskShape
    filterset_class = RiskWords
    lists = ("list", "assessments")

    def get_queryset(self) -> Any:
        """Of the risks that the person reads."""
        read = register.assessments_read_by(self.request.user, self.plan, on=self.today)  # type: ignore[arg-type]
        return register.with_risks(read)

    @extend_schema(responses=shapes.RiskWholeShape)
    def retrieve(self, request: Request, reference: str) -> Response:
        """One risk as it stands today, and the actions that it bears upon."""
        assessed: Any = get_object_or_404(self.get_queryset().on(self.today), risk__reference=reference)
        assessed.actions = self._numbers(assessed.risk)
        return Response(shapes.RiskWholeShape(assessed).data)

    @extend_schema(responses=shapes.AssessmentShape(many=True))
    @route(detail=True)
    def assessments(self, request: Request, reference: str) -> Response:
        """How the risk has been judged, the latest first."""
        read = register.risks_read_by(request.user, self.plan, on=self.today)  # type: ignore[arg-type]
        page = self.paginate_queryset(get_object_or_404(read, reference=reference).assessments.all())
        return self.get_paginated_response(shapes.AssessmentShape(page, many=True).data)


class Resources(_OfThePlan):
    """Money and posts secured for the plan by a day, and what they had bought, the newest first."""

    queryset = Resource.objects.none()
    serializer_class = shapes.ResourceShape
    filterset_class = ResourceWords

    def get_queryset(self) -> Any:
        """Of those that the person reads."""
        read = register.resources_read_by(self.request.user, self.plan, on=self.today)  # type: ignore[arg-type]
        return register.with_purchases(read, on=self.today)

    @extend_schema(responses=shapes.ResourceWholeShape)
    def retrieve(self, request: Request, reference: str) -> Response:
        """One resource, and the actions that it is for."""
        resource: Any = get_object_or_404(self.get_queryset(), reference=reference)
        resource.numbers = self._numbers(resource)
        return Response(shapes.ResourceWholeShape(resource).data)
