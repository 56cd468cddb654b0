"""What every page shows, and for whoever is cleared on a document the way to what is under seal."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from people import context


def page(request: HttpRequest) -> dict[str, Any]:
    """As people have it, with one way more for the cleared; it is not there for anybody else."""
    shown = context.page(request)
    if getattr(request, "is_cleared", False):
        href = reverse("seals")
        active = request.path.startswith(href)
        shown["navigation"] = [*shown["navigation"], {"text": "Under seal", "href": href, "active": active}]
    return shown
