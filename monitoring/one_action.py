"""One action by the API: found as its reader may see it, and changed once, on the version that they have read."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from improvement.models import Action, Plan, Refused
from improvement.scope import read_by
from monitoring import line_shapes, shapes
from people.api import Behind, Conflict
from people.collection import Collection
from people.openapi import IDEMPOTENCY_KEY
from people.versions import etag, expect, fields_of, is_first, read_version
from people.wanted import Wanted
from sources.openly import Quoted, said_openly

AFTER = OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200, 201], description="Its ETag after this.")
CHANGED = [
    OpenApiParameter(
        "If-Match", str, OpenApiParameter.HEADER, required=True,
        description="The ETag of the action as you read it, or * for whichever version there is.",
    ),
    IDEMPOTENCY_KEY,
    AFTER,
]  # fmt: skip
ADDED = [
    IDEMPOTENCY_KEY,
    AFTER,
    OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201], description="Where it is read."),
]
SETTLED = {200: shapes.ActionWholeShape, 412: line_shapes.OvertakenShape}
"""What is answered where something is put in another's place."""
MOST_SINCE = 25
"""How much of an action's history stands beside a change that came too late."""
DONE = {201: shapes.ActionWholeShape, **SETTLED}
"""What a change answers: the action as it now is; 200 where the key says that it was done before."""


Objection = Callable[..., str | None]


class OneAction(Collection):
    """Actions of the plan in force, one at a time."""

    @cached_property
    def plan(self) -> Plan | None:
        """The plan in force, asked for once a request."""
        return Plan.current()

    def _action(self, number: str, *, to_change: bool = False) -> Action:
        """The action of this number that the person reads, held against others while it is changed; else 404."""
        actions = read_by(self.request.user, Action.objects.of(self.plan), on=self.today)  # type: ignore[arg-type]
        if to_change:
            actions = actions.select_for_update(of=("self",), no_key=True)
        whole = actions.select_related("theme", "lead").prefetch_related("updaters")
        return get_object_or_404(whole, number=number)

    def _change(
        self, number: str, wanted: type[Wanted], deed: Callable[..., object], *, unless: Objection,
        code: int = status.HTTP_201_CREATED,
    ) -> Response:  # fmt: skip
        """Do what the request says to the action, unless it says what makes no sense or the person may not."""
        by: Any = self.request.user
        action = self._action(number, to_change=True)
        said = wanted.of(self.request)
        allow(unless(by, action, on=self.today))
        why = said.pop("say_openly")
        return self._done(action, lambda: deed(action, by=by, at=self.now, **said), why=why, code=code)

    def _done(
        self, action: Action, deed: Callable[[], object], *, why: str, code: int = status.HTTP_201_CREATED
    ) -> Response:  # fmt: skip
        """Do the deed once, on the version that the caller read, and answer with the action as it then is."""
        if not is_first(self.request, at=self.now):
            return self._whole(action)
        try:
            expect(self.request, action.version)
        except Behind as behind:
            behind.beside = self._both_texts(action)
            raise
        said_or_refused(deed, why=why)
        return self._whole(action, code=code)

    def _both_texts(self, action: Action) -> dict[str, Any]:
        """What the caller sent, and what others have done and said since the version that they read."""
        read = read_version(self.request)
        behind = max(action.version - read, 1) if read is not None else 1
        lines = action.lines.select_related("by").order_by("-at", "-id")[: min(behind, MOST_SINCE)]
        said = action.updates.select_related("by").first()
        return {
            "yours": {
                name: value for name, value in fields_of(self.request.data).items() if not isinstance(value, File)
            },
            "since": line_shapes.LineShape(lines, many=True).data,
            "last_update": said and line_shapes.UpdateShape(said).data,
        }

    def _whole(self, action: Action, *, code: int = status.HTTP_200_OK) -> Response:
        standing = action.standings.on(self.today).values(*shapes.COLUMNS, "advice").first()
        shown = shapes.ActionWholeShape(shapes.whole(action, standing))
        return Response(shown.data, status=code, headers={"ETag": etag(action.version)})

    def _page(self, rows: Any, *, shape: Any) -> Response:
        return self.get_paginated_response(shape(self.paginate_queryset(rows), many=True).data)


def said_or_refused(deed: Callable[[], Any], *, why: str) -> Any:
    """What the deed comes to. Raises Conflict with the sentence of the rule that refuses it."""
    try:
        with said_openly(why):
            return deed()
    except (Refused, Quoted) as refused:
        raise Conflict(str(refused)) from refused


def allow(sentence: str | None) -> None:
    """Raise PermissionDenied where there is a sentence that says why not."""
    if sentence:
        raise PermissionDenied(sentence)
