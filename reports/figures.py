"""Charts of a paper as SVG: drawn from a table alone, so that an issued paper's chart is what its figures are."""

from collections.abc import Sequence
from html import escape
from textwrap import wrap

from monitoring.colours import INK, ink_on
from reports.paper import Table

LINE = "#9aa5ab"
FILLS = {"red": "#a31621", "amber": "#f0b43c", "green": "#2a7350", "blue": "#1d5a96", "none": "#ffffff"}
"""Where a paper does not say: what nobody rates, and all ratings of a paper composed before a council chose its own."""
SHAPES = {
    "red": '<path d="M6 0 12 6 6 12 0 6z"/>',
    "amber": '<path d="M6 .6 12 11.4H0z"/>',
    "green": '<circle cx="6" cy="6" r="5.6"/>',
    "blue": '<path d="M.6.6h10.8v10.8H.6z"/>',
    "none": '<circle cx="6" cy="6" r="4.8" fill="none" stroke="currentColor" stroke-width="1.6"/>',
}
"""A rating is told by its shape as well, because a paper may be printed in grey."""

WIDTH, NAMES, BAR, GAP, TOP = 640, 214, 26, 9, 36
ROOMY = 36
"""A part that is narrower than this has room for its figure, and none for its shape."""
LONGEST_LINE = 30
"""Letters of a name that fit beside the bars."""


Colour = tuple[str, str]
"""A rating, and the colour that its parts are filled with."""


def stacked(table: Table, *, colours: Sequence[Colour | str], finding: str) -> str:
    """A bar for each row, a part for each coloured column, as wide as what it counts; the finding is its title."""
    return _drawn(table, [(each, FILLS[each]) if isinstance(each, str) else each for each in colours], finding=finding)


def _drawn(table: Table, colours: Sequence[Colour], *, finding: str) -> str:
    rows = [(row[0], [int(cell) for cell in row[1 : 1 + len(colours)]]) for row in table.rows]
    rows = [(name, counts) for name, counts in rows if name != ALL]
    widest = max((sum(counts) for _, counts in rows), default=0) or 1
    unit = (WIDTH - NAMES - 2) / widest
    height = TOP + len(rows) * (BAR + GAP)
    drawn = "".join(
        _row(name, counts, colours=colours, unit=unit, y=TOP + at * (BAR + GAP))
        for at, (name, counts) in enumerate(rows)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {height}">'
        f"<title>{escape(finding)}</title>{_key(table.header[1:], colours)}{drawn}</svg>"
    )


ALL = "All themes"
"""The row that adds up the others: in the table, and not among the bars."""


def _key(words: Sequence[str], colours: Sequence[Colour]) -> str:
    drawn, x = "", float(NAMES)
    for word, (rating, fill) in zip(words, colours, strict=False):
        drawn += _shape(rating, x=x, y=6, colour=fill if rating != "none" else INK)
        drawn += f'<text x="{x + 18:.1f}" y="17" font-size="13" fill="{INK}">{escape(word)}</text>'
        x += 18 + 7.2 * len(word) + 20
    return drawn


def _row(name: str, counts: Sequence[int], *, colours: Sequence[Colour], unit: float, y: int) -> str:
    drawn, x = _name(name, y=y), float(NAMES)
    for count, colour in zip(counts, colours, strict=True):
        if count:
            drawn += _part(count, colour, x=x, y=y, width=count * unit)
            x += count * unit
    return drawn


def _name(name: str, *, y: int) -> str:
    lines = wrap(name, width=LONGEST_LINE)[:2]
    first = y + (18 if len(lines) == 1 else 11)
    return "".join(
        f'<text x="{NAMES - 10}" y="{first + 14 * at}" font-size="13" fill="{INK}" text-anchor="end">'
        f"{escape(line)}</text>"
        for at, line in enumerate(lines)
    )


def _part(count: int, colour: Colour, *, x: float, y: int, width: float) -> str:
    rating, fill = colour
    edge = LINE if rating == "none" else "#ffffff"
    middle = x + width / 2
    box = (
        f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{BAR}" fill="{fill}" stroke="{edge}" stroke-width="1"/>'
    )
    roomy = width >= ROOMY
    shape = _shape(rating, x=middle - 15, y=y + 7, colour=ink_on(fill)) if roomy else ""
    figure = (
        f'<text x="{middle + (8 if roomy else 0):.1f}" y="{y + 18}" font-size="13" font-weight="700" '
        f'fill="{ink_on(fill)}" text-anchor="middle">{count}</text>'
    )
    return box + shape + (figure if width >= 9 * len(str(count)) else "")


def _shape(rating: str, *, x: float, y: float, colour: str) -> str:
    drawn = SHAPES[rating].replace("currentColor", colour)
    return f'<g transform="translate({x:.1f} {y})" fill="{colour}">{drawn}</g>'
