"""Papers by the API: listed, and read whole, as the person who asks may see them."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.request import Request
from rest_framework.response import Response

from people.collection import Collection
from people.roles import Permission
from reports.copies import copy_of
from reports.models import Paper
from reports.shapes import PaperShape, PaperWholeShape


class Papers(mixins.ListModelMixin, Collection):
    """Committee papers: those issued, and drafts for whoever reads drafts."""

    permission = Permission.READ_PAPERS
    queryset = Paper.objects.select_related("body").latest_first()
    serializer_class = PaperShape
    lookup_field = "reference"

    @extend_schema(responses=PaperWholeShape)
    def retrieve(self, request: Request, reference: str) -> Response:
        """One paper whole: the same words, in order and under the same numbers, as its HTML and PDF."""
        copy = copy_of(reference) if reference.isprintable() else None
        if copy is None:
            raise Http404
        shown: Any = PaperWholeShape(copy.words)
        return Response(shown.data)
