"""Which rows under the headings are actions, and what the others are: themes over them, totals, notes, more of one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from monitoring.sheet.cells import Cell, line
from monitoring.sheet.columns import JOINED, Means
from monitoring.sheet.grid import Column, Line, Row, Sheet, covered, texts
from monitoring.sheet.wording import theme

_TOTAL = re.compile(r"^(sub|grand)?[ -]?totals?\b|^count of\b|^number of actions\b", re.IGNORECASE)
_FEWEST = 3
"""Headings that a row must repeat to be known for the headings again."""


class Reading:
    """The rows of a sheet, one after another, under the band (“Priority 1: Front door”) that was read last."""

    def __init__(
        self, sheet: Sheet, rows: Mapping[int, Row], columns: Sequence[Column], *, after: int,
        heads: Sequence[Mapping[int, str]], band: tuple[int, Cell] | None,
    ) -> None:  # fmt: skip
        self.sheet, self.rows, self.columns, self.heads = sheet, rows, columns, heads
        self.at = {column.means: column.at for column in reversed(columns) if column.means}
        self.has_theme = Means.THEME in self.at
        self.band = None if self.has_theme else band
        self.unused = 0
        """The row of the band, as long as nothing has stood under it; else nought."""
        self.lines: list[Line] = []
        self.passed: dict[str, list[int]] = {kind: [] for kind in _PASSED}
        self.numbers = {words for row in rows.values() if (words := self._words(row, Means.NUMBER))}
        self.dated = max((at for at, row in rows.items() if at > after and self._words(row, Means.DUE)), default=after)
        self.covered = covered(sheet, rows, self.at.get(Means.NUMBER, 0))
        for at in sorted(row for row in rows if row > after):
            self._take(at, rows[at])
        if self.unused:
            self.passed["bands"].append(self.unused)

    @property
    def notes(self) -> list[str]:
        """What was passed over, each kind in a sentence."""
        return [_told(kind, sorted(found)) for kind, found in self.passed.items() if found]

    def _take(self, at: int, row: Row) -> None:
        says = texts(row)
        if not says and not any(cell.kind != "text" for cell in row.values()):
            return
        kind = self._passing(at, row, says)
        if kind:
            self.passed[kind].append(at)
        elif any(says == head for head in self.heads if len(head) >= _FEWEST):
            return
        elif band := self._band(row, says):
            self._begin(at, band)
        elif self.lines and self._continues(at, row):
            self._continue(at, row)
        else:
            self.unused = 0
            self.lines.append(_line(self.sheet.name, at, row, self.columns, self.band))

    def _passing(self, at: int, row: Row, says: Mapping[int, str]) -> str:
        """Why a row is no action, if it is none."""
        if at in self.sheet.hidden_rows:
            return "hidden"
        title = row.get(self.at.get(Means.TITLE, 0))
        if title and title.struck:
            return "struck"
        first = [says[column.at] for column in self.columns if column.at in says][:2]
        if any(_TOTAL.match(words) for words in first):
            return "totals"
        number = self._words(row, Means.NUMBER)
        below = at > self.dated and self.lines and len(set(says.values())) > 1
        return "below" if below and number and not any(each.isdigit() for each in number) else ""

    def _band(self, row: Row, says: Mapping[int, str]) -> Cell | None:
        """The theme that a row names for those below: the only thing it says, beside the theme’s number."""
        distinct = set(says.values())
        headed = [column.means for column in self.columns if column.at in says]
        if len(distinct) == 1 and headed != [Means.TITLE]:
            return next(cell for cell in row.values() if line(cell.text))
        words = self._words(row, Means.NUMBER)
        number, title = theme(words) if words else (None, "")
        if self.has_theme or len(distinct) != 2 or number is None or title:
            return None
        # An action of flat numbers may say no more than that yet; a theme is one whose number others begin with.
        if not any(re.match(rf"{number}\D", each) for each in self.numbers):
            return None
        return Cell(f"{number}. {next(each for each in says.values() if each != words)}")

    def _begin(self, at: int, band: Cell) -> None:
        """Whatever is said right under a numbered band and has no number is not the theme, but of it."""
        over = self.band[1] if self.unused and self.band else Cell()
        if self.has_theme or (theme(line(over.text))[0] is not None and theme(line(band.text))[0] is None):
            self.passed["bands"].append(at)
            return
        if self.unused:
            self.passed["bands"].append(self.unused)
        self.band, self.unused = (at, band), at

    def _continues(self, at: int, row: Row) -> bool:
        """Whether a row is more of the action above: its number is merged over both, or it has a milestone alone."""
        if at in self.covered:
            return True
        names_none = not any(self._words(row, means) for means in (Means.NUMBER, Means.TITLE, Means.WORDS))
        return names_none and bool(self._words(row, Means.MILESTONES))

    def _continue(self, at: int, row: Row) -> None:
        """Milestones and words are added to the action above; of anything else that it says otherwise, a note."""
        first = self.lines[-1]
        cells, leaves = dict(first.cells), False
        for means, added in _line(self.sheet.name, at, self._with_date(row, first), self.columns, None).cells.items():
            known = {cell.text for _, _, cell in cells.get(means, ())}
            fresh = tuple(each for each in added if each[2].text not in known)
            if means in JOINED:
                cells[means] = (*cells.get(means, ()), *fresh)
            else:
                leaves = leaves or bool(fresh)
        if leaves:
            self.passed["more"].append(at)
        self.lines[-1] = replace(first, cells=cells)

    def _with_date(self, row: Row, first: Line) -> Row:
        """A row’s own date is that of its milestone: said there, and not taken for the action’s."""
        step, due = self.at.get(Means.MILESTONES, 0), self.at.get(Means.DUE, 0)
        words = row[step].text.strip() if step in row else ""
        if not words or "\n" in words or due not in row or row[due] is self.rows[first.row].get(due):
            return row
        dated = Cell(f"{words} (due {row[due].text})")
        return {column: dated if column == step else cell for column, cell in row.items() if column != due}

    def _words(self, row: Row, means: Means) -> str:
        cell = row.get(self.at.get(means, 0))
        return line(cell.text) if cell else ""


def _line(sheet: str, at: int, row: Row, columns: Sequence[Column], band: tuple[int, Cell] | None) -> Line:
    cells: dict[Means, tuple[tuple[int, int, Cell], ...]] = {}
    for column in columns:
        cell = row.get(column.at)
        if cell is None or column.means in (None, Means.NOTHING):
            continue
        if line(cell.text) or cell.kind != "text" or (column.means == Means.RATING and cell.fill):
            cells[column.means] = (*cells.get(column.means, ()), (column.at, at, cell))
    return Line(sheet=sheet, row=at, cells=cells, theme_above=band)


_PASSED = {
    "hidden": ("is hidden in the sheet, so it is not loaded. Show it there if it should be.",
               "are hidden in the sheet, so they are not loaded. Show them there if they should be."),
    "struck": ("is struck through in the sheet, so it is not loaded. Leave it out, or take the line away.",
               "are struck through in the sheet, so they are not loaded. Leave them out, or take the lines away."),
    "totals": ("is a total, so it is not loaded.", "are totals, so they are not loaded."),
    "bands": ("says only one thing, so it is not loaded.", "say only one thing each, so they are not loaded."),
    "below": ("stands below the plan without a number or a date, so it is not loaded.",
              "stand below the plan without a number or a date, so they are not loaded."),
    "more": ("adds to the action above it, and whatever else it says otherwise than that action is not loaded.",
             "add to the actions above them, and whatever else they say otherwise than those is not loaded."),
}  # fmt: skip


def _told(kind: str, found: list[int]) -> str:
    one, many = _PASSED[kind]
    if len(found) == 1:
        return f"Row {found[0]} {one}"
    listed = ", ".join(str(at) for at in found[:12]) + (" and others" if len(found) > 12 else "")
    return f"Rows {listed} ({len(found):,} in all) {many}"
