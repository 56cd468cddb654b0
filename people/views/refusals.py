"""What is shown instead of a page: not understood, not allowed, not here, too often, or failed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from people.unsaved import TOO_OLD, given_back


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "errors/400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403, with the sentence of whoever refused."""
    sentence = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render(request, "errors/403.html", {"sentence": sentence}, status=403)


def not_from_our_page(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose CSRF token is missing or old: most often a page left open overnight."""
    sentence = f"{TOO_OLD} Go back, reload it, and send it again."
    if page := given_back(request, sentence=TOO_OLD, onward=request.get_full_path()):
        return page
    return render(request, "errors/403.html", {"sentence": sentence}, status=403)


def not_here(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same words for what is hidden and for what never was."""
    return render(request, "errors/404.html", status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: too many tries, of whatever is counted."""
    return render(request, "errors/429.html", status=429)


def failed(request: HttpRequest) -> HttpResponse:
    """500, drawn without the database, which may be what failed."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)
