"""What was typed into a form that came too late to be saved is given back to whoever typed it, to be copied."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

SIGNED_OUT = "You are signed out."
TOO_OLD = "This page had been open too long to be sent safely."


class SignedIn(LoginRequiredMiddleware):
    """Sends whoever is not signed in to sign in, but never their words to nowhere."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        """The sign-in page, or first what they had typed."""
        sign_in = super().handle_no_permission(request, view_func)
        sentence = getattr(request, "why_ended", SIGNED_OUT)
        return given_back(request, sentence=sentence, onward=sign_in.url) or sign_in


def given_back(request: HttpRequest, *, sentence: str, onward: str) -> HttpResponse | None:
    """403 with the words that were typed and the way on, or None where there are none to be given back."""
    typed = _typed(request) if _is_from_our_page(request) else []
    if not typed:
        return None
    told = {"sentence": sentence, "onward": onward, "typed": typed}
    return render(request, "errors/unsaved.html", told, status=403)


def _is_from_our_page(request: HttpRequest) -> bool:
    """As the browser says, whom no page can make say it: any other could put its own words on ours."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _typed(request: HttpRequest) -> list[str]:
    """Whatever was more than a word: what is shorter is a choice or is soon typed again."""
    said = ((name, value) for name, values in request.POST.lists() for value in values)
    return [value.strip() for name, value in said if "password" not in name and len(value.split()) > 1]
