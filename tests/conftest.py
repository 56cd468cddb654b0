"""What every test may ask for: the database as the product sees it, and a small world of a few named people."""

import copy
import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone

from config import localpg
from people.sitting import begin
from tests import database
from tests.trust.report import summary
from tests.world import World, build

# The browser of the journeys leaves an event loop running in its thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
FAST_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMPTY = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
PEOPLED = f"{EMPTY}_peopled"


@pytest.fixture(scope="session")
def cluster() -> Iterator[None]:
    """A running server: the embedded one unless DATABASE_URL names another."""
    if not database.embedded():
        yield
        return
    with localpg.server():
        yield


@pytest.fixture(scope="session")
def django_db_setup(cluster: None, django_db_blocker: Any) -> Iterator[None]:
    """A database of this worker's own, migrated by the owner and used by the web role."""
    with django_db_blocker.unblock():
        database.clone(EMPTY, of=database.template())
        database.point_at(EMPTY)
        yield
        database.point_at(EMPTY)
        database.drop(EMPTY)


@pytest.fixture(scope="session")
def _world_built_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """The small world in a second database, since building it anew for each test took most of the suite's time."""
    with django_db_blocker.unblock():
        database.clone(PEOPLED, of=database.template())
        database.point_at(PEOPLED)
        with override_settings(PASSWORD_HASHERS=FAST_HASHERS), transaction.atomic():
            built = build()
        database.point_at(EMPTY)
        yield built
        database.point_at(EMPTY)
        database.drop(PEOPLED)


@pytest.fixture
def _in_the_world(_world_built_once: World, django_db_blocker: Any) -> Iterator[World]:
    """The world's database for as long as a test lasts; whatever the test does there is rolled back."""
    with django_db_blocker.unblock():
        database.point_at(PEOPLED)
    yield copy.deepcopy(_world_built_once)
    with django_db_blocker.unblock():
        database.point_at(EMPTY)


@pytest.fixture
def lasting_world(_settings_of_a_test: None, _world_built_once: World, django_db_blocker: Any) -> Iterator[World]:
    """A copy of the world whose transactions end as the product's do, for what the owner sees of them."""
    name = f"{EMPTY}_lasting"
    with django_db_blocker.unblock():
        database.clone(name, of=PEOPLED)
        database.point_at(name)
        yield copy.deepcopy(_world_built_once)
        database.point_at(EMPTY)
        database.drop(name)


@pytest.fixture(autouse=True)
def _settings_of_a_test(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Static files by their own names, papers in a folder of the run's own, passwords hashed fast, no rate."""
    settings.PASSWORD_HASHERS = FAST_HASHERS
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.API_RATE = ""
    settings.PAPERS_CACHE = tmp_path_factory.getbasetemp() / "papers"
    settings.FILE_STORE = tmp_path_factory.getbasetemp() / "files"


@pytest.fixture
def world(_settings_of_a_test: None, _in_the_world: World, db: None) -> World:
    """Northmoor in miniature: one person of each role, two themes, a few actions, one letter under embargo."""
    return _in_the_world


@pytest.fixture
def visit(world: World, visit_as: Any) -> Any:
    """A browser for a person: `visit(world.officer).get("/actions/")`."""
    return visit_as


@pytest.fixture
def visit_as() -> Any:
    """A browser for a person of whichever world."""

    def browser(person: Any) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
            session = client.session
            begin(session, at=timezone.now())
            session.save()
        return client

    return browser


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What the leak programme says of itself, here because the process that prints has not looked into its folder."""
    said = summary(report for reports in terminalreporter.stats.values() for report in reports)
    if said:
        terminalreporter.section("leak programme")
        terminalreporter.write("\n".join(said) + "\n")
