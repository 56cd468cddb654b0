"""The chained trail verified: every hash and digest worked out anew, and every line held against its event."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps

from people.audit_sql import digest_of, hash_of, names
from people.constraints import Chained

SHORTEST = 16
"""Letters and figures of a hash that a paper's footer prints: enough that no other event has the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What verifying found: how many events there are, from when until when, the last hash, and what is wrong."""

    events: int
    since: datetime | None
    until: datetime | None
    head: str
    faults: list[str] = field(default_factory=list)


def verify(cursor: Any) -> Trail:
    """Walk the chain, by a cursor that reads every line past the seals. Each fault is one sentence."""
    cursor.execute(_SUMMARY)
    events, since, until, head = cursor.fetchone()
    faults = [*_links(cursor), *_strangers(cursor)]
    for table, without in chained().items():
        faults += _lines(cursor, table, without)
    return Trail(events=events, since=since, until=until, head=head or "", faults=faults)


def anchor_objection(cursor: Any, head: str, *, seq: int | None = None) -> str | None:
    """Why a hash that was printed once is no hash of this chain (at that place), or None if it is."""
    if not SHORTEST <= len(head) <= 64 or not set(head) <= set("0123456789abcdef"):
        return f"A hash has {SHORTEST} to 64 of the figures 0 to 9 and the letters a to f."
    cursor.execute("SELECT seq FROM people_event WHERE starts_with(encode(hash, 'hex'), %s)", [head])
    places = [place for (place,) in cursor.fetchall()]
    if not places:
        return f"No event has the hash {head}: the trail was cut off or made anew after it had been printed."
    if seq is not None and places != [seq]:
        return f"The hash {head} is that of event {places[0]}, not of event {seq}."
    return None


def chained() -> dict[str, tuple[str, ...]]:
    """The tables whose lines are chained, each with the columns that its digests are without."""
    return {
        model._meta.db_table: constraint.without
        for model in apps.get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, Chained)
    }


def _links(cursor: Any) -> Iterator[str]:
    cursor.execute(_LINKS)
    for seq, former, holds in cursor.fetchall():
        if seq != former + 1:
            yield f"Event {former + 1} is missing: after {former} comes {seq}."
        elif not holds:
            yield f"Event {seq} is not as it was written, or does not follow the one before it: its hash does not hold."


def _strangers(cursor: Any) -> Iterator[str]:
    cursor.execute(_KINDS, [list(chained())])
    for kind, count in cursor.fetchall():
        yield f"There are events ({count}) of lines in {kind}, which keeps no lines."
    cursor.execute(_TWICE)
    for kind, key, events in cursor.fetchall():
        yield f"Line {key} of {kind} has more events than one: {', '.join(map(str, events))}."


def _lines(cursor: Any, table: str, without: tuple[str, ...]) -> Iterator[str]:
    cursor.execute(_LINES.format(table=table, digest=digest_of("line", without=names(without))), [table])
    for fault, key, event in cursor.fetchall():
        yield _SAID[fault].format(table=table, key=key, event=event)


_SUMMARY = """
    SELECT count(*), min(at), max(at), (SELECT encode(hash, 'hex') FROM people_event ORDER BY seq DESC LIMIT 1)
    FROM people_event
"""
_LINKS = f"""
    SELECT seq, former, holds FROM (
        SELECT seq, coalesce(lag(seq) OVER chain, 0) AS former,
            hash = {hash_of("event", before="lag(event.hash) OVER chain")} AS holds
        FROM people_event event WINDOW chain AS (ORDER BY seq)
    ) link WHERE seq <> former + 1 OR NOT holds ORDER BY seq
"""  # noqa: S608
_KINDS = "SELECT kind, count(*) FROM people_event WHERE kind <> ALL (%s) GROUP BY kind ORDER BY kind"
_TWICE = """
    SELECT kind, key, array_agg(seq ORDER BY seq) FROM people_event GROUP BY kind, key HAVING count(*) > 1
    ORDER BY kind, key
"""
_LINES = """
    SELECT fault, key, seq FROM (
        SELECT coalesce(event.key, line.id) AS key, event.seq, CASE
            WHEN event.seq IS NULL THEN 'untold'
            WHEN line.id IS NULL THEN 'gone'
            WHEN event.digest <> {digest} THEN 'changed' END AS fault
        FROM (SELECT seq, key, digest FROM people_event WHERE kind = %s) event
        FULL JOIN {table} line ON line.id = event.key
    ) found WHERE fault IS NOT NULL ORDER BY key, seq
"""
_SAID = {
    "untold": "Line {key} of {table} has no event.",
    "gone": "Line {key} of {table}, which event {event} tells of, is gone.",
    "changed": "Line {key} of {table} is not as event {event} saw it.",
}
