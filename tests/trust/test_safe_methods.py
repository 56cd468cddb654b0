"""Looking changes nothing, and a browser that was tricked into sending a form changes nothing either."""

import re
from unittest.mock import patch

from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.trust import asking
from tests.trust.addresses import Address, addresses
from tests.trust.asking import Stage, ask, held_still

MANY_DEEDS = ("second_director", "admin")
"""Whoever between them may do most."""
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b(?!.*\bdjango_session\b)")


def _places(stage: Stage) -> list[Address]:
    assert stage.planted is not None
    with stage.lit():
        told = addresses(stage.scene, stage.planted)
    return [place for place in told if place.sight in ("page", "visible") and not place.pattern.endswith(".pdf")]


def test_nothing_is_changed_by_looking(worlds: tuple[Stage, Stage]) -> None:
    stage, written = worlds[0], []
    with held_still():
        for part in MANY_DEEDS:
            for place in _places(stage):
                with CaptureQueriesContext(stage.wrapper) as asked:
                    ask(stage, part, "GET", place.path)
                written += [(place.path, query["sql"]) for query in asked if WRITES.match(query["sql"])]
    assert written == []


def test_no_form_is_taken_without_its_token(worlds: tuple[Stage, Stage]) -> None:
    stage, tricked = worlds[0], Client(raise_request_exception=False, enforce_csrf_checks=True)
    with held_still(), patch.object(asking, "BROWSER", tricked):
        taken = [
            (part, place.path, answer.status)
            for part in MANY_DEEDS
            for place in _places(stage)
            if (answer := ask(stage, part, "POST", place.path, form=place.row.form, json=place.row.json)).status
            not in (403, 404, 405)
        ]
    assert taken == []
