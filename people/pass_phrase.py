"""Pass phrases that are made for people: easy to read out, hard to guess."""

import secrets

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aeiou"
GROUPS = 6
"""Six groups of two syllables are twelve of eighty: nearly 76 bits, more than anybody can try."""


def made() -> str:
    """Like “rako-minu-…”: small letters and hyphens, and no letter that is taken for another when read out."""
    return "-".join("".join(_syllable() for _ in range(2)) for _ in range(GROUPS))


def _syllable() -> str:
    return secrets.choice(CONSONANTS) + secrets.choice(VOWELS)
