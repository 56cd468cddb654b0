"""The scratch database of a run: made, migrated with its cost taken down, and dropped whatever happens."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings

from tests import database


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """What migrating an empty database cost: our own processor seconds, and the database's busy ones."""

    cpu: float
    database: float


@contextmanager
def scratch(name: str) -> Iterator[Migrated]:
    """A migrated empty database by that name, in use by this process until the block ends."""
    before = settings.DATABASES["default"]["NAME"]
    database.drop(name)
    with database.as_owner() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    os.environ["BENCH_DATABASE"] = name
    try:
        database.point_at(name)
        yield _migrate(name)
    finally:
        database.point_at(before)
        os.environ.pop("BENCH_DATABASE")
        database.drop(name)


def _migrate(name: str) -> Migrated:
    spent = _spent()
    manage = settings.BASE_DIR / "manage.py"
    subprocess.run([sys.executable, manage, "migrate", "--verbosity", "0"], check=True, timeout=300)
    cpu = _spent() - spent
    with database.as_owner() as cursor:
        cursor.execute("SELECT active_time / 1000 FROM pg_stat_database WHERE datname = %s", [name])
        return Migrated(cpu=cpu, database=cursor.fetchone()[0])


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
