"""What every page shows, and for whoever is cleared on a document the way to what is under seal."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from people import context
from sources.clearing import waiting_for
from sources.models import Quotation
from sources.reads import noted


def page(request: HttpRequest) -> dict[str, Any]:
    """As people have it, with one way more for the cleared; it is not there for anybody else."""
    shown = context.page(request)
    if getattr(request, "is_cleared", False):
        href = reverse("seals")
        active = request.path.startswith(href)
        shown["navigation"] = [*shown["navigation"], {"text": _under_seal(request), "href": href, "active": active}]
    return shown


def _under_seal(request: HttpRequest) -> str:
    """“Under seal”, and how much waits for the reader: embargoes near their end, and words that repeat a document.

    That something waits is no word of what is sealed, so nobody is recorded as having read it on every page.
    """
    with noted(cleared=False):
        n = waiting_for(request.user, at=timezone.now()) + Quotation.objects.unsettled().how_many()  # type: ignore[arg-type]
    return f"Under seal ({n} {'needs' if n == 1 else 'need'} you)" if n else "Under seal"
