"""Whoever was told that their change is saved finds it saved, however many write at once, and nobody else is told so.

Real threads, each with a connection of its own, write to one action of a database that keeps what is done.
"""

import json
import re
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Barrier
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client

from improvement.models import Action
from monitoring.models import Update
from monitoring.views.update import BEHIND
from people.api import Behind, Busy
from tests.trust.asking import Stage, connected
from tests.trust.report import Report

PAGE, API = "/actions/1.1/update/", "/api/actions/1.1/"
SAVED = {HTTPStatus.CREATED, HTTPStatus.FOUND}
REPLAYS, AT_ONCE = 100, 10


@dataclass
class Writer:
    """Somebody who gives one update after another, each on what they read last, and notes what they were told."""

    stage: Stage
    part: str
    name: str
    turns: int
    saved: list[str] = field(default_factory=list)
    versions: list[tuple[int, int]] = field(default_factory=list)
    """Of each change by a script: the version that it had read, and the one that it made."""
    refused: list[tuple[int, str]] = field(default_factory=list)
    asked: int = 0

    def __post_init__(self) -> None:
        self.browser = Client(raise_request_exception=False)
        self.browser.cookies[settings.SESSION_COOKIE_NAME] = self.stage.scene.keys[self.part]

    def words(self, turn: int) -> str:
        """An update like no other."""
        return f"{self.name} said this as number {turn}."


class Script(Writer):
    """By the API: a refusal is followed by reading again."""

    def write(self) -> None:
        """All the turns."""
        tag = self.read()
        for turn in range(self.turns):
            said = {"words": self.words(turn)}
            self.asked += 1
            answer = self.browser.post(
                f"{API}updates/", said, content_type="application/json", headers={"If-Match": tag}
            )
            if answer.status_code in SAVED:
                self.saved.append(said["words"])
                self.versions.append((_number(tag), _number(answer.headers["ETag"])))
                tag = answer.headers["ETag"]
            else:
                self.refused.append((answer.status_code, answer.json()["detail"]))
                tag = self.read()

    def read(self) -> str:
        """The version that there is."""
        self.asked += 1
        return str(self.browser.get(API).headers["ETag"])


class Officer(Writer):
    """By the page: what is refused is shown again, with what the others said beside it, and given up."""

    def write(self) -> None:
        """All the turns."""
        for turn in range(self.turns):
            form = _form(self.browser.get(PAGE).content.decode())
            said = form | {"news": "changed", "words": self.words(turn)}
            answer = self.browser.post(PAGE, said)
            self.asked += 2
            if answer.status_code in SAVED:
                self.saved.append(said["words"])
            else:
                self.refused.append((answer.status_code, self.shown(answer.content.decode(), said["words"])))

    def shown(self, page: str, words: str) -> str:
        """The page's sentence, if it shows both texts."""
        theirs = re.search(r'<p class="said__words">[^<]+ said this as number \d+\.</p>', page)
        return BEHIND if BEHIND in page and words in page and theirs else page


def _number(tag: str) -> int:
    return int(tag.strip(chr(34)).partition(".")[0])


def _form(page: str) -> dict[str, str]:
    """The hidden fields of the page's form."""
    return {name: _value(page, name) for name in ("once", "version")}


def _value(page: str, name: str) -> str:
    [tag] = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    [value] = re.findall(r'value="([^"]*)"', tag)
    return str(value)


def _all_at_once(deeds: list[Callable[[], Any]]) -> list[Any]:
    """What each deed comes to, begun together, each in a thread and on a connection of its own."""
    start = Barrier(len(deeds))

    def alone(deed: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return deed()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(alone, deeds))


def _kept(words: str) -> tuple[int, list[str], int]:
    """The action's version, every update with the words in it, and how many lines of history tell of one."""
    action = Action.objects.get(number="1.1")
    updates = Update.objects.filter(action=action, words__contains=words)
    lines = action.lines.filter(verb="update", reason__contains=words)
    return action.version, sorted(updates.values_list("words", flat=True)), lines.count()


CROWDS: dict[str, Callable[[Stage], list[Any]]] = {
    "2 × 200": lambda stage: [Officer(stage, "officer", "Officer", 200), Script(stage, "director", "Script", 200)],
    "8 × 100": lambda stage: [
        Script(stage, ("officer", "director", "second_director", "lead")[number % 4], f"Script {number}", 100)
        for number in range(8)
    ],
}


@pytest.mark.parametrize("crowd", CROWDS)
def test_what_was_acknowledged_is_stored_and_nothing_else(crowd: str, lasting: Stage, report: Report) -> None:
    before, *_ = _kept("said this")
    writers = CROWDS[crowd](lasting)
    with report.of("S7 lost updates") as count:
        _all_at_once([writer.write for writer in writers])
        version, stored, lines = _kept("said this")
        acknowledged = sorted(words for writer in writers for words in writer.saved)
        refused = Counter(refusal for writer in writers for refusal in writer.refused)
        count.requests = sum(writer.asked for writer in writers)
        count.roles = {writer.part for writer in writers}
        count.states.add(f"{crowd} writers")
        count.facts = {
            "writes acknowledged": len(acknowledged), "stored": len(stored), "refused": refused.total(),
            "lost": len(set(acknowledged) - set(stored)),
        }  # fmt: skip
    assert stored == acknowledged
    assert (version - before, lines) == (len(acknowledged), len(acknowledged))
    assert set(refused) <= {(412, Behind.default_detail), (409, Busy.default_detail), (409, BEHIND)}
    assert len(acknowledged) + refused.total() == sum(writer.turns for writer in writers)
    assert refused.total() > 0  # they did meet
    versions = [pair for writer in writers for pair in writer.versions]
    assert [(read, made) for read, made in versions if made != read + 1] == []
    if all(isinstance(writer, Script) for writer in writers):
        assert sorted(made for _, made in versions) == list(range(before + 1, version + 1))


def _by_key(browser: Client, tag: str) -> int:
    headers = {"If-Match": tag, "Idempotency-Key": "sent a hundred times"}
    said = json.dumps({"words": "Said once."})
    return browser.post(f"{API}updates/", said, content_type="application/json", headers=headers).status_code


def _by_form(browser: Client, form: dict[str, str]) -> int:
    return browser.post(PAGE, form | {"news": "changed", "words": "Said once."}).status_code


@pytest.mark.parametrize(
    ("send", "of", "answers"),
    [
        (_by_key, lambda browser: browser.get(API).headers["ETag"], {201: 1, 200: REPLAYS - 1}),
        (_by_form, lambda browser: _form(browser.get(PAGE).content.decode()), {302: REPLAYS}),
    ],
    ids=["key", "form"],
)
def test_what_is_sent_a_hundred_times_at_once_is_done_once(
    send: Any, of: Any, answers: Any, lasting: Stage, report: Report
) -> None:
    before, *_ = _kept("Said once.")
    sent = of(Writer(lasting, "officer", "", 0).browser)
    with report.of("S7 lost updates") as count:

        def again() -> list[int]:
            browser = Writer(lasting, "officer", "", 0).browser
            return [send(browser, sent) for _ in range(REPLAYS // AT_ONCE)]

        told = Counter(status for statuses in _all_at_once([again] * AT_ONCE) for status in statuses)
        count.requests = told.total()
        count.roles.add("officer")
        count.states.add(f"one deed sent {REPLAYS} times")
    assert told == answers
    assert _kept("Said once.") == (before + 1, ["Said once."], 1)


def test_whoever_waits_too_long_for_another_is_told_so(lasting: Stage) -> None:
    browser = Writer(lasting, "officer", "", 0).browser
    tag, before = browser.get(API).headers["ETag"], _kept("Said late.")
    another = connected(lasting.name)
    another.set_autocommit(False)
    try:
        another.cursor().execute("SELECT FROM improvement_action WHERE number = '1.1' FOR UPDATE")
        said = json.dumps({"words": "Said late."})
        sent = [browser.post(f"{API}updates/", said, "application/json", headers={"If-Match": tag})]
    finally:
        another.close()
    sent.append(browser.post(f"{API}updates/", said, "application/json", headers={"If-Match": tag}))
    assert (sent[0].status_code, sent[0].json()) == (409, {"detail": Busy.default_detail})
    assert (sent[1].status_code, _kept("Said late.")) == (201, (before[0] + 1, ["Said late."], 1))
