"""How a typed paper falls into lines, with page ends noted and page numbers taken out."""

import re
import unicodedata
from enum import IntEnum
from itertools import zip_longest
from typing import NamedTuple

# A hundred-page paper has some five thousand lines; what has many times more is something else.
MOST_LINES = 30_000


class NotAPaper(ValueError):
    """Why a text cannot be read as a committee paper: one sentence that says what is missing and where."""


class Gap(IntEnum):
    """What stands between a line and the one before it."""

    NONE = 0
    BLANK = 1
    PAGE_END = 2


class Line(NamedTuple):
    """A line with words on it, and its number in the file, counted from 1."""

    number: int
    text: str
    gap: Gap


def lines_of(text: str) -> list[Line]:
    """The lines that belong to the paper itself; what a page carries in its margin is left out."""
    lines = _without_page_numbers(_with_words(_plain(text)))
    if not lines:
        raise NotAPaper("The file is empty: line 1 was expected to begin “Report of …”.")
    return lines


def quoted(text: str) -> str:
    """The words as a refusal quotes them: enough to find them by."""
    return f"“{text if len(text) <= 60 else text[:57].rstrip() + '…'}”"


SPACES = dict.fromkeys(
    map(ord, "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"), " "
)
LINE_ENDS = dict.fromkeys(map(ord, "\v\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
UNSEEN = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\u00ad"), None)
PLAIN = {**SPACES, **LINE_ENDS, **UNSEEN, 0x202F: " ", 0x205F: " ", 0x3000: " "}
UNPRINTED = re.compile(r"[\x01-\x08\x0e-\x1b\x1f\x7f\x80-\x9f]")
NEVER_TYPED = re.compile("[\x00\ufffd\ud800-\udfff]")
UNSPACED_SIGNS = re.compile(r"[^\w\s\x00-\x7f]{31,}")


def _plain(text: str) -> str:
    if text.lstrip("\ufeff").startswith("%PDF-"):
        raise NotAPaper("The file is a PDF itself; the plain text taken from it was expected, from line 1.")
    if text.startswith("PK\x03\x04"):
        raise NotAPaper("The file is a Word document or a zip file; its plain text was expected, from line 1.")
    if odd := NEVER_TYPED.search(text) or _piled_accents(text):
        line = text.count("\n", 0, odd.start()) + 1
        raise NotAPaper(
            f"Line {line} holds a character that is not text (U+{ord(odd[0][0]):04X}); plain text was expected."
        )
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(PLAIN)
    return unicodedata.normalize("NFC", UNPRINTED.sub(" ", text))


def _piled_accents(text: str) -> re.Match[str] | None:
    """Thirty accents on one letter: no word has them, and ordering them takes the square of their number."""
    return next((run for run in UNSPACED_SIGNS.finditer(text) if _longest_pile(run[0]) > 30), None)


def _longest_pile(signs: str) -> int:
    longest = pile = 0
    for sign in signs:
        pile = pile + 1 if unicodedata.combining(sign) else 0
        longest = max(longest, pile)
    return longest


def _with_words(text: str) -> list[Line]:
    found: list[Line] = []
    gap = Gap.PAGE_END
    for number, typed in enumerate(text.split("\n"), 1):
        if not typed or (typed.isspace() and "\f" not in typed):
            gap = gap or Gap.BLANK
            continue
        for page, part in enumerate(typed.split("\f")):
            gap = Gap.PAGE_END if page else gap
            if words := " ".join(part.split()):
                found.append(Line(number, words, gap))
                gap = Gap.NONE
        if len(found) > MOST_LINES:
            raise NotAPaper(f"Line {number} is still going on: a committee paper has fewer than {MOST_LINES:,} lines.")
    return found


PAGE_NUMBER = re.compile(
    r"page\s?\d{1,3}\s?(?:of|/)\s?\d{1,3}|[-–—]\s?\d{1,3}\s?[-–—]|\d{1,3}\s?\|\s?page|page\s?\|\s?\d{1,3}",
    re.I,
)
APART_PAGE_NUMBER = re.compile(r"page\s?\d{1,3}|\d{1,3}\s?of\s?\d{1,3}|agenda item\s?(?:no\.?\s?)?\d{1,3}\s?/?", re.I)
BARE_NUMBER = re.compile(r"\d{1,3}")


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    passed = Gap.NONE
    for line, following in zip_longest(lines, lines[1:]):
        after = following.gap if following else Gap.PAGE_END
        if len(line.text) <= 24 and _is_page_number(line.text, before=line.gap, after=after):
            passed = Gap.PAGE_END
        else:
            kept.append(line if line.gap >= passed else line._replace(gap=passed))
            passed = Gap.NONE
    return kept


def _is_page_number(text: str, *, before: Gap, after: Gap) -> bool:
    """A number alone is a page's only at a page end; elsewhere it is a figure, and no figure may be lost."""
    if PAGE_NUMBER.fullmatch(text):
        return True
    if before is Gap.NONE or after is Gap.NONE:
        return bool(APART_PAGE_NUMBER.fullmatch(text)) and Gap.PAGE_END in (before, after)
    if APART_PAGE_NUMBER.fullmatch(text):
        return True
    return bool(BARE_NUMBER.fullmatch(text)) and Gap.PAGE_END in (before, after)
