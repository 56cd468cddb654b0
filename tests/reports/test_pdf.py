"""What a paper's PDF holds, and how the press behaves: alike twice, closed to the world, stopped in time."""

import base64
import contextlib
import io
import os
import re
import shutil
import signal
import socket
import stat
import struct
import subprocess
import sys
import threading
import time
import zlib
from dataclasses import replace
from datetime import timedelta

import page
import pikepdf
import pypdf
import pytest

from reports import pdf, pdf_worker, shelf
from reports.paper import Block, Head, Kind, Paper, Section
from tests.reports import papers


@pytest.fixture
def own_press(monkeypatch):
    """A press that no other test has used, and a shelf with nothing printed on it."""
    press = pdf.Press()
    monkeypatch.setattr(pdf, "press", press)
    for printed in shelf.folder().glob("*.pdf"):
        printed.unlink()
    yield press
    press.stop()


def with_sections(*blocks: Block) -> Paper:
    return replace(papers.short(), sections=(Section(number="1", heading="PART", blocks=blocks),))


def opened(paper: Paper) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf.render(paper, at=papers.AT)))


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


# What a screen reader is told


def elements(told: pikepdf.Pdf, kind: str = "") -> list[pikepdf.Dictionary]:
    def beneath(element):
        yield element
        for kid in element.get("/K", []):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from beneath(kid)

    found = beneath(told.Root.StructTreeRoot.K[0])
    return [element for element in found if not kind or str(element.S) == f"/{kind}"]


def leaves(element: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    kids = [kid for kid in element.K if is_element(kid)]
    return [leaf for kid in kids for leaf in leaves(kid)] or [element]


def test_what_runs_over_a_page_is_read_as_one():
    told = opened(papers.nine_pages())
    counted = {kind: len(elements(told, kind)) for kind in ("Art", "Sect", "L", "LI", "Table", "THead", "TBody")}
    assert counted == {"Art": 1, "Sect": 3, "L": 1, "LI": 30, "Table": 1, "THead": 1, "TBody": 1}
    assert len(elements(told, "TR")) == 51
    front_sheet = 15
    assert len(elements(told, "P")) == front_sheet + 12
    assert [[str(kid.S) for kid in item.K] for item in elements(told, "LI")] == [["/Lbl", "/LBody"]] * 30
    sheets = [{leaf.Pg.objgen for leaf in leaves(passage)} for passage in elements(told, "P")]
    assert 1 <= sum(len(on) == 2 for on in sheets) <= 8
    parents = [(kid.P.objgen, element.objgen) for element in elements(told) for kid in element.K if is_element(kid)]
    assert [said for said, true in parents if said != true] == []


def is_element(kid) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and "/S" in kid


def test_each_cell_names_its_headers_and_each_header_its_scope():
    told = opened(papers.nine_pages())
    headers = elements(told, "TH")
    assert [str(cell.A.Scope) for cell in headers] == ["/Column"] * 3 + ["/Row"] * 50
    columns, rows = [str(cell.ID) for cell in headers[:3]], [str(cell.ID) for cell in headers[3:]]
    named = [[str(header) for header in cell.A.Headers] for cell in elements(told, "TD")]
    assert named == [[row, column] for row in rows for column in columns[1:]]
    index = told.Root.StructTreeRoot.IDTree.Names
    assert [str(name) for name in list(index)[::2]] == sorted(columns + rows)


def test_what_is_shown_is_either_read_aloud_or_set_apart():
    told = opened(papers.nine_pages())
    read_aloud = {element.objgen for element in elements(told)}
    numbers = list(told.Root.StructTreeRoot.ParentTree.Nums)
    set_apart = []
    for sheet in told.pages:
        owners = numbers[2 * int(sheet.StructParents) + 1]
        content = sheet.Contents.read_bytes()
        assert all(owners[int(mark)].objgen in read_aloud for mark in re.findall(rb"/MCID (\d+)", content))
        set_apart.append(content.count(b"/Type /Pagination"))
    footer, heading = 2, 3
    assert sorted(set(set_apart)) == [footer, footer + heading]


def test_a_chart_is_a_figure_that_says_its_finding():
    told = opened(papers.short())
    assert [str(figure.Alt) for figure in elements(told, "Figure")] == ["Two in three actions are on course"]


def test_a_link_may_be_printed_and_says_where_it_leads():
    told = opened(papers.short())
    (link,) = told.pages[0].Annots
    assert (int(link.F), str(link.Contents)) == (4, "mailto:tom.hall@northmoor.example")


def test_words_are_set_in_the_councils_typeface_without_joined_letters():
    told = opened(papers.short())
    fonts = {str(font.BaseFont).split("+")[1] for font in told.pages[1].Resources.Font.values()}
    assert fonts == {"Source-Sans-3", "Source-Sans-3-Bold"} or fonts == {
        "Source-Sans-3,",
        "Source-Sans-3-Bold",
    }


# The press


def test_the_same_paper_is_the_same_bytes_from_any_press(own_press):
    first = pdf.render(papers.short(), at=papers.AT)
    pdf.render(papers.nine_pages(), at=papers.AT)
    own_press.stop()
    for printed in shelf.folder().glob("*.pdf"):
        printed.unlink()
    pdf.render(papers.nine_pages(), at=papers.AT)
    assert pdf.render(papers.short(), at=papers.AT) == first
    assert pdf.render(papers.short(), at=papers.AT + timedelta(seconds=1)) != first


def test_an_unchanged_paper_is_a_file_that_only_we_may_read(own_press):
    printed = pdf.printed(papers.short(), at=papers.AT)
    own_press.stop()
    assert pdf.printed(papers.short(), at=papers.AT) == printed
    assert own_press.process is None
    assert stat.S_IMODE(printed.stat().st_mode) == 0o600
    assert stat.S_IMODE(printed.parent.stat().st_mode) == 0o700
    assert list(shelf.folder().glob(".draft-*")) == []


def test_a_changed_word_is_printed_anew(own_press):
    changed = replace(papers.short(), head=replace(papers.HEAD, portfolio="Education"))
    assert pdf.printed(changed, at=papers.AT) != pdf.printed(papers.short(), at=papers.AT)


def test_a_press_that_dies_is_replaced(own_press):
    pdf.render(papers.short(), at=papers.AT)
    first = own_press.process.pid
    os.kill(first, signal.SIGKILL)
    own_press.process.wait()
    pdf.render(papers.nine_pages(), at=papers.AT)
    assert own_press.process.pid != first


def test_a_press_that_dies_over_a_paper_leaves_a_sentence_and_no_file(own_press):
    own_press.warm()
    threading.Timer(0.2, own_press.process.kill).start()
    with pytest.raises(pdf.TooHard, match="The press broke down on this paper"):
        pdf.render(papers.nine_pages(), at=papers.AT)
    assert list(shelf.folder().glob("*.pdf")) == []
    assert pdf.render(papers.nine_pages(), at=papers.AT).startswith(b"%PDF-1.7")


def test_a_press_rests_after_so_many_papers(own_press, monkeypatch):
    monkeypatch.setattr(pdf, "PAPERS_BEFORE_REST", 2)
    own_press.warm()
    first = own_press.process.pid
    pdf.render(papers.short(), at=papers.AT)
    pdf.render(with_sections(), at=papers.AT)
    assert own_press.process.pid != first


def test_a_press_knows_no_secret_and_leaves_nothing_behind(own_press, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a-secret-of-the-council")
    monkeypatch.setenv("DATABASE_URL", "postgres://web:password@localhost/council")
    known = pdf.environment("room")
    assert set(known) - {"DYLD_FALLBACK_LIBRARY_PATH"} == {
        "SOURCE_DATE_EPOCH",
        "PYTHONUTF8",
        "LC_ALL",
        "PATH",
        "TMPDIR",
        "XDG_CACHE_HOME",
    }
    assert not any("council" in value for value in known.values())
    own_press.warm()
    room = own_press.room
    assert os.path.isdir(room)
    own_press.stop()
    assert not os.path.exists(room)


def test_others_wait_for_a_press_and_are_told_if_it_takes_too_long(own_press, monkeypatch):
    monkeypatch.setattr(pdf, "QUEUE", 0.05)
    with (
        own_press.turn,
        pytest.raises(pdf.TooHard, match=re.escape(pdf.TOO_BUSY)),
    ):
        pdf.render(papers.short(), at=papers.AT)


# What a hostile page asks for


@pytest.fixture
def listener():
    """A server that counts who calls."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen():
            with contextlib.suppress(OSError):
                while True:
                    caller, _ = server.accept()
                    calls.append(caller)
                    caller.close()

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], calls
        server.shutdown(socket.SHUT_RDWR)


ASKING = """
<svg><title>a</title><image href="{it}" xlink:href="{it}"/></svg>
<svg><title>a</title><style>@import url({it}); @font-face {{ font-family: x; src: url({it}) }}</style></svg>
<svg><title>a</title><use href="{it}#a"/><rect fill="url({it}#b)" width="9" height="9"/></svg>
<link rel=attachment href="{it}"><link rel=stylesheet href="{it}"><base href="{it}">
<img alt=a src="{it}"><object data="{it}"></object><embed src="{it}">
<p style="background: url({it}); content: url({it})">a</p>
<style>@import url({it}); @page {{ background: url({it}) }} p::before {{ content: url({it}) }}</style>
<a rel=attachment href="{it}">a</a><iframe src="{it}"></iframe>
"""


def test_nothing_is_fetched_for_a_page_whatever_it_asks_for(own_press, listener, tmp_path):
    port, calls = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret of the council, long enough to be found again")
    addresses = (
        f"http://127.0.0.1:{port}/",
        secret.as_uri(),
        f"ftp://127.0.0.1:{port}/",
        "file:///etc/passwd",
    )
    drawings = [drawing for it in addresses for drawing in ASKING.format(it=it).strip().splitlines()]
    blocks = [Block(kind=Kind.CHART, text=drawing, svg=drawing) for drawing in drawings]
    told = opened(with_sections(*blocks))
    assert calls == []
    assert not told.attachments
    for thing in told.objects:
        if isinstance(thing, pikepdf.Stream):
            with contextlib.suppress(pikepdf.PdfError):
                assert b"a secret of the council" not in thing.read_bytes()
            assert thing.get("/Type") != "/EmbeddedFile"


def nested_use(depth: int) -> str:
    ten = '<use href="#l{}"/>' * 10
    layers = "".join(f'<g id="l{level}">{ten.format(*[level - 1] * 10)}</g>' for level in range(1, depth))
    path = '<path id="l0" d="M0 0h1"/>'
    return f'<svg viewBox="0 0 9 9"><title>a</title><defs>{path}{layers}</defs><use href="#l{depth - 1}"/></svg>'


BOMBS = {
    "a drawing of drawings": with_sections(Block(kind=Kind.CHART, svg=nested_use(12))),
    "a long paper": with_sections(*[papers.passage("1.1", "word " * 1_000)] * 300),
    "a table without end": with_sections(papers.table("t", *[("a", "b", "c")] * 4_000)),
    "a cell over a million columns": with_sections(
        Block(kind=Kind.CHART, svg="<table><tr><td colspan=999999>a</td></tr></table>" * 40)
    ),
    "parts within parts": with_sections(Block(kind=Kind.CHART, svg="<div>" * 5_000)),
}


@pytest.mark.parametrize("paper", BOMBS.values(), ids=BOMBS.keys())
def test_a_paper_too_hard_to_print_ends_with_a_sentence_and_the_next_is_printed(own_press, monkeypatch, paper):
    own_press.warm()
    with monkeypatch.context() as hurried:
        hurried.setattr(pdf, "CLOCK", 2.0)
        began = time.monotonic()
        with pytest.raises(pdf.TooHard) as refusal:
            pdf.render(paper, at=papers.AT)
    assert time.monotonic() - began < 8
    assert str(refusal.value) in (pdf.TOO_LONG, pdf_worker.TOO_DEEP)
    assert pdf.render(papers.short(), at=papers.AT).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "paper",
    [
        with_sections(*[papers.passage("1.1", "word " * 20_000)] * 100),
        with_sections(papers.table("t", *[("a", "b", "c")] * 200_000)),
        with_sections(Block(kind=Kind.CHART, svg="<svg>" * 1_000_000)),
    ],
    ids=["words", "cells", "drawings"],
)
def test_a_paper_too_long_for_any_press_is_not_begun(own_press, paper):
    began = time.monotonic()
    with pytest.raises(pdf.TooHard, match=re.escape(pdf.TOO_LARGE)):
        pdf.render(paper, at=papers.AT)
    assert time.monotonic() - began < 3
    assert own_press.process is None


def picture(width: int, height: int) -> str:
    """A blank picture of four bytes a dot that is small only as long as nobody unpacks it."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer = zlib.compressobj(level=9)
    row = bytes(4 * width + 1)
    dots = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    shape = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", shape) + chunk(b"IDAT", dots) + chunk(b"IEND", b"")
    return f'<img alt="blank" src="data:image/png;base64,{base64.b64encode(file).decode()}">'


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit a process's memory")
def test_a_press_may_not_take_more_memory_than_it_is_given(own_press, monkeypatch):
    monkeypatch.setattr(pdf, "MEMORY", 400 * 1024 * 1024)
    with pytest.raises(pdf.TooHard, match="memory"):
        pdf.render(with_sections(Block(kind=Kind.CHART, svg=picture(6_000, 6_000))), at=papers.AT)
    assert pdf.render(papers.short(), at=papers.AT).startswith(b"%PDF-1.7")
