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
        self.plants: dict[str, bool] = {}

    def planted(self, leak: str, *, found: bool) -> None:
        """Note whether a planted leak was found."""
        self.plants[leak] = found

    def said(self) -> list[str]:
        """Every line."""
        found = sum(self.plants.values())
        missed = [leak for leak, was_found in self.plants.items() if not was_found]
        planted = (
            [f"S3 planted leaks: {found} of {len(self.plants)} found {missed or ''}".strip()] if self.plants else []
        )
        return self.lines + planted

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
