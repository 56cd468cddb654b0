"""A typed paper is read whole: every word, in order, under its own number."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings

from reports.paper import Block, Contact, Head, Kind, Paper, Section
from reports.transcript import read
from tests.reports.imagined_papers import papers
from tests.reports.typist import Hand, hands, typed

SAMPLE = Path(__file__).with_name("sample_paper.txt")
SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "executive-paper-2019-04-02.txt"
needs_the_seed = pytest.mark.skipif(not SEED.exists(), reason="needs ../shared: the real Executive paper")
PAGE = re.compile(r"Page \d of \d|\f")
BULLET = re.compile(r"^- ", re.M)
SECTION = re.compile(r"^(\d+)\. (?=[A-Z])", re.M)


def printed(paper: Paper) -> Iterator[str]:
    """The paper's strings among the words that the template prints around them."""
    head, contact = paper.head, paper.head.contact
    yield paper.council
    yield from ("Report of", head.report_of, "to the meeting of", head.committee)
    yield from ("to be held on", head.meeting_words, "Subject:", head.letter, head.title)
    yield from ("Summary statement:", *head.summary, *head.signatory)
    yield from ("Report Contact:", contact.name, "Phone:", contact.phone, "E-mail:", contact.email)
    yield from ("Portfolio:", head.portfolio, "Overview & Scrutiny Area:", head.scrutiny_area)
    for section in paper.sections:
        yield from (section.number, section.heading)
        for block in section.blocks:
            yield from (block.number, block.text)


def letters_of(text: str) -> str:
    """All that is printed, without the spaces, which lines and pages change."""
    return "".join(text.split())


def source(path: Path) -> str:
    """The file without what is no word of the paper: page numbers, bullets, the stop after a section's number."""
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    return SECTION.sub(r"\1 ", BULLET.sub("", PAGE.sub("", text)))


@pytest.mark.parametrize("path", [SAMPLE, pytest.param(SEED, marks=needs_the_seed)], ids=["sample", "seed"])
def test_every_letter_of_a_paper_is_kept_in_its_order(path: Path) -> None:
    paper = read(path.read_text(encoding="utf-8"))
    assert letters_of("".join(printed(paper))) == letters_of(source(path))


SUMMARY = (
    (
        "Two inspectors came to Northmoor on the 3rd and 4th December 2024 to see how well the council answers when a "
        "family first asks for help. Their letter is summarised below."
    ),
    (
        "The committee is told what they saw, what the council has changed since, and what remains to be done before "
        "the next visit in the spring."
    ),
)


def test_the_head_of_a_paper_is_read_field_by_field() -> None:
    paper = read(SAMPLE.read_text(encoding="utf-8"))
    assert paper.council == "Northmoor Council"
    assert paper.head == Head(
        report_of="the Strategic Director of Children and Learning",
        committee="Children's Improvement Committee",
        meeting_on=date(2025, 1, 14),
        meeting_words="Tuesday 14th January 2025",
        letter="AC",
        title="Second monitoring visit – children in need of help, 3 and 4 December 2024",
        summary=SUMMARY,
        signatory=("Marian Okafor", "Strategic Director of Children and Learning"),
        contact=Contact(
            name="Tom Ashdown, Head of Quality",
            phone="01632 960 417",
            email="tom.ashdown@northmoor.example",
        ),
        portfolio="",
        scrutiny_area="Children, Schools and Skills",
    )


IMPLICATIONS = [each for place in (1, 2, 3, 4, 5, 6, 7, 8, 10) for each in (f"7.{place}", "")]
BACKGROUND = ["2.1", "", "", "2.2", "", "", "", "", "2.3", "", "(a)", "(b)", "(c)", "(i)", "(ii)"]
NUMBERS = [
    *(["1.1", "1.2"], BACKGROUND, ["3.1"], ["4.1"], ["5.1"], ["6.1", ""], IMPLICATIONS),
    *(["8.1"], ["9.1"], ["", "(1)", "(2)", "(3)"], ["11.1"], ["12.1", "12.2"]),
]


def test_stored_numbers_keep_their_gap_after_seven_point_eight() -> None:
    paper = read(SAMPLE.read_text(encoding="utf-8"))
    assert [[block.number for block in section.blocks] for section in paper.sections] == NUMBERS


def test_headings_paragraphs_and_bullets_are_each_of_their_kind() -> None:
    background = read(SAMPLE.read_text(encoding="utf-8")).sections[1]
    assert [block.kind for block in background.blocks] == [
        *(Kind.HEADING, Kind.PARAGRAPH, Kind.PARAGRAPH),
        *(Kind.HEADING, Kind.BULLET, Kind.BULLET, Kind.BULLET, Kind.BULLET),
        *(Kind.HEADING, *[Kind.PARAGRAPH] * 6),
    ]


def test_a_bullet_that_a_page_end_breaks_is_whole_again() -> None:
    background = read(SAMPLE.read_text(encoding="utf-8")).sections[1]
    assert background.blocks[5] == Block(
        kind=Kind.BULLET,
        text="Managers write down why they decide as they do; in four files of twenty-six the reason was still "
        "missing, which slows the next worker who picks up the case and makes it harder for a child to know "
        "later why a choice was made.",
    )


@needs_the_seed
def test_the_real_paper_has_its_twelve_sections_and_its_broken_paragraph_whole() -> None:
    paper = read(SEED.read_text(encoding="utf-8"))
    assert [part.number for part in paper.sections] == [str(number) for number in range(1, 13)]
    assert [len(part.blocks) for part in paper.sections] == [3, 21, 2, 1, 1, 2, 18, 2, 1, 1, 1, 1]
    assert [block.number for block in paper.sections[6].blocks if block.number][-2:] == ["7.8", "7.10"]
    assert "DFE required improvements" in paper.sections[4].blocks[0].text
    assert (paper.head.letter, paper.head.meeting_on) == ("BH", date(2019, 4, 2))


WHOLE = Paper(
    head=Head(report_of="the Director", committee="Executive"), sections=(Section(number="1", heading="SUMMARY"),)
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(paper=papers, hand=hands)
@example(paper=WHOLE, hand=Hand())
def test_a_paper_reads_back_the_same_from_any_hand(paper: Paper, hand: Hand) -> None:
    assert read(typed(paper, hand)) == paper
