"""One search over everything that has words: what was found, promised, said and shown, and what papers say of it.

The database finds (`search_sql.py`); what is shown of a hit is read under the policies like everything else. Rank comes
from a hit's own words alone, never from how many others hold them, and counts stop at a hundred.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from improvement.models import Action, Plan
from improvement.scope import themes_of, themes_read
from monitoring.register import resources_read_by, risks_read_by
from people.models import Person
from people.roles import Permission
from reports.asked import SAYS_NOTHING, Asked, asked, objection, tidied
from reports.hits import Hit, hits
from reports.models import Entry
from reports.register_sql import SEVERAL

COUNTED = 100
"""Counting, and putting the best first, stop here; beyond it the newest come first."""
FURTHEST = 1000
"""So many hits can be paged through; the first hundred are found sooner."""
Kind = Entry.Kind
Match = tuple[int, str, float]
"""The key of an entry, its kind, and how well it holds the words."""


@dataclass(frozen=True, slots=True)
class Facet:
    """What a search can be narrowed to."""

    value: str
    label: str
    kinds: tuple[str, ...]


PAPERS = Facet("paper", "Papers", (Kind.PAPER, Kind.SECTION, Kind.PASSAGE))
FACETS = (
    Facet("action", "Actions", (Kind.ACTION,)),
    Facet("finding", "Findings", (Kind.FINDING,)),
    Facet("update", "Updates", (Kind.UPDATE,)),
    Facet("evidence", "Evidence", (Kind.EVIDENCE,)),
    Facet("milestone", "Milestones", (Kind.MILESTONE,)),
    Facet("blocker", "What is waited for", (Kind.BLOCKER,)),
    Facet("measure", "Measures", (Kind.MEASURE,)),
    Facet("risk", "Risks", (Kind.RISK, Kind.ASSESSMENT)),
    Facet("resource", "Resources", (Kind.RESOURCE, Kind.PURCHASE)),
    Facet("visit", "Visits", (Kind.VISIT,)),
    Facet("document", "Documents", (Kind.DOCUMENT,)),
    PAPERS,
)
KINDS = {facet.value: facet for facet in FACETS}


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the hits a facet has; nothing where there are too many to count."""

    facet: Facet
    n: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found, in its order; a slice of it is read when it is shown."""

    words: str
    objection: str | None = None
    ids: tuple[int, ...] = ()
    shares: tuple[Share, ...] = ()
    """Of everything found, whatever it was narrowed to."""
    query: str = ""

    @property
    def count(self) -> int:
        """How many there are to be shown."""
        return len(self.ids)

    def __getitem__(self, part: slice) -> list[Hit]:
        return hits(self.ids[part], query=self.query)


def search(said: str, *, by: Person, on: date, kind: str = "", deep: bool = False) -> Found:
    """Whatever holds the words, of what the person may see and reads; `kind` is a facet's value, or nothing.

    Only one more than a hundred are looked for, unless it is to be deep.
    """
    words = tidied(said)
    if sentence := objection(words):
        return Found(words=words, objection=sentence)
    query = _query(asked(words))
    if not query:
        return Found(words=words, objection=SAYS_NOTHING)
    reach = _Reach.of(by, on=on)
    kinds = reach.open_to((KINDS[kind],) if kind else FACETS)
    found = reach.found(query, kinds=kinds, most=FURTHEST if deep else COUNTED + 1)
    shares = reach.shares(reach.found(query, kinds=reach.open_to(FACETS), most=COUNTED + 1) if kind else found)
    return Found(words=words, ids=reach.in_order(found, words=words), shares=shares, query=query)


def _query(words: Asked) -> str:
    """The words as the database looks for them; nothing if every text has them or they only exclude."""
    (query, looked_up) = _first(
        _QUERY, words=words.words, before=words.before, begun=words.begun and f"{words.begun}:*"
    )
    return query if looked_up not in ("", "T") else ""


# The last word may be unfinished, so it is looked for as it is and as the beginning of another.
_QUERY = """
    SELECT query::text, querytree(query) FROM (SELECT websearch_to_tsquery('english', %(words)s)
        || (websearch_to_tsquery('english', %(before)s) && to_tsquery('english', %(begun)s)) AS query) asked
"""
_FOUND = """
    SELECT id, kind, rank
    FROM entries_found(%(query)s::tsquery, %(kinds)s::text[], %(themes)s::bigint[], %(own)s::bigint[], %(most)s)
"""


@dataclass(frozen=True, slots=True)
class _Reach:
    """How far a person's search goes, for usefulness; what they may not see the database leaves out by itself."""

    plan: Plan | None
    papers: bool
    themes: list[int]
    own: list[int]
    """Entries of a partner's own: actions, whatever their theme, and what is tied to several themes, theirs one."""

    @classmethod
    def of(cls, person: Person, *, on: date) -> "_Reach":
        plan = Plan.current()
        themes = list(themes_of(plan, person, on=on).values_list("pk", flat=True))
        everywhere = themes_read(person, on=on) is None
        papers = person.may(Permission.READ_PAPERS, on=on)
        if everywhere:
            return cls(plan, papers, [*themes, SEVERAL], [])
        own = {
            Kind.ACTION: Action.objects.of(plan).mine(person),
            Kind.RISK: risks_read_by(person, plan, on=on),
            Kind.RESOURCE: resources_read_by(person, plan, on=on),
        }
        return cls(plan, papers, themes, [pk for kind, records in own.items() for pk in _entries(kind, records)])

    def open_to(self, facets: Iterable[Facet]) -> list[str]:
        return [kind for facet in facets if facet is not PAPERS or self.papers for kind in facet.kinds]

    def found(self, query: str, *, kinds: list[str], most: int) -> list[Match]:
        with connection.cursor() as cursor:
            asked_for: dict[str, Any] = {
                "query": query,
                "kinds": kinds,
                "themes": self.themes,
                "own": self.own,
                "most": most,
            }
            cursor.execute(_FOUND, asked_for)
            found = list(cursor.fetchall())
        # How many were found is told as well as what they say.
        Entry.objects.among(pk for pk, *_ in found).note_seals()
        return found

    def shares(self, found: list[Match]) -> tuple[Share, ...]:
        if len(found) > COUNTED:
            return tuple(Share(facet, None) for facet in FACETS if self.open_to((facet,)))
        counted = Counter(kind for _, kind, _ in found)
        shares = (Share(facet, sum(counted[kind] for kind in facet.kinds)) for facet in FACETS)
        return tuple(share for share in shares if share.n)

    def in_order(self, found: list[Match], *, words: str) -> tuple[int, ...]:
        """An action that is asked for by its number, then the best where they are few and else the newest."""
        few = len(found) <= COUNTED
        named = Action.objects.of(self.plan).numbered(words)
        numbered = _entries(Kind.ACTION, named) if _NUMBER.fullmatch(words) else set()
        # They come newest first, and sorting leaves so what is alike.
        ordered = sorted(found, key=lambda match: (match[0] not in numbered, -match[2] if few else 0))
        return tuple(pk for pk, _, _ in ordered)


_NUMBER = re.compile(r"[^\W\d]{0,2}[.-]?\d[\w.-]*")
"""An action may be called so."""


def _entries(kind: str, records: Any) -> set[int]:
    asked = Entry.objects.filter(kind=kind, record_id__in=records.order_by().values("pk"))
    return set(asked.values_list("pk", flat=True))


def _first(statement: str, **words: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, words)
        return cursor.fetchone()
