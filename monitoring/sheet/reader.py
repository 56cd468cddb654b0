"""The process that opens a spreadsheet, and the only file that knows openpyxl's reader.

Started by `monitoring.sheet.workbook` with an environment that holds no secret and no database, it is given the file
on its standard input and answers with JSON on its standard output: the sheets as cells, or a sentence.
"""
# ruff: noqa: SLF001 (openpyxl tells its own parser alone which rows are hidden, which cells merged and how coloured)

import csv
import io
import json
import re
import sys
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import date
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils import range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, INLINE_STRING, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS

from monitoring.sheet.archive import NO_SHEET, SPOILT, TOO_HARD, Unreadable, inspect, is_workbook
from monitoring.sheet.delimited import MOST_COLUMNS, MOST_ROWS, TOO_LONG, TOO_WIDE, rows_of
from monitoring.sheet.grid import LOOKED_THROUGH
from sources.bounds import keep_within_bounds

MOST_CELLS = 600_000
_INLINE = f"{INLINE_STRING}/{{{SHEET_MAIN_NS}}}t"
_UNNUMBERED_ROW = re.compile(rb'<row(?![^<>]*\sr=")')
_EMPTY_ROW = re.compile(rb"<row\b[^<>]*(?:/>|>\s*(?:<c\b[^<>]*/>\s*)*</row>)")
_LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')


class Parser(WorkSheetParser):
    """Openpyxl's parser, which also knows a formula without an answer from an empty cell."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        """As it is, but for such a formula, and for plain words, which cost openpyxl as much as all the rest."""
        if element.get("t") == "inlineStr" and len(words := element.findall(_INLINE)) == 1:
            element.set("t", "str")
            value = element.makeelement(VALUE_TAG, {})
            value.text = words[0].text
            element.append(value)
        cell: dict[str, Any] = super().parse_cell(element)
        unsaid = cell["value"] is None and element.get("t") != "str" and not element.findtext(VALUE_TAG)
        if unsaid and element.find(FORMULA_TAG) is not None:
            cell["data_type"] = "uncalculated"
        return cell


class Book:
    """A workbook's sheets, one after another."""

    def __init__(self, content: bytes) -> None:
        self.file = ExcelReader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        self.file.read_manifest()
        self.file.read_strings()
        self.file.read_workbook()
        apply_stylesheet(self.file.archive, self.file.wb)
        self.looks: dict[int, tuple[str, str, bool]] = {}
        self.cells = 0

    def sheets(self) -> Iterator[dict[str, Any]]:
        """Every sheet of cells, hidden ones by name alone."""
        for sheet, relation in self.file.parser.find_sheets():
            if "worksheet" not in relation.Type or relation.target not in self.file.valid_files:
                continue
            yield {"name": sheet.name, "hidden": sheet.state != "visible", **self._read(relation.target)}

    def _read(self, path: str) -> dict[str, Any]:
        book, rows = self.file.wb, {}
        with io.BytesIO(_without_empty_rows(self.file.archive.read(path))) as source:
            parser = Parser(
                source, self.file.shared_strings, data_only=True, epoch=book.epoch,
                date_formats=book._date_formats, timedelta_formats=book._timedelta_formats,
            )  # fmt: skip
            for at, cells in parser.parse():
                if row := self._row(cells):
                    rows[at] = row
                if len(rows) > MOST_ROWS + LOOKED_THROUGH:
                    raise Unreadable(TOO_LONG)
        hidden = [at for at, of in parser.row_dimensions.items() if of.get("hidden") in ("1", "true")]
        columns = [of for of in parser.column_dimensions.values() if of.get("hidden") in ("1", "true")]
        merges = [range_boundaries(each.ref) for each in (parser.merged_cells.mergeCell if parser.merged_cells else [])]
        if _covered(merges, sorted(rows)) > MOST_CELLS:
            raise Unreadable(TOO_HARD)
        return {
            "rows": rows,
            "merged": merges,
            "hidden_rows": [int(at) for at in hidden],
            "hidden_columns": [
                at for of in columns for at in range(int(of["min"]), min(int(of["max"]), MOST_COLUMNS) + 1)
            ],
        }

    def _row(self, cells: list[dict[str, Any]]) -> list[list[Any]]:
        """Column, text, kind, colour and line through each cell that has something; nothing where no cell says any."""
        found = [told for cell in cells if (told := self._cell(cell))]
        self.cells += len(found)
        if self.cells > MOST_CELLS:
            raise Unreadable(TOO_HARD)
        says = [told for told in found if told[1] or told[2] != "text"]
        if says and max(told[0] for told in says) > MOST_COLUMNS:
            raise Unreadable(TOO_WIDE)
        return [told for told in found if told[0] <= MOST_COLUMNS] if says else []

    def _cell(self, cell: dict[str, Any]) -> list[Any] | None:
        number_format, fill, struck = self._look(cell["style_id"])
        text, kind = _said(cell["value"], cell["data_type"], number_format)
        if not (text or fill or kind != "text"):
            return None
        return [cell["column"], text, kind, fill, *([True] if struck else [])]

    def _look(self, style: int) -> tuple[str, str, bool]:
        """The format and the colour of a style, and whether it strikes through."""
        if style not in self.looks:
            book = self.file.wb
            if not 0 <= style < len(book._cell_styles):
                return "General", "", False
            of = book._cell_styles[style]
            struck = bool(book._fonts[of.fontId].strike)
            self.looks[style] = (_format(book, of.numFmtId), _fill(book._fills[of.fillId]), struck)
        return self.looks[style]


def _without_empty_rows(part: bytes) -> bytes:
    """A sheet that is formatted to its end has a million rows that say nothing, each of which costs as much as others.

    Only where every row gives its own number: else those after would be counted wrongly.
    """
    return part if _UNNUMBERED_ROW.search(part) else _EMPTY_ROW.sub(b"", part)


def _covered(merges: list[Any], rows: list[int]) -> int:
    """How many cells are merged, where rows stand."""
    return sum(
        (bisect_right(rows, bottom) - bisect_left(rows, top) + 1) * (min(right, MOST_COLUMNS) - left + 1)
        for left, top, right, bottom in merges
        if left <= MOST_COLUMNS
    )


def _said(value: Any, data_type: str, number_format: str) -> tuple[str, str]:
    if data_type == "uncalculated":
        return "", "uncalculated"
    if value is None:
        return "", "text"
    if data_type == "e":
        return str(value), "error"
    if isinstance(value, date):
        months_alone = "m" in number_format and "y" in number_format and "d" not in number_format
        return value.isoformat(), "month" if months_alone else "day"
    if isinstance(value, bool):
        return ("Yes" if value else "No"), "logical"
    if isinstance(value, int | float):
        return _number(value, number_format), "number"
    return str(value), "text"


def _number(value: float, number_format: str) -> str:
    """A number as the sheet shows it, so that 1.10 stays 1.10 where it was given two places."""
    if places := re.fullmatch(r"0\.(0+)", number_format):
        return f"{value:.{len(places[1])}f}"
    if number_format.endswith("%"):
        return f"{value * 100:g}%"
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(value)


def _format(book: Any, number: int) -> str:
    own = (
        book._number_formats[number - 164] if 164 <= number < 164 + len(book._number_formats) else _BUILT_IN.get(number)
    )
    return _LITERAL.sub("", own or "general").split(";")[0].lower()


_BUILT_IN = {
    2: "0.00",
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "d/m/yy h:mm",
}
"""Formats that a workbook names by number alone."""


def _fill(fill: Any) -> str:
    colour = getattr(fill, "fgColor", None)
    if getattr(fill, "fill_type", None) != "solid" or colour is None:
        return ""
    if colour.type == "indexed" and colour.indexed < len(COLOR_INDEX):
        return str(COLOR_INDEX[colour.indexed])[-6:]
    return str(colour.rgb)[-6:] if colour.type == "rgb" else ""


def read(content: bytes) -> list[dict[str, Any]]:
    """Every sheet of a file; raises Unreadable with the sentence."""
    if not is_workbook(content):
        return [rows_of(content)]
    inspect(content)
    return list(Book(content).sheets())


def answer(content: bytes) -> dict[str, Any]:
    """The sheets, or why there are none."""
    try:
        sheets = read(content)
    except Unreadable as why:
        return {"refused": str(why)}
    except (MemoryError, RecursionError):
        return {"refused": TOO_HARD}
    except csv.Error:
        return {"refused": NO_SHEET}
    except Exception:  # noqa: BLE001 (openpyxl raises whatever a spoilt part made it stumble over)
        return {"refused": SPOILT}
    return {"sheets": sheets}


def main(memory: str, seconds: str) -> None:
    """The two limits come from the door, which keeps them."""
    keep_within_bounds(int(memory), seconds=int(seconds))
    # What openpyxl warns of would quote the sheet, and a sheet may be under embargo.
    warnings.simplefilter("ignore")
    found = answer(sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
