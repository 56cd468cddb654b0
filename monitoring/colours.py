"""Whether a council's colour for a rating can be read by everyone, and the shades of it that a page is drawn in."""

import re
from collections.abc import Mapping
from typing import NamedTuple

WHITE, INK = "#ffffff", "#14212a"
ENOUGH = 4.5
"""Of words to what they stand on: success criterion 1.4.3 of WCAG 2.2."""
ENOUGH_OF_A_SHAPE = 3.0
"""Of a shape to what it stands on: success criterion 1.4.11."""
_SOFT = 0.12
"""How much of a colour lies under the words of a label."""
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


class Shades(NamedTuple):
    """One colour as it fills a bar, with the words on that; and its label: a shape and words on a soft ground."""

    fill: str
    ink: str
    strong: str
    soft: str
    deep: str


def colour_objection(colour: str) -> str | None:
    """Why a rating cannot have the colour, or None if it can."""
    if not _COLOUR.fullmatch(colour):
        return "Give the colour as # and six digits or letters from a to f, like #a51d17."
    best = contrast(colour, ink_on(colour))
    if best >= ENOUGH:
        return None
    # Cut, not rounded, or 4.46 would be refused as 4.5.
    return (
        f"Words on {colour} would be hard to read: neither white nor dark ones reach a contrast of {ENOUGH} to 1 "
        f"(at best {int(best * 10) / 10}). Choose a darker or a lighter colour."
    )


def ink_on(colour: str) -> str:
    """Of white and dark words, those that are read better on the colour."""
    return max((WHITE, INK), key=lambda ink: contrast(colour, ink))


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, from 1 for the same colour to 21 for black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def shades(colour: str) -> Shades:
    """Everything that a rating's colour is used for, each part with enough contrast to what it stands on."""
    soft = _mixed(colour, WHITE, share=_SOFT)
    return Shades(
        fill=colour,
        ink=ink_on(colour),
        strong=_darkened(colour, on=soft, until=ENOUGH_OF_A_SHAPE),
        soft=soft,
        deep=_darkened(colour, on=soft, until=ENOUGH),
    )


def stylesheet(colours: Mapping[str, str]) -> str:
    """Style that draws ratings in colours other than those of the house; their names are those of theme.scss."""
    told = "".join(
        f"--rating-{code}-{part}:{shade};"
        for code, colour in colours.items()
        for part, shade in shades(colour)._asdict().items()
    )
    return f":root{{{told}}}" if told else ""


def _darkened(colour: str, *, on: str, until: float) -> str:
    steps = (_mixed(colour, "#000000", share=1 - step / 20) for step in range(20))
    return next((darker for darker in steps if contrast(darker, on) >= until), INK)


def _mixed(colour: str, other: str, *, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(mine * share + theirs * (1 - share)):02x}" for mine, theirs in pairs)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
