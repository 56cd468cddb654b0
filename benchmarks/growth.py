"""How the list, the update and the figures of a past day grow with the plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from benchmarks import pages
from benchmarks.load import load
from benchmarks.measuring import Figure, Goal, timed
from benchmarks.scratch import scratch

SIZES = (1_000, 10_000, 100_000)
CHANGES = 10
GOALS = {"list": 1.3, "update": 1.3, "as-at": 1.5}


@dataclass(frozen=True, slots=True)
class Size:
    """The medians at one size, in milliseconds."""

    actions: int
    list: float
    update: float
    as_at: float


def figures(*, rounds: int, now: datetime) -> Iterator[Figure]:
    """Each size, and what the largest costs beside the smallest."""
    sizes = [_at(actions, rounds=rounds, now=now) for actions in SIZES]
    for size in sizes:
        name = f"{size.actions:,} actions × {CHANGES} changes"
        others = {"list, ms": size.list, "update, ms": size.update, "as-at, ms": size.as_at}
        yield Figure(name=name, others=others)
    yield _grown(sizes)


def _grown(sizes: list[Size]) -> Figure:
    least, middle, most = sizes
    grown = {
        "list": most.list / least.list,
        "update": most.update / least.update,
        "as-at": most.as_at / middle.as_at,
    }
    goals = tuple(Goal(most=limit, of=name) for name, limit in GOALS.items())
    return Figure(name=f"Growth to {most.actions:,} actions (as-at from {middle.actions:,})", others=grown, goals=goals)


def _at(actions: int, *, rounds: int, now: datetime) -> Size:
    with scratch(f"bench_{actions}"):
        loaded = load(actions=actions, changes=CHANGES, now=now)
        director = pages.signed_in(loaded.director)
        updates = pages.Updating(pages.signed_in(loaded.officer), loaded.officer)
        opened = pages.got(director, f"/{pages.LIST}", rows=25)
        post, read = updates.through("/actions/{}/update/"), pages.as_at(loaded)
        for warming in (opened, post, read) * 3:
            warming()
        turns = [(timed(opened), timed(post), read()) for _ in range(rounds)]
    return Size(actions, *(median(times) for times in zip(*turns, strict=True)))
