"""What every page shows, and for whoever is cleared on a document the way to what is under seal."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from people import context
from sources.clearing import waiting_for


def page(request: HttpRequest) -> dict[str, Any]:
    """As people have it, with one way more for the cleared; it is not there for anybody else."""
    shown = context.page(request)
    if getattr(request, "is_cleared", False):
        href = reverse("seals")
        active = request.path.startswith(href)
        shown["navigation"] = [*shown["navigation"], {"text": _under_seal(request), "href": href, "active": active}]
    return shown


def _under_seal(request: HttpRequest) -> str:
    """“Under seal”, and from a week before an embargo ends how many documents wait for the reader; in one query."""
    n = waiting_for(request.user, at=timezone.now())  # type: ignore[arg-type]
    return f"Under seal ({n} {'needs' if n == 1 else 'need'} you)" if n else "Under seal"
