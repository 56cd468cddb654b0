"""Eleven hostile spreadsheets, each refused within five seconds, with a sentence (`trust.md` F4, F5).

The 256 MB are kept by the kernel, which gives the reader no more: the last test shows that the limit is there.
"""

import io
import random
import resource
import struct
import time
import zipfile
from collections.abc import Callable

import pytest

from monitoring.sheet import archive, reader, workbook
from monitoring.sheet.workbook import Unreadable, sheets_of
from tests.monitoring.sheet.books import book, packed, parts_of

SHEET = "xl/worksheets/sheet1.xml"
HEAD = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = b"</sheetData></worksheet>"
DICE = random.Random(7)


def with_sheet(words: bytes) -> bytes:
    return packed(parts_of(book(("Ref",))) | {SHEET: HEAD + words + TAIL})


def with_part(name: str, words: bytes) -> bytes:
    return packed(parts_of(book(("Ref",))) | {name: words})


def cell(at: str) -> bytes:
    return f'<c r="{at}" t="inlineStr"><is><t>{DICE.random()}</t></is></c>'.encode()


def row(at: int) -> bytes:
    return f'<row r="{at}">'.encode() + cell(f"A{at}") + b"</row>"


def too_big() -> bytes:
    return b"PK" + DICE.randbytes(5 * 1024 * 1024)


def swollen() -> bytes:
    return with_part("xl/media/picture.bin", b"\0" * (30 * 1024 * 1024))


def unpacks_to_too_much() -> bytes:
    noise = DICE.randbytes(2048)
    return with_part("xl/media/picture.bin", b"".join(noise + b"\0" * 60_000 for _ in range(900)))


def too_many_rows() -> bytes:
    return with_sheet(b"".join(row(at) for at in range(1, 20_100)))


def too_many_cells() -> bytes:
    return with_sheet(b"".join(b'<row r="%d">%s</row>' % (at, b"<c/>" * 250) for at in range(1, 9_000)))


def far_away() -> bytes:
    return with_sheet(b'<row r="1048576">' + cell("XFD1048576") + b"</row>")


def overlapping() -> bytes:
    """A directory in which a second name stands for the bytes of the first, as in CVE-2024-0450."""
    content = bytearray(with_part("xl/media/a.bin", b"a" * 50))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as packed_:
        start, victim, other = packed_.start_dir, packed_.getinfo("xl/media/a.bin"), packed_.getinfo(SHEET)
        offset = content.index(b"xl/media/a.bin", start) - 46
    assert victim.header_offset != other.header_offset
    struct.pack_into("<L", content, offset + 42, other.header_offset)
    return bytes(content)


def doctype() -> bytes:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "xx"><!ENTITY c "&b;&b;&b;">]><worksheet>&c;</worksheet>'
    return with_part(SHEET, bomb)


def doctype_in_other_letters() -> bytes:
    words = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    return with_part("xl/sharedStrings.xml", words.encode("utf-16"))


def linked() -> bytes:
    return with_part("xl/externalLinks/externalLink1.xml", b"<externalLink/>")


def merged_a_thousand_times_over() -> bytes:
    merge = b'<mergeCell ref="A1:A1048576"/>' * 20_000
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (at, at, at) for at in range(1, 2_000))
    sheet = HEAD + rows + b"</sheetData><mergeCells>" + merge + b"</mergeCells></worksheet>"
    return packed(parts_of(book(("Ref",))) | {SHEET: sheet})


CORPUS: dict[Callable[[], bytes], str] = {
    too_big: archive.TOO_BIG,
    swollen: archive.SWOLLEN,
    unpacks_to_too_much: archive.SWOLLEN,
    too_many_rows: reader.TOO_LONG,
    too_many_cells: archive.SWOLLEN,
    far_away: reader.TOO_WIDE,
    overlapping: archive.SPOILT,
    doctype: archive.DOCTYPE,
    doctype_in_other_letters: archive.DOCTYPE,
    linked: archive.LINKED,
    merged_a_thousand_times_over: reader.TOO_HARD,
}


@pytest.mark.parametrize(("made", "sentence"), CORPUS.items(), ids=lambda given: getattr(given, "__name__", ""))
def test_a_hostile_spreadsheet_is_refused_soon_and_small(made: Callable[[], bytes], sentence: str) -> None:
    content = made()
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with pytest.raises(Unreadable) as refused:
        sheets_of(content)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{made.__name__}: {len(content):,} bytes, {time.monotonic() - began:.1f} s, {worked:.1f} s of work")
    assert str(refused.value) == sentence
    assert worked < 5


def test_a_sheet_formatted_to_its_end_is_read_for_what_it_says() -> None:
    empty = b"".join(b'<row r="%d" ht="15"><c r="A%d" s="1"/></row>' % (at, at) for at in range(3, 300_000))
    [sheet] = sheets_of(with_sheet(row(1) + row(2) + empty))
    assert list(sheet.rows) == [1, 2]


@pytest.mark.parametrize(("limit", "value"), [("SECONDS", 1), ("MEMORY", 72 * 1024 * 1024)])
def test_what_works_too_long_or_asks_for_too_much_is_ended(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    monkeypatch.setattr(workbook, limit, value)
    wide = b"".join(b'<row r="%d">%s</row>' % (at, cell(f"A{at}") * 12) for at in range(1, 20_000))
    with pytest.raises(Unreadable, match="needs more time or memory"):
        workbook.sheets_of(with_sheet(wide))
