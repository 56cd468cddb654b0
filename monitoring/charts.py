"""Charts as SVG: lengths are attributes and shares of the width, so that they stretch and their words do not."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

Point = tuple[date, Mapping[str, int]]
"""The end of a month, and how many of each part it had."""

HEIGHT = 220
BASE = 24
"""Under the columns, for the names of the months."""
NAMED = 6
"""At most so many months are named, or their names would run into each other on a telephone."""
FEWEST = 6
"""A plan of one month is not drawn as a wall."""


def columns(trend: Sequence[Point], parts: Sequence[str], *, finding: str) -> Markup:
    """A column for each month, its parts from the foot up, where the first can be compared by its length."""
    tallest = max((sum(counts.values()) for _, counts in trend), default=0) or 1
    width = 100 / max(len(trend), FEWEST)
    every = -(-len(trend) // NAMED)
    drawn = [
        _column(counts, parts, at=at * width, width=width, unit=HEIGHT / tallest)
        + (_month(end, at=at * width, width=width) if (len(trend) - 1 - at) % every == 0 else Markup(""))
        for at, (end, counts) in enumerate(trend)
    ]
    return Markup('<svg class="trend__chart" role="img" width="100%" height="{}"><title>{}</title>{}{}</svg>').format(
        HEIGHT + BASE + 1,
        finding,
        Markup("").join(drawn),
        Markup('<line class="trend__ground" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(HEIGHT),
    )


def _column(counts: Mapping[str, int], parts: Sequence[str], *, at: float, width: float, unit: float) -> Markup:
    drawn, foot = [], float(HEIGHT)
    for part in parts:
        if n := counts[part]:
            foot -= n * unit
            drawn.append(_part(part, n, x=at, y=foot, width=width, height=n * unit))
    return Markup("").join(drawn)


def _part(code: str, n: int, *, x: float, y: float, width: float, height: float) -> Markup:
    # Our own codes and numbers only, so nothing needs escaping; there are some two hundred of these on a page.
    block = (
        f'<rect class="trend__part trend__part--{code}" x="{x + width * 0.08:.3f}%" y="{y:.2f}"'
        f' width="{width * 0.84:.3f}%" height="{height:.2f}"/>'
    )
    if height >= 16:
        block += f'<text class="trend__figure trend__figure--{code}" x="{x + width / 2:.3f}%"'
        block += f' y="{y + height / 2 + 5:.2f}">{n}</text>'
    return Markup(block)  # noqa: S704


def _month(end: date, *, at: float, width: float) -> Markup:
    # The outermost names stay inside the chart.
    side, x = "middle", at + width / 2
    if at < width / 2:
        side, x = "start", at
    elif at + width > 100 - width / 2:
        side, x = "end", at + width
    return Markup('<text class="trend__month trend__month--{}" x="{:.3f}%" y="{}">{}</text>').format(
        side, x, HEIGHT + BASE - 4, f"{end:%b %y}"
    )
