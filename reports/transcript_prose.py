"""How the words of a line show what it is: a sentence's end or its middle, a title, nothing to say."""

import re
from itertools import pairwise

WORDLESS = {"NONE", "NOT APPLICABLE", "N/A", "NA", "NIL", "TBC", "NOT KNOWN", "TO FOLLOW", "NO IMPLICATIONS"}
# No passage ends with one of these, so one that seems to was broken by the end of its page.
CONNECTIVE = re.compile(
    r"an?|the|of|and|or|to|in|for|by|with|from|at|on|as|is|are|was|were|be|been|has|have|had|will|that|which"
    r"|who|its|their|this|these|those|our|not|than|into|under|between|through|within|about",
    re.I,
)
# A title in capitals leaves these small.
SMALL = re.compile(rf"{CONNECTIVE.pattern}|per|via|v|[^\w\s]+", re.I)
# What has one of these is a sentence, however short.
VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|should|could|can|may|must|that|which|who|does|do|did)\b",
    re.I,
)


def finished(text: str) -> bool:
    """Whether the words end as a sentence or an introduction to a list does."""
    return text.rstrip("\"”’')]").endswith((".", "!", "?", ":", ";", "…"))


def broken_off(text: str) -> bool:
    """Whether the words end where no passage can: after “the”, “of”, a comma, a hyphen."""
    last = text[-40:].rsplit(" ", 1)[-1]
    return last.endswith((",", "-", "–", "—", "&", "£", "(")) or CONNECTIVE.fullmatch(last) is not None


def goes_on(text: str) -> bool:
    """Whether a line begins as the middle of a sentence does."""
    return text[0].islower() or text[0] in ",;)&"


def loud(text: str) -> bool:
    """Whether a line is set in capitals, as this house style sets its headings."""
    return text.isupper() and len(text) <= 150 and text.rstrip(".:") not in WORDLESS and sum(map(str.isalpha, text)) > 1


def titled(text: str) -> bool:
    """Whether a line is set As the Title of Something."""
    words = [word.lstrip("\"“'‘(") for word in text.split()]
    return text[0].isupper() and all(SMALL.fullmatch(word) or not word[:1].islower() for word in words)


def sentence(text: str) -> bool:
    """Whether a line says something of something, as a title does not."""
    return VERB.search(text) is not None


def wordless(text: str) -> bool:
    """Whether the passage only says that there is nothing to say."""
    return text.rstrip(".").upper() in WORDLESS


def joined(parts: list[str]) -> str:
    """One passage from its lines; a hyphen at a line's end takes the next word to it (“co-” / “located”)."""
    words = [parts[0]] if parts else []
    for before, part in pairwise(parts):
        hyphened = before.endswith("-") and before[-2:-1].isalpha() and part[:1].islower()
        # “short- and long-term” hangs its first hyphen.
        together = hyphened and part.split(" ", 1)[0] not in {"and", "or", "to"}
        words.append(part if together else f" {part}")
    return "".join(words)
