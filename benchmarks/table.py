"""Prints figures as a table that Markdown reads too, and as JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from benchmarks.measuring import Figure, Goal

HEADS = ("work", "median ms", "p95 ms", "queries", "SQL ms", "against", "its median ms", "ratio", "goal")


def head() -> str:
    """The first two lines."""
    return _line(HEADS) + "\n" + _line("---" for _ in HEADS)


def row(figure: Figure) -> str:
    """One figure; what a column cannot hold stands with the goals."""
    return _line(
        (
            figure.name,
            _ms(figure.median),
            _ms(figure.p95),
            "" if figure.queries is None else str(figure.queries),
            _ms(figure.sql),
            figure.against if figure.bare else "",
            _ms(figure.bare),
            f"{figure.ratio:.2f}×" if figure.ratio else "",
            "; ".join([*map(_said, figure.met()), *_besides(figure)]),
        )
    )


def keep(figures: Iterable[Figure], place: Path, **about: object) -> None:
    """Write the figures where a script can read them."""
    rows = [
        asdict(figure) | {"ratio": figure.ratio, "met": [{"of": goal.of, "met": met} for goal, _, met in figure.met()]}
        for figure in figures
    ]
    place.write_text(json.dumps({**about, "figures": rows}, indent=2, ensure_ascii=False) + "\n")


def _said(met: tuple[Goal, float, bool]) -> str:
    goal, value, is_met = met
    return f"{goal.of} {value:.3g} ≤ {goal.most:g}: {'met' if is_met else 'NOT met'}"


def _besides(figure: Figure) -> list[str]:
    aimed = {goal.of for goal in figure.goals}
    return [f"{name} {value:.3g}" for name, value in figure.others.items() if name not in aimed]


def _ms(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
