"""Charts as SVG: lengths are attributes and shares of the width, so that they stretch and their words do not."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from monitoring.dashboard import Heading
from monitoring.position import Counts

HEIGHT = 220
BASE = 24
"""Under the columns, for the names of the months."""
NAMED = 6
"""At most so many months are named, or their names would run into each other on a telephone."""


def columns(trend: Sequence[tuple[date, Counts]], ratings: Sequence[Heading]) -> Markup:
    """A column for each month, the worst rating at its foot, where lengths can be compared."""
    tallest = max((counts.all for _, counts in trend), default=0) or 1
    width = 100 / max(len(trend), 12)
    every = -(-len(trend) // NAMED)
    drawn = [
        _column(counts, ratings, at=at * width, width=width, unit=HEIGHT / tallest)
        + (_month(end, at=(at + 0.5) * width) if (len(trend) - 1 - at) % every == 0 else Markup(""))
        for at, (end, counts) in enumerate(trend)
    ]
    return Markup('<svg class="trend__chart" width="100%" height="{}" aria-hidden="true" focusable="false">{}{}</svg>').format(
        HEIGHT + BASE + 1,
        Markup("").join(drawn),
        Markup('<line class="trend__ground" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(HEIGHT),
    )


def _column(
    counts: Counts, ratings: Sequence[Heading], *, at: float, width: float, unit: float
) -> Markup:
    parts, foot = [], float(HEIGHT)
    for rating in ratings:
        n = counts.delivery[rating.code]
        if not n:
            continue
        foot -= n * unit
        parts.append(_part(rating.code, n, x=at, y=foot, width=width, height=n * unit))
    return Markup("").join(parts)


def _part(code: str, n: int, *, x: float, y: float, width: float, height: float) -> Markup:
    block = Markup('<rect class="bars__part bars__part--{}" x="{:.3f}%" y="{:.2f}" width="{:.3f}%" height="{:.2f}"/>').format(
        code, x + width * 0.08, y, width * 0.84, height
    )
    if height < 16:
        return block
    return block + Markup(
        '<text class="bars__figure bars__figure--{} trend__figure" x="{:.3f}%" y="{:.2f}">{}</text>'
    ).format(code, x + width / 2, y + height / 2 + 5, n)


def _month(end: date, *, at: float) -> Markup:
    return Markup('<text class="trend__month" x="{:.3f}%" y="{}">{}</text>').format(at, HEIGHT + BASE - 4, f"{end:%b %y}")
