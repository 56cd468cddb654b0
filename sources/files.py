"""Which files may be put forward: pdf, docx, xlsx, png and jpg, each being inside what its name says (trust.md 3.3)."""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType
from typing import IO

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
"""Of a docx or xlsx, which are zips: what the whole may come to."""
MOST_RATIO = 100
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: how its name ends, how its content begins, and what it is called on the web."""

    ending: str
    begins: bytes
    media_type: str
    inside: str = ""
    """The part that a zip of the kind must have."""


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        kind.ending: kind
        for kind in (
            Kind("pdf", b"%PDF-", "application/pdf"),
            Kind("docx", b"PK\x03\x04", f"{_OFFICE}.wordprocessingml.document", "word/document.xml"),
            Kind("xlsx", b"PK\x03\x04", f"{_OFFICE}.spreadsheetml.sheet", "xl/workbook.xml"),
            Kind("png", b"\x89PNG\r\n\x1a\n", "image/png"),
            Kind("jpg", b"\xff\xd8\xff", "image/jpeg"),
            Kind("jpeg", b"\xff\xd8\xff", "image/jpeg"),
        )
    }
)
ACCEPTED = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"
SAVE_AS = "Save it as a PDF, Word (docx), Excel (xlsx), PNG or JPG file and choose it again."


def file_objection(name: str, content: IO[bytes], *, size: int) -> str | None:
    """Why the file cannot be taken, or None if it can; the content is left at its start."""
    kind = kind_of(name)
    if kind is None:
        return f"“{shown_name(name)}” is not of a kind that can be taken. {SAVE_AS}"
    if not size:
        return f"“{shown_name(name)}” is empty. Choose the file again."
    if size > MOST_BYTES:
        return f"“{shown_name(name)}” is larger than {MOST_BYTES // 1024**2} MB. Save a smaller copy and choose that."
    try:
        if content.read(len(kind.begins)) != kind.begins or (kind.inside and not _is_whole(content, kind)):
            return f"“{shown_name(name)}” is not inside what its name says, or is damaged. {SAVE_AS}"
    finally:
        content.seek(0)
    return None


def kind_of(name: str) -> Kind | None:
    """The kind that a name says, or None."""
    return KINDS.get(PurePath(name).suffix.removeprefix(".").lower())


def shown_name(name: str) -> str:
    """A file's name as it may be kept and shown: without a folder, control characters or a tail of thousands."""
    last = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*').strip(" .")
    stem, dot, ending = plain.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending)]}{dot}{ending}" if stem else plain[:LONGEST_NAME] or "file"


def _is_whole(content: IO[bytes], kind: Kind) -> bool:
    """Whether a zip is of the kind, comes to a sensible size and carries no macro; nothing is unpacked."""
    try:
        with zipfile.ZipFile(content) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
        return False
    names = {part.filename for part in parts}
    unpacked = sum(part.file_size for part in parts)
    packed_to = sum(part.compress_size for part in parts)
    return (
        {kind.inside, "[Content_Types].xml"} <= names
        and not any(name.lower().endswith("vbaproject.bin") for name in names)
        and unpacked <= min(MOST_UNPACKED, max(packed_to, 1) * MOST_RATIO)
    )
