"""What a sheet is: its cells, its columns and what they mean, and the lines in which its actions stand."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from monitoring.sheet.cells import Cell, line
from monitoring.sheet.columns import Means

LOOKED_THROUGH = 40
"""Rows in which headings are looked for: above them stand titles, keys and the names of boards."""
Row = dict[int, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet as it was read: cells by row and column, both counted from one."""

    name: str
    rows: Mapping[int, Row]
    merged: Sequence[tuple[int, int, int, int]] = ()
    """First column, first row, last column, last row."""
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column with a heading, and what it means."""

    at: int
    heading: str
    means: Means | None
    hidden: bool = False

    @property
    def letter(self) -> str:
        """As a spreadsheet calls it."""
        return letter(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One action's cells by what they mean, with the columns and row in which they stand."""

    sheet: str
    row: int
    cells: Mapping[Means, tuple[tuple[int, int, Cell], ...]]
    """Column, row and cell of everything said; several where columns or merged rows are joined."""
    theme_above: tuple[int, Cell] | None = None
    """The band (“Priority 1: Front door”) under which it stands, with its row."""

    def cell(self, means: Means) -> Cell:
        """What is said; joined where it is said in several places."""
        found = [cell for _, _, cell in self.cells.get(means, ())]
        return found[0] if len(found) == 1 else Cell("\n".join(cell.text for cell in found if cell.text))

    def address(self, means: Means) -> str:
        """Where it is said: “Plan!C14”; the row alone where nothing is said."""
        found = self.cells.get(means)
        return address(self.sheet, *found[0][:2]) if found else f"{self.sheet}!{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a sheet holds: its columns, its lines, and what was passed over, each said in a sentence."""

    sheet: str
    header: int
    columns: tuple[Column, ...] = ()
    lines: tuple[Line, ...] = ()
    notes: tuple[str, ...] = field(default=())


def letter(column: int) -> str:
    """1 is A, 27 is AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def address(sheet: str, column: int, row: int) -> str:
    """Plan!C14."""
    return f"{sheet}!{letter(column)}{row}"


def spread(sheet: Sheet) -> dict[int, Row]:
    """The rows with what is merged written in every cell that it covers."""
    rows = {at: dict(row) for at, row in sheet.rows.items()}
    places = sorted(rows)
    for left, top, right, bottom in sheet.merged:
        cell = sheet.rows.get(top, {}).get(left)
        if cell is None or not (cell.text or cell.fill):
            continue
        # Only where rows stand: a merge down to the end of the sheet must not make a million of them.
        for at in places[bisect_left(places, top) : bisect_right(places, bottom)]:
            for column in range(left, min(right, left + 200) + 1):
                rows[at][column] = cell
    return rows


def covered(sheet: Sheet, rows: Mapping[int, Row], column: int) -> frozenset[int]:
    """The rows in which a cell of this column is written in a row above and merged down to it."""
    places = sorted(rows)
    spans = [(top, bottom) for left, top, right, bottom in sheet.merged if left <= column <= right]
    return frozenset(
        at for top, bottom in spans for at in places[bisect_right(places, top) : bisect_right(places, bottom)]
    )


def texts(row: Row) -> dict[int, str]:
    """What a row says, by column."""
    return {column: words for column, cell in sorted(row.items()) if (words := line(cell.text))}
