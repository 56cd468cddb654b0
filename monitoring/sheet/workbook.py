"""The door to the reader and the writer of spreadsheets: a file in, its sheets out or a sentence why not; and back.

Nothing that somebody else made is opened in a web worker: each file has a process of its own, which is given ten
seconds of work and 256 MB and ends with it. What we write has one as well, or every worker would carry openpyxl.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from monitoring.sheet.archive import MOST_BYTES, TOO_BIG, TOO_HARD, Unreadable
from monitoring.sheet.cells import Cell
from monitoring.sheet.grid import Sheet

__all__ = ["MOST_BYTES", "Unreadable", "sheets_of", "written"]
MEMORY = 256 * 1024 * 1024
SECONDS = 10
"""Of work: a sheet of 20,000 rows takes less."""
CLOCK = 20.0
"""Seconds on the wall, should the machine be busy; below the thirty after which the database lets go of us."""
_HOME = Path(__file__).resolve().parent.parent.parent


def sheets_of(content: bytes) -> list[Sheet]:
    """The sheets of a workbook or csv; raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable(TOO_BIG)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "monitoring.sheet.reader", str(MEMORY), str(SECONDS)],
            cwd=_HOME, env=_ENVIRONMENT, input=content, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=CLOCK, start_new_session=True, check=False,
        )  # fmt: skip
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        # Killed by its own limits, it has said nothing, or half a word.
        raise Unreadable(TOO_HARD) from None
    if "refused" in found:
        raise Unreadable(found["refused"])
    return [_sheet(**sheet) for sheet in found["sheets"]]


def written(sheets: Iterable[dict[str, Any]]) -> bytes:
    """Sheets of our own as a workbook."""
    done = subprocess.run(
        [sys.executable, "-m", "monitoring.sheet.writer"], cwd=_HOME, env=_ENVIRONMENT,
        input=json.dumps(sheets, default=_day).encode(), stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what openpyxl stumbles over it quotes, and a log holds no word of ours
        start_new_session=True, check=True,
    )  # fmt: skip
    return done.stdout


def _day(on: date) -> dict[str, str]:
    return {"day": on.isoformat()}


_ENVIRONMENT = {
    "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8", "PATH": os.defpath, "OPENPYXL_LXML": "False",
    # openpyxl writes a sheet to a file first, and what a killed process leaves there may be sealed.
    "TMPDIR": str(settings.FILE_UPLOAD_TEMP_DIR),
}  # fmt: skip
"""All that reader and writer know of the world: no secret and no database."""


def _sheet(
    name: str, rows: dict[str, list[list[Any]]], merged: list[list[int]], hidden_rows: list[int],
    hidden_columns: list[int], *, hidden: bool,
) -> Sheet:  # fmt: skip
    return Sheet(
        name=name,
        hidden=hidden,
        rows={int(at): {column: Cell(*told) for column, *told in row} for at, row in rows.items()},
        merged=[(left, top, right, bottom) for left, top, right, bottom in merged],
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(hidden_columns),
    )
