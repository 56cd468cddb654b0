"""How the API knows who asks, and how it answers when it must say no."""

from collections.abc import Iterator, Mapping
from math import ceil
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from psycopg2.errors import LockNotAvailable
from rest_framework import exceptions, status
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response

HOW_KEYS_COME = "Keys are sent as “Authorization: Token” and the key, and in no other way. Send yours so."


class AlreadySignedIn(SessionAuthentication):
    """The session's person (with a CSRF token for what changes anything), or the token's, whom the door has let in."""

    def authenticate(self, request: Request) -> Any:
        """Whoever the middleware found; a key that is not known is an error, whoever else is signed in."""
        if getattr(request, "acts_by_token", False):
            return request._request.user, None
        if given := request.headers.get("Authorization"):
            if given.partition(" ")[0].lower() != "token":
                raise exceptions.AuthenticationFailed(HOW_KEYS_COME)
            raise exceptions.AuthenticationFailed(
                "This key is not known, or the account it acts for is closed. Ask for a new one."
            )
        if why := getattr(request, "why_ended", ""):
            raise exceptions.AuthenticationFailed(why)
        return super().authenticate(request)

    def enforce_csrf(self, request: Any) -> None:
        """Refuse what a browser was tricked into sending."""
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as refused:
            raise exceptions.PermissionDenied(
                "A browser that is signed in must send its CSRF token with a change. Scripts act by a key."
            ) from refused

    def authenticate_header(self, request: Request) -> str:
        """So that nobody is answered 401, with how to sign in, and not 403."""
        return "Token"


class Conflict(exceptions.APIException):
    """A deed that a rule does not allow now: 409 with the rule's own sentence."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "conflict"


class Busy(Conflict):
    """Somebody else held the record for longer than anyone should wait."""

    default_detail = (
        "Somebody else is changing this at this moment, so nothing has been saved. Send your change again in a moment."
    )


class Behind(exceptions.APIException):
    """Somebody else has changed the record since the caller read it: 412."""

    status_code = status.HTTP_412_PRECONDITION_FAILED
    default_code = "behind"
    default_detail = (
        "Somebody has changed this since you read it, so nothing has been saved. "
        "Read it again, and send your change with its new ETag if it still holds."
    )
    beside: Mapping[str, Any] = MappingProxyType({})
    """What is shown beside the sentence: what the caller sent, and what has been said meanwhile."""


class Unread(exceptions.APIException):
    """A change by somebody who does not say what they read, and so might undo what they have not seen: 428."""

    status_code = status.HTTP_428_PRECONDITION_REQUIRED
    default_code = "unread"
    default_detail = (
        "Say which version you have read, so that nobody’s change is undone unseen: send the ETag that it came with "
        "as “If-Match”, or “*” if any will do. Nothing has been changed."
    )


class Reused(exceptions.APIException):
    """A key that comes back with something else to say, which nobody would ever see: 422."""

    status_code = status.HTTP_422_UNPROCESSABLE_ENTITY
    default_code = "reused"
    default_detail = (
        "This Idempotency-Key came with another change before, and that one has been made. "
        "Nothing has been changed now: send this one under a new key."
    )


class Lengthless(exceptions.APIException):
    """Something sent in pieces, of which a web server behind ours would see nothing: 411."""

    status_code = status.HTTP_411_LENGTH_REQUIRED
    default_code = "lengthless"
    default_detail = "Say how long what you send is: send it whole, with a Content-Length. Nothing has been changed."


class TooLong(exceptions.APIException):
    """More than anybody types: 413, unread."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_code = "too_long"
    default_detail = "What you sent is too long to be read. Nothing has been changed."


NOTHING_HERE = "There is nothing here that you may see."
SENTENCES: dict[type[Exception], str] = {
    exceptions.NotAuthenticated: "Say who is asking: send “Authorization: Token” and your key, or sign in first.",
    exceptions.UnsupportedMediaType: "Send JSON, and say so: “Content-Type: application/json”.",
    exceptions.NotAcceptable: "Only JSON is answered here.",
    exceptions.Throttled: "You have asked too often. Wait for as long as the Retry-After header says, and ask again.",
    exceptions.MethodNotAllowed: "This cannot be done here; the Allow header says what can.",
}


def answer_with_a_sentence(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Refusals as `{"detail": "…"}`, in the words that the page would use; `fields` names the fields at fault.

    It stands in for the library's own, which cannot be imported here: the library imports this module first.
    """
    if isinstance(exc, PermissionDenied):
        return Response({"detail": str(exc)}, status=status.HTTP_403_FORBIDDEN)
    if isinstance(exc, Http404):
        return Response({"detail": NOTHING_HERE}, status=status.HTTP_404_NOT_FOUND)
    if isinstance(exc, RequestDataTooBig):
        exc = TooLong()
    if isinstance(exc.__cause__, LockNotAvailable):
        exc = Busy()
    if not isinstance(exc, exceptions.APIException):
        return None
    said = at_fault(exc.detail) if isinstance(exc, exceptions.ValidationError) else {"detail": exc.detail}
    said |= getattr(exc, "beside", {})
    if type(exc) in SENTENCES:
        said = {"detail": SENTENCES[type(exc)]}
    headers = {"WWW-Authenticate": getattr(exc, "auth_header", None), "Retry-After": _wait(exc)}
    return Response(said, status=exc.status_code, headers={name: value for name, value in headers.items() if value})


def _wait(exc: exceptions.APIException) -> str | None:
    return str(ceil(wait)) if (wait := getattr(exc, "wait", None)) else None


def at_fault(errors: Any) -> dict[str, Any]:
    """Every field's faults, and all of them again in one line."""
    fields = dict(_each(errors)) if isinstance(errors, dict) else {}
    lines = [f"“{name}”: {' '.join(map(str, faults))}" for name, faults in fields.items()]
    return {"detail": " ".join(lines) or " ".join(map(str, errors)), "fields": fields}


def _each(errors: dict[Any, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    """Each field with its faults, a field within another called by both: “meeting.held_on”."""
    for name, faults in errors.items():
        called = within if within and name == "non_field_errors" else ".".join(filter(None, (within, str(name))))
        yield from _each(faults, called) if isinstance(faults, dict) else [(called, faults)]
