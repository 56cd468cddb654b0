"""How the API knows who asks, how it pages, and how it answers when it must say no."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, pagination, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler


class AlreadySignedIn(SessionAuthentication):
    """The session's person (with a CSRF token for what changes anything), or the token's, whom the door has let in."""

    def authenticate(self, request: Request) -> Any:
        """Whoever the middleware found."""
        if getattr(request._request, "acts_by_token", False):
            return request._request.user, None
        return super().authenticate(request)

    def authenticate_header(self, request: Request) -> str:
        """So that nobody gets 401 with a hint, and not 403."""
        return "Token"


class Pages(pagination.PageNumberPagination):
    """Twenty-five a page, a hundred at most."""

    page_size = 25
    page_size_query_param = "page_size"
    max_page_size = 100


def answer_with_a_sentence(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Refusals as `{"detail": "…"}`, in the words that the page would use."""
    if isinstance(exc, PermissionDenied) and str(exc):
        exc = exceptions.PermissionDenied(str(exc))
    if isinstance(exc, Http404):
        exc = exceptions.NotFound("There is nothing here that you may see.")
    return exception_handler(exc, context)


class Conflict(exceptions.APIException):
    """A deed that a rule does not allow now: 409 with the rule's own sentence."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"
