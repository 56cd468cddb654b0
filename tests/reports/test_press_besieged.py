"""What a hostile page asks of the press: nothing is fetched, and all ends in time and within its memory."""

import base64
import contextlib
import re
import socket
import struct
import sys
import threading
import time
import zlib

import pikepdf
import pytest

from reports import pdf, pdf_worker
from reports.paper import Block, Kind
from tests.reports import papers
from tests.reports.printing import opened, with_sections


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
