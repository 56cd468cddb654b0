"""What the programme says of itself when a run is done: one line a suite, whichever process each test ran in."""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

PROPERTY = "leak programme"
"""Under this name a test's figures travel with its report, which is how they leave a worker's process."""
HEAD = ("suite", "requests", "roles", "time", "found", "tried")
PLANTS = "S3 planted leaks"


@dataclass
class Count:
    """One suite's figures."""

    requests: int = 0
    roles: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)
    """What was tried: states of the letter, kinds of writer."""
    leaks: int = 0
    facts: dict[str, int] = field(default_factory=dict)
    """What was found where it is more than leaks: {"writes acknowledged": 400}."""
    seconds: float = 0
    plants: dict[str, bool] = field(default_factory=dict)
    """Leaks planted on purpose, and whether each was found."""

    def add(self, other: "Count") -> None:
        """Take in another test's figures."""
        self.requests += other.requests
        self.roles |= other.roles
        self.states |= other.states
        self.leaks += other.leaks
        self.seconds += other.seconds
        self.plants |= other.plants
        for name, number in other.facts.items():
            self.facts[name] = self.facts.get(name, 0) + number

    def found(self) -> str:
        """What came of it, in words."""
        if self.plants:
            missed = [leak for leak, was_found in self.plants.items() if not was_found]
            said = f"{len(self.plants) - len(missed)} of {len(self.plants)} found"
            return f"{said}; missed: {', '.join(missed)}" if missed else said
        leaks = {"leaks": self.leaks} if self.leaks or not self.facts else {}
        return ", ".join(f"{number:,} {name}" for name, number in (self.facts | leaks).items())


class Report:
    """What one test reports."""

    def __init__(self) -> None:
        self.counts: list[tuple[str, Count]] = []

    def planted(self, leak: str, *, found: bool) -> None:
        """Note whether a planted leak was found."""
        self.counts.append((PLANTS, Count(plants={leak: found})))

    @contextmanager
    def of(self, suite: str) -> Iterator[Count]:
        """Counts for one suite, and times it."""
        count, start = Count(), time.perf_counter()
        try:
            yield count
        finally:
            count.seconds = time.perf_counter() - start
            self.counts.append((suite, count))

    def packed(self) -> str:
        """As text, to be sent from process to process."""
        return json.dumps([(suite, vars(count)) for suite, count in self.counts], default=sorted)


def unpacked(packed: str) -> Iterator[tuple[str, Count]]:
    """What was packed."""
    for suite, said in json.loads(packed):
        yield suite, Count(**said | {"roles": set(said["roles"]), "states": set(said["states"])})


def summary(reports: Iterable[Any]) -> list[str]:
    """The lines to print, drawn from pytest's reports of all that ran."""
    suites: dict[str, Count] = {}
    for report in reports:
        for name, packed in getattr(report, "user_properties", ()):
            if name == PROPERTY and report.when == "teardown":
                for suite, count in unpacked(packed):
                    suites.setdefault(suite, Count()).add(count)
    return table(suites) if suites else []


def table(suites: dict[str, Count]) -> list[str]:
    """A line a suite and one for all of them, in columns."""
    whole = Count()
    for count in suites.values():
        whole.add(count)
    rows = [HEAD, *(_row(name, suites[name]) for name in sorted(suites, key=_place))]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [*(_line(row, widths) for row in rows), "", _in_all(whole)]


def _place(suite: str) -> tuple[bool, str, int]:
    """S2 before S10, and the suites before single threats."""
    code = suite.split()[0]
    number = code.lstrip("SLARFG")
    return code[0] != "S", code[0], int(number) if number.isdigit() else 0


def _row(suite: str, count: Count) -> tuple[str, ...]:
    took = f"{count.seconds:.0f} s" if count.seconds else ""
    roles = str(len(count.roles) or "")
    return suite, f"{count.requests:,}" if count.requests else "", roles, took, count.found(), _tried(count)


def _tried(count: Count) -> str:
    return ", ".join(sorted(count.states))


def _line(row: tuple[str, ...], widths: list[int]) -> str:
    """Numbers stand to the right, words to the left."""
    cells = [
        cell.rjust(wide) if 0 < n < 4 else cell.ljust(wide)
        for n, (cell, wide) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()


def _in_all(whole: Count) -> str:
    found = sum(whole.plants.values())
    planted = f"; planted leaks found: {found} of {len(whole.plants)}" if whole.plants else ""
    return (
        f"In all: {whole.requests:,} requests, {len(whole.roles)} roles, leaks found: {whole.leaks}{planted}; "
        f"{whole.seconds:.0f} s"
    )
