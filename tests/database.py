"""The test databases: migrated once by their owner, cloned for each worker, used as the web role like the product."""

import fcntl
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg2
from django.conf import settings
from django.core.management import call_command
from django.db import connections

from config import localpg

ROOT = Path(__file__).resolve().parent.parent


def embedded() -> bool:
    """Whether the product's own private server is in use, and not one named by DATABASE_URL."""
    return settings.DATABASES["default"]["USER"] == localpg.WEB


def template_name() -> str:
    """A template for these migrations and no others, so that it can be kept from run to run."""
    made_of = ("migrations/*.py", "*sql.py", "guarding.py", "constraints.py")
    sources = sorted(path for kind in made_of for path in ROOT.glob(f"*/{kind}"))
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources) + settings.SECRET_KEY.encode())
    return f"test_template_{digest.hexdigest()[:12]}"


@contextmanager
def as_owner(name: str = "postgres") -> Iterator[Any]:
    """A cursor of the owner's, outside any transaction, for making and dropping databases."""
    owner = connections["owner"].get_connection_params() | {"dbname": name}
    owner = {key: value for key, value in owner.items() if key not in ("cursor_factory", "options")}
    connection = psycopg2.connect(**owner)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()


def address(alias: str, name: str) -> str:
    """The URL of a database for a process of its own."""
    of = connections[alias].settings_dict
    host = quote(of["HOST"] or "localhost", safe="")
    return f"postgres://{of['USER']}:{quote(of['PASSWORD'], safe='')}@{host}:{of['PORT'] or 5432}/{name}"


def point_at(name: str) -> None:
    """Make both sign-ins reach a database by name."""
    for alias in ("default", "owner"):
        connections[alias].close()
        settings.DATABASES[alias]["NAME"] = connections[alias].settings_dict["NAME"] = name


def template() -> str:
    """The migrated template, made by whichever worker comes first."""
    name = template_name()
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR / "test-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with as_owner() as cursor:
            cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
            if cursor.fetchone() is not None:  # an empty row is still a row
                return name
            cursor.execute(f"DROP DATABASE IF EXISTS {name}_unfinished WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {name}_unfinished")
        point_at(f"{name}_unfinished")
        call_command("migrate", verbosity=0)
        point_at(settings.DATABASES["default"]["NAME"])
        with as_owner() as cursor:
            cursor.execute(f"ALTER DATABASE {name}_unfinished RENAME TO {name}")
    return name


def clone(name: str, *, of: str) -> None:
    """A fresh copy of a database, in place of any of its name."""
    with (settings.VAR / "test-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with as_owner() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {of}")


def drop(name: str) -> None:
    """Take a database away, once whoever still holds it has let go; the owner may not end the web role's sessions."""
    for _ in range(PATIENCE):
        try:
            with as_owner() as cursor:
                cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        except (psycopg2.errors.InsufficientPrivilege, psycopg2.errors.ObjectInUse):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"Somebody still holds the database {name}.")


PATIENCE = 50
"""Tries, a fifth of a second apart."""
