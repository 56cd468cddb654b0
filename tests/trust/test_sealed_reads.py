"""What is read under seal is recorded before it leaves, nothing else is; what cannot be recorded is not served."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from improvement.models import Action, ActionLine
from reports import pdf
from sources.models import Seal, SealRead
from sources.seals import UNRECORDED, acting_as, stamp
from tests.trust.addresses import KEY, addresses
from tests.trust.asking import SEED, Answer, Stage, ask, held_still, read
from tests.trust.scene import CLEARED, SEALED, UNCLEARED

Worlds = tuple[Stage, Stage]


def _paths(stage: Stage) -> list[str]:
    assert stage.planted is not None
    with stage.lit():
        return [place.path for place in addresses(stage.scene, stage.planted)]


def _held(stage: Stage) -> set[int]:
    assert stage.planted is not None
    return {stage.planted.seal}


WAITS = re.compile(rb"Under seal \(\d+ needs? you\)|^Content-Length: \d+$", re.MULTILINE)
"""That something waits stands on every page of the cleared, and is no word of what is sealed."""


def _but_for_what_waits(answer: Answer) -> bytes:
    return WAITS.sub(b"", answer.whole)


@pytest.mark.parametrize("part", CLEARED)
def test_wherever_an_answer_depends_on_what_is_sealed_the_read_is_recorded(worlds: Worlds, part: str) -> None:
    person, forgotten, unlike = worlds[0].scene.world.everyone()[part], [], 0
    for path in _paths(worlds[0]):
        with held_still() as dice:
            one, seals = read(worlds[0], person, part, "GET", path)
            dice.seed(SEED)
            other, _ = read(worlds[1], person, part, "GET", path)
        assert one.status < 500, path
        differ = _but_for_what_waits(one) != _but_for_what_waits(other)
        unlike += differ
        forgotten += [path] if differ and not _held(worlds[0]) <= seals else []
    assert forgotten == []
    assert unlike > 20


@pytest.mark.parametrize("path", ["/", "/healthz/", "/sign-in/", "/pass-phrase/", "/api/me/", "/api/schema/"])
def test_a_page_that_shows_nothing_sealed_is_no_sealed_read(worlds: Worlds, path: str) -> None:
    answer, seals = read(worlds[0], worlds[0].scene.world.director, "director", "GET", path)
    assert (answer.status < 400, seals) == (True, set())


def test_people_are_managed_by_somebody_cleared_without_a_sealed_read(worlds: Worlds) -> None:
    stage, world = worlds[0], worlds[0].scene.world
    with stage.lit(), transaction.atomic():
        with acting_as(world.director):
            Seal.objects.get(pk=stage.planted.seal).clear(world.admin)  # type: ignore[union-attr]
        status = _browser(stage, "admin").get("/people/").status_code
        stamp(world.director)
        reads = SealRead.objects.filter(by=world.admin).count()
        transaction.set_rollback(True)
    assert (status, reads) == (200, 0)


def test_of_the_uncleared_nothing_is_recorded(worlds: Worlds) -> None:
    stage = worlds[0]
    recorded = {
        (part, path)
        for part in UNCLEARED
        for path in ("/actions/", "/dashboard/", "/visits/", f"/seals/{stage.planted.source}/")  # type: ignore[union-attr]
        if read(stage, stage.scene.world.director, part, "GET", path)[1]
    }
    assert recorded == set()


def test_a_kept_copy_that_is_served_again_is_recorded_again(worlds: Worlds) -> None:
    stage = worlds[0]
    path = f"/papers/{stage.scene.paper.reference}/paper.pdf"
    served = [read(stage, stage.scene.world.clerk, "clerk", "GET", path) for _ in range(2)]
    assert [(answer.status, _held(stage) <= seals) for answer, seals in served] == [(200, True)] * 2


def test_an_answer_that_fails_still_records_what_was_read(worlds: Worlds, monkeypatch: Any) -> None:
    monkeypatch.setattr(pdf, "MOST_PASSAGES", 1)
    stage = worlds[0]
    path = f"/papers/{stage.scene.paper.reference}/paper.pdf"
    answer, seals = read(stage, stage.scene.world.clerk, "clerk", "GET", path)
    assert (answer.status, _held(stage) <= seals) == (503, True)


def test_what_a_command_reads_is_recorded_under_its_name(worlds: Worlds) -> None:
    stage, clerk = worlds[0], worlds[0].scene.world.clerk
    with stage.lit(), transaction.atomic():
        with acting_as(clerk, what="a test"):
            list(Action.objects.all())
        stamp(clerk)
        reads = list(SealRead.objects.filter(what="a test").values_list("by_id", "seal_id"))
        transaction.set_rollback(True)
    assert reads == [(clerk.pk, seal) for seal in _held(stage)]


def _browser(stage: Stage, part: str) -> Client:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = stage.scene.keys[part]
    return client


@contextmanager
def _lost(stage: Stage, table: str) -> Iterator[None]:
    """The record cannot be written for a while."""
    stage.owner(f"REVOKE INSERT ON {table} FROM improvement_keeper")
    with stage.lit():
        yield


@pytest.mark.parametrize("table", ["sources_sealread", "people_event"])
@pytest.mark.parametrize("path", ["/actions/9.1/", "/dashboard/", "/api/actions/9.1/", "/seals/letter2222/"])
def test_a_sealed_read_that_cannot_be_recorded_is_not_served(scratch: Worlds, table: str, path: str) -> None:
    with _lost(scratch[0], table):
        response = _browser(scratch[0], "director").get(path)
        assert response.status_code == 503
        assert UNRECORDED in response.content.decode()
        assert SEALED not in response.content.decode().lower()
        assert _browser(scratch[0], "officer").get("/actions/").status_code == 200


def test_a_change_that_cannot_be_recorded_is_not_made(scratch: Worlds) -> None:
    stage = scratch[0]
    form = {"once": KEY, "version": stage.scene.world.started.version, "news": "changed", "words": "Said"}
    with _lost(stage, "people_event"):
        before = _state(stage)
        response = _browser(stage, "officer").post("/actions/1.1/update/", form)
        assert (response.status_code, UNRECORDED in response.content.decode()) == (503, True)
        assert _state(stage) == before
        assert "messages" not in response.cookies


def _state(stage: Stage) -> tuple[int, int]:
    return Action.objects.get(number="1.1").version, ActionLine.objects.count()


def test_the_web_role_can_neither_read_nor_write_the_chain_nor_record_a_read_of_somebody_elses(worlds: Worlds) -> None:
    stage: Stage = worlds[0]
    refused = []
    statements = (
        "SELECT count(*) FROM people_event",
        "SELECT chain_event('people_personline', 1, 1, '', '')",
        "INSERT INTO sources_sealread (seal_id, at, by_id, what) VALUES (0, now(), 1, '')",
        "SELECT record_reads(ARRAY[%s]::bigint[], '')",
    )
    with stage.lit():
        for statement in statements:
            with transaction.atomic(), connection.cursor() as cursor:
                try:
                    cursor.execute(statement.replace("%s", str(stage.planted.seal)))  # type: ignore[union-attr]
                except Exception as why:  # noqa: BLE001
                    refused.append(type(why.__cause__).__name__)
                transaction.set_rollback(True)
    assert refused == ["InsufficientPrivilege"] * 3 + ["NotNullViolation"]


def test_asking_is_undone(worlds: Worlds) -> None:
    stage = worlds[0]
    with held_still():
        ask(stage, "director", "GET", "/actions/")
    with stage.lit(), acting_as(stage.scene.world.director):
        assert SealRead.objects.filter(what="/actions/").count() == 0
