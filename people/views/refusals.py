"""What is shown instead of a page: not understood, not allowed, not here, too often, or failed.

A script is answered in JSON, whoever refuses: what reads answers by machine must not be handed a page.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from people.unsaved import TOO_OLD, given_back

SENTENCES = {
    400: "Something in the address or in what was sent was not what is expected here. Nothing has been changed.",
    403: "This key, or this account, may not do that. Nothing has been changed.",
    404: "There is nothing here that you may see.",
    429: "That has been tried too often in a short time. Wait a few minutes and try again. Nothing has been changed.",
    500: "The fault is ours, and nothing has been saved. Try again in a few minutes, under the same Idempotency-Key.",
}


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _refused(request, 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the sentence of whoever refused."""
    return _refused(request, 403, sentence=str(exception) if isinstance(exception, PermissionDenied) else "")


def not_from_our_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose CSRF token is missing or old: most often a page left open overnight."""
    if page := given_back(request, sentence=TOO_OLD, onward=request.get_full_path()):
        return page
    return _refused(request, 403, sentence=f"{TOO_OLD} Go back, reload it, and send it again.")


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same words for what is hidden and for what never was."""
    return _refused(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries, of whatever is counted."""
    return _refused(request, 429)


def failed(request: HttpRequest) -> HttpResponse:
    """500, drawn without the database, which may be what failed."""
    if is_for_scripts(request):
        return _in_json(500)
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def is_for_scripts(request: HttpRequest) -> bool:
    """Whether the address is of the API, and not of the page that explains it."""
    return request.path.startswith("/api/") and not request.path.startswith("/api/docs/")


def _refused(request: HttpRequest, status: int, *, sentence: str = "") -> HttpResponse:
    if is_for_scripts(request):
        return _in_json(status, sentence)
    shown: dict[str, Any] = {"sentence": sentence} if sentence else {}
    return render(request, f"errors/{status}.html", shown, status=status)


def _in_json(status: int, sentence: str = "") -> HttpResponse:
    return JsonResponse({"detail": sentence or SENTENCES[status]}, status=status)
