"""Eight words in a row are a quotation, however they are spaced, quoted, written or broken; seven are none."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.quoting import EIGHT, LEAST, letters, repeated, runs

LETTER = "Senior leaders have not made sure that well-known weaknesses in the time-scale of first visits are put right."
SAYINGS = (
    LETTER,
    "Too many plans, as inspectors saw, “drift” – and nobody’s managers ask why the drift was let go on.",
    "In 14 of the 22 cases read by inspectors the reason for the decision was not written down at all.",
)
words = st.text("abcdefghijklmnopqrstuvwxyé", min_size=2, max_size=10)
texts = st.lists(words, min_size=12, max_size=40)


@pytest.mark.parametrize(
    ("said", "spelt"),
    [
        ("Well-known, “well known” and WELLKNOWN", "wellknownwellknownandwellknown"),
        ("time-\nscale, time\u00adscale", "timescaletimescale"),
        ("Café ﬁles cost 3½", "cafefilescost312"),
        ("visits¹ and visits[2] and visits3, in 2019", "visitsandvisitsandvisitsin2019"),
        ("section 100A, R1", "section100ar1"),
        ("…—!", ""),
    ],
)
def test_only_letters_and_figures_are_compared(said: str, spelt: str) -> None:
    assert letters(said) == spelt


@pytest.mark.parametrize(
    "said",
    [
        LETTER,
        LETTER.upper(),
        LETTER.replace(" ", "\n  "),
        LETTER.replace("-", " "),
        LETTER.replace("-", ""),
        LETTER.replace("weaknesses", "weak-\nnesses"),
        LETTER.replace("weaknesses", "weaknesses¹"),
        f"As we were told, ‘{LETTER[15:78]}’; so we say.",
    ],
)
def test_a_quotation_is_found_however_it_is_written(said: str) -> None:
    assert repeated(said, sealed=LETTER)


def test_the_words_are_given_as_the_sealed_text_has_them() -> None:
    said = "It said that WELL KNOWN weaknesses in the timescale of first visits"
    assert repeated(said, sealed=LETTER) == ["that well-known weaknesses in the time-scale of first",
                                             "well-known weaknesses in the time-scale of first visits"]  # fmt: skip


def _respaced(text: str, dice: random.Random) -> str:
    return "".join(mark + dice.choice(["", "", "", " ", "-", "-\n", "\u00ad", " ’ "]) for mark in text)


@given(texts, st.randoms(use_true_random=False), st.data())
def test_any_eight_words_are_found_however_they_are_spaced_and_written(
    sealed: list[str], dice: random.Random, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(sealed) - EIGHT))
    quoted = " ".join(sealed[start : start + EIGHT])
    written = "".join(dice.choice([mark.upper(), mark.lower()]) for mark in _respaced(quoted, dice))
    found = repeated(f"As inspectors said: “{written}”, and so on.", sealed=" ".join(sealed))
    assert quoted in found or len(letters(quoted)) < LEAST


@given(texts, st.data())
def test_fewer_than_eight_words_in_a_row_are_no_quotation(sealed: list[str], data: st.DataObject) -> None:
    once = [f"{word}{chr(97 + place // 26)}{chr(97 + place % 26)}z" for place, word in enumerate(sealed)]
    start, length = data.draw(st.integers(0, len(once) - 7)), data.draw(st.integers(1, 7))
    said = f"Zz {' '.join(once[start : start + length])} zz {' '.join(once[:4])} zz"
    assert repeated(said, sealed=" ".join(once)) == []


@pytest.mark.parametrize("sealed", ["", "Seven words are not enough for one.", "1 of 2 in 3 or 4 to 5 of 6 by 7"])
def test_too_few_words_or_letters_can_be_repeated_by_anyone(sealed: str) -> None:
    assert runs(sealed) == []
