"""Where the headings of a sheet stand, what they mean, and which sheet of a file is the plan."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from monitoring.sheet.cells import Cell, line
from monitoring.sheet.columns import Means, columns_objection, meaning, meanings, plain_heading
from monitoring.sheet.grid import LOOKED_THROUGH, Column, Line, Row, Sheet, Table, spread, texts
from monitoring.sheet.lines import Reading
from monitoring.sheet.wording import theme

_PAST = re.compile(r"archive|completed|closed|superseded|\bold\b|previous", re.IGNORECASE)
"""Names of sheets on which councils keep what is over."""


def likeliest(sheets: Sequence[Sheet], told: Mapping[str, str]) -> Sheet | None:
    """The sheet that most looks like a plan: by the headings that are known, if it is no archive, by its length."""
    seen = [sheet for sheet in sheets if not sheet.hidden and sheet.rows]
    return max(
        seen,
        key=lambda sheet: (_header(_top(sheet), told)[0], not _PAST.search(sheet.name), len(sheet.rows)),
        default=None,
    )


def plans(sheets: Sequence[Sheet], told: Mapping[str, str]) -> list[str]:
    """The names of the sheets that have a plan’s headings and so could be loaded."""
    seen = [sheet for sheet in sheets if not sheet.hidden and sheet.rows]
    found = [(sheet.name, meanings(list(_header(_top(sheet), told)[3].values()), told)) for sheet in seen]
    return [name for name, means in found if not columns_objection(means)]


def table(sheet: Sheet, told: Mapping[str, str], *, is_a_theme: bool = False) -> Table:
    """The lines of a sheet under its headings; where it is a theme, its name stands for what no column says."""
    rows = spread(sheet)
    _, header, depth, headings = _header(rows, told)
    means = dict(zip(headings, meanings(list(headings.values()), told), strict=True))
    columns = tuple(
        Column(at=at, heading=heading, means=means[at], hidden=at in sheet.hidden_columns)
        for at, heading in headings.items()
    )
    heads = range(header, header + depth)
    read = Reading(
        sheet, rows, columns, after=heads[-1], heads=[texts(rows[at]) for at in heads if at in rows],
        band=_band_above(rows, header) or ((0, Cell(sheet.name)) if is_a_theme else None),
    )  # fmt: skip
    return Table(
        sheet=sheet.name, header=header, columns=columns, lines=tuple(read.lines),
        notes=(*_told(sheet, columns), *_themed(sheet, read.lines), *read.notes),
    )  # fmt: skip


def _top(sheet: Sheet) -> dict[int, Row]:
    """As much of a sheet as its headings are looked for in."""
    return spread(replace(sheet, rows={at: sheet.rows[at] for at in sorted(sheet.rows)[: LOOKED_THROUGH + 1]}))


def _header(rows: Mapping[int, Row], told: Mapping[str, str]) -> tuple[int, int, int, dict[int, str]]:
    """How many headings are known, the row they stand in, how many rows deep they are, and the headings."""
    best = _fullest(rows)
    for depth in (1, 2):
        for at in sorted(rows)[:LOOKED_THROUGH]:
            headings = texts(rows[at])
            if depth == 2 and _known(headings, told) >= 2:
                headings = _double(headings, rows.get(at + 1, {}), told)
            if (known := _known(headings, told)) > best[0]:
                best = (known, at, depth, headings)
    return best


def _fullest(rows: Mapping[int, Row]) -> tuple[int, int, int, dict[int, str]]:
    """Where no heading is known: the first of the rows that say most, so that a person can say what they mean."""
    said = {at: texts(rows[at]) for at in sorted(rows)[:LOOKED_THROUGH]}
    at = max(said, key=lambda row: len(set(said[row].values())), default=1)
    headings = said.get(at, {})
    return (0, at, 1, headings) if len(set(headings.values())) > 1 else (0, min(rows, default=1), 1, {})


def _known(headings: Mapping[int, str], told: Mapping[str, str]) -> int:
    return len({means for means in meanings(list(headings.values()), told) if means})


def _double(upper: Mapping[int, str], below: Row, told: Mapping[str, str]) -> dict[int, str]:
    """Headings over two rows: whichever of the lower, the upper and both together is known, else both."""
    lower = texts(below)
    found = {}
    for column in sorted({*upper, *lower}):
        one, other = upper.get(column, ""), lower.get(column, "")
        both = line(f"{one} {other}") if one != other else one
        known = (words for words in (both, other, one) if words and (meaning(words) or plain_heading(words) in told))
        found[column] = next(known, both)
    return found


def _band_above(rows: Mapping[int, Row], header: int) -> tuple[int, Cell] | None:
    """The title right above the headings, where it numbers a theme: “Priority 1: Front door”."""
    above = max((at for at in rows if at < header and texts(rows[at])), default=0)
    says = set(texts(rows.get(above, {})).values())
    number, title = theme(says.pop()) if len(says) == 1 else (None, "")
    return (above, Cell(f"{number}. {title}")) if number and title else None


def _told(sheet: Sheet, columns: Sequence[Column]) -> list[str]:
    hidden = [column for column in columns if column.hidden and column.means]
    return [
        f"Column {column.letter} (“{column.heading}”) is hidden in the sheet, and is read all the same."
        for column in hidden
        if column.means != Means.NOTHING
    ]


def _themed(sheet: Sheet, lines: Sequence[Line]) -> list[str]:
    if not any(each.theme_above and each.theme_above[0] == 0 for each in lines):
        return []
    return [f"No column and no row above says the theme, so the sheet’s own name is taken for it: “{sheet.name}”."]
