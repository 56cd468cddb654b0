"""What a paper’s PDF holds: every word in order, every rule of PDF/UA, its title and its pages."""

import io
import re
import shutil
import subprocess

import page
import pypdf
import pytest

from reports import pdf
from reports.paper import Head, Paper
from tests.reports import papers
from tests.reports.printing import opened, with_sections


def readers():
    """Every way at hand of taking the words out of a PDF."""
    yield lambda content: "\n".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(content)).pages)
    if shutil.which("pdftotext"):
        for way in ((), ("-raw",), ("-layout",)):
            yield lambda content, way=way: subprocess.run(
                ["pdftotext", *way, "-", "-"], input=content, capture_output=True, check=True
            ).stdout.decode()


def without_foot(words: str, foot: str) -> list[str]:
    footless, count = re.subn(rf"{re.escape(foot)}\s*Page \d+ of \d+", " ", words)
    assert count >= 1
    return papers.tokens(footless)


SHORT_FOOT = "Northmoor Council · NM-0042 · Check code 7Q4K-M2XD"
LONG_FOOT = "Northmoor Council · NM-0043 · Draft of 23 November 2026"


@pytest.mark.parametrize(("paper", "foot"), [(papers.short(), SHORT_FOOT), (papers.nine_pages(), LONG_FOOT)])
def test_every_word_of_a_paper_is_in_its_pdf_in_order(paper, foot):
    content = pdf.render(paper, at=papers.AT)
    for words_of in readers():
        found = without_foot(words_of(content), foot)
        heads = papers.tokens("Action Lead Late")
        # A table's heading is printed again on each page that the table runs over to.
        assert without_repeats(found, heads) == without_repeats(papers.spoken(paper), heads)


def without_repeats(words: list[str], heads: list[str]) -> list[str]:
    return [word for place, word in enumerate(words) if not in_repeat(words, place, heads)]


def in_repeat(words: list[str], place: int, heads: list[str]) -> bool:
    return any(words[start : start + len(heads)] == heads for start in range(max(0, place - 2), place + 1))


@pytest.mark.parametrize(
    "paper",
    [
        papers.short(),
        papers.nine_pages(),
        Paper(head=Head(title="Only a title")),
        Paper(head=Head(), sections=papers.short().sections),
        with_sections(papers.bullet("first", "(a)"), papers.bullet("second"), papers.passage("", "last")),
    ],
    ids=["every kind of block", "nine pages", "no section", "no head", "lettered bullets"],
)
def test_a_paper_keeps_every_rule_of_pdf_ua(paper):
    report = page.validate_pdf_bytes(pdf.render(paper, at=papers.AT), profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert (report.is_compliant, report.rules.total, report.rules.failed) == (True, 104, 0)


def test_a_pdf_says_its_title_its_council_its_instant_and_nothing_else_of_itself():
    told = opened(papers.short())
    assert {name: str(value) for name, value in told.docinfo.items()} == {
        "/Title": "Second monitoring visit – 6 and 7 October 2026",
        "/Author": "Northmoor Council",
        "/CreationDate": "D:20261123093000Z",
    }
    with told.open_metadata() as about:
        assert {name.split("}")[1]: value for name, value in about.items()} == {
            "part": "1",
            "title": "Second monitoring visit – 6 and 7 October 2026",
            "creator": ["Northmoor Council"],
            "CreateDate": "2026-11-23T09:30:00Z",
        }
    assert str(told.Root.Lang) == "en-GB"
    assert bool(told.Root.ViewerPreferences.DisplayDocTitle)
    assert not told.attachments
    known = "Lang MarkInfo Metadata Outlines Pages StructTreeRoot Type ViewerPreferences"
    assert sorted(told.Root.keys()) == [f"/{name}" for name in known.split()]


def test_the_bookmarks_are_the_headings():
    def titles(outline):
        return [titles(item) if isinstance(item, list) else item.title for item in outline]

    reader = pypdf.PdfReader(io.BytesIO(pdf.render(papers.short(), at=papers.AT)))
    assert titles(reader.outline) == [
        "Second monitoring visit – 6 and 7 October 2026",
        ["1. SUMMARY", "2. POSITION", ["2.1 Where the plan stands"], "12. BACKGROUND DOCUMENTS"],
    ]


def test_every_page_says_which_it_is_of_how_many_and_whose():
    sheets = pypdf.PdfReader(io.BytesIO(pdf.render(papers.nine_pages(), at=papers.AT))).pages
    assert len(sheets) == 9
    for place, sheet in enumerate(sheets, start=1):
        assert " ".join(sheet.extract_text().split()).endswith(f"{LONG_FOOT} Page {place} of 9")
        assert [round(float(edge)) for edge in sheet.mediabox] == [0, 0, 595, 842]


def test_words_are_set_in_the_councils_typeface_without_joined_letters():
    told = opened(papers.short())
    fonts = {str(font.BaseFont).split("+")[1] for font in told.pages[1].Resources.Font.values()}
    assert fonts == {"Source-Sans-3", "Source-Sans-3-Bold"} or fonts == {
        "Source-Sans-3,",
        "Source-Sans-3-Bold",
    }
