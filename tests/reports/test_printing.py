"""What a paper's HTML holds: every word in order, real headings, lists and tables; nothing is fetched."""

from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import html
from reports.paper import Block, Contact, Head, Kind, Paper, Section
from tests.reports import papers


class Reader(HTMLParser):
    """Reads a page as its reader does: the body's words, and what each element of note says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in ("meta", "link", "col", "rect", "br", "img"):
            self._open.append(tag)
            self.said.setdefault(tag, []).append("")

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        for tag in dict.fromkeys(self._open):
            self.said[tag][-1] += data
        if "body" in self._open and "svg" not in self._open:
            self.words.append(data)


def read(paper: Paper) -> Reader:
    return Reader(html.render(paper))


def test_every_word_of_a_paper_is_in_its_page_in_order():
    paper = papers.short()
    assert papers.tokens("".join(read(paper).words)) == papers.spoken(paper)


WORDS = st.text(alphabet="abcdefghijklmnop ÀÉŵ’'&<>\"%£019.,:;()-–", min_size=1, max_size=40).map(str.strip)
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from([Kind.HEADING, Kind.PARAGRAPH, Kind.BULLET]),
    number=st.sampled_from(["", "1.1", "7.10", "(a)", "(iv)"]),
    text=WORDS,
)
SECTIONS = st.builds(
    Section,
    number=st.sampled_from(["", "1", "12"]),
    heading=WORDS,
    blocks=st.lists(BLOCKS, max_size=6).map(tuple),
)
HEADS = st.builds(
    Head,
    report_of=WORDS,
    committee=WORDS,
    meeting_words=WORDS,
    letter=st.sampled_from(["", "A", "BH"]),
    title=WORDS,
    summary=st.lists(WORDS, max_size=2).map(tuple),
    signatory=st.lists(WORDS, max_size=2).map(tuple),
    contact=st.builds(Contact, name=WORDS, phone=WORDS, email=WORDS),
    portfolio=WORDS,
    scrutiny_area=WORDS,
)


@settings(max_examples=60, deadline=None)
@given(st.builds(Paper, head=HEADS, sections=st.lists(SECTIONS, max_size=4).map(tuple), council=WORDS))
def test_no_word_of_any_paper_is_lost_or_moved(paper):
    page = Reader(html.bare(paper))
    assert papers.tokens("".join(page.words)) == papers.spoken(paper)


def test_headings_lists_and_tables_are_what_they_look_like():
    said = read(papers.short()).said
    assert said["h1"] == ["Second monitoring visit – 6 and 7 October 2026"]
    assert said["h2"] == ["1. SUMMARY", "2. POSITION", "12. BACKGROUND DOCUMENTS"]
    assert said["h3"] == ["2.1 Where the plan stands"]
    assert [words.strip() for words in said["li"]] == [
        "Contacts are screened within one working day.",
        "Thresholds are understood by step-up and step-down staff.",
    ]
    assert said["caption"] == ["Table 1: Actions by theme"]


def test_bullets_that_follow_one_another_are_one_list():
    blocks = (papers.bullet("one"), papers.bullet("two"), papers.passage("", "then"), papers.bullet("three"))
    paper = replace(papers.short(), sections=(Section(number="1", heading="LIST", blocks=blocks),))
    assert [tag for tag, _ in read(paper).elements if tag in ("ul", "li")] == ["ul", "li", "li", "ul", "li"]


def test_a_compound_is_kept_on_one_line_unless_it_is_too_long_for_one():
    address = "https://www.northmoor.example/a-long-way-to-a-page"
    said = read(with_words(f"Those aged 16-17 – see {address} – in multi-agency care.")).said
    assert said["span"][-2:] == ["16-17", "multi-agency"]


def with_words(words: str) -> Paper:
    blocks = (papers.passage("", words),)
    return replace(papers.short(), sections=(Section(number="", heading="WORDS", blocks=blocks),))


def test_each_header_cell_says_what_it_heads():
    cells = [(tag, attributes.get("scope")) for tag, attributes in read(papers.short()).elements if tag in ("th", "td")]
    row = [("th", "row"), ("td", None), ("td", None), ("td", None)]
    assert cells == [("th", "col")] * 4 + row + row


def test_the_front_sheet_reads_as_a_committee_paper_does():
    words = " ".join("".join(read(papers.short()).words).split())
    assert (
        "Report of the Director of Children’s Services to the meeting of Executive "
        "to be held on 8 December 2026 Subject: BH Second monitoring visit – 6 and 7 October 2026" in words
    )
    assert (
        "Ruth Adeyemi Director of Children’s Services Report Contact: Tom Hall Phone: (01632) 960123 "
        "E-mail: tom.hall@northmoor.example Portfolio: Children and Families "
        "Overview & Scrutiny Area: Children’s Services 1. SUMMARY" in words
    )


@pytest.mark.parametrize(
    ("head", "words"),
    [
        (Head(), ""),
        (Head(title="A title"), "Subject: A title"),
        (Head(report_of="the Director"), "Report of the Director"),
        (
            Head(committee="Executive", meeting_words="8 May 2026"),
            "to the meeting of Executive to be held on 8 May 2026",
        ),
        (Head(portfolio="Children"), "Portfolio: Children"),
    ],
)
def test_an_empty_head_field_prints_neither_itself_nor_its_label(head, words):
    assert " ".join("".join(read(Paper(head=head)).words).split()) == words


def test_a_paper_without_a_title_still_begins_with_a_first_heading():
    untitled = Paper(
        head=Head(), sections=(Section(number="1", heading="SUMMARY", blocks=(papers.heading("", "Part"),)),)
    )
    assert [tag for tag, _ in read(untitled).elements if tag in ("h1", "h2", "h3")] == ["h1", "h2"]


def test_words_that_look_like_markup_are_words():
    hostile = '<script>alert(1)</script><td colspan=999999><link rel=attachment href="file:///etc/passwd"> & <b>'
    paper = replace(
        papers.short(),
        council=hostile,
        reference=hostile,
        standing=hostile,
        head=replace(papers.HEAD, title=hostile, letter=hostile, contact=Contact(email=hostile + "@")),
        sections=(Section(number=hostile, heading=hostile, blocks=(papers.passage(hostile, hostile),)),),
    )
    page = read(paper)
    assert {tag for tag, _ in page.elements} & {"script", "td", "link", "b"} == set()
    assert papers.tokens("".join(page.words)) == papers.spoken(paper)


def test_the_page_is_whole_in_itself_and_may_fetch_nothing():
    page = html.render(papers.short())
    elements = Reader(page).elements
    assert [tag for tag, _ in elements if tag in ("script", "link", "img", "iframe", "object")] == []
    (policy,) = [attributes["content"] for _, attributes in elements if "http-equiv" in attributes]
    assert policy.split("; ") == [
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "font-src data:",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert "data:font/woff2;base64," in page
    assert Path(html.STYLE).read_text() in page


def test_where_a_block_came_from_is_never_printed():
    drawn = Block(kind=Kind.PARAGRAPH, text="Nine actions are late.", origin="position on 21 November")
    paper = replace(papers.short(), sections=(Section(number="1", heading="NOW", blocks=(drawn,)),))
    assert "position on 21 November" not in html.render(paper)


def test_a_page_of_the_app_prints_the_same_words_and_needs_no_inline_style():
    template = engines["jinja2"].from_string(
        '{% from "reports/paper_body.html" import printed %}<body>{{ printed(paper) }}</body>'
    )
    paper = papers.short()
    page = Reader(template.render({"paper": paper}))
    assert papers.tokens("".join(page.words)) == papers.spoken(paper)
    assert [tag for tag, attributes in page.elements if tag == "style" or "style" in attributes] == []
