"""The product does not start where it would not be safe, and says in one sentence why and what to do."""

import gzip
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from config import secretkey
from config.fitness import key_objection, list_objection, mail_objection, version_objection
from tests import database

GOOD = secrets.token_urlsafe(64)
MAKE_ANOTHER = "Set another, such as python3 -c 'import secrets; print(secrets.token_urlsafe(64))' makes."
SERVED = "import config.wsgi; print('serves')"
ROOT = Path(__file__).resolve().parent.parent.parent
HERE = f"fitness_{os.getpid()}"
Ran = subprocess.CompletedProcess[str]


@pytest.mark.parametrize(
    ("key", "fault"),
    [
        ("", "has fewer than 50 characters"),
        (GOOD[:49], "has fewer than 50 characters"),
        ("abcd" * 20, "has fewer than 5 different characters"),
        (f"django-insecure-{GOOD}", "was made for trying things out"),
        ("the key of var/ " + GOOD, "is the demonstration’s"),
    ],
    ids=["none", "short", "monotonous", "Django’s own", "the demonstration’s"],
)
def test_a_weak_key_is_refused_with_its_fault(key: str, fault: str) -> None:
    said = key_objection(key, own="the key of var/ " + GOOD)
    assert said == f"The product does not start in production: SECRET_KEY {fault}. {MAKE_ANOTHER}"


def test_a_key_that_nobody_guesses_will_do() -> None:
    assert [key_objection(GOOD, own=""), key_objection(GOOD[:50], own="")] == [None, None]


@pytest.mark.parametrize(
    ("host", "encrypted", "may"), [("", False, True), ("mail", True, True), ("mail", False, False)]
)
def test_no_e_mail_travels_in_the_clear(host: str, encrypted: bool, may: bool) -> None:
    assert (mail_objection(host, is_encrypted=encrypted) is None) == may


def test_a_list_of_breached_pass_phrases_that_is_not_there_is_missed(tmp_path: Path) -> None:
    there = tmp_path / "breached.txt"
    there.touch()
    assert [list_objection(""), list_objection(str(there)), list_objection(str(tmp_path / "not-there"))] == [
        None,
        None,
        f"The product does not start: BREACHED_PASSWORDS names {tmp_path}/not-there, "
        "and there is no such file that it can read.",
    ]


def test_an_old_database_is_refused_with_those_that_will_do() -> None:
    assert version_objection(150014) is None
    assert version_objection(150013) == (
        "The product does not start: PostgreSQL 15.13 lacks repairs of row security. "
        "Use 15.14, 16.10, 17.6 or 18, or a later release of one of these."
    )


@pytest.fixture
def run(cluster: None, tmp_path: Path) -> Callable[..., Ran]:
    """Runs Python in the project with the settings of a production installation, and these beside or instead."""
    of = {
        name: database.address(alias, database.connections[alias].settings_dict["NAME"])
        for name, alias in (("DATABASE_URL", "default"), ("DATABASE_OWNER_URL", "owner"))
    }

    (tmp_path / "var" / "static").mkdir(parents=True)

    def start(*words: str, **instead: str) -> Ran:
        env = {"PATH": os.environ["PATH"], "PRODUCTION": "true", "SECRET_KEY": GOOD, **of}
        env |= {"IMPROVEMENT_VAR": str(tmp_path / "var"), **instead}
        return subprocess.run([sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)

    return start


WEAK = {"SECRET_KEY": "abcd" * 20}
WEAKNESS = f"The product does not start in production: SECRET_KEY has fewer than 5 different characters. {MAKE_ANOTHER}"


@pytest.mark.parametrize("words", [("-c", SERVED), ("manage.py", "check"), ("manage.py", "migrate", "--plan")])
def test_with_a_weak_key_neither_the_web_server_nor_a_command_starts(
    run: Callable[..., Ran], db: None, words: tuple[str, ...]
) -> None:
    ran = run(*words, **WEAK)
    assert (ran.returncode, ran.stdout, ran.stderr) == (3, "", f"{WEAKNESS}\n")


def test_gunicorn_ends_before_it_has_a_worker(run: Callable[..., Ran], db: None) -> None:
    ran = run("-m", "gunicorn", "-c", "config/gunicorn.py", "--bind", "127.0.0.1:0", **WEAK)
    assert (ran.returncode, ran.stdout, ran.stderr) == (3, "", f"{WEAKNESS}\n")


def test_the_key_that_the_demonstration_made_is_no_key_for_production(
    run: Callable[..., Ran], db: None, tmp_path: Path
) -> None:
    made = run("-c", "from config.secretkey import secret_key; print(secret_key())").stdout.strip()
    assert (tmp_path / "var" / secretkey.FILE.name).read_text().strip() == made
    ran = run("-c", SERVED, SECRET_KEY=made)
    assert (ran.returncode, "SECRET_KEY is the demonstration’s." in ran.stderr) == (3, True)


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ({"EMAIL_HOST": "mail", "EMAIL_USE_TLS": "false"}, "e-mail would travel in the clear. Set EMAIL_USE_TLS or"),
        ({"BREACHED_PASSWORDS": "/nowhere/at/all"}, "BREACHED_PASSWORDS names /nowhere/at/all, and there is no such"),
    ],
)
def test_other_settings_that_are_not_safe_are_refused(
    run: Callable[..., Ran], db: None, setting: dict[str, str], sentence: str
) -> None:
    ran = run("-c", SERVED, **setting)
    assert (ran.returncode, ran.stdout, sentence in ran.stderr) == (3, "", True)


def test_a_missing_list_is_refused_outside_production_too(run: Callable[..., Ran], db: None) -> None:
    assert run("-c", SERVED, PRODUCTION="false", BREACHED_PASSWORDS="/nowhere").returncode == 3


@pytest.fixture
def filled(run: Callable[..., Ran], django_db_setup: None, django_db_blocker: Any) -> Iterator[Callable[..., Ran]]:
    """Serves a database of its own, in which something was written first."""

    def serve(*sql: tuple[str, list[Any]], **instead: str) -> Ran:
        with database.as_owner(HERE) as cursor:
            for sentence, told in sql:
                cursor.execute(sentence, told)
        return run("-c", SERVED, DATABASE_URL=database.address("default", HERE), **instead)

    with django_db_blocker.unblock():
        database.clone(HERE, of=database.template())
    yield serve
    database.drop(HERE)


COUNCIL = (
    "INSERT INTO people_council (name, service, accent, head_colour, is_demonstration) VALUES (%s, '', '', '', %s)"
)
PERSON = "INSERT INTO people_person (email, name, post, password, is_active) VALUES (%s, 'A Name', '', %s, true)"
OURS = COUNCIL, ["Our Council", False]
DEMONSTRATION = COUNCIL, ["Northmoor Council", True]


def _person(email: str, password: str = "argon2$of a pass phrase") -> tuple[str, list[Any]]:
    return PERSON, [email, password]


@pytest.mark.parametrize(
    ("there", "sentence"),
    [
        ((DEMONSTRATION,), "this database holds the demonstration council."),
        ((OURS, _person("officer@northmoor.example")), "somebody at northmoor.example has a pass phrase here."),
        ((OURS, _person("Officer@Northmoor.Example")), "somebody at northmoor.example has a pass phrase here."),
    ],
)
def test_the_demonstrations_people_do_not_come_in_to_production(
    filled: Callable[..., Ran], there: tuple[Any, ...], sentence: str
) -> None:
    ran = filled(*there)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.startswith(f"The product does not start in production: {sentence} Set DATABASE_URL to ")
    assert len(ran.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("there", "production"),
    [
        ((), "true"),
        ((OURS, _person("officer@ourcouncil.gov.uk")), "true"),
        ((OURS, _person("officer@northmoor.example", "!none that anybody could use")), "true"),
        ((OURS, _person("officer@northmoor.example.gov.uk")), "true"),
        ((DEMONSTRATION, _person("officer@northmoor.example")), "false"),
    ],
)
def test_a_councils_own_database_is_served_and_the_demonstration_outside_production(
    filled: Callable[..., Ran], there: tuple[Any, ...], production: str
) -> None:
    ran = filled(*there, PRODUCTION=production)
    assert (ran.returncode, ran.stdout) == (0, "serves\n"), ran.stderr


def test_a_database_without_tables_is_refused(filled: Callable[..., Ran]) -> None:
    ran = filled(("ALTER TABLE people_council RENAME TO elsewhere", []))
    assert (ran.returncode, ran.stderr) == (
        3,
        "The product does not start in production: this database has no tables yet. Run manage.py migrate.\n",
    )


def test_a_database_that_is_away_for_the_moment_does_not_end_the_site(run: Callable[..., Ran], db: None) -> None:
    ran = run("-c", SERVED, DATABASE_URL="postgres://nobody@127.0.0.1:1/nowhere")
    assert (ran.returncode, ran.stdout) == (0, "serves\n")


def test_the_demonstration_is_not_loaded_in_production(db: None, settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match=r"^This is a production installation, so the demonstration council is not"):
        call_command("load_demonstration")


@pytest.mark.parametrize("packed", [bytes, gzip.compress])
def test_a_breached_pass_phrase_is_refused(
    run: Callable[..., Ran], db: None, tmp_path: Path, packed: Callable[[bytes], bytes]
) -> None:
    listed = tmp_path / "breached"
    listed.write_bytes(packed(b"correct horse battery staple\nanother long pass phrase\n"))
    ask = """
import django; django.setup()
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
for phrase in ("Correct Horse Battery Staple", "purple ladder seven otters"):
    try: print(validate_password(phrase))
    except ValidationError as why: print(why.messages)
"""
    ran = run("-c", ask, BREACHED_PASSWORDS=str(listed), DJANGO_SETTINGS_MODULE="config.settings")
    assert (ran.stdout, ran.stderr) == ("['This password is too common.']\nNone\n", "")
