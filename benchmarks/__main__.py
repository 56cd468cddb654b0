"""`python3 dev.py bench`: what to measure, as it was typed."""

import argparse
import os
import signal
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any


def main(words: list[str]) -> int:
    """Measure, and say in one sentence what did not go well."""
    asked = _asked(words)
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with _database():
        import django

        django.setup()
        from benchmarks.run import run
        from benchmarks.truth import Untrue

        try:
            run(
                actions=asked.actions,
                changes=asked.changes,
                rounds=asked.rounds,
                grow=asked.growth,
                seals=asked.seals,
                place=asked.json,
            )
        except Untrue as why:
            print(f"Nothing was measured, since what was loaded is not true. {why}", file=sys.stderr)
            return 1
    return 0


def _asked(words: list[str]) -> Any:
    parser = argparse.ArgumentParser(prog="python3 dev.py bench", description="Measures the product beside bare views.")
    parser.add_argument("--actions", type=_from(600, 150_000), default=10_000, help="how many actions (10,000)")
    parser.add_argument("--changes", type=_from(4, 100), default=20, help="how many changes of each (20)")
    parser.add_argument("--rounds", type=_from(10, 1000), default=100, help="how often each page is opened (100)")
    parser.add_argument("--growth", action="store_true", help="also at 1,000, 10,000 and 100,000 actions")
    parser.add_argument("--seals", action="store_true", help="only what seals and the search cost, at 100,000 actions")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    return parser.parse_args(words)


def _from(least: int, most: int) -> Any:
    def number(said: str) -> int:
        if not least <= (given := int(said)) <= most:
            raise argparse.ArgumentTypeError(f"give a number from {least:,} to {most:,}")
        return given

    return number


def _database() -> AbstractContextManager[object]:
    from config import localpg

    return nullcontext() if os.environ.get("DATABASE_URL") else localpg.server()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
