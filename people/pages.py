"""How the API turns pages."""

from typing import Any

from rest_framework import exceptions, pagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

COUNTED = 1000
"""Counting stops here, as it does on the pages: a list of a million costs what a list of a thousand does."""
FURTHEST = 100_000
"""No page after this one is looked for."""


class Pages(pagination.BasePagination):
    """Twenty-five a page, a hundred at most."""

    page_size = 25
    max_page_size = 100
    most = COUNTED
    """Counting stops here."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The rows of the page asked for; one more than is shown says whether there is a page after it."""
        size = _whole(request, "page_size", self.page_size, most=self.max_page_size)
        self.request, self.number = request, _whole(request, "page", 1, most=FURTHEST)
        rows = list(queryset[(self.number - 1) * size : self.number * size + 1])
        if not rows and self.number > 1:
            raise exceptions.NotFound(f"There is no page {self.number}.")
        self.more = len(rows) > size
        self.found = self.counted(queryset)
        return rows[:size]

    def counted(self, rows: Any) -> int:
        """How many there are, up to one more than is counted."""
        return int(rows.order_by()[: self.most + 1].count())

    def get_paginated_response(self, data: Any) -> Response:
        """The page, how many rows there are, and the pages beside it."""
        return Response(
            {
                "count": min(self.found, self.most),
                "counted_in_full": self.found <= self.most,
                "next": self._page(self.number + 1) if self.more else None,
                "previous": self._page(self.number - 1) if self.number > 1 else None,
                "results": data,
            }
        )

    def _page(self, number: int) -> str:
        return replace_query_param(self.request.get_full_path(), "page", number)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """As the schema says it."""
        address = {"type": "string", "nullable": True, "format": "uri-reference"}
        return {
            "type": "object",
            "required": ["count", "counted_in_full", "next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "minimum": 0, "maximum": self.most},
                "counted_in_full": {
                    "type": "boolean",
                    "description": f"False where there are more than {self.most:,}.",
                },
                "next": address,
                "previous": address,
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The two words that turn pages."""
        return [
            _word(
                "page",
                f"Which page, from 1; {self.page_size} rows each unless page_size says otherwise.",
                FURTHEST,
            ),
            _word("page_size", "How many rows a page has.", self.max_page_size),
        ]


PAGE_WORDS = frozenset({"page", "page_size"})


def _word(name: str, description: str, most: int) -> dict[str, Any]:
    of = {"type": "integer", "minimum": 1, "maximum": most}
    return {"name": name, "in": "query", "required": False, "description": description, "schema": of}


def _whole(request: Request, name: str, usual: int, *, most: int) -> int:
    given = request.query_params.get(name)
    if given is None:
        return usual
    if given.isascii() and given.isdigit() and len(given) < 9 and 1 <= int(given) <= most:
        return int(given)
    raise exceptions.ValidationError({name: [f"Give a whole number from 1 to {most:,}."]})
