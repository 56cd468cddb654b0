"""What a single cell says: its text made plain, and whether two say the same."""

import re
from dataclasses import dataclass
from typing import Literal

LONGEST = 32_000
"""Characters of one cell: Excel keeps a few more, and an update is far shorter."""
Kind = Literal["text", "number", "day", "month", "logical", "error", "uncalculated"]
_FORMULA = re.compile(r"^'(?=[=+\-@\t\r])")
_BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
"""Marks that nobody sees: some turn words about, so that they read otherwise than they are written."""
_STRAIGHT = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"'}
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as the reader of workbooks hands it over: its value as text, of what kind, and how it looks (RRGGBB)."""

    text: str = ""
    kind: Kind = "text"
    fill: str = ""
    struck: bool = False


def plain(text: str) -> str:
    """Words without stray spaces and marks: what is compared, and what is kept."""
    if text.isprintable() and "  " not in text and len(text) <= LONGEST:
        # Most cells are plain already, and each is asked for several times.
        return text.strip()
    words = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [_SPACES.sub(" ", line).strip() for line in words.split("\n")]
    return "\n".join(lines).strip()[:LONGEST].strip()


def writable(text: str) -> str:
    """Words as a cell can hold them."""
    return _CONTROL.sub("", text)[:LONGEST]


def guarded(text: str) -> str:
    """Words as a csv holds them, so that no spreadsheet takes them for a formula (`trust.md` F6)."""
    return f"'{text}" if text[:1] in _BEGINS_A_FORMULA else text


def line(text: str) -> str:
    """Words on one line."""
    words = plain(text)
    return " ".join(words.split()) if "\n" in words else words


def same(one: str, other: str) -> bool:
    """Whether two texts say the same: quotes may be curly or straight, and a csv may guard a formula."""
    return _bare(one) == _bare(other)


def key(name: str) -> str:
    """A name as names are compared: whatever its case, its spaces and its quotes."""
    return line(name).casefold().translate(_STRAIGHT)


def said(cell: Cell) -> str:
    """The words of a cell, without the mark that keeps a spreadsheet from taking them for a formula."""
    return plain(_FORMULA.sub("", cell.text))


def _bare(text: str) -> str:
    # A guard before a formula is taken off once by whoever reads a cell; the plan's own words may begin with one.
    straight = plain(_FORMULA.sub("", text)).translate(_STRAIGHT)
    return plain(_FORMULA.sub("", straight))


def cell_objection(cell: Cell) -> str | None:
    """Why a cell cannot be read at all, or None if it can."""
    if cell.kind == "error":
        return f"holds the error {cell.text}. Put the value itself there."
    if cell.kind == "uncalculated":
        return "holds a formula whose answer was never saved. Open the sheet, save it, and choose it again."
    if len(cell.text) > LONGEST:
        return f"holds more than {LONGEST:,} characters. Shorten it."
    return None
