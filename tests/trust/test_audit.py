"""The audit trail (S11): one event for each deed and each sealed read, and six ways of tampering, every one found."""

import re
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from monitoring.scheme import PUBLISHED
from people.audit import Trail, anchor_objection, chained, verify
from people.audit_sql import digest_of, hash_of, names
from people.roster import handle
from reports import keeping
from reports.models import Paper
from sources.models import Seal, Source
from sources.seals import acting_as
from tests import database
from tests.trust.asking import Stage, connected
from tests.world import confidential

Worlds = tuple[Stage, Stage]
ACTION, PAPER, PERSON, READ, SEAL = (
    "improvement_actionline", "reports_paperline", "people_personline", "sources_sealread", "sources_sealline",
)  # fmt: skip


@contextmanager
def keeper(stage: Stage) -> Iterator[Any]:
    """A cursor that reads every line and event, as the command's does; whatever it does is undone."""
    with database.as_owner(stage.name) as cursor:
        cursor.execute("BEGIN; GRANT improvement_keeper TO CURRENT_USER")
        yield cursor
        cursor.execute("ROLLBACK")


def trail(stage: Stage) -> Trail:
    with keeper(stage) as cursor:
        return verify(cursor)


def asked(stage: Stage, sql: str) -> list[Any]:
    with keeper(stage) as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


@pytest.fixture
def stage(scratch: Worlds) -> Stage:
    """A world of its own, in which what is done is kept, as on a server."""
    return scratch[0]


# Every deed, and the lines that it leaves.


def browser(stage: Stage, part: str) -> Client:
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = stage.scene.keys[part]
    return client


def _sent(stage: Stage, part: str, path: str, **form: Any) -> None:
    """The page's form as a browser sends it back, with something typed in."""
    client = browser(stage, part)
    page = client.get(path).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    answer = client.post(path.partition("?")[0], {"once": str(uuid.uuid4())} | hidden | form)
    assert answer.status_code == 302, (path, answer.status_code)


def _update(stage: Stage) -> None:
    _sent(stage, "officer", "/actions/1.1/update/", news="changed", words="Said.", move="")


def _move(stage: Stage) -> None:
    _sent(stage, "lead", "/actions/1.1/moves/?move=withdraw", move="withdraw", reason="Another does the same.")


def _by_the_api(stage: Stage) -> None:
    client = browser(stage, "lead")
    answer = client.post(
        "/api/actions/1.2/updates/", '{"words": "Said."}', content_type="application/json", headers={"If-Match": "*"}
    )
    assert answer.status_code == 201


def _edit(stage: Stage) -> None:
    _sent(stage, "second_director", f"/papers/{stage.scene.draft.reference}/sections/1/", new="More.", draws_on="open")


def _compose(stage: Stage) -> None:
    world = stage.scene.world
    form = {"visit": world.visit.reference, "meeting": world.meeting.held_on, "as_at": _written(world.today)}
    _sent(stage, "second_director", "/papers/new/", **form)


def _written(day: Any) -> str:
    return f"{day.day} {day:%B %Y}"


def _issue(stage: Stage) -> None:
    with stage.lit(), acting_as(stage.scene.world.director):
        draft = Paper.objects.get(pk=stage.scene.draft.pk)
        keeping.issue(draft, by=stage.scene.world.director, at=stage.scene.world.now)


MEMBER = "/people/member@northmoor.example/"


def _appoint(stage: Stage) -> None:
    _sent(stage, "admin", f"{MEMBER}roles/", role="clearing", scope="all")


def _relieve(stage: Stage) -> None:
    _sent(stage, "admin", f"{MEMBER}roles/end/", named=handle(stage.scene.world.member.grants.get(role="member")))


def _close(stage: Stage) -> None:
    _sent(stage, "admin", f"{MEMBER}close/")


def _letter(stage: Stage) -> str:
    assert stage.planted is not None
    return f"/seals/{stage.planted.source}/"


def _clear(stage: Stage) -> None:
    _sent(stage, "clerk", f"{_letter(stage)}clearances/", person="finance@northmoor.example", reason="Clears it.")


def _withdraw(stage: Stage) -> None:
    _sent(stage, "director", f"{_letter(stage)}clearances/withdraw/", person="clerk@northmoor.example")


def _correct(stage: Stage) -> None:
    until = stage.scene.world.now + timedelta(days=40)
    typed = {"until_on_day": until.day, "until_on_month": until.month, "until_on_year": until.year}
    said = {"words": "Not before we say so.", "until_at": "09:00"}
    _sent(stage, "director", f"{_letter(stage)}embargo/", **typed, **said)
    _sent(stage, "clerk", f"{_letter(stage)}embargo/second/")


def _release(stage: Stage) -> None:
    """Of a letter whose embargo has ended."""
    world = stage.scene.world
    with stage.lit(), acting_as(world.director):
        seal = Seal.make(confidential(), by=world.director)
        seal.clear(world.clerk)
        Source.objects.create(
            kind="letter", title="Saffron", from_whom="Ofsted", received_on=world.today, seal=seal,
            reference="saffron222",
        )  # fmt: skip
    _sent(stage, "director", "/seals/saffron222/release/", reason="Ofsted has published it.")
    _sent(stage, "clerk", "/seals/saffron222/release/second/")


def _settle(stage: Stage) -> None:
    _sent(stage, "admin", "/settings/ratings/", **asdict(PUBLISHED) | {"amber": "At risk"})


DEEDS: dict[Callable[[Stage], None], list[tuple[str, str, str]]] = {
    _update: [("officer", ACTION, "update")],
    _move: [("lead", ACTION, "withdraw")],
    _by_the_api: [("lead", ACTION, "update")],
    _edit: [("second_director", PAPER, "edit")],
    _compose: [("second_director", PAPER, "compose")],
    _issue: [("director", PAPER, "issue")],
    _appoint: [("admin", PERSON, "")],
    _relieve: [("admin", PERSON, "")],
    _close: [("admin", PERSON, "")],
    _settle: [("admin", "monitoring_schemeline", "settle")],
    _clear: [("clerk", SEAL, "clear")],
    _withdraw: [("director", SEAL, "withdraw")],
    _correct: [("director", SEAL, "correct"), ("clerk", SEAL, "correct")],
    _release: [
        ("director", SEAL, "seal"), ("director", SEAL, "clear"), ("director", SEAL, "propose"),
        ("clerk", SEAL, "release"),
    ],
}  # fmt: skip
EVENTS = "SELECT seq, actor, kind, verb FROM people_event ORDER BY seq"


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__.strip("_"))
def test_a_deed_makes_the_events_of_its_lines_and_no_others(stage: Stage, deed: Callable[[Stage], None]) -> None:
    with stage.lit():
        parts = {person.pk: part for part, person in people(stage).items()}
        before = asked(stage, EVENTS)
        deed(stage)
    made = [(parts.get(actor), kind, verb) for _, actor, kind, verb in asked(stage, EVENTS)[len(before) :]]
    assert [event for event in made if event[1] != READ] == DEEDS[deed]
    assert {part for part, kind, _ in made if kind == READ} <= {"director", "clerk"}
    assert trail(stage).faults == []


def people(stage: Stage) -> dict[str, Any]:
    emails = {part: f"{part.replace('_', '-')}@northmoor.example" for part in stage.scene.keys}
    found = {person.email: person for person in type(stage.scene.world.admin).objects.all()}
    return {part: found[email] for part, email in emails.items()}


def test_a_page_read_under_seal_makes_one_event_and_one_read_again_another(stage: Stage) -> None:
    before = Counter(kind for _, _, kind, _ in asked(stage, EVENTS))
    with stage.lit():
        for part, path in (("director", "/actions/9.1/"), ("director", "/actions/9.1/"), ("officer", "/actions/1.1/")):
            assert browser(stage, part).get(path).status_code == 200
    assert Counter(kind for _, _, kind, _ in asked(stage, EVENTS)) - before == {READ: 2}


def test_what_is_refused_or_rolled_back_leaves_no_event_and_no_gap(stage: Stage) -> None:
    with stage.lit():
        before = asked(stage, EVENTS)
        assert browser(stage, "officer").post("/actions/1.1/update/", {"news": "changed"}).status_code == 400
        assert asked(stage, EVENTS) == before
        _update(stage)
    assert [seq for seq, *_ in asked(stage, EVENTS)] == list(range(1, len(before) + 2))


# Six ways of tampering, by somebody who may do everything and has put the triggers out of action.

LINES = f"SELECT seq, key FROM people_event WHERE kind = '{ACTION}' ORDER BY seq LIMIT 3"
AGAIN = hash_of("event", before="(SELECT b.hash FROM people_event b WHERE b.seq = event.seq - 1)")
SEEN_AGAIN = digest_of("line", without=names(("seal_id",)))
TAMPERINGS = {
    "a line edited": (
        "UPDATE improvement_actionline SET reason = 'Somebody else said so.' WHERE id = {key}",
        ["Line {key} of improvement_actionline is not as event {seq} saw it."],
    ),
    "a line edited and its event made to match": (
        "UPDATE improvement_actionline SET reason = 'x' WHERE id = {key};"
        f"UPDATE people_event event SET digest = (SELECT {SEEN_AGAIN} FROM improvement_actionline line"
        " WHERE line.id = {key}) WHERE seq = {seq}",
        ["Event {seq} is not as it was written, or does not follow the one before it: its hash does not hold."],
    ),
    "an event back-dated": (
        "UPDATE people_event SET at = at - interval '1 day' WHERE seq = {seq}",
        ["Event {seq} is not as it was written, or does not follow the one before it: its hash does not hold."],
    ),
    "a line back-dated": (
        "UPDATE improvement_actionline SET at = at - interval '1 day' WHERE id = {key}",
        ["Line {key} of improvement_actionline is not as event {seq} saw it."],
    ),
    "a line and its event deleted": (
        "DELETE FROM improvement_actionline WHERE id = {key}; DELETE FROM people_event WHERE seq = {seq}",
        ["Event {seq} is missing: after {former} comes {next}."],
    ),
    "an event deleted": (
        "DELETE FROM people_event WHERE seq = {seq}",
        ["Event {seq} is missing: after {former} comes {next}.", "Line {key} of improvement_actionline has no event."],
    ),
    "a line deleted": (
        "DELETE FROM improvement_actionline WHERE id = {key}",
        ["Line {key} of improvement_actionline, which event {seq} tells of, is gone."],
    ),
    "an event changed and its hash worked out again": (
        f"UPDATE people_event event SET actor = coalesce(actor, 0) + 1, hash = '' WHERE seq = {{seq}};"
        f"UPDATE people_event event SET hash = {AGAIN} WHERE seq = {{seq}}",
        ["Event {next} is not as it was written, or does not follow the one before it: its hash does not hold."],
    ),
    "two events swapped": (
        "UPDATE people_event SET seq = CASE seq WHEN {seq} THEN -{next} ELSE -{seq} END WHERE seq IN ({seq}, {next});"
        "UPDATE people_event SET seq = -seq WHERE seq < 0",
        [
            f"Event {{{place}}} is not as it was written, or does not follow the one before it: its hash does not hold."
            for place in ("seq", "next", "third")
        ],
    ),
    "an event put in between": (
        "UPDATE people_event SET seq = -seq - 1 WHERE seq >= {seq}; UPDATE people_event SET seq = -seq WHERE seq < 0;"
        "INSERT INTO people_event SELECT {seq}, at, txid, actor, verb, kind, key, digest, hash FROM people_event"
        " WHERE seq = {next}",
        None,
    ),
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_is_found(stage: Stage, tampering: str) -> None:
    assert trail(stage).faults == []
    seq, key = asked(stage, LINES)[1]
    places = {"seq": seq, "key": key, "former": seq - 1, "next": seq + 1, "third": seq + 2}
    statement, said = TAMPERINGS[tampering]
    faults = tampered(stage, statement.format(**places)).faults
    if said is None:
        assert len(faults) >= 2
    else:
        assert faults == [sentence.format(**places) for sentence in said]


def tampered(stage: Stage, statement: str) -> Trail:
    """What is found after a statement with every trigger and policy out of action."""
    with keeper(stage) as cursor:
        _unbound(cursor)
        cursor.execute(statement)
        return verify(cursor)


def _unbound(cursor: Any) -> None:
    for table in chained():
        cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY; ALTER TABLE {table} DISABLE TRIGGER USER")


def test_a_tail_cut_off_is_found_by_a_hash_that_was_printed(stage: Stage) -> None:
    with stage.lit():
        _update(stage)
        _issue(stage)
        printed = Paper.objects.get(pk=stage.scene.draft.pk).audit_head
    with keeper(stage) as cursor:
        cursor.execute("SELECT seq FROM people_event WHERE encode(hash, 'hex') = %s", [printed])
        [(seq,)] = cursor.fetchall()
        assert [anchor_objection(cursor, head, seq=seq) for head in (printed, printed[:16])] == [None, None]
        _unbound(cursor)
        for table in chained():
            of_tail = "SELECT key FROM people_event WHERE kind = %s AND seq >= %s"
            cursor.execute(f"DELETE FROM {table} WHERE id IN ({of_tail})", [table, seq])
        cursor.execute("DELETE FROM people_event WHERE seq >= %s", [seq])
        found = verify(cursor)
        assert (found.events, found.faults) == (seq - 1, [])
        assert anchor_objection(cursor, printed) == (
            f"No event has the hash {printed}: the trail was cut off or made anew after it had been printed."
        )


@pytest.mark.parametrize(
    ("head", "seq", "said"),
    [
        ("0123456789abcde", None, "A hash has 16 to 64 of the figures 0 to 9 and the letters a to f."),
        ("0123456789abcdeg", None, "A hash has 16 to 64 of the figures 0 to 9 and the letters a to f."),
        ("{first}", 1, None),
        ("{first}", 2, "The hash {first} is that of event 1, not of event 2."),
    ],
)
def test_a_hash_is_looked_for_in_its_place(worlds: Worlds, head: str, seq: int | None, said: str | None) -> None:
    with keeper(worlds[0]) as cursor:
        cursor.execute("SELECT encode(hash, 'hex') FROM people_event WHERE seq = 1")
        [(first,)] = cursor.fetchall()
        found = anchor_objection(cursor, head.format(first=first), seq=seq)
    assert found == (said and said.format(first=first))


def test_the_command_says_what_it_found_and_ends_with_a_fault(stage: Stage) -> None:
    out = StringIO()
    with owned(stage):
        head = asked(stage, "SELECT encode(hash, 'hex') FROM people_event ORDER BY seq DESC LIMIT 1")[0][0]
        spaced = " ".join(head[at : at + 4] for at in (0, 4, 8, 12)).upper()
        call_command("verify_audit", head=spaced, stdout=out)
        said = out.getvalue()
        assert said.endswith(f"The hash of the last is {head}.\nEvery event and every line is as it was written.\n")
        stage.owner("UPDATE people_event SET verb = 'none' WHERE seq = 2")
        with pytest.raises(CommandError, match="The audit trail does not hold: 1 fault"):
            call_command("verify_audit", stdout=out)
    assert "Event 2 is not as it was written" in out.getvalue()
    with database.as_owner(stage.name) as cursor:
        cursor.execute("SELECT pg_has_role(current_user, 'improvement_keeper', 'USAGE')")
        assert cursor.fetchone() == (False,)


@contextmanager
def owned(stage: Stage) -> Iterator[None]:
    """The command's own sign-in reaches this world for a while."""
    before = connections["owner"]
    connections["owner"] = connected(stage.name, alias="owner")
    try:
        yield
    finally:
        connections["owner"].close()
        connections["owner"] = before
