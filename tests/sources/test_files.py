"""Which files are taken, how they are kept, and that nothing half-written or damaged goes unseen."""

import io
import os
import re
import resource
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from sources import store
from sources.files import MOST_BYTES, file_objection, shown_name


def _zip(*names: str, content: bytes = b"<x/>") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in names:
            parts.writestr(name, content)
    return packed.getvalue()


DOCX = ("[Content_Types].xml", "word/document.xml")
GOOD = {
    "letter.pdf": b"%PDF-1.7 words",
    "Audit of 40.PDF": b"%PDF-1.4",
    "note.docx": _zip(*DOCX),
    "data.xlsx": _zip("[Content_Types].xml", "xl/workbook.xml"),
    "wall.png": b"\x89PNG\r\n\x1a\n....",
    "wall.jpg": b"\xff\xd8\xff\xe0....",
    "wall.jpeg": b"\xff\xd8\xff\xe0....",
}
BAD = {
    "page.html": b"<script>alert(1)</script>",
    "drawing.svg": b"<svg onload=alert(1)>",
    "program.exe": b"MZ",
    "old.doc": b"\xd0\xcf\x11\xe0",
    "nothing": b"%PDF-",
    "letter.pdf": b"<html>%PDF-1.7",
    "letter.pdf.html": b"%PDF-1.7",
    "wall.png": b"GIF89a",
    "wall.jpg": b"\x89PNG\r\n\x1a\n",
    "note.docx": b"PK\x03\x04 and then nothing",
    "data.docx": _zip("[Content_Types].xml", "xl/workbook.xml"),
    "macros.docx": _zip(*DOCX, "word/vbaProject.bin"),
    "bomb.docx": _zip(*DOCX, content=b"0" * 9_000_000),
    "bare.xlsx": _zip("xl/workbook.xml"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_its_name_says_is_taken(name: str) -> None:
    content = io.BytesIO(GOOD[name])
    assert (file_objection(name, content, size=len(GOOD[name])), content.tell()) == (None, 0)


@pytest.mark.parametrize("name", BAD)
def test_any_other_is_refused_with_what_to_do(name: str) -> None:
    said = file_objection(name, io.BytesIO(BAD[name]), size=len(BAD[name]))
    assert said
    assert said.endswith("Save it as a PDF, Word (docx), Excel (xlsx), PNG or JPG file and choose it again.")


def test_what_is_empty_or_too_large_is_refused() -> None:
    assert file_objection("a.pdf", io.BytesIO(), size=0) == "“a.pdf” is empty. Choose the file again."
    assert file_objection("a.pdf", io.BytesIO(b"%PDF-"), size=MOST_BYTES + 1) == (
        "“a.pdf” is larger than 20 MB. Save a smaller copy and choose that."
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\Asha\\Audit.pdf", "Audit.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("..", "file"),
        ("", "file"),
        ("a\x00b.pdf", "ab.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ("“quoted”.pdf", "“quoted”.pdf"),
        ("x" * 400 + ".pdf", "x" * 117 + ".pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_do_harm(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@given(st.text(max_size=300))
def test_no_name_is_a_path_or_longer_than_its_column(name: str) -> None:
    shown = shown_name(name)
    assert shown
    assert len(shown) <= 121
    assert not set(shown) & set('/\\\r\n\x00"')
    assert shown not in (".", "..")


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    """An empty store."""
    settings.FILE_STORE = tmp_path / "files"
    return Path(settings.FILE_STORE)


def _all(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_the_same_content_is_kept_once_under_its_hash_and_only_for_us(folder: Path) -> None:
    one, other = (store.keep(io.BytesIO(b"words"), size=5) for _ in range(2))
    assert one == other
    assert [file.name for file in _all(folder)] == [one.digest]
    assert store.path_of(one.digest).read_bytes() == b"words"
    assert {oct(place.stat().st_mode & 0o777) for place in (folder, store.path_of(one.digest).parent)} == {"0o700"}
    assert oct(store.path_of(one.digest).stat().st_mode & 0o777) == "0o600"


@contextmanager
def _disk_of(size: int) -> Iterator[None]:
    """A disk that is full after so many bytes: no file of ours may grow further."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_nothing_behind_and_says_so(folder: Path) -> None:
    with _disk_of(100_000), pytest.raises(store.NoRoom, match="There is no room for the file just now"):
        store.keep(io.BytesIO(b"x" * 500_000), size=500_000)
    assert _all(folder) == []


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "g" * 64, "a" * 63, "/" + "a" * 63])
def test_only_a_hash_of_ours_names_a_path(folder: Path, digest: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(digest)}$"):
        store.path_of(digest)


def _aged(file: Path) -> None:
    old = time.time() - 25 * 60 * 60
    os.utime(file, (old, old))


def test_what_nothing_has_needed_for_a_day_is_swept_away_and_nothing_else(folder: Path) -> None:
    needed, orphan, fresh = (
        store.keep(io.BytesIO(words), size=6).digest for words in (b"needed", b"orphan", b"fresh.")
    )
    draft = folder / ".draft-killed"
    draft.write_bytes(b"half")
    for file in (store.path_of(needed), store.path_of(orphan), draft):
        _aged(file)
    swept = store.sweep(lambda digests: [digest for digest in digests if digest == orphan], at=timezone.now())
    assert swept == 2
    assert {file.name for file in _all(folder)} == {needed, fresh}


def test_a_flipped_bit_is_reported(folder: Path) -> None:
    kept = store.keep(io.BytesIO(b"words"), size=5)
    assert store.damaged() == []
    store.path_of(kept.digest).write_bytes(b"wordt")
    assert store.damaged() == [kept.digest]
