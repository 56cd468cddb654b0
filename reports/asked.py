"""What somebody asks the search for: the words that are looked for, or why there is nothing to look for."""

import re
from dataclasses import dataclass

LONGEST = 200
"""Characters; nobody types more, and a machine that does is not looking for anything."""
SHORTEST = 2
NOTHING = "Type what you are looking for: a word, “a phrase” between quotation marks, or a number such as 1.4."
TOO_LONG = f"A search has at most {LONGEST} characters. Type fewer words."
TOO_SHORT = "Type at least two letters or figures."
SAYS_NOTHING = "These words stand nearly everywhere, so they find nothing by themselves. Add a word that says more."
PREFIX = 3
"""Letters from which the last word may be one that is still being typed."""

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_LETTER_OR_FIGURE = re.compile(r"[^\W_]")
_PLAIN = re.compile(r"[^\W_]+(?: [^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Asked:
    """The words as they are looked for."""

    words: str
    before: str = ""
    """Those before the last, where the last may be unfinished."""
    begun: str = ""
    """The last word, if all are plain and it is long enough to be the beginning of others."""


def tidied(said: str) -> str:
    """On one line, without what nobody can type or see."""
    return " ".join(_UNPRINTABLE.sub(" ", said).split())


def objection(said: str) -> str | None:
    """Why these words cannot be looked for, or None if they can."""
    if not said:
        return NOTHING
    if len(said) > LONGEST:
        return TOO_LONG
    if len(_LETTER_OR_FIGURE.findall(said)) < SHORTEST:
        return TOO_SHORT
    return None


def asked(said: str) -> Asked:
    """What to look for; quotation marks, “or” and a minus mean what they mean to any search."""
    straight = said.translate(_STRAIGHT)
    before, _, last = straight.rpartition(" ")
    if _PLAIN.fullmatch(straight) and len(last) >= PREFIX:
        return Asked(straight, before, last)
    return Asked(straight)


_STRAIGHT = str.maketrans("“”„", '"""')
