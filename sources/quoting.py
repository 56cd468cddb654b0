"""When words repeat words under seal: eight in a row, whatever became of spaces, capitals, quotes and hyphens.

The database asks the same of every save (`quotation_sql.py`); a test holds the two together.
"""

import re
import unicodedata

EIGHT = 8
"""So many words in a row are a quotation (`trust.md` L18)."""
LEAST = 16
"""Fewer letters than these are none, however many words they make: “of 3 in 10 or 4 of 12”."""

# As PostgreSQL reads them too, hence the spelt-out classes.
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
FOOTNOTE = r"\[[0-9]{1,2}\]|([a-z]{3}[.,;:]?)[0-9]{1,2}(?![a-zA-Z0-9])"
"""A mark of a footnote: in brackets, or set against a word’s end as a PDF gives it."""
BETWEEN = "[ \\t\\n\\r\\f\\v\u00a0\u2000-\u200b\u2013-\u2015\u2028\u2029\u202f]+"
"""What parts two words: a space of whatever width, or a dash."""
BROKEN = "[-\u00ad\u2010][ \\t]*\\r?\\n[ \\t]*"
"""A word broken at a line’s end is one word."""


def letters(said: str) -> str:
    """The letters and figures of a text, small, without accents, ligatures or footnote marks: all that is compared."""
    plain = unicodedata.normalize("NFKD", said.translate(dict.fromkeys(map(ord, RAISED))))
    unmarked = re.sub(FOOTNOTE, lambda mark: mark[1] or "", plain)
    return re.sub("[^a-zA-Z0-9]+", "", unmarked).lower()


def runs(sealed: str) -> list[tuple[str, str]]:
    """Every eight words in a row of a text under seal: their letters, and the words as they are written."""
    spelt = [(letters(word), word) for word in re.split(BETWEEN, re.sub(BROKEN, "", sealed))]
    words = [(of, word) for of, word in spelt if of]
    eights = (words[start : start + EIGHT] for start in range(len(words) - EIGHT + 1))
    made = (("".join(of for of, _ in eight), " ".join(word for _, word in eight)) for eight in eights)
    return [(of, said) for of, said in made if len(of) >= LEAST]


def repeated(said: str, *, sealed: str) -> list[str]:
    """The runs of a text under seal that the words repeat, as the sealed text has them; none, and nothing is quoted."""
    heard = letters(said)
    return [words for of, words in runs(sealed) if of in heard]
