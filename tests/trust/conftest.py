"""The stages on which the leak programme plays: databases cloned from one open scene, each with its own secrets.

And a clock that stands, and a second factor that must be shown, for tests of signing in.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from tests import database
from tests.conftest import FAST_HASHERS
from tests.trust import scene as scenery
from tests.trust.asking import Stage
from tests.trust.report import PROPERTY, Report
from tests.trust.scene import EIGHT, FIVE, STATES, Facts, Scene, State

HERE = f"trust_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
Clone = Callable[[Stage], Stage]


@pytest.fixture(scope="session")
def file_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where files are kept while a scene is set up, as in each test."""
    return tmp_path_factory.getbasetemp() / "files"


@pytest.fixture(scope="session")
def open_scene(django_db_setup: None, django_db_blocker: Any, file_store: Path) -> Iterator[Scene]:
    """The open facts, in a database that every world is cloned from."""
    with django_db_blocker.unblock():
        empty = database.connections["default"].settings_dict["NAME"]
        database.clone(HERE, of=database.template())
        database.point_at(HERE)
        with override_settings(PASSWORD_HASHERS=FAST_HASHERS, FILE_STORE=file_store):
            scene = scenery.set_up()
        database.point_at(empty)
        yield scene
        database.drop(HERE)


@pytest.fixture(scope="session")
def _made() -> dict[str, Stage]:
    """The stages made so far in this run."""
    return {}


@pytest.fixture(scope="session")
def planted(
    open_scene: Scene, _made: dict[str, Stage], django_db_blocker: Any, file_store: Path
) -> Iterator[Callable[..., Stage]]:
    """Makes a world once: `planted(FIVE, STATES[0])`."""

    def world_of(facts: Facts, state: State) -> Stage:
        name = f"{HERE}_{facts.name}_{state.name}"
        if name not in _made:
            database.clone(name, of=HERE)
            stage = Stage(name, open_scene)
            with stage.lit(), transaction.atomic(), override_settings(FILE_STORE=file_store):
                stage.planted = scenery.plant(open_scene, facts, state)
            stage.owner(scenery.SAME_AUDIT_HEAD)
            _made[name] = stage
        return _made[name]

    yield world_of
    with django_db_blocker.unblock():
        for name, stage in _made.items():
            stage.close()
            database.drop(name)


@pytest.fixture(autouse=True)
def _database_within_reach(django_db_blocker: Any) -> Iterator[None]:
    """The stages are databases of their own, which pytest-django does not know of."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(params=STATES, ids=lambda state: state.name)
def stage(request: Any, planted: Callable[..., Stage]) -> Stage:
    """A world in each state of the letter."""
    return planted(FIVE, request.param)


@pytest.fixture
def worlds(planted: Callable[..., Stage]) -> tuple[Stage, Stage]:
    """Two worlds alike but for what is sealed."""
    return planted(FIVE, scenery.BEFORE), planted(EIGHT, scenery.BEFORE)


@pytest.fixture
def scratch(worlds: tuple[Stage, Stage]) -> Iterator[tuple[Stage, Stage]]:
    """Copies of the two worlds, to plant leaks in."""
    with ExitStack() as leaving:
        copies = []
        for world in worlds:
            world.close()
            name = f"{world.name}_scratch"
            database.clone(name, of=world.name)
            copy = Stage(name, world.scene, world.planted)
            leaving.callback(database.drop, name)
            leaving.callback(copy.close)
            copies.append(copy)
        yield copies[0], copies[1]


@pytest.fixture
def lasting(worlds: tuple[Stage, Stage]) -> Iterator[Stage]:
    """A copy of the first world in which what is done stays done, for as many threads as like to ask at once."""
    world, name = worlds[0], f"{worlds[0].name}_lasting"
    before = database.connections["default"].settings_dict["NAME"]
    world.close()
    database.clone(name, of=world.name)
    database.point_at(name)
    yield Stage(name, world.scene, world.planted)
    database.point_at(before)
    database.drop(name)


@pytest.fixture
def report(request: Any) -> Iterator[Report]:
    """What a test adds to the summary at the end of the run."""
    made = Report()
    yield made
    if made.counts:
        request.node.user_properties.append((PROPERTY, made.packed()))


@pytest.fixture
def compulsory(settings: Any) -> None:
    """As in production."""
    settings.SECOND_FACTOR_COMPULSORY = True


@pytest.fixture
def clock() -> Any:
    """Half a minute begins just now, and time stands."""
    now = timezone.now().timestamp()
    with time_machine.travel(now - now % 30, tick=False) as standing:
        yield standing
