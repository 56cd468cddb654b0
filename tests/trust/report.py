"""What the leak programme says of itself when it is done."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Count:
    """One suite's figures."""

    requests: int = 0
    roles: set[str] = field(default_factory=set)
    states: set[str] = field(default_factory=set)
    leaks: int = 0


class Report:
    """The lines of the summary."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    @contextmanager
    def of(self, suite: str) -> Iterator[Count]:
        """Counts one suite and times it."""
        count, start = Count(), time.perf_counter()
        try:
            yield count
        finally:
            took = time.perf_counter() - start
            self.lines.append(
                f"{suite}: {count.requests:,} requests, {len(count.roles)} roles, "
                f"{', '.join(sorted(count.states))}; {count.leaks} leaks found; {took:.0f} s"
            )
