"""One run of the bench: load, check, measure, print, and clear away."""

import os
import platform
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from benchmarks import growth, pages, press, sealed, sheet, table, together, truth, web
from benchmarks.load import Loaded, load
from benchmarks.measuring import Figure, Goal
from benchmarks.scratch import Migrated, scratch
from reports import pdf


def run(*, actions: int, changes: int, rounds: int, grow: bool, seals: bool, place: Path | None) -> None:
    """Measure everything once; nothing is left behind but what `place` was asked for."""
    now = timezone.now()
    about = {"at": now.isoformat(), "machine": _machine(), "actions": actions, "changes": changes, "rounds": rounds}
    with ExitStack() as stack:
        _own_folder(stack)
        if seals:
            found = list(_shown(sealed.figures(rounds=rounds, now=now)))
        else:
            found = list(_shown(_measured(actions, changes, rounds=rounds, now=now)))
        if grow:
            found += _shown(growth.figures(rounds=rounds, now=now))
    if place:
        table.keep(found, place, **about)


def _measured(actions: int, changes: int, *, rounds: int, now: datetime) -> Iterator[Figure]:
    with scratch(f"bench_{os.getpid()}") as migrated:
        print(f"Loading {actions:,} actions × {changes} changes ...", flush=True)
        began = time.monotonic()
        loaded = load(actions=actions, changes=changes, now=now)
        truth.check(loaded)
        _tell(loaded, seconds=time.monotonic() - began)
        yield _migrating(migrated)
        yield from pages.figures(loaded, rounds=rounds)
        yield _as_at(loaded, rounds=rounds)
        yield from web.figures(loaded, asks=rounds * web.CONNECTIONS)
        # Nothing of this plan is measured after it: it seals a letter and changes a twentieth of it.
        yield from together.figures(loaded, rounds=max(rounds // 10, 5), now=now)
        # And this makes another plan the one in force.
        yield from sheet.figures(loaded)
    # Last and without a database: Playwright's loop and Django's connections do not share a thread.
    yield from press.figures(rounds=max(rounds // 5, 5), now=now)


def _migrating(migrated: Migrated) -> Figure:
    others = {"our CPU, s": migrated.cpu, "the database’s, s": migrated.database}
    others["together, s"] = migrated.cpu + migrated.database
    return Figure(name="Migrate an empty database", others=others, goals=(Goal(most=10, of="together, s"),))


def _as_at(loaded: Loaded, *, rounds: int) -> Figure:
    read = pages.as_at(loaded)
    times = sorted(read() for _ in range(rounds))
    return Figure(
        name="Counts and trend of a past day, SQL and sums", median=times[rounds // 2], p95=times[rounds * 95 // 100]
    )


def _shown(figures: Iterable[Figure]) -> Iterator[Figure]:
    print(table.head(), flush=True)
    for figure in figures:
        print(table.row(figure), flush=True)
        yield figure


def _tell(loaded: Loaded, *, seconds: float) -> None:
    rows = ", ".join(f"{count:,} {name}s" for name, count in loaded.rows.items() if name != "of")
    print(f"Loaded in {seconds:.0f} s and found true (tally = standings = rule): {rows}.", flush=True)


def _own_folder(stack: ExitStack) -> None:
    """Papers are printed into a folder of the run's own; the styles are those that set-up has gathered."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-", dir=settings.VAR))
    stack.callback(pdf.press.stop)
    os.environ["BENCH_FOLDER"] = folder
    settings.PAPERS_CACHE = Path(folder) / "papers"
    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)


def _machine() -> dict[str, Any]:
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "postgresql": connection.get_database_version()[0],
        "load": os.getloadavg()[0],
    }
