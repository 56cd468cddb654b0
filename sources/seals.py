"""Who is acting, told to the database once a transaction, so that it shows what that person may see and no more.

The web role may set any setting, so a plain one would let one SQL injection choose an identity. The actor is
therefore signed here, checked by `stamp()` in the database, and bound there to the connection and the transaction.
"""

import hashlib
import hmac
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib import messages
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from people.models import Person
from sources import reads

logger = logging.getLogger(__name__)

OPEN = 0
"""The seal of what is open: every guarded row has a seal, and this one hides nothing."""
DRAFTS = 1
"""The seal of drafts: whoever holds a role that reads drafts is cleared on it, and it is never released."""


def stamping_key(secret: str) -> bytes:
    """The key that signs actors, drawn from the installation's secret so that there is one secret to keep."""
    return hashlib.sha256(b"stamp:" + secret.encode()).digest()


def credential(person_id: int, *, now: float) -> str:
    """`id.epoch.hmac`: good for a minute, and only at the moment of stamping."""
    body = f"{person_id}.{int(now)}"
    return f"{body}.{hmac.new(stamping_key(settings.SECRET_KEY), body.encode(), hashlib.sha256).hexdigest()}"


def stamp(person: Person | None) -> bool:
    """Tell the database who acts until the transaction ends; nobody sees only what is open.

    Answers whether the person is cleared on any document, which costs no second question.
    Must be called inside a transaction, and not inside a savepoint that may roll back: PostgreSQL would forget it.
    """
    with connection.cursor() as cursor:
        if person is None or not person.is_active:
            cursor.execute("SELECT set_config('improvement.actor', '', true)")
            return False
        cursor.execute("SELECT stamp_reader(%s)", [credential(person.pk, now=time.time())])
        return bool(cursor.fetchone()[0])


@contextmanager
def acting_as(person: Person | None, *, what: str = "") -> Iterator[None]:
    """Act as a person (or, with None, as the public) for a while: for commands, which have no request.

    What the person reads under seal is recorded as read by `what`.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('improvement.actor', true)")
            before = cursor.fetchone()[0] or ""
        with reads.noted(cleared=stamp(person)) as seals:
            yield
        reads.record(seals, what=what)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('improvement.actor', %s, true)", [before])


class StampedTransaction:
    """One transaction a request, stamped with the actor; what failed leaves nothing behind but the record of its reads.

    ATOMIC_REQUESTS would end before a lazy template renders, when nobody is stamped any more (`trust.md` 4.2.10).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # What a view raises is a response by now, so this is the database's: it will not stamp, record or commit.
        try:
            return self._answer(request)
        except DatabaseError as why:
            logger.error("Nothing was served or kept: %s", type(why.__cause__ or why).__name__)
            return _unavailable(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        person = _real(getattr(request, "user", None))
        with transaction.atomic():
            request.is_cleared = stamp(person)  # type: ignore[attr-defined]
            with reads.noted(cleared=request.is_cleared) as seals:  # type: ignore[attr-defined]
                response = self.get_response(request)
            failed = response.status_code >= 500
            if failed:
                transaction.set_rollback(True)
            else:
                reads.record(seals, what=request.path)
        if failed and seals:
            with acting_as(person):
                reads.record(seals, what=request.path)
        return response


UNRECORDED = (
    "What you asked for could not be recorded, so nothing has been shown and nothing changed. "
    "Try again in a few minutes, and tell your administrator if it goes on."
)


def _unavailable(request: HttpRequest) -> HttpResponse:
    """503, and nothing of what would have been said: neither a message for the next page nor a change of session."""
    list(messages.get_messages(request))
    request.session = type(request.session)(request.session.session_key)
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": UNRECORDED}, status=503)
    return HttpResponse(render_to_string("errors/503.html", {"sentence": UNRECORDED}), status=503)


def _real(user: object) -> Person | None:
    """The person behind Django's lazy user, or nobody."""
    return user if getattr(user, "is_authenticated", False) else None  # type: ignore[return-value]
