"""Nobody is taken for somebody else: not by a connection used before, a failed transaction or a savepoint undone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory

from sources.models import Source
from sources.seals import StampedTransaction, acting_as, stamp
from tests.trust.asking import Stage
from tests.trust.report import Report
from tests.trust.scene import SEALED

TURNS = 500
"""Each of two people asks this often in each of two ways: 2,000 requests."""
PARTS = ("director", "officer")


def _sees_the_letter() -> bool:
    return Source.objects.filter(reference="letter2222").exists()


def _asked_in_turn(stage: Stage, turns: int) -> list[tuple[str, int, bytes, int]]:
    """What two people are told of one sealed finding, turn and turn about; and which of the server's processes told."""
    assert stage.planted is not None
    browsers = {part: Client(raise_request_exception=False) for part in PARTS}
    for part, browser in browsers.items():
        browser.cookies[settings.SESSION_COOKIE_NAME] = stage.scene.keys[part]
    path = f"/api/findings/{stage.planted.finding}/"
    told = []
    try:
        for _ in range(turns):
            for part, browser in browsers.items():
                answer = browser.get(path)
                told.append((part, answer.status_code, answer.content, connection.connection.info.backend_pid))
    finally:
        connections.close_all()
    return told


def _on_one_connection(stage: Stage) -> list[Any]:
    told = _asked_in_turn(stage, TURNS)
    assert len({pid for *_, pid in told}) == 1
    return told


def _in_two_threads(stage: Stage) -> list[Any]:
    with ThreadPoolExecutor(2) as threads:
        both = list(threads.map(lambda _: _asked_in_turn(stage, TURNS // 2), range(2)))
    assert len({pid for told in both for *_, pid in told}) == 2
    return [each for told in both for each in told]


@pytest.mark.parametrize("way", [_on_one_connection, _in_two_threads], ids=["one connection", "two threads"])
def test_of_two_people_who_ask_in_turn_each_is_answered_as_themselves(
    way: Callable[[Stage], list[Any]], lasting: Stage, report: Report
) -> None:
    with report.of("L23 identities") as count:
        told = way(lasting)
        count.requests, count.roles = len(told), set(PARTS)
        count.states.add("one connection, two threads")
        crossed = [part for part, status, said, _ in told if (part == "director") != (SEALED in said.decode().lower())]
        count.facts = {"crossed identities": len(crossed)}
    assert crossed == []
    # To each of them, the same every time.
    assert {(part, status) for part, status, *_ in told} == {("director", 200), ("officer", 404)}
    assert len({(part, said) for part, _, said, _ in told}) == 2
    assert len(told) == 2 * TURNS


def _served(person: Any, view: Callable[[Any], HttpResponse]) -> int:
    request = RequestFactory().get("/letters/")
    request.user = person
    return convert_exception_to_response(StampedTransaction(view))(request).status_code


def test_a_request_that_failed_leaves_its_connection_nobodys(lasting: Stage) -> None:
    seen: list[bool] = []

    def failing(_: Any) -> HttpResponse:
        seen.append(_sees_the_letter())
        raise ZeroDivisionError

    def looking(_: Any) -> HttpResponse:
        seen.append(_sees_the_letter())
        return HttpResponse()

    world = lasting.scene.world
    statuses = [_served(world.director, failing), _served(None, looking), _served(world.officer, looking)]
    with transaction.atomic():
        seen.append(_sees_the_letter())
    assert (statuses, seen) == ([500, 200, 200], [True, False, False, False])


@pytest.mark.parametrize(("outer", "seen"), [(None, False), ("officer", False), ("director", True)])
def test_a_savepoint_that_is_undone_takes_its_actor_with_it(outer: str | None, seen: bool, lasting: Stage) -> None:
    world = lasting.scene.world
    with acting_as(getattr(world, outer) if outer else None):
        for inner, sees in ((world.director, True), (world.officer, False), (None, False)):
            with transaction.atomic():
                stamp(inner)
                assert _sees_the_letter() is sees
                transaction.set_rollback(True)
            assert _sees_the_letter() is seen
    assert not _sees_the_letter()
