"""A PostgreSQL of its own whose clock stands at whatever instant a test says, and Python's clock with it.

`libfaketime` tells the server the time that is written in a file, so that it can be another at every request. Both
clocks stand still: a second before an end is a second before it, however long a page takes.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import time_machine
from django.conf import settings
from django.db import connections

from config import localpg, pgaccount, pgprograms
from config.pghome import PORT, Home
from tests import database


class Clock:
    """The clock of a server and of this process."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.file = home.folder / "clock"

    @contextmanager
    def at(self, instant: datetime, *, zone: str = "UTC") -> Iterator[None]:
        """It is that instant, in the server's database and here; the session's clock may show another zone's time."""
        half = self.file.with_suffix(".half")
        half.write_text(f"{instant.astimezone(UTC):%Y-%m-%d %H:%M:%S}")
        half.chmod(0o644)
        half.replace(self.file)
        before, ours = connections["default"], self._connected(zone)
        connections["default"] = ours
        try:
            with time_machine.travel(instant, tick=False):
                yield
        finally:
            ours.close()
            connections["default"] = before

    def _connected(self, zone: str) -> Any:
        of = connections["default"]
        place = {"HOST": str(self.home.sockets), "PORT": str(PORT), "USER": localpg.WEB, "NAME": localpg.DATABASE}
        # Without the product's time limits, which a server whose clock stands still cannot keep.
        rest = {"PASSWORD": self.home.web_password, "TIME_ZONE": zone, "OPTIONS": {}}
        return type(of)({**of.settings_dict, **place, **rest}, "default")


@contextmanager
def server_with_a_clock() -> Iterator[Clock]:
    """A server of its own, migrated, for as long as the block lasts."""
    # Not in TMPDIR, whose path may be too long for a socket.
    var = Path(tempfile.mkdtemp(prefix="clock-", dir="/tmp"))
    var.chmod(0o711)
    try:
        home = _made(var)
        programs = pgprograms.folder_for(home)
        clock = Clock(home)
        _start(clock, programs)
        try:
            yield clock
        finally:
            pgaccount.run(programs / "pg_ctl", "stop", "-s", "-w", "-m", "immediate", "-D", home.data)
    finally:
        shutil.rmtree(var)


def _made(var: Path) -> Home:
    """The product makes and migrates it as it would on a new machine."""
    ours = {"IMPROVEMENT_VAR": str(var), "SECRET_KEY": settings.SECRET_KEY}
    named = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=database.ROOT, env=named | ours, check=True)
    written = json.loads((var / "database.json").read_text())
    folders = {name: Path(written[name]) for name in ("folder", "sockets")}
    temporary = Path(written["temporary"]) if written["temporary"] else None
    return Home(**written | folders | {"temporary": temporary})


def _start(clock: Clock, programs: Path) -> None:
    home = clock.home
    spec = find_spec("libfaketime")
    assert spec is not None
    assert spec.origin is not None
    library = home.folder / "libfaketime.so"
    shutil.copy(Path(spec.origin).parent / "vendor/libfaketime/src/libfaketime.so.1", library)
    library.chmod(0o644)
    clock.file.write_text("2019-01-01 00:00:00")
    clock.file.chmod(0o644)
    told = (
        f"LD_PRELOAD={library}", f"FAKETIME_TIMESTAMP_FILE={clock.file}", "FAKETIME_NO_CACHE=1",
        "FAKETIME_DONT_FAKE_MONOTONIC=1",
    )  # fmt: skip
    given = {**localpg.SETTINGS, "unix_socket_directories": str(home.sockets)}
    words = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in given.items())
    begun = pgaccount.run(
        "/usr/bin/env", *told, programs / "pg_ctl", "start", "-s", "-w", "-D", home.data, "-l", home.log, "-o", words
    )
    assert begun.returncode == 0, begun.stderr
