"""A sheet as rows of named cells: where its headings stand, what is merged, and which rows are no actions."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from monitoring.sheet.cells import Cell, line
from monitoring.sheet.columns import JOINED, Means, meaning, meanings, plain_heading

LOOKED_THROUGH = 40
"""Rows in which headings are looked for: above them stand titles, keys and the names of boards."""
_TOTAL = re.compile(r"^(sub|grand)?[ -]?totals?\b|^count of\b|^number of actions\b", re.IGNORECASE)
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


def likeliest(sheets: Sequence[Sheet], told: Mapping[str, str]) -> Sheet | None:
    """The sheet that most looks like a plan: by the headings that are known, then by how long it is."""
    seen = [sheet for sheet in sheets if not sheet.hidden and sheet.rows]
    return max(seen, key=lambda sheet: (_header(spread(sheet), told)[0], len(sheet.rows)), default=None)


def table(sheet: Sheet, told: Mapping[str, str]) -> Table:
    """The lines of a sheet under its headings."""
    rows = spread(sheet)
    _, header, depth, headings = _header(rows, told)
    means = dict(zip(headings, meanings(list(headings.values()), told), strict=True))
    columns = tuple(
        Column(at=at, heading=heading, means=means[at], hidden=at in sheet.hidden_columns)
        for at, heading in headings.items()
    )
    lines, notes = _lines(sheet, rows, columns, after=header + depth - 1)
    return Table(
        sheet=sheet.name, header=header, columns=columns, lines=tuple(lines), notes=(*_told(sheet, columns), *notes)
    )


def spread(sheet: Sheet) -> dict[int, Row]:
    """The rows with what is merged written in every cell that it covers."""
    rows = {at: dict(row) for at, row in sheet.rows.items()}
    for left, top, right, bottom in sheet.merged:
        cell = sheet.rows.get(top, {}).get(left)
        if cell is None or not (cell.text or cell.fill):
            continue
        # Only where rows stand: a merge down to the end of the sheet must not make a million of them.
        for at in (at for at in rows if top <= at <= bottom):
            for column in range(left, min(right, left + 200) + 1):
                rows[at][column] = cell
    return rows


def _header(rows: Mapping[int, Row], told: Mapping[str, str]) -> tuple[int, int, int, dict[int, str]]:
    """How many headings are known, the row they stand in, how many rows deep they are, and the headings."""
    best: tuple[int, int, int, dict[int, str]] = (0, min(rows, default=1), 1, {})
    for depth in (1, 2):
        for at in sorted(rows)[:LOOKED_THROUGH]:
            headings = {column: line(cell.text) for column, cell in sorted(rows[at].items()) if line(cell.text)}
            if depth == 2 and _known(headings, told) >= 2:
                headings = _double(headings, rows.get(at + 1, {}), told)
            if (known := _known(headings, told)) > best[0]:
                best = (known, at, depth, headings)
    return best


def _known(headings: Mapping[int, str], told: Mapping[str, str]) -> int:
    return len({means for means in meanings(list(headings.values()), told) if means})


def _double(upper: Mapping[int, str], below: Row, told: Mapping[str, str]) -> dict[int, str]:
    """Headings over two rows: whichever of the lower, the upper and both together is known, else both."""
    lower = {column: line(cell.text) for column, cell in below.items() if line(cell.text)}
    found = {}
    for column in sorted({*upper, *lower}):
        one, other = upper.get(column, ""), lower.get(column, "")
        both = line(f"{one} {other}") if one != other else one
        known = (words for words in (both, other, one) if words and (meaning(words) or plain_heading(words) in told))
        found[column] = next(known, both)
    return found


def _lines(
    sheet: Sheet, rows: Mapping[int, Row], columns: Sequence[Column], *, after: int
) -> tuple[list[Line], list[str]]:
    lines: list[Line] = []
    band: tuple[int, Cell] | None = None
    passed: dict[str, list[int]] = {"hidden": [], "totals": [], "bands": []}
    at_number = next((c.at for c in columns if c.means == Means.NUMBER), None)
    has_theme = any(c.means == Means.THEME for c in columns)
    for at in sorted(row for row in rows if row > after):
        row = rows[at]
        texts = {line(cell.text) for cell in row.values()} - {""}
        headed = [c for c in columns if c.at in row and line(row[c.at].text)]
        if not texts and not any(cell.kind != "text" for cell in row.values()):
            continue
        if at in sheet.hidden_rows:
            passed["hidden"].append(at)
        elif any(_TOTAL.match(line(row[c.at].text)) for c in headed[:2]):
            passed["totals"].append(at)
        elif len(texts) == 1 and not any(c.means == Means.TITLE for c in headed[:1] if len(headed) == 1):
            passed["bands"] += [at] if has_theme else []
            band = (at, next(cell for cell in row.values() if line(cell.text)))
        elif lines and at_number and _covers(sheet, at_number, at):
            lines[-1] = _continued(lines[-1], row, columns, at=at)
        else:
            lines.append(_line(sheet.name, at, row, columns, None if has_theme else band))
    return lines, [_passed(kind, found) for kind, found in passed.items() if found]


def _line(sheet: str, at: int, row: Row, columns: Sequence[Column], band: tuple[int, Cell] | None) -> Line:
    cells: dict[Means, tuple[tuple[int, int, Cell], ...]] = {}
    for column in columns:
        cell = row.get(column.at)
        if cell is None or column.means in (None, Means.NOTHING):
            continue
        if line(cell.text) or cell.kind != "text" or (column.means == Means.RATING and cell.fill):
            cells[column.means] = (*cells.get(column.means, ()), (column.at, at, cell))
    return Line(sheet=sheet, row=at, cells=cells, theme_above=band)


def _covers(sheet: Sheet, column: int, row: int) -> bool:
    """Whether the number in this row is written in a row above and merged down to it."""
    return any(left <= column <= right and top < row <= bottom for left, top, right, bottom in sheet.merged)


def _continued(first: Line, row: Row, columns: Sequence[Column], *, at: int) -> Line:
    """A row that belongs to the action above, whose number is merged over both: its milestones and words are added."""
    more = _line(first.sheet, at, row, [c for c in columns if c.means in JOINED], None)
    cells = dict(first.cells)
    for means, added in more.cells.items():
        known = {cell.text for _, _, cell in cells.get(means, ())}
        cells[means] = (*cells.get(means, ()), *(each for each in added if each[2].text not in known))
    return Line(sheet=first.sheet, row=first.row, cells=cells, theme_above=first.theme_above)


def _told(sheet: Sheet, columns: Sequence[Column]) -> list[str]:
    hidden = [column for column in columns if column.hidden and column.means]
    return [
        f"Column {column.letter} (“{column.heading}”) is hidden in the sheet, and is read all the same."
        for column in hidden
        if column.means != Means.NOTHING
    ]


_PASSED = {
    "hidden": ("is hidden in the sheet, so it is not loaded. Show it there if it should be.",
               "are hidden in the sheet, so they are not loaded. Show them there if they should be."),
    "totals": ("is a total, so it is not loaded.", "are totals, so they are not loaded."),
    "bands": ("says only one thing, so it is not loaded.", "say only one thing each, so they are not loaded."),
}  # fmt: skip


def _passed(kind: str, found: list[int]) -> str:
    one, many = _PASSED[kind]
    if len(found) == 1:
        return f"Row {found[0]} {one}"
    listed = ", ".join(str(at) for at in found[:12]) + (" and others" if len(found) > 12 else "")
    return f"Rows {listed} ({len(found):,} in all) {many}"
