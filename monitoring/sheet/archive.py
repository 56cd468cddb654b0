"""Whether a file can be opened as a workbook without harm: what kind it is, and whether its parts are honest.

These checks are our own, made before any library opens the parts: the `zipfile` of Python 3.11.7 reads entries that
overlap (CVE-2024-0450), and a workbook of a few kilobytes can unpack to gigabytes (`trust.md` F4, F5).
"""

import io
import struct
import zipfile

MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_RATIO = 100
MOST_PARTS = 1_000
MOST_MARKS = 2_000_000
"""Tags that a part may have: more than 20,000 rows need, and soon counted."""
_SMALL = 64 * 1024
"""Parts so small may be packed as tightly as they like."""
_FORBIDDEN = tuple(
    mark.encode(encoding) for mark in ("<!doctype", "<!entity") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)

TOO_BIG = "The file is larger than 5 MB. Take pictures and other sheets out of it, or save it as csv."
OLD = "This is a workbook of the old kind (xls). Open it, save it as an Excel workbook (xlsx), and choose that."
LOCKED = "The workbook is protected by a password. Save a copy without one, and choose that."
NO_SHEET = "This is not a spreadsheet. Choose an Excel workbook (xlsx) or a csv file."
EMPTY = "The file is empty. Choose another."
OPEN_DOCUMENT = "This is an OpenDocument spreadsheet (ods). Save it as an Excel workbook (xlsx), and choose that."
APPLE = "This is a Numbers spreadsheet. Export it from Numbers as an Excel workbook (xlsx), and choose that."
OFFICE = "This is a document and not a spreadsheet. Copy its table into an Excel workbook (xlsx), and choose that."
SPOILT = "The workbook is damaged and cannot be read. Open it, save it again, and choose it once more."
SWOLLEN = "The workbook unpacks to far more than a plan needs, so it was not opened. Copy the plan into a new workbook."
TOO_HARD = "The file needs more time or memory than a plan’s spreadsheet does. Copy the plan into a new workbook."
DOCTYPE = "The workbook declares a document type, which no spreadsheet program writes, so it was not opened."
LINKED = "The workbook takes values from other files. Copy the plan as values into a new workbook, and choose that."
MACROS = "The workbook holds macros. Save it as an Excel workbook without them (xlsx), and choose that."
BINARY = "This is a binary workbook (xlsb). Save it as an Excel workbook (xlsx), and choose that."
_OTHERS = {"content.xml": OPEN_DOCUMENT, "index/": APPLE, "word/": OFFICE, "ppt/": OFFICE}
"""Parts by which another kind of file is known that is packed like a workbook."""


class Unreadable(Exception):
    """Why a file cannot be read, in a sentence for whoever chose it."""


def is_workbook(content: bytes) -> bool:
    """Whether it is to be read as a workbook and not as text, whatever its name says; raises Unreadable for others."""
    if len(content) > MOST_BYTES:
        raise Unreadable(TOO_BIG)
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise Unreadable(EMPTY)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(LOCKED if "EncryptedPackage".encode("utf-16-le") in content else OLD)
    if content.startswith(b"PK"):
        return True
    text = content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in content
    if not text or content.lstrip()[:5].startswith((b"%PDF", b"{\\rtf", b"<")):
        raise Unreadable(NO_SHEET)
    return False


def inspect(content: bytes) -> None:
    """Look at every part of a workbook before any is used; raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _look_at_names(parts)
            _look_at_sizes(parts)
            _look_for_overlaps(content, parts, ends=archive.start_dir)
            for part in parts:
                _look_within(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, struct.error, EOFError, ValueError, OSError) as error:
        raise Unreadable(SPOILT) from error


def _look_at_names(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename.casefold() for part in parts]
    if any(part.flag_bits & 0x1 for part in parts):
        raise Unreadable(LOCKED)
    if len(set(names)) < len(names) or len(names) > MOST_PARTS:
        raise Unreadable(SPOILT)
    if any(name.startswith(("xl/externallinks/", "xl/connections", "xl/querytables/")) for name in names):
        raise Unreadable(LINKED)
    if any(name.endswith("vbaproject.bin") for name in names):
        raise Unreadable(MACROS)
    if "xl/workbook.bin" in names:
        raise Unreadable(BINARY)
    for part, why in _OTHERS.items():
        if any(name.startswith(part) for name in names):
            raise Unreadable(why)
    if "[content_types].xml" not in names:
        raise Unreadable(NO_SHEET)


def _look_at_sizes(parts: list[zipfile.ZipInfo]) -> None:
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise Unreadable(SWOLLEN)
    if any(part.file_size > max(_SMALL, MOST_RATIO * part.compress_size) for part in parts):
        raise Unreadable(SWOLLEN)


def _look_for_overlaps(content: bytes, parts: list[zipfile.ZipInfo], *, ends: int) -> None:
    """Each part ends before the next begins, and the last before the directory does."""
    by_place = sorted(parts, key=lambda part: part.header_offset)
    bounds = [part.header_offset for part in by_place[1:]] + [ends]
    for part, bound in zip(by_place, bounds, strict=True):
        at = part.header_offset
        name, extra = struct.unpack_from("<HH", content, at + 26)
        if content[at : at + 4] != b"PK\x03\x04" or at + 30 + name + extra + part.compress_size > bound:
            raise Unreadable(SPOILT)


def _look_within(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    # zipfile gives out no more than the size declared, which has been counted, and checks it when it is done.
    words = archive.read(part).lower()
    if any(mark in words for mark in _FORBIDDEN):
        raise Unreadable(DOCTYPE)
    if words.count(b"<") > MOST_MARKS:
        raise Unreadable(SWOLLEN)
    if part.filename.endswith(".rels") and b"externallink" in words:
        raise Unreadable(LINKED)
