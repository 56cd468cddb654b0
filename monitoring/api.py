"""Actions by the API: listed, read, updated and moved through the same deeds and permissions as the pages."""

from typing import Any

from django.db import transaction
from django.http import Http404, QueryDict
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action as route
from rest_framework.exceptions import ValidationError
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_200_OK, HTTP_201_CREATED

from improvement.lifecycle import MOVES
from improvement.models import Action, Answer
from improvement.permissions import theme_objection
from monitoring import deeds_shapes, ladder_shapes, line_shapes, progress, promising, shapes
from monitoring.action_words import ActionWords
from monitoring.deeds_api import Deeds
from monitoring.listing import standings_read_by
from monitoring.models import Scheme, Standing
from monitoring.named import findings_named, lead_named, milestones_numbered, theme_named
from monitoring.one_action import ADDED, CHANGED, DONE, SETTLED, allow, said_or_refused
from monitoring.permissions import ADDING, TYING, move_objection, rung_objection, steer_objection, update_objection
from monitoring.rungs import rung_of
from people.reading import FormWithFile, PlainJson
from people.roles import Permission
from people.versions import is_first, when_done


class Actions(Deeds):
    """The actions of the improvement plan in force."""

    permission = Permission.READ_PLAN
    queryset = Standing.objects.none()
    serializer_class = shapes.ActionShape
    filterset_class = ActionWords
    lists = ("list", "history", "updates", "evidence", "climbs", "revisions")
    lookup_field = "number"

    def get_queryset(self) -> Any:
        """Where each of the actions that the person reads stands, on whatever day."""
        if self.plan is None:
            raise Http404
        return standings_read_by(self.request.user, self.plan, on=self.today)  # type: ignore[arg-type]

    def asked_with(self) -> dict[str, Any]:
        """Today, the plan and the council's names for ratings."""
        return {"today": self.today, "plan": self.plan, "scheme": Scheme.ours(), "reader": self.request.user}

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Actions as they stood on a day, narrowed and ordered as asked."""
        found: Any = self.filter_queryset(self.get_queryset())
        page: Any = self.paginate_queryset(found.keys())
        told = [dict(zip(shapes.COLUMNS, row, strict=True)) for row in Standing.objects.told(page, shapes.COLUMNS)]
        return self.get_paginated_response(self.get_serializer(told, many=True).data)

    @extend_schema(
        request=deeds_shapes.ActionWanted, parameters=ADDED,
        responses={201: shapes.ActionWholeShape, 200: shapes.ActionWholeShape},
    )  # fmt: skip
    @transaction.atomic
    def create(self, request: Request) -> Response:
        """Add an action to the plan, under the next number of its theme."""
        by: Any = request.user
        if self.plan is None:
            raise Http404
        said = deeds_shapes.ActionWanted.of(request)
        theme = theme_named(said.pop("theme"), self.plan, reader=by, on=self.today)
        allow(theme_objection(by, theme, deed=ADDING, on=self.today))
        if not is_first(request, at=self.now):
            return self._whole(get_object_or_404(Action.objects.of(self.plan).promised(by=by, at=when_done(request))))
        why, naming = said.pop("say_openly"), {name: said.pop(name) for name in ("lead", "new_lead", "kind")}
        said["findings"] = findings_named(said["findings"], self.plan)

        def promise() -> Action:
            return promising.promise(theme, lead=lead_named(naming), by=by, at=self.now, **said)

        made = said_or_refused(promise, why=why)
        answer = self._whole(made, code=HTTP_201_CREATED)
        answer.headers["Location"] = reverse("api-actions-detail", args=[made.number])
        return answer

    @extend_schema(responses=shapes.ActionWholeShape)
    def retrieve(self, request: Request, number: str) -> Response:
        """One action as it stands today, whole."""
        return self._whole(self._action(number))

    @extend_schema(responses=line_shapes.LineShape(many=True))
    @route(detail=True)
    def history(self, request: Request, number: str) -> Response:
        """Who did what to the action, when and why, the latest first."""
        lines = self._action(number).lines.select_related("by").order_by("-at", "-id")
        return self._page(lines, shape=line_shapes.LineShape)

    @extend_schema(responses=line_shapes.UpdateShape(many=True))
    @route(detail=True)
    def updates(self, request: Request, number: str) -> Response:
        """What officers have said of the action, the latest first."""
        return self._page(self._action(number).updates.select_related("by"), shape=line_shapes.UpdateShape)

    @extend_schema(request=deeds_shapes.UpdateWanted, responses=DONE, parameters=CHANGED)
    @updates.mapping.post
    @transaction.atomic
    def give_update(self, request: Request, number: str) -> Response:
        """Give the action an update and, with it, perhaps make a move."""
        by: Any = request.user
        action = self._action(number, to_change=True)
        allow(update_objection(by, action, on=self.today))
        said = deeds_shapes.UpdateWanted.of(request)
        if "move" in said:
            allow(move_objection(by, action, MOVES[said["move"]], on=self.today))
        why = said.pop("say_openly")

        def update() -> None:
            reached = milestones_numbered(said.pop("reached", ()), action)
            progress.update(action, by=by, at=self.now, reached=reached, **said)

        return self._done(action, update, why=why)

    @extend_schema(request=deeds_shapes.MoveWanted, responses=DONE, parameters=CHANGED)
    @route(detail=True, methods=["post"])
    @transaction.atomic
    def moves(self, request: Request, number: str) -> Response:
        """Make a move of the table."""
        by: Any = request.user
        action = self._action(number, to_change=True)
        said = deeds_shapes.MoveWanted.of(request)
        allow(move_objection(by, action, MOVES[said["move"]], on=self.today))
        why = said.pop("say_openly")
        return self._done(action, lambda: progress.make(action, by=by, at=self.now, **said), why=why)

    @extend_schema(responses=ladder_shapes.EvidenceShape(many=True))
    @route(detail=True, parser_classes=[PlainJson, FormWithFile])
    def evidence(self, request: Request, number: str) -> Response:
        """What shows that the action was done or that it helped, the latest first."""
        shown = self._action(number).evidence.prefetch_related("exhibits")
        return self._page(shown, shape=ladder_shapes.EvidenceShape)

    @extend_schema(
        request={
            "application/json": ladder_shapes.EvidenceWanted,
            "multipart/form-data": ladder_shapes.ShownWanted,
        },
        responses=DONE, parameters=CHANGED,
    )  # fmt: skip
    @evidence.mapping.post
    @transaction.atomic
    def show(self, request: Request, number: str) -> Response:
        """Put forward evidence: a link to where it can be read or, as a form, the file itself."""
        wanted = ladder_shapes.ShownWanted if isinstance(request.data, QueryDict) else ladder_shapes.EvidenceWanted
        return self._change(number, wanted, progress.show, unless=update_objection)

    @extend_schema(responses=ladder_shapes.ClimbShape(many=True))
    @route(detail=True)
    def climbs(self, request: Request, number: str) -> Response:
        """Every rung of the ladder climbed or lost, the latest first."""
        climbs = self._action(number).climbs.select_related("by", "evidence").order_by("-at", "-id")
        return self._page(climbs, shape=ladder_shapes.ClimbShape)

    @extend_schema(request=deeds_shapes.TiesWanted, responses=SETTLED, parameters=CHANGED)
    @route(detail=True, methods=["put"])
    @transaction.atomic
    def findings(self, request: Request, number: str) -> Response:
        """Say what the action answers: these findings and no others of those that you may see."""
        by: Any = request.user
        action = self._action(number, to_change=True)
        said = deeds_shapes.TiesWanted.of(request)
        allow(steer_objection(by, action, deed=TYING, on=self.today))
        found = findings_named(said["findings"], self.plan)
        why = said["say_openly"]
        return self._done(action, lambda: Answer.say(action, found, by=by, at=self.now), why=why, code=HTTP_200_OK)

    @extend_schema(request=ladder_shapes.ClimbWanted, responses=DONE, parameters=CHANGED)
    @climbs.mapping.post
    @transaction.atomic
    def climb(self, request: Request, number: str) -> Response:
        """Record a rung reached on evidence, or lost for a reason."""
        by: Any = request.user
        action = self._action(number, to_change=True)
        allow(update_objection(by, action, on=self.today))
        said = ladder_shapes.ClimbWanted.of(request)
        allow(rung_objection(by, action, said["rung"], current=rung_of(action), on=self.today))
        shown = {"": None} | {evidence.reference: evidence for evidence in action.evidence.all()}
        if said["evidence"] not in shown:
            raise ValidationError({"evidence": ["The action has no such evidence. Give the reference of an item."]})
        said["evidence"] = shown[said["evidence"]]
        why = said.pop("say_openly")
        return self._done(action, lambda: progress.climb(action, by=by, at=self.now, **said), why=why)
