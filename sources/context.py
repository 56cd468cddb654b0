"""What every page shows, and for whoever is cleared on a document the way to what is under seal."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from people import context
from sources.models import Quotation


def page(request: HttpRequest) -> dict[str, Any]:
    """As people have it; for the cleared, one way more with how many words repeat what it leads to."""
    shown = context.page(request)
    if getattr(request, "is_cleared", False):
        href = reverse("seals")
        active = request.path.startswith(href)
        waiting = Quotation.objects.unsettled().how_many()
        text = f"Under seal ({waiting})" if waiting else "Under seal"
        shown["navigation"] = [*shown["navigation"], {"text": text, "href": href, "active": active}]
    return shown
