"""Actions by the API: listed, read, updated and moved through the same deeds and permissions as the pages."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.functional import cached_property
from django_filters import ChoiceFilter
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import mixins
from rest_framework.decorators import action as route
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_200_OK, HTTP_201_CREATED

from improvement.lifecycle import MOVES
from improvement.models import Action, Answer, Finding, Plan, Refused
from improvement.scope import read_by
from monitoring import progress, shapes
from monitoring.filters import DayFilter, StandingFilter
from monitoring.listing import standings_read_by
from monitoring.models import Scheme, Standing
from monitoring.permissions import move_objection, steer_objection, update_objection
from monitoring.position import RATINGS
from people.api import Conflict
from people.collection import Collection, etag, expect, is_first
from people.roles import Permission
from sources.openly import Quoted, said_openly

ON = {"type": "string", "format": "date", "description": "A day since the plan was adopted; left out, it is today."}
DELIVERY = {"type": "string", "enum": list(RATINGS), "description": "Delivery rating; “none” is a withdrawn action’s."}
SAID = (("true", "true"), ("false", "false"))
READ = [OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200], description="Its version.")]
CHANGED = [
    OpenApiParameter(
        "If-Match", str, OpenApiParameter.HEADER, required=True,
        description="The ETag of the action as you read it, or * for whichever version there is.",
    ),
    OpenApiParameter(
        "Idempotency-Key", str, OpenApiParameter.HEADER,
        description="A key of your own, of 1 to 200 characters: sent again, the deed is not done twice.",
    ),
    OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200, 201], description="Its version after this."),
]  # fmt: skip
DONE = {201: shapes.ActionWholeShape, 200: shapes.ActionWholeShape}
"""What a change answers: the action as it now is; 200 where the key says that it was done before."""


class ActionWords(StandingFilter):
    """The words of the page, with JSON's own words for yes and no."""

    on = extend_schema_field(ON)(DayFilter(label="The day to show"))
    delivery = extend_schema_field(DELIVERY)(ChoiceFilter(method="rated"))
    late = ChoiceFilter(label="Overdue", choices=SAID, method="so")
    stale = ChoiceFilter(label="Without a recent update", choices=SAID, method="so")

    def so(self, found: Any, name: str, value: str) -> Any:
        """By what is so, or is not."""
        return self.said(found, name, "yes" if value == "true" else "no")


class Actions(mixins.ListModelMixin, Collection):
    """The actions of the improvement plan in force."""

    permission = Permission.READ_PLAN
    queryset = Standing.objects.none()
    serializer_class = shapes.ActionShape
    filterset_class = ActionWords
    lists = ("list", "history", "updates")
    lookup_field = "number"

    @cached_property
    def plan(self) -> Plan | None:
        """The plan in force, asked for once a request."""
        return Plan.current()

    def get_queryset(self) -> Any:
        """Where each of the actions that the person reads stands, on whatever day."""
        if self.plan is None:
            raise Http404
        return standings_read_by(self.request.user, self.plan, on=self.today).values(*shapes.COLUMNS)  # type: ignore[arg-type]

    def asked_with(self) -> dict[str, Any]:
        """Today, the plan and the council's names for ratings."""
        return {"today": self.today, "plan": self.plan, "scheme": Scheme.ours()}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Actions as they stood on a day, narrowed and ordered as asked."""
        return super().list(request, *args, **kwargs)

    @extend_schema(responses=shapes.ActionWholeShape, parameters=READ)
    def retrieve(self, request: Request, number: str) -> Response:
        """One action as it stands today, whole."""
        return self._whole(self._action(number))

    @extend_schema(responses=shapes.LineShape(many=True))
    @route(detail=True)
    def history(self, request: Request, number: str) -> Response:
        """Who did what to the action, when and why, the latest first."""
        lines = self._action(number).lines.select_related("by").order_by("-at", "-id")
        return self._page(lines, shape=shapes.LineShape)

    @extend_schema(responses=shapes.UpdateShape(many=True))
    @route(detail=True)
    def updates(self, request: Request, number: str) -> Response:
        """What officers have said of the action, the latest first."""
        return self._page(self._action(number).updates.select_related("by"), shape=shapes.UpdateShape)

    @extend_schema(request=shapes.UpdateWanted, responses=DONE, parameters=CHANGED)
    @updates.mapping.post
    @transaction.atomic
    def give_update(self, request: Request, number: str) -> Response:
        """Give the action an update and, with it, perhaps make a move."""
        by: Any = request.user
        action = self._action(number, to_change=True)
        _allow(update_objection(by, action, on=self.today))
        said = shapes.UpdateWanted.of(request)
        if "move" in said:
            _allow(move_objection(by, action, MOVES[said["move"]], on=self.today))
        why = said.pop("say_openly")
        return self._done(action, lambda: progress.update(action, by=by, at=self.now, **said), why=why)

    @extend_schema(request=shapes.MoveWanted, responses=DONE, parameters=CHANGED)
    @route(detail=True, methods=["post"])
    @transaction.atomic
    def moves(self, request: Request, number: str) -> Response:
        """Make a move of the table."""
        by: Any = request.user
        action = self._action(number, to_change=True)
        said = shapes.MoveWanted.of(request)
        _allow(move_objection(by, action, MOVES[said["move"]], on=self.today))
        why = said.pop("say_openly")
        return self._done(action, lambda: progress.make(action, by=by, at=self.now, **said), why=why)

    @extend_schema(request=shapes.TiesWanted, responses={200: shapes.ActionWholeShape}, parameters=CHANGED)
    @route(detail=True, methods=["put"])
    @transaction.atomic
    def findings(self, request: Request, number: str) -> Response:
        """Say what the action answers: these findings and no others of those that you may see."""
        by: Any = request.user
        action = self._action(number, to_change=True)
        said = shapes.TiesWanted.of(request)
        _allow(steer_objection(by, action, deed="Saying what an action answers", on=self.today))
        found = list(Finding.objects.of(self.plan).called(said["findings"]).select_related("seal"))
        if unknown := sorted(set(said["findings"]) - {finding.reference for finding in found}):
            raise ValidationError({"findings": [f"The plan takes up no finding {unknown[0]}."]})
        why = said["say_openly"]
        return self._done(action, lambda: Answer.say(action, found, by=by, at=self.now), why=why, code=HTTP_200_OK)

    def _action(self, number: str, *, to_change: bool = False) -> Action:
        """The action of this number that the person reads, held against others while it is changed; else 404."""
        actions = read_by(self.request.user, Action.objects.of(self.plan), on=self.today)  # type: ignore[arg-type]
        if to_change:
            actions = actions.select_for_update(of=("self",), no_key=True)
        whole = actions.select_related("theme", "lead").prefetch_related("updaters")
        return get_object_or_404(whole, number=number)

    def _done(
        self, action: Action, deed: Callable[[], object], *, why: str, code: int = HTTP_201_CREATED
    ) -> Response:  # fmt: skip
        """Do the deed once, on the version that the caller read, and answer with the action as it then is."""
        if not is_first(self.request, at=self.now):
            return self._whole(action)
        expect(self.request, action.version)
        try:
            with said_openly(why):
                deed()
        except (Refused, Quoted) as refused:
            raise Conflict(str(refused)) from refused
        return self._whole(action, code=code)

    def _whole(self, action: Action, *, code: int = HTTP_200_OK) -> Response:
        standing = action.standings.on(self.today).values(*shapes.COLUMNS, "advice").first()
        shown = shapes.ActionWholeShape(shapes.whole(action, standing))
        return Response(shown.data, status=code, headers={"ETag": etag(action.version)})

    def _page(self, rows: Any, *, shape: Any) -> Response:
        return self.get_paginated_response(shape(self.paginate_queryset(rows), many=True).data)


def _allow(sentence: str | None) -> None:
    if sentence:
        raise PermissionDenied(sentence)
