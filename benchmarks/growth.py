"""How pages, an update and the figures of a past day grow with the plan."""

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
MOST = 1.3
OTHER_GOALS = {"as-at": 1.5}


@dataclass(frozen=True, slots=True)
class Size:
    """How many actions, and the median of each work in milliseconds."""

    actions: int
    medians: dict[str, float]


def figures(*, rounds: int, now: datetime) -> Iterator[Figure]:
    """Each size, and what the largest costs beside the smallest."""
    sizes = [_at(actions, rounds=rounds, now=now) for actions in SIZES]
    for size in sizes:
        name = f"{size.actions:,} actions × {CHANGES} changes"
        yield Figure(name=name, others={f"{work}, ms": ms for work, ms in size.medians.items()})
    yield _grown(sizes)


def _grown(sizes: list[Size]) -> Figure:
    least, middle, most = (size.medians for size in sizes)
    grown = {work: ms / (middle if work == "as-at" else least)[work] for work, ms in most.items()}
    goals = tuple(Goal(most=OTHER_GOALS.get(work, MOST), of=work) for work in grown)
    return Figure(name=f"Growth to {SIZES[-1]:,} actions (as-at from {SIZES[1]:,})", others=grown, goals=goals)


def _at(actions: int, *, rounds: int, now: datetime) -> Size:
    with scratch(f"bench_{actions}"):
        loaded = load(actions=actions, changes=CHANGES, now=now)
        director, officer = pages.signed_in(loaded.director), pages.signed_in(loaded.officer)
        updates, as_at = pages.Updating(officer, loaded.officer), pages.as_at(loaded)
        works = {
            "list": pages.got(director, f"/{pages.LIST}", rows=25),
            "my actions": pages.got(officer, "/my-actions/"),
            "search, a common word": pages.got(director, "/search/?q=audit"),
            "search, a rare one": pages.got(director, "/search/?q=zebra"),
            "update": updates.through("/actions/{}/update/"),
        }
        for work in (*works.values(), as_at) * 3:
            work()
        turns = [[*map(timed, works.values()), as_at()] for _ in range(rounds)]
    return Size(actions, dict(zip((*works, "as-at"), map(median, zip(*turns, strict=True)), strict=True)))
