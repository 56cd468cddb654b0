"""Papers of an invented council to try the printers on, and what a reader should find in a print."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from reports.paper import Block, Contact, Head, Kind, Paper, Section, Table

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

CHART = """<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 300 80">
<title>Two in three actions are on course</title>
<rect x="60" y="10" width="160" height="20" fill="#17475c"/>
<rect x="60" y="40" width="80" height="20" fill="#6d8793"/>
</svg>"""

HEAD = Head(
    report_of="the Director of Children’s Services",
    committee="Executive",
    meeting_on=date(2026, 12, 8),
    meeting_words="8 December 2026",
    letter="BH",
    title="Second monitoring visit – 6 and 7 October 2026",
    summary=(
        "Inspectors came for the second time in October.",
        "This paper says what they found & what is next.",
    ),
    signatory=("Ruth Adeyemi", "Director of Children’s Services"),
    contact=Contact(name="Tom Hall", phone="(01632) 960123", email="tom.hall@northmoor.example"),
    portfolio="Children and Families",
    scrutiny_area="Children’s Services",
)


def heading(number: str, text: str) -> Block:
    return Block(kind=Kind.HEADING, number=number, text=text)


def passage(number: str, text: str) -> Block:
    return Block(kind=Kind.PARAGRAPH, number=number, text=text)


def bullet(text: str, number: str = "") -> Block:
    return Block(kind=Kind.BULLET, number=number, text=text)


def table(caption: str, *rows: tuple[str, ...]) -> Block:
    return Block(kind=Kind.TABLE, table=Table(caption=caption, header=rows[0], rows=rows[1:]))


def short() -> Paper:
    """One block of every kind, and a gap in the numbers."""
    return Paper(
        head=HEAD,
        council="Northmoor Council",
        reference="NM-0042",
        code="7Q4K-M2XD",
        as_at=date(2026, 11, 21),
        sections=(
            Section(
                number="1",
                heading="SUMMARY",
                blocks=(
                    passage("1.1", "The first office to read a contact is the front door."),
                    passage("", "It is fit for its task, and affluent wards are no different from the rest."),
                    bullet("Contacts are screened within one working day."),
                    bullet("Thresholds are understood by step-up and step-down staff."),
                ),
            ),
            Section(
                number="2",
                heading="POSITION",
                blocks=(
                    heading("2.1", "Where the plan stands"),
                    table(
                        "Table 1: Actions by theme",
                        ("Theme", "Actions", "Evidenced", "Change"),
                        ("Front door", "18", "72.5%", "+3"),
                        ("Care leavers", "1,204", "9%", "−1"),
                    ),
                    Block(kind=Kind.CHART, text="Figure 1: Delivery", svg=CHART),
                    passage("2.3", "The Committee is asked to note:"),
                    passage("(a)", "that nine actions are late; and"),
                    passage("(b)", "that one was reopened."),
                ),
            ),
            Section(number="12", heading="BACKGROUND DOCUMENTS", blocks=(passage("12.1", "None."),)),
        ),
    )


def nine_pages() -> Paper:
    """A paper of the length that committees get: passages, lists and a table that run over a page's end."""
    words = "The board asked again how soon step-up contacts are read, by whom, and what becomes of them. "
    findings = tuple(bullet(f"Finding {place}. {words * 3}") for place in range(1, 31))
    passages = tuple(passage(f"3.{place}", words * 7) for place in range(1, 13))
    rows = tuple((f"Action {place}", "Head of Service, Front Door", f"{place} days") for place in range(1, 51))
    return Paper(
        head=HEAD,
        council="Northmoor Council",
        reference="NM-0043",
        standing="Draft of 23 November 2026",
        sections=(
            Section(number="2", heading="FINDINGS", blocks=(heading("2.1", "Summary of findings"), *findings)),
            Section(number="3", heading="PROGRESS", blocks=passages),
            Section(number="4", heading="LATE", blocks=(table("Late actions", ("Action", "Lead", "Late"), *rows),)),
        ),
    )


def tokens(text: str) -> list[str]:
    """The words and figures of a text, without the marks between them."""
    return re.findall(r"\w+", text)


def spoken(paper: Paper) -> list[str]:
    """Every word that a print of the paper should hold, in order, the labels of the front sheet included."""
    return tokens(" ".join(_said(paper)))


def _said(paper: Paper) -> Iterator[str]:
    head, contact = paper.head, paper.head.contact
    yield paper.council
    for before, words in (
        ("Report of", head.report_of),
        ("to the meeting of", head.committee),
        ("to be held on", head.meeting_words),
        ("Subject:" if head.letter or head.title else "", f"{head.letter} {head.title}"),
        ("", paper.standing),
        ("Figures as at", f"{paper.as_at.day} {paper.as_at:%B %Y}" if paper.as_at else ""),
        ("Summary statement:", " ".join(head.summary)),
        ("", " ".join(head.signatory)),
        ("Report Contact:", contact.name),
        ("Phone:", contact.phone),
        ("E-mail:", contact.email),
        ("Portfolio:", head.portfolio),
        ("Overview & Scrutiny Area:", head.scrutiny_area),
    ):
        if words.strip():
            yield f"{before} {words}"
    for section in paper.sections:
        yield f"{section.number} {section.heading}"
        for block in section.blocks:
            yield f"{block.number} {block.text}"
            if block.table:
                yield block.table.caption
                for row in (block.table.header, *block.table.rows):
                    yield " ".join(row)
