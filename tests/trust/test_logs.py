"""What the database refuses leaves no word of it in any log: PostgreSQL's, Django's, or the web server's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpResponse
from django.test import RequestFactory

from config import gunicorn
from improvement.models import Action, Finding, Milestone
from sources.models import Source
from sources.seals import StampedTransaction
from tests import database
from tests.trust.asking import Stage, listening
from tests.trust.looking import server_log
from tests.trust.report import Report
from tests.trust.scene import FIVE, SEALED

WORD = FIVE.word("letter")
Deed = Callable[[Stage, int], object]


def _source(seal: int, **fields: Any) -> Source:
    of = {"kind": "letter", "title": WORD, "words": WORD, "seal_id": seal, "received_on": "2026-01-01"}
    return Source.objects.create(**of | fields)


def _finding(stage: Stage, seal: int, **fields: Any) -> Finding:
    source = Source.objects.get(reference="letter2222")
    of = {"source": source, "seal_id": seal, "theme": stage.scene.world.workforce, "kind": "visit", "number": "1",
          "words": WORD, "position": 1}  # fmt: skip
    return Finding.objects.create(**of | fields)


FAULTS: dict[str, tuple[Deed, str]] = {
    "nothing where something must be": (lambda _, seal: _source(seal, received_on=None), "null value"),
    "too long": (lambda _, seal: _source(seal, title=WORD * 99), "value too long"),
    "there already": (lambda _, seal: _source(seal, reference="letter2222"), "duplicate key"),
    "out of range": (lambda stage, seal: _finding(stage, seal, position=10**7), "out of range"),
    "under no seal of theirs": (lambda stage, seal: _finding(stage, seal + 999), "violates row-level security"),
    "against a check": (
        lambda _, seal: Milestone.objects.create(
            action=Action.objects.get(number="9.1"), seal_id=seal, words=WORD, due_on="2030-01-01", position=-1
        ),
        "violates check constraint",
    ),
    "against the table of moves": (
        lambda *_: Action.objects.filter(number="9.1").update(title=WORD, status="closed"),
        "pgtrigger",
    ),
}
"""Deeds that fail with a sealed word in hand, and what PostgreSQL says of each."""


@pytest.mark.parametrize("fault", FAULTS)
def test_what_the_database_refuses_leaves_no_sealed_word_in_any_log(
    fault: str, worlds: tuple[Stage, Stage], report: Report
) -> None:
    stage, (deed, sentence) = worlds[0], FAULTS[fault]
    assert stage.planted is not None
    seal = stage.planted.seal

    def page(request: Any) -> HttpResponse:
        assert Source.objects.get(reference="letter2222").title == FIVE.word("title")  # they are cleared
        deed(stage, seal)
        return HttpResponse()

    request = RequestFactory().post("/letters/")
    request.user = stage.scene.world.director  # type: ignore[assignment]
    with report.of("L15 logs") as count, listening() as ears, stage.lit():
        answer = convert_exception_to_response(StampedTransaction(page))(request)
        count.requests += 1
        count.roles.add("director")
        count.states.add("7 kinds of refusal by the database")
    heard = "\n".join(ears.heard)
    assert (answer.status_code, sentence in heard) == (500, True)
    assert [where for where in (heard, server_log(), str(answer.content)) if SEALED in where.lower()] == []
    # Our own server did log that something was refused, or its log would show nothing.
    assert not database.embedded() or sentence in server_log()


def test_the_web_server_keeps_no_list_of_what_was_asked() -> None:
    assert getattr(gunicorn, "accesslog", None) is None
    assert gunicorn.loglevel == "warning"
