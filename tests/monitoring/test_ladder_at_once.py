"""Two who judge an action at one moment, each on a connection of their own: the second finds what the first did."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import psycopg2
import pytest
from django.db import connections

from improvement.models import Action
from monitoring import progress
from monitoring.models import Evidence
from tests.world import World

CLIMB = (
    "INSERT INTO monitoring_climb (action_id, seal_id, rung, evidence_id, reason, by_id, at)"
    " VALUES (%s, 0, %s, %s, %s, %s, clock_timestamp())"
)
CLOSE = "UPDATE improvement_action SET status = 'closed' WHERE id = %s"
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


@pytest.fixture
def started(lasting_world: World) -> Action:
    """1.1, delivered and evidenced."""
    world = lasting_world
    shown = Evidence.objects.create(
        action=world.started, kind="audit", title="Dip sample", dated_on=world.today, added_at=world.now
    )
    progress.climb(world.started, "evidenced", evidence=shown, by=world.officer, at=world.now - timedelta(hours=2))
    progress.make(world.started, "deliver", by=world.officer, at=world.now - timedelta(hours=1))
    return world.started


@contextmanager
def _two() -> Iterator[tuple[Any, Any]]:
    """Two connections of the web role to the database of the test."""
    asked = connections["default"].get_connection_params()
    asked = {key: value for key, value in asked.items() if key != "cursor_factory"}
    pair = psycopg2.connect(**asked), psycopg2.connect(**asked)
    try:
        yield pair
    finally:
        for each in pair:
            each.close()


def _after(first: Any, second: Any, deed: str, words: list[Any]) -> Any:
    """What the second deed, begun while the first's is not kept yet, raises once it is."""

    def do() -> None:
        with second.cursor() as cursor:
            cursor.execute(deed, words)
        second.commit()

    with ThreadPoolExecutor(1) as thread, connections["default"].cursor() as watch:
        waiting: Future[None] = thread.submit(do)
        deadline = time.monotonic() + 20
        while watch.execute(WAITING) or watch.fetchone() == (0,):
            assert not waiting.done(), "It did not wait for the first."
            assert time.monotonic() < deadline
            time.sleep(0.02)
        first.commit()
        return waiting.exception(timeout=20)


def test_two_who_verify_at_once_climb_one_rung(lasting_world: World, started: Action) -> None:
    step = [started.pk, "verified", started.evidence.get().pk, "", lasting_world.director.pk]
    with _two() as (first, second):
        first.cursor().execute(CLIMB, step)
        refused = _after(first, second, CLIMB, step)
    assert "one rung at a time" in str(refused)
    assert [climb.rung for climb in started.climbs.all()] == ["evidenced", "verified"]


def test_an_action_is_not_closed_while_somebody_takes_its_rung_away(lasting_world: World, started: Action) -> None:
    progress.climb(
        started, "verified", evidence=started.evidence.get(), by=lasting_world.director, at=lasting_world.now
    )
    fall = [started.pk, "evidenced", None, "The sample was too small.", lasting_world.director.pk]
    with _two() as (first, second):
        first.cursor().execute(CLIMB, fall)
        refused = _after(first, second, CLOSE, [started.pk])
    assert "only once its evidence is verified" in str(refused)
    assert Action.objects.get(pk=started.pk).status == "delivered"
