"""What every test may ask for: the database as the product sees it, and a small world of a few named people."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from config import localpg
from tests import database
from tests.world import World, build


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
    name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    with django_db_blocker.unblock():
        database.clone(name, of=database.template())
        database.point_at(name)
        yield
        database.point_at(name)
        database.drop(name)


@pytest.fixture(autouse=True)
def _settings_of_a_test(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Static files by their own names, papers kept in a folder of the run's own, and passwords hashed fast."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    settings.PAPERS_CACHE = tmp_path_factory.getbasetemp() / "papers"


@pytest.fixture
def world(_settings_of_a_test: None, db: None) -> World:
    """Northmoor in miniature: one person of each role, two themes, a few actions, one letter under embargo."""
    return build()


@pytest.fixture
def visit(world: World) -> Any:
    """A browser for a person: `visit(world.officer).get("/actions/")`."""

    def browser(person: Any) -> Client:
        client = Client()
        if person is not None:
            client.force_login(person)
        return client

    return browser
