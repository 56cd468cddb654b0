"""Themes and findings by the API: what the pages show, as the person who asks may see it."""

from typing import Any, cast

import django_filters as filters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins
from rest_framework.decorators import action as route
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_200_OK, HTTP_201_CREATED

from improvement import models
from improvement.filters import FindingFilter
from improvement.lifecycle import Status
from improvement.models import Finding, Plan, Theme
from improvement.permissions import theme_objection
from improvement.scope import read_by, reads_theme, themes_of, themes_read
from improvement.shapes import FindingShape, FindingWholeShape, ResponseWanted, ThemeShape
from people.api import Conflict
from people.collection import Collection, is_first
from people.models import Person
from people.roles import Permission
from sources.openly import Quoted, said_openly

ONCE = [
    OpenApiParameter(
        "Idempotency-Key", str, OpenApiParameter.HEADER,
        description="A key of your own, of 1 to 200 characters: sent again, the deed is not done twice; with another "
        "deed, it is refused.",
    )
]  # fmt: skip


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
        """The recommendations, wider areas and requirements of notices that the plan must answer."""
        plan = Plan.current()
        if plan is None:
            return Finding.objects.none().with_answers()
        of_plan = Finding.objects.of(plan).to_answer()
        return of_plan.among(themes_read(self.request.user, on=self.today)).with_answers().by_theme()  # type: ignore[arg-type]

    def asked_with(self) -> dict[str, Any]:
        """The day on which a reply holds."""
        return {"on": self.today}

    @extend_schema(responses=FindingWholeShape)
    def retrieve(self, request: Request, reference: str) -> Response:
        """One finding, where it was said, what the council says to it, and the actions that answer it."""
        return self._whole(reference)

    @extend_schema(request=ResponseWanted, responses={201: FindingWholeShape, 200: FindingWholeShape}, parameters=ONCE)
    @route(detail=True, methods=["post"])
    @transaction.atomic
    def responses(self, request: Request, reference: str) -> Response:
        """Accept a finding, accept it in part or decline it, in place of any former reply."""
        finding, by = self._finding(reference), cast("Person", request.user)
        said = ResponseWanted.of(request)
        why = said.pop("say_openly")
        if sentence := theme_objection(by, finding.theme, deed="Replying to a finding", on=self.today):
            raise PermissionDenied(sentence)
        if not is_first(request, at=self.now):
            return self._whole(reference)
        try:
            with said_openly(why):
                models.Response.give(finding, by=by, at=self.now, **said)
        except (models.Refused, Quoted) as refused:
            raise Conflict(str(refused)) from refused
        return self._whole(reference, code=HTTP_201_CREATED)

    def _finding(self, reference: str) -> Any:
        """The finding of this reference, if the person reads its theme; else 404."""
        whole = Finding.objects.with_answers().select_related("source", "theme")
        found: Any = get_object_or_404(whole, reference=reference)
        if not reads_theme(self.request.user, found.theme, on=self.today):  # type: ignore[arg-type]
            raise Http404
        return found

    def _whole(self, reference: str, *, code: int = HTTP_200_OK) -> Response:
        found = self._finding(reference)
        tied = read_by(self.request.user, found.actions.in_order(), on=self.today)  # type: ignore[arg-type]
        found.answers_ = [action.number for action in tied if action.status != Status.WITHDRAWN]
        return Response(FindingWholeShape(found).data, status=code)
