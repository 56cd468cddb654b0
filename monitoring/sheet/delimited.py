"""A csv, in whichever letters and with whichever marks between its cells; and how long and wide any sheet may be."""

import csv
import io
from typing import Any

from monitoring.sheet.archive import Unreadable
from monitoring.sheet.grid import LOOKED_THROUGH

MOST_ROWS, MOST_COLUMNS = 20_000, 256
TOO_LONG = f"The sheet has more than {MOST_ROWS:,} rows. Load the plan in parts."
TOO_WIDE = f"The sheet has something in more than {MOST_COLUMNS} columns. Keep the plan’s columns alone."


def rows_of(content: bytes) -> dict[str, Any]:
    """A csv in whichever of three encodings, with whichever of four marks between its cells."""
    words = _decoded(content)
    csv.field_size_limit(1_000_000)
    rows: dict[int, list[list[Any]]] = {}
    for at, row in enumerate(csv.reader(io.StringIO(words, newline=""), delimiter=_mark(words)), start=1):
        if cells := [[column, text, "text", ""] for column, text in enumerate(row, start=1) if text.strip()]:
            rows[at] = cells
        if len(rows) > MOST_ROWS + LOOKED_THROUGH or at > 50 * MOST_ROWS:
            raise Unreadable(TOO_LONG)
        if len(row) > 50 * MOST_COLUMNS or (cells and rows[at][-1][0] > MOST_COLUMNS):
            raise Unreadable(TOO_WIDE)
    return {"name": "Sheet", "hidden": False, "rows": rows, "merged": [], "hidden_rows": [], "hidden_columns": []}


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _mark(words: str) -> str:
    """Whichever mark parts the first rows into most cells."""
    first = words[:20_000]

    def cells(mark: str) -> int:
        rows = list(csv.reader(io.StringIO(first, newline=""), delimiter=mark))[:60]
        return sum(len(row) - 1 for row in rows)

    return max(",;\t|", key=cells)
