"""Whatever is asked of the API, by anyone, is answered as its schema says: no failure, and no sealed word."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.conf import settings as ours
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from people.models import Person, Token
from tests.trust.addresses import samples
from tests.trust.asking import Stage
from tests.trust.looking import BASE, marks
from tests.trust.report import Count, Report
from tests.trust.scene import DRAFT, SEALED

WHOLE = bool(os.environ.get("TRUST_WHOLE"))
EACH = 500 if WHOLE else 12
"""Requests for each operation as each role."""
PARTS = ("nobody", "officer", "lead", "director", "clerk", "finance", "member", "partner", "adviser", "admin")
CLEARED = {"director", "clerk"}
AS_PROMISED = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
KNOWN = {"actions": "action", "findings": "finding", "visits": "visit", "measures": "measure", "papers": "paper",
         "themes": "theme", "risks": "risk", "resources": "resource"}  # fmt: skip
"""What stands in the addresses of a collection."""


@pytest.fixture
def operations(worlds: tuple[Stage, Stage]) -> Iterator[list[Any]]:
    """Every operation of the schema that the product gives out, asked of the product as a web server holds it."""
    browser, stage = Client(), worlds[0]
    browser.cookies[ours.SESSION_COOKIE_NAME] = stage.scene.keys["member"]
    with stage.lit():
        schema = schemathesis.openapi.from_dict(browser.get("/api/schema/").json())
    schema.app = get_wsgi_application()
    # Between requests the product looks at its connection, and would close one that is within our transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield [found.ok() for found in schema.get_all_operations()]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _key(part: str, scene: Any) -> dict[str, str]:
    """The header that says who asks, with a key that lasts as long as the transaction; nobody says nothing."""
    if part == "nobody":
        return {}
    person: Person = getattr(scene.world, part)
    return {"Authorization": f"Token {Token.make(person, at=scene.world.now)}"}


def _cases(operation: Any, stage: Stage) -> Any:
    """Requests as the schema allows them and as it does not, of what is there, what is hidden and what never was."""
    cases = [operation.as_strategy(mode) for mode in GenerationMode]
    # A version made up at random would let no change come to pass.
    headers = {"If-Match": "*"} if operation.method in ("post", "put") else None
    for name in _names(operation, stage):
        cases += [operation.as_strategy(mode, path_parameters=name, headers=headers) for mode in GenerationMode]
    return st.one_of(cases)


def _names(operation: Any, stage: Stage) -> list[dict[str, str]]:
    _, _, place = operation.path.partition("{")
    if not place:
        return []
    assert stage.planted is not None
    known = samples(stage.scene, stage.planted)[KNOWN[operation.path.split("/")[2]]]
    return [{place.partition("}")[0]: name} for names in known.values() for name in names]


@pytest.mark.parametrize("part", PARTS)
def test_the_api_answers_whatever_is_asked_as_its_schema_says(
    part: str, worlds: tuple[Stage, Stage], operations: list[Any], report: Report
) -> None:
    stage, seen = worlds[0], set[str]()
    with report.of("S5 API fuzz") as count:
        count.roles.add(part)
        for operation in operations:
            with stage.lit():
                seen |= _seen(_cases(operation, stage), lambda: _key(part, stage.scene), count)
        count.states.add(f"{len(operations)} operations, {EACH} ways each")
        leaks = set() if part in CLEARED else seen & set(marks(part, released=False))
        count.facts = {"server errors": 0, "undocumented answers": 0, "leaks": len(leaks)}
    assert leaks == set()
    assert part not in CLEARED or SEALED in seen  # there was something to be seen


def _seen(cases: Any, key: Callable[[], dict[str, str]], count: Count) -> set[str]:
    """The marks of what is sealed in the answers, each of which is as the schema promises."""
    seen = set[str]()

    @seed(EACH)
    @settings(
        max_examples=EACH, deadline=None, database=None, suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip
    @given(cases)
    def whatever_is_asked(case: Any) -> None:
        with transaction.atomic():
            answer = case.call(headers=key())
            transaction.set_rollback(True)
        count.requests += 1
        case.validate_response(answer, checks=AS_PROMISED)
        said = answer.content.lower() + str(answer.headers).lower().encode()
        seen.update(mark for mark in (BASE, DRAFT, SEALED) if mark.encode() in said)

    whatever_is_asked()
    return seen
