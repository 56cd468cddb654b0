"""What is not a committee paper is refused with a sentence that says what is missing, and where."""

import re
import time
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reports.transcript import NotAPaper, read

SAMPLE = Path(__file__).with_name("sample_paper.txt").read_text(encoding="utf-8")
SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "executive-paper-2019-04-02.txt"
OPENING = "Report of the Director to the meeting of Executive to be held on 2 April 2019"

REFUSED = {
    "": "The file is empty: line 1 was expected to begin “Report of …”.",
    " \n\f\n ": "The file is empty: line 1 was expected to begin “Report of …”.",
    "%PDF-1.7\n%âãÏÓ": "The file is a PDF itself; the plain text taken from it was expected, from line 1.",
    "PK\x03\x04\x14\x00": "The file is a Word document or a zip file; its plain text was expected, from line 1.",
    "Report\nof\x00the": "Line 2 holds a character that is not text (U+0000); plain text was expected.",
    "Dear Sir,\n\nPlease find the minutes.\n": "Line 1 reads “Dear Sir,”, and no line down to 3 begins "
    "“Report of … to the meeting of …”, as a committee paper does.",
    "Report of the Director\n\n1. SUMMARY": "Line 1 reads “Report of the Director” and does not go on "
    "“to the meeting of …”, as the opening of a committee paper does.",
    f"{OPENING}\n\nSubject:\n\nA visit\n": "No section 1 was found down to line 5, which reads “A visit”; "
    "a heading such as “1. SUMMARY” was expected after the head.",
    f"{OPENING}\n\n2. BACKGROUND\n\n3. OPTIONS": "Line 3: “2. BACKGROUND” is the first section; "
    "a section 1 was expected before it.",
    f"{OPENING}\n\n1. SUMMARY\n\n2. OPTIONS\n\n2. RECOMMENDATIONS\n": "Line 7: section 2, “RECOMMENDATIONS”, "
    "stands after section 2 of line 5; section 3 or a later one was expected.",
    f"{OPENING}\n\n1. Summary\n\n3. Options\n\n2. Background\n\n2.1 None.": "Line 7: section 2, “Background”, "
    "stands after section 3 of line 5; section 4 or a later one was expected.",
    f"{OPENING.replace('2 April', '31 April')}\n\n1. SUMMARY": "Line 1: the meeting of line 1 is to be held on "
    "“31 April 2019”, which is not a day that can be read; a date such as “2 April 2019” was expected.",
    f"{OPENING.replace('2 April 2019', 'a day to be fixed')}\n\n1. SUMMARY": "Line 1: the meeting of line 1 is to be "
    "held on “a day to be fixed”, which is not a day that can be read; a date such as “2 April 2019” was expected.",
    f"Minutes\n\n{OPENING}\n\n1. SUMMARY": "Line 1 reads “Minutes”, above the “Report of …” with which a committee "
    "paper begins; only the council's name was expected there.",
    f"{OPENING}\n\nPortfolio:\n\nChildren\n\nWards affected: All\n\n1. SUMMARY": "Line 7: “Wards affected: All” has "
    "a label that the head of such a paper does not have; a heading such as “1. SUMMARY” was expected.",
    f"{OPENING}\n\nSubject: A visit\n\n{OPENING}\n\nSubject: A delay\n\n1. SUMMARY": "Line 7: the subject is given a "
    "second time as “A delay”, where line 3 has “A visit”; the same words were expected.",
    f"{OPENING}\n\n1. SUMMARY\n\nAll is well.\n\n{OPENING}\n\n1. SUMMARY": "Line 7: a second paper begins here, "
    "below section 1 of line 3 (“Report of the Director to the meeting of Executive to be…”); "
    "one paper at a time was expected.",
    "e" + "\u0301" * 40: "Line 1 holds a character that is not text (U+0301); plain text was expected.",
}


@pytest.mark.parametrize(("text", "sentence"), REFUSED.items())
def test_what_is_not_a_paper_is_refused_with_what_is_missing_and_where(text: str, sentence: str) -> None:
    with pytest.raises(NotAPaper) as refusal:
        read(text)
    assert str(refusal.value) == sentence


def heard(text: str) -> str:
    """The refusal of a text, or nothing if it is read; anything else that is raised fails the test."""
    try:
        paper = read(text)
    except NotAPaper as refusal:
        sentence = str(refusal)
        assert re.fullmatch(r"(Line \d+|[A-Z].* line \d+).*\.", sentence, re.S), sentence
        return sentence
    assert paper.sections
    _expect_no_word_lost(text, " ".join((paper.council, *paper.words())))
    return ""


WORDS = re.compile(r"[^\W_]+")
OURS = frozenset(
    WORDS.findall(
        "report of to the meeting of to be held on subject summary statement report contact phone e-mail portfolio "
        "overview scrutiny area page document 1 2 3 4"
    )
)


PAGE_NUMBER = re.compile(r"^[-–—\s]*(\d{1,3})[-–—\s]*$", re.M)
"""A page's own number, alone on its line, is left out whatever it is; of other figures none may be lost."""


def _expect_no_word_lost(text: str, kept: str) -> None:
    typed = unicodedata.normalize("NFC", text).casefold()
    pages = PAGE_NUMBER.findall(re.sub(r"[\f\v\x1c-\x1e\x85]", "\n", typed))
    assert set(WORDS.findall(typed)) - set(WORDS.findall(kept.casefold())) <= OURS | set(pages)


def test_a_paper_cut_short_at_any_line_is_a_shorter_paper_or_none() -> None:
    lines = SAMPLE.splitlines(keepends=True)
    first = next(place for place, line in enumerate(lines) if line.startswith("1. SUMMARY"))
    heard_at = ["".join(lines[:count]) for count in range(len(lines) + 1)]
    assert [not heard(text) for text in heard_at] == [count > first for count in range(len(lines) + 1)]


@pytest.mark.skipif(not SEED.exists(), reason="needs ../shared: the real Executive paper")
def test_the_real_paper_cut_short_at_any_line_is_a_shorter_paper_or_none() -> None:
    lines = SEED.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(place for place, line in enumerate(lines) if line.startswith("1. SUMMARY"))
    heard_at = ["".join(lines[:count]) for count in range(len(lines) + 1)]
    assert [not heard(text) for text in heard_at] == [count > first for count in range(len(lines) + 1)]


@settings(deadline=None)
@given(st.text())
def test_no_text_at_all_brings_the_reader_down(text: str) -> None:
    heard(text)


LINES = SAMPLE.splitlines()
PIECES = st.one_of(
    st.sampled_from(LINES),
    st.sampled_from(LINES),
    st.text(alphabet="aA1.()-–•: \n\f\u00a0\u0301", max_size=12),
    st.sampled_from(
        ["Report of", "Subject:", "1. SUMMARY", "1.1", "(a)", "Portfolio:", "\f", "3", "E-mail: a@b.example"]
    ),
)


# The same lists each time: what a wider search finds is for whoever searches, not for whoever changes something else.
@settings(max_examples=300, deadline=None, derandomize=True)
@example(["\f11"])
@given(st.lists(PIECES, max_size=40))
def test_lines_of_a_paper_in_any_order_are_read_whole_or_refused(pieces: list[str]) -> None:
    heard("\n".join((*LINES[:3], "", *pieces)))
    heard("\n".join((*LINES[:41], *pieces)))


MEGABYTE = 1_000_000
BODY = f"{OPENING}\n\n1. SUMMARY\n\n"
LONG = {
    "prose": "- 1.1 The board saw that the front door is answered.\n\n",
    "one line": "word ",
    "short lines": "a\n",
    "blank lines": "\n",
    "page ends": "\f",
    "brackets": "(",
    "digits": "1.",
    "accents": "\u0301\u0316",
    "openings": "Report of the ",
}


@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_a_megabyte_of_anything_is_read_or_refused_in_a_second(piece: str) -> None:
    text = BODY + piece * (MEGABYTE // len(piece))
    # A second of a quiet machine, and of the processor's own time. A busy one may be slow once, not three times; a
    # reader that takes the square of the length takes minutes, however often it is asked.
    assert any(seconds_to_read(text) < 2 for _ in range(3))


def seconds_to_read(text: str) -> float:
    began = time.process_time()
    with suppress(NotAPaper):
        read(text)
    return time.process_time() - began
