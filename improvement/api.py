"""Themes and findings by the API: what the pages show, as the person who asks may see it."""

from typing import Any

import django_filters as filters
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from improvement.filters import FindingFilter
from improvement.lifecycle import Status
from improvement.models import Finding, Plan, Theme
from improvement.scope import read_by, reads_theme, themes_of, themes_read
from improvement.shapes import FindingShape, FindingWholeShape, ThemeShape
from people.collection import Collection
from people.roles import Permission


class Themes(mixins.ListModelMixin, mixins.RetrieveModelMixin, Collection):
    """The themes of the improvement plan in force."""

    permission = Permission.READ_PLAN
    queryset = Theme.objects.none()
    serializer_class = ThemeShape
    lookup_field = "slug"

    def get_queryset(self) -> Any:
        """Those that the person reads."""
        return themes_of(Plan.current(), self.request.user, on=self.today)  # type: ignore[arg-type]


class FindingWords(FindingFilter):
    """The words of the page, and the theme, which the page shows as headings."""

    theme = filters.ModelChoiceFilter(queryset=Theme.objects.all(), to_field_name="slug", label="Theme")


class Findings(mixins.ListModelMixin, Collection):
    """What inspectors found, in their own words."""

    permission = Permission.READ_PLAN
    queryset = Finding.objects.none()
    serializer_class = FindingShape
    filterset_class = FindingWords
    lookup_field = "reference"

    def get_queryset(self) -> Any:
        """The recommendations and wider areas that the plan must answer."""
        plan = Plan.current()
        if plan is None:
            return Finding.objects.none().with_answers()
        of_plan = Finding.objects.of(plan).to_answer()
        return of_plan.among(themes_read(self.request.user, on=self.today)).with_answers().by_theme()  # type: ignore[arg-type]

    @extend_schema(responses=FindingWholeShape)
    def retrieve(self, request: Request, reference: str) -> Response:
        """One finding, where it was said, and the actions that answer it."""
        whole = Finding.objects.with_answers().select_related("source", "theme")
        found: Any = get_object_or_404(whole, reference=reference)
        if not reads_theme(request.user, found.theme, on=self.today):  # type: ignore[arg-type]
            raise Http404
        tied = read_by(request.user, found.actions.in_order(), on=self.today)  # type: ignore[arg-type]
        found.answers_ = [action.number for action in tied if action.status != Status.WITHDRAWN]
        return Response(FindingWholeShape(found).data)
