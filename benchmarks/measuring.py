"""Takes times: two works in turn, so that what the machine does besides falls on both alike."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any

from django.db import connection

Work = Callable[[], object]
COUNTED = 5
"""Times that a work is done to count its queries and their time, beside the rounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a figure is held to: at most so much."""

    most: float
    of: str
    """The figure's name."""


@dataclass(kw_only=True)
class Figure:
    """One line of the table; times are milliseconds."""

    name: str
    median: float | None = None
    p95: float | None = None
    queries: int | None = None
    sql: float | None = None
    bare: float | None = None
    """The median of what it is held against."""
    against: str = "bare view"
    goals: tuple[Goal, ...] = ()
    others: dict[str, float] = field(default_factory=dict)
    """Figures of its own kind, by name."""

    @property
    def ratio(self) -> float | None:
        """How many times what it is held against."""
        return self.median / self.bare if self.median and self.bare else None

    def value(self, of: str) -> float | None:
        """The figure that a goal speaks of."""
        return self.others[of] if of in self.others else getattr(self, of)

    def met(self) -> list[tuple[Goal, float, bool]]:
        """Each goal with the figure and whether it is met."""
        known = ((goal, self.value(goal.of)) for goal in self.goals)
        return [(goal, value, value <= goal.most) for goal, value in known if value is not None]


def compare(name: str, work: Work, bare: Work, *, rounds: int, goals: tuple[Goal, ...] = ()) -> Figure:
    """The product's work and the bare view's, in turn, after each has been done a few times."""
    for warming in (work, bare) * 3:
        warming()
    ours: list[float] = []
    theirs: list[float] = []
    for at in range(rounds):
        pair = ((work, ours), (bare, theirs))
        for done, times in pair if at % 2 else reversed(pair):
            times.append(timed(done))
    queries, sql = counted(work)
    return Figure(
        name=name, median=median(ours), p95=percentile(ours, 95), queries=queries, sql=sql, bare=median(theirs),
        goals=goals,
    )  # fmt: skip


def timed(work: Work) -> float:
    """Milliseconds of the clock on the wall."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def percentile(times: list[float], part: int) -> float:
    """Of at least two times."""
    return quantiles(times, n=100, method="inclusive")[part - 1]


def counted(work: Work) -> tuple[int, float]:
    """How many queries a work makes, and the median of their milliseconds together."""
    found = [_counted(work) for _ in range(COUNTED)]
    return found[-1][0], median(sql for _, sql in found)


def _counted(work: Work) -> tuple[int, float]:
    with watched() as seen:
        work()
    return len(seen), sum(ms for _, ms in seen)


@contextmanager
def watched() -> Iterator[list[tuple[str, float]]]:
    """Every statement sent meanwhile, with its milliseconds."""
    seen: list[tuple[str, float]] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seen.append((sql, (time.perf_counter() - began) * 1000))

    with connection.execute_wrapper(watch):
        yield seen
