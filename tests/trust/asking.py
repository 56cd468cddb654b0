"""Asking a world's database one thing, as one person, with the clock and all randomness held still."""

import logging
import os
import random
import secrets
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from typing import Any
from unittest.mock import patch

import time_machine
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.utils.functional import cached_property

from people.models import Person
from people.sitting import begin
from sources.models import SealRead
from sources.seals import stamp
from tests import database
from tests.trust.scene import Planted, Scene

WRITES = ("POST", "PUT", "PATCH", "DELETE")
SEED = 7
METHODS = ("GET", "HEAD", *WRITES, "OPTIONS")


@dataclass(frozen=True)
class Answer:
    """All that comes back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    cookies: str
    body: bytes
    complaint: str = ""
    """What the database would have refused at the end of the transaction."""

    @cached_property
    def whole(self) -> bytes:
        """Every byte of it."""
        head = "\n".join(f"{name}: {value}" for name, value in self.headers)
        return f"{self.status}\n{head}\n{self.cookies}\n{self.complaint}\n".encode() + self.body

    def header(self, name: str) -> str:
        """A header, or nothing."""
        return dict(self.headers).get(name, "")


class Stage:
    """One world: a database of its own, reached as the web role."""

    def __init__(self, name: str, scene: Scene, planted: Planted | None = None) -> None:
        self.name, self.scene, self.planted = name, scene, planted
        self.wrapper = connected(name)

    @contextmanager
    def lit(self) -> Iterator[None]:
        """This world's database for as long as it lasts."""
        before = connections["default"]
        connections["default"] = self.wrapper
        try:
            yield
        finally:
            connections["default"] = before

    def close(self) -> None:
        """Let go of the database, so that it can be cloned or dropped."""
        self.wrapper.close()

    def sign_in_as(self, alias: str) -> None:
        """Reach the database by another sign-in: only a planted leak does."""
        self.wrapper.close()
        self.wrapper = connected(self.name, alias=alias)

    def owner(self, sql: str) -> None:
        """Change the database as its owner: only a planted leak does."""
        with database.as_owner(self.name) as cursor:
            cursor.execute(sql)


def connected(name: str, *, alias: str = "default") -> Any:
    """A connection of our own, so that two worlds can be asked in turn without signing in anew."""
    of = connections[alias]
    return type(of)({**of.settings_dict, "NAME": name}, "default")


@contextmanager
def held_still() -> Iterator[random.Random]:
    """The clock stands (at what it is, since the database has its own) and every random choice is the same."""
    dice = random.Random(SEED)
    with (
        time_machine.travel(datetime.now(tz=UTC), tick=False),
        patch.object(secrets, "choice", dice.choice),
        patch.object(secrets, "randbelow", dice.randrange),
        patch.object(secrets, "token_bytes", lambda n=32: dice.randbytes(n or 32)),
        patch.object(os, "urandom", dice.randbytes),
        patch.object(secrets, "token_urlsafe", lambda n=32: f"{dice.getrandbits(8 * (n or 32)):x}"),
        patch.object(uuid, "uuid4", lambda: uuid.UUID(int=dice.getrandbits(128), version=4)),
    ):
        yield dice


BROWSER = Client(raise_request_exception=False)


def ask(stage: Stage, part: str, method: str, path: str, *, form: Any = None, json: str | None = None) -> Answer:
    """Ask, and undo whatever was done."""
    with stage.lit(), transaction.atomic():
        answer = _asked(stage, part, method, path, form=form, json=json)
        if method in WRITES:
            answer = Answer(answer.status, answer.headers, answer.cookies, answer.body, _complaint())
        transaction.set_rollback(True)
    return answer


def asked_in_turn(stage: Stage, asks: list[tuple[str, str, str, Any]], dice: random.Random) -> list[Answer]:
    """Ask one thing after another, each with the same dice, and undo it all."""
    answers = []
    with stage.lit(), transaction.atomic():
        for part, method, path, form in asks:
            dice.seed(SEED)
            answers.append(_asked(stage, part, method, path, form=form, json=None))
        transaction.set_rollback(True)
    return answers


def read(stage: Stage, person: Person, part: str, method: str, path: str) -> tuple[Answer, set[int]]:
    """The answer to somebody cleared, and the seals that it was recorded as drawing on; then all is undone."""
    with stage.lit(), transaction.atomic():
        answer = _asked(stage, part, method, path, form=None, json=None)
        stamp(person)
        recorded = set(SealRead.objects.filter(what=path).values_list("seal_id", flat=True))
        transaction.set_rollback(True)
    return answer, recorded


def _asked(stage: Stage, part: str, method: str, path: str, *, form: Any, json: str | None) -> Answer:
    BROWSER.cookies = SimpleCookie()
    if part != "nobody":
        BROWSER.cookies[settings.SESSION_COOKIE_NAME] = stage.scene.keys[part]
        _has_just_been_seen(stage.scene.keys[part])
    if method in ("GET", "HEAD"):
        response = getattr(BROWSER, method.lower())(path)
    elif json is not None:
        response = BROWSER.generic(method, path, json, content_type="application/json", headers={"If-Match": "*"})
    elif method == "POST":
        response = BROWSER.post(path, form or {})
    else:
        response = BROWSER.generic(method, path)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = tuple(sorted((name, value) for name, value in response.headers.items()))
    return Answer(response.status_code, headers, response.cookies.output(), body)


def _has_just_been_seen(key: str) -> None:
    """Else it depends on who asked this world last, and when, whether the session is written down again."""
    session = SessionStore(key)
    begin(session, at=datetime.now(tz=UTC))
    session.save()


def _complaint() -> str:
    """What is put off until a transaction ends is looked at now, since ours never ends well."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError as why:
        return str(why)
    return ""


class Ears(logging.Handler):
    """Hears every log record, whatever its level."""

    def __init__(self) -> None:
        super().__init__(level=0)
        self.heard: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it, traceback and all."""
        self.heard.append(self.format(record))


@contextmanager
def listening() -> Iterator[Ears]:
    """Hear all that is logged meanwhile."""
    ears, root, request = Ears(), logging.getLogger(), logging.getLogger("django.request")
    level = root.level
    root.addHandler(ears)
    request.addHandler(ears)  # it does not pass on what it hears
    root.setLevel(logging.DEBUG)
    try:
        yield ears
    finally:
        root.setLevel(level)
        root.removeHandler(ears)
        request.removeHandler(ears)
