"""Saving words that may repeat words under seal: stopped with the database's sentence, or said openly with a reason."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from sources.models.seal import RAISED, Refused
from sources.watching_sql import QUOTED


class Quoted(Exception):
    """The words repeat words under seal that their author is cleared on; its words are the database's sentence."""


@contextmanager
def said_openly(why: str = "") -> Iterator[None]:
    """Save all that is within, or nothing. With a reason, words that repeat a sealed text may stand; it is recorded.

    Raises Quoted where they may not, and Refused where a trigger of ours has another reason to stop them. A reason
    does nothing for whoever is not cleared.
    """
    try:
        with transaction.atomic():
            if why:
                _say(why)
            yield
            if why:
                _say("")
    except DatabaseError as error:
        if is_quoted(error):
            raise Quoted(told()) from error
        if sentence := sentence_in(error, RAISED):
            raise Refused(sentence) from error
        raise


def _say(why: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('improvement.say_openly', %s, true)", [why])


def is_quoted(error: BaseException) -> bool:
    """Whether the database stopped a statement because its words repeat words under seal."""
    return bool(sentence_in(error, QUOTED))


def told() -> str:
    """What the database has told us alone, as it stopped a statement: an error's words would stand in its log."""
    heard: list[str] = getattr(connection.connection, "notices", [])
    return next((words.removeprefix(INFO).strip() for words in reversed(heard) if words.startswith(INFO)), "")


INFO = "INFO:"


def sentence_in(error: BaseException, state: str) -> str:
    """The database's sentence where it stopped a statement with this state, or nothing."""
    said: Any = getattr(error.__cause__, "diag", None)
    return str(said.message_primary) if said and said.sqlstate == state else ""


class StoppedWords:
    """Answers 409, with the sentence, wherever a page did not ask why the words may stand; nothing is saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Drawn without the database, which will do no more in this transaction."""
        if not isinstance(exception, Quoted) and not is_quoted(exception):
            return None
        sentence = str(exception) if isinstance(exception, Quoted) else told()
        transaction.set_rollback(True)
        if request.content_type == "application/json":
            return JsonResponse({"detail": sentence}, status=409)
        return HttpResponse(render_to_string("errors/quoted.html", {"sentence": sentence}), status=409)
