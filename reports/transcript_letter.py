"""The document letter as a typed paper shows it: BH, “BH”, Document BH, Document “BH”."""

import re

LETTER = re.compile(r"[\"“]?([A-Z]{1,2})[\"”]?|(?:[Dd]ocument|DOCUMENT) ?[\"“'‘]?([A-Z]{1,3})[\"”'’]?")


def letter_in(text: str) -> str:
    """The letter, if it is all that the line holds, or nothing."""
    found = LETTER.fullmatch(text)
    return (found[1] or found[2]) if found else ""
