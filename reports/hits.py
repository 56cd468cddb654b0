"""Hits of a search as they are shown: what each is called, what it belongs to, where it opens, and its words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.urls import reverse

from monitoring.listing import Terms
from monitoring.visiting import visits_of
from reports.models import Entry
from sources.models import Seal
from sources.seals import DRAFTS, OPEN

Kind = Entry.Kind
PAGE = 25
"""Hits on a page."""
UNDATED = (Kind.ACTION, Kind.FINDING, Kind.MEASURE, Kind.SECTION, Kind.PASSAGE)
"""Kinds whose records have no day of their own, or more than one."""
BEGINS, ENDS = "\ue000", "\ue001"
"""Around what was looked for, in a text from which these two were taken first: no text of people's holds them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found, as its reader may see it."""

    kind: str
    label: str
    heading: str
    within: str
    href: str
    parts: tuple[tuple[str, bool], ...]
    """Its words where they hold what was looked for, cut into what is only said and what was looked for."""
    day: date | None
    is_draft: bool
    terms: Terms | None

    @property
    def words(self) -> str:
        """The parts as one text."""
        return "".join(text for text, _ in self.parts)


@dataclass(frozen=True, slots=True)
class _Row:
    """An entry with what it belongs to."""

    kind: str
    record: int
    name: str
    title: str
    day: date
    seals: tuple[int, int]
    said: str
    above: tuple[str, str, str]
    top: tuple[str, str, str]


def hits(ids: Sequence[int], *, query: str) -> list[Hit]:
    """Those entries, in this order."""
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_SHOWN, {"ids": list(ids), "query": query, "options": _OPTIONS, "marks": BEGINS + ENDS})
        rows = [_row(*row) for row in cursor.fetchall()]
    held = Seal.objects.held() if any({*row.seals} - {OPEN, DRAFTS} for row in rows) else {}
    visits = visits_of([row.record for row in rows if row.kind == Kind.DOCUMENT])
    return [_hit(row, held=held, visit=visits.get(row.record, "")) for row in rows]


_OPTIONS = f"StartSel={BEGINS}, StopSel={ENDS}, MaxWords=40, MinWords=20"
# Of a long letter the beginning is looked through: to cut out a place takes longer than to find the letter.
_SHOWN = """
    SELECT e.kind, e.record_id, e.name, e.title, e.day, e.seal_id, e.own_seal_id,
        ts_headline('english', translate(left(e.words, 20000), %(marks)s, ''), %(query)s::tsquery, %(options)s),
        coalesce(above.kind, ''), coalesce(above.name, ''), coalesce(above.title, ''),
        coalesce(top.kind, ''), coalesce(top.name, ''), coalesce(top.title, '')
    FROM unnest(%(ids)s::bigint[]) WITH ORDINALITY AS shown(id, place) JOIN reports_entry e ON e.id = shown.id
    LEFT JOIN reports_entry above ON above.id = e.above_id LEFT JOIN reports_entry top ON top.id = above.above_id
    ORDER BY shown.place
"""


def _row(*columns: Any) -> _Row:
    return _Row(*columns[:5], columns[5:7], columns[7], columns[8:11], columns[11:14])  # type: ignore[call-arg]


def _hit(row: _Row, *, held: dict[int, Seal], visit: str) -> Hit:
    own = (row.kind, row.name, row.title)
    called = [name for name in map(_called, (own, row.above, row.top)) if name]
    heading, within = [*called, "", ""][:2]
    seal = next((held[pk] for pk in row.seals if pk != DRAFTS and pk in held), None)
    return Hit(
        kind=row.kind, label=str(Kind(row.kind).label), heading=heading or row.name, within=within,
        href=_href(row, visit=visit, is_held=seal is not None), parts=_parts(row.said),
        day=None if row.kind in UNDATED else row.day, is_draft=DRAFTS in row.seals,
        terms=Terms(kind=seal.kind, until=seal.embargo_until) if seal else None,
    )  # fmt: skip


def _called(entry: tuple[str, str, str]) -> str:
    kind, name, title = entry
    if kind == Kind.FINDING:
        return f"Finding {title}"
    if kind in (Kind.ACTION, Kind.SECTION):
        return f"{name} {title}".strip()
    return title


def _href(row: _Row, *, visit: str, is_held: bool) -> str:
    """The page that shows it."""
    _, above, _ = row.above
    match row.kind:
        case Kind.PASSAGE:
            return _section(row.top[1], above)
        case Kind.SECTION:
            return _section(above, row.name)
        case Kind.UPDATE | Kind.EVIDENCE | Kind.MILESTONE | Kind.BLOCKER:
            return reverse("action", args=[above])
        case Kind.ASSESSMENT:
            return reverse("risk", args=[above])
        case Kind.PURCHASE:
            return reverse("resource", args=[above])
        case Kind.DOCUMENT:
            return _document(row, visit=visit, is_held=is_held)
    return reverse(row.kind, args=[row.name])


def _section(paper: str, number: str) -> str:
    return f"{reverse('paper', args=[paper])}#section-{quote(number)}"


def _document(row: _Row, *, visit: str, is_held: bool) -> str:
    """A letter is shown with its visit, what is under seal with its terms, and a report with what it set going."""
    if visit:
        return reverse("visit", args=[visit])
    return reverse("seal", args=[row.name]) if is_held else reverse("inspection")


def _parts(said: str) -> tuple[tuple[str, bool], ...]:
    cut = re.split(f"{BEGINS}([^{ENDS}]*){ENDS}", said)
    return tuple((text, place % 2 == 1) for place, text in enumerate(cut) if text)
