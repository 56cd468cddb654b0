"""One action by the API: found as its reader may see it, and changed once, on the version that they have read."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiParameter
from rest_framework import status
from rest_framework.generics import get_object_or_404
from rest_framework.response import Response

from improvement.models import Action, Plan, Refused
from improvement.scope import read_by
from monitoring import shapes
from people.api import Conflict
from people.collection import Collection, etag, expect, is_first
from sources.openly import Quoted, said_openly

READ = [OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200], description="Its version.")]
CHANGED = [
    OpenApiParameter(
        "If-Match", str, OpenApiParameter.HEADER, required=True,
        description="The ETag of the action as you read it, or * for whichever version there is.",
    ),
    OpenApiParameter(
        "Idempotency-Key", str, OpenApiParameter.HEADER,
        description="A key of your own, of 1 to 200 characters: sent again, the deed is not done twice; with another "
        "deed, it is refused.",
    ),
    OpenApiParameter("ETag", str, OpenApiParameter.HEADER, response=[200, 201], description="Its version after this."),
]  # fmt: skip
DONE = {201: shapes.ActionWholeShape, 200: shapes.ActionWholeShape}
"""What a change answers: the action as it now is; 200 where the key says that it was done before."""


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

    def _done(
        self, action: Action, deed: Callable[[], object], *, why: str, code: int = status.HTTP_201_CREATED
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

    def _whole(self, action: Action, *, code: int = status.HTTP_200_OK) -> Response:
        standing = action.standings.on(self.today).values(*shapes.COLUMNS, "advice").first()
        shown = shapes.ActionWholeShape(shapes.whole(action, standing))
        return Response(shown.data, status=code, headers={"ETag": etag(action.version)})

    def _page(self, rows: Any, *, shape: Any) -> Response:
        return self.get_paginated_response(shape(self.paginate_queryset(rows), many=True).data)


def allow(sentence: str | None) -> None:
    """Raise PermissionDenied where there is a sentence that says why not."""
    if sentence:
        raise PermissionDenied(sentence)
