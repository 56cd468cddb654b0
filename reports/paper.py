"""What a committee paper is: a frozen value that every printing, screen, PDF and Word, is made from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a block of a section is, so that each printing can make it a real one of its kind."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    TABLE = "table"
    CHART = "chart"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures in rows; the first cell of each row names it."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One heading, paragraph, bullet, table or chart, with the number that it is stored under."""

    kind: Kind
    text: str = ""
    number: str = ""
    """As printed: "7.10", "(a)", or nothing. Numbers are stored, never counted, so a gap stays a gap."""
    origin: str = ""
    """What the words were drawn from, shown to the composer and never printed."""
    table: Table | None = None
    svg: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A numbered part of the paper, its heading kept as the council wrote it."""

    number: str
    heading: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Whom a reader may ring."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above section 1; an empty field was not in the paper and is not printed."""

    report_of: str = ""
    committee: str = ""
    meeting_on: date | None = None
    meeting_words: str = ""
    """The date as the paper words it ("2 April 2019"), kept because a paper is quoted to the letter."""
    letter: str = ""
    title: str = ""
    summary: tuple[str, ...] = ()
    signatory: tuple[str, ...] = ()
    """The name and the post, a line each."""
    contact: Contact = field(default_factory=Contact)
    portfolio: str = ""
    scrutiny_area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A whole paper as one reader may see it."""

    head: Head
    sections: tuple[Section, ...] = ()
    reference: str = ""
    standing: str = ""
    """The line under the title that says what copy this is: "Draft of 23 November 2026", or nothing once issued."""
    as_at: date | None = None
    """The day that the figures speak of; nothing for a paper that was loaded, not composed."""
    code: str = ""
    """The check code of the issued words; nothing for a draft."""
    audit_head: str = ""
    """The hash of the audit trail's latest event at the paper's issue; `verify_audit --head` finds it there again."""
    council: str = ""

    def words(self) -> Iterator[str]:
        """Every string that is printed, in reading order."""
        head = self.head
        yield from (head.report_of, head.committee, head.meeting_words, head.letter, head.title)
        yield from (*head.summary, *head.signatory)
        yield from (head.contact.name, head.contact.phone, head.contact.email)
        yield from (head.portfolio, head.scrutiny_area)
        for section in self.sections:
            yield from (section.number, section.heading)
            for block in section.blocks:
                yield from (block.number, block.text)
                if block.table:
                    yield block.table.caption
                    for row in (block.table.header, *block.table.rows):
                        yield from row
