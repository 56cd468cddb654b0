"""Papers put away and taken out: a value to rows under their seals, and rows to the value that one reader may see."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from improvement.timing import joined, written
from monitoring.models import Visit
from people.days import day_of
from people.models import Body, Person
from reports import figures
from reports import paper as value
from reports.models import Paper, PaperLine, Passage, Section, Template
from sources.openly import said_openly
from sources.seals import DRAFTS, OPEN, acting_as


@dataclass(frozen=True, slots=True)
class Terms:
    """How a block is kept: the seal of what it was drawn from, the address that shows that, and a chart's colours."""

    seal: int = OPEN
    rows: str = ""
    colours: tuple[figures.Colour, ...] = ()


NO_TERMS = Terms()
APART = 1000
"""Between the places of two passages, so that words put between them need not move what the writer may not see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """What a kept paper belongs to, which its words do not say."""

    template: Template | None = None
    body: Body | None = None
    visit: Visit | None = None
    terms: Mapping[tuple[int, int], Terms] = field(default_factory=dict)
    """By the places of a section in the paper and of a block in the section."""


@transaction.atomic
def keep(paper: value.Paper, *, by: Person | None, at: datetime, belonging: Belonging | None = None) -> Paper:
    """Keep a composed paper as a draft, under the seal of drafts."""
    belongs = belonging or Belonging()
    kept = Paper.objects.create(
        **_head(paper), seal_id=DRAFTS, template=belongs.template, body=belongs.body, visit=belongs.visit,
        as_at=paper.as_at, composed_by=by, composed_at=at, summary=[],
    )  # fmt: skip
    _put_sections(kept, paper, terms=belongs.terms)
    PaperLine.write(paper=kept, seal_id=DRAFTS, by=by, at=at, verb="compose", says="composed the paper")
    return kept


@transaction.atomic
def load(paper: value.Paper, *, at: datetime) -> tuple[Paper, bool]:
    """Keep a paper issued long ago, as it was, and say whether it is new here; the same words are kept once."""
    code = code_of(paper)
    if known := Paper.objects.loaded_with(code).first():
        return known, False
    kept = Paper.objects.create(
        **_head(paper), is_historical=True, composed_at=at, code=code, summary=list(paper.head.summary)
    )
    _put_sections(kept, paper, terms={})
    kept.issue(code=code, by=None, at=at)
    return kept, True


def issue(paper: Paper, *, by: Person | None, at: datetime, why_openly: str = "") -> None:
    """Issue a draft. Its code is that of the public copy's words, so that no code tells of words under seal.

    Raises Quoted where its open words repeat words under seal and nobody has said why they may, and Refused unless
    whoever is stamped may be told of all of those.
    """
    with said_openly(why_openly):
        paper.issue(code=_public_code(paper), by=by, at=at)


def _public_code(paper: Paper) -> str:
    """The paper is out for a moment, to be read as the public will read it; and that is undone."""
    with transaction.atomic():
        Paper.objects.filter(pk=paper.pk).update(seal=OPEN, state=Paper.State.ISSUED)
        with acting_as(None):
            code = code_of(as_value(Paper.objects.whole().get(pk=paper.pk)))
        transaction.set_rollback(True)
    return code


def code_of(paper: value.Paper) -> str:
    """Twelve letters and figures that change when any word of the paper does."""
    digest = hashlib.sha256(json.dumps(list(paper.words()), ensure_ascii=False).encode()).digest()
    letters = base64.b32encode(digest)[:12].decode()
    return "-".join(letters[start : start + 4] for start in (0, 4, 8))


def as_value(paper: Paper) -> value.Paper:
    """The paper as whoever is stamped may see it: what stands under other seals is simply not there.

    Take the paper from `Paper.objects.whole()`, or each section is asked for by itself.
    """
    sections = tuple(_section(section) for section in paper.sections.all())
    contact = value.Contact(name=paper.contact_name, phone=paper.contact_phone, email=paper.contact_email)
    head = value.Head(
        report_of=paper.report_of, committee=paper.committee, meeting_on=paper.meeting_on,
        meeting_words=paper.meeting_words, letter=paper.letter, title=paper.title, signatory=tuple(paper.signatory),
        summary=tuple(paper.summary) if paper.is_historical else _said_in_section_1(sections),
        contact=contact, portfolio=paper.portfolio, scrutiny_area=paper.scrutiny_area,
    )  # fmt: skip
    return value.Paper(
        head=head, sections=sections, reference=paper.reference, standing=_standing(paper), as_at=paper.as_at,
        code=paper.code, audit_head=paper.audit_head, council=paper.council,
    )  # fmt: skip


def is_restricted(paper: Paper) -> bool:
    """Whether the reader has before them what others may not see."""
    return bool(_kinds_withheld(paper))


def _kinds_withheld(paper: Paper) -> list[str]:
    """Of confidential and exempt, what the reader's copy holds: two kinds, and the mark on it names which."""
    seals = (passage.own_seal for section in paper.sections.all() for passage in section.passages.all())
    return sorted({seal.kind for seal in seals if not seal.is_open})


def _standing(paper: Paper) -> str:
    draft = "" if paper.is_issued else f"Draft of {written(day_of(paper.composed_at))}"
    kinds = joined(_kinds_withheld(paper))
    private = f"Not for publication: this copy contains {kinds} information" if kinds else ""
    return ". ".join(filter(None, (draft, private)))


def _said_in_section_1(sections: tuple[value.Section, ...]) -> tuple[str, ...]:
    first = next((section for section in sections if section.number == "1"), None)
    blocks = first.blocks if first else ()
    return tuple(block.text for block in blocks if block.kind == value.Kind.PARAGRAPH)


def _section(section: Section) -> value.Section:
    blocks = tuple(block_of(passage) for passage in section.passages.all())
    return value.Section(number=section.number, heading=section.heading, blocks=blocks)


def block_of(passage: Passage) -> value.Block:
    """The passage as a block; a chart is drawn again from the figures kept, which never change."""
    table = _table(passage.table) if passage.table else None
    colours = (passage.table or {}).get("colours")
    return value.Block(
        kind=value.Kind(passage.kind), text=passage.text, number=passage.number, origin=passage.origin, table=table,
        svg=figures.stacked(table, colours=colours, finding=passage.text) if table and colours else "",
    )  # fmt: skip


def _table(kept: dict[str, Any]) -> value.Table:
    return value.Table(
        caption=kept["caption"], header=tuple(kept["header"]), rows=tuple(tuple(row) for row in kept["rows"])
    )


def _head(paper: value.Paper) -> dict[str, Any]:
    head = paper.head
    return {
        "council": paper.council, "report_of": head.report_of, "committee": head.committee,
        "meeting_on": head.meeting_on, "meeting_words": head.meeting_words, "letter": head.letter,
        "title": head.title, "signatory": list(head.signatory), "contact_name": head.contact.name,
        "contact_phone": head.contact.phone, "contact_email": head.contact.email, "portfolio": head.portfolio,
        "scrutiny_area": head.scrutiny_area,
    }  # fmt: skip


def _put_sections(kept: Paper, paper: value.Paper, *, terms: Mapping[tuple[int, int], Terms]) -> None:
    sections = Section.objects.bulk_create(
        Section(paper=kept, seal_id=kept.seal_id, number=each.number, heading=each.heading, position=place)
        for place, each in enumerate(paper.sections)
    )
    Passage.objects.bulk_create(
        _passage(block, sections[s], position=b, terms=terms.get((s, b), NO_TERMS))
        for s, section in enumerate(paper.sections)
        for b, block in enumerate(section.blocks)
    )


def _passage(block: value.Block, section: Section, *, position: int, terms: Terms) -> Passage:
    return Passage(
        section=section, seal_id=section.seal_id, own_seal_id=terms.seal, position=position * APART,
        kind=block.kind.value, number=block.number, text=block.text, origin=block.origin, rows=terms.rows,
        table=asdict(block.table) | {"colours": terms.colours} if block.table else None,
    )  # fmt: skip
