"""The process that writes a workbook, and the only file that knows openpyxl's writer.

Started by `monitoring.sheet.workbook`, so that no web worker carries what openpyxl needs, it is given sheets as JSON on
its standard input and answers with the workbook on its standard output.
"""

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from string import ascii_uppercase
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font


def pack(sheets: Iterable[dict[str, Any]]) -> bytes:
    """A workbook in which every word is a word, whatever it begins with."""
    workbook = Workbook(write_only=True)
    for sheet in sheets:
        _add(workbook, **sheet)
    file = io.BytesIO()
    workbook.save(file)
    return _undated(file)


def _add(
    workbook: Workbook, *, title: str, headings: list[str], widths: list[int], rows: Iterable[list[str | date]]
) -> None:
    sheet: Any = workbook.create_sheet(title)
    for column, width in zip(ascii_uppercase, widths, strict=False):
        sheet.column_dimensions[column].width = width
    if headings:
        sheet.freeze_panes = "A2"
        sheet.append(list(_heads(sheet, headings)))
    for row in rows:
        sheet.append([_cell(sheet, each) for each in row])


def _heads(sheet: Any, headings: Iterable[str]) -> Iterator[Any]:
    for heading in headings:
        cell = _cell(sheet, heading)
        cell.font = Font(bold=True)
        yield cell


def _cell(sheet: Any, value: str | date) -> Any:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    else:
        cell.data_type = "s"  # openpyxl would make a formula of “=1+1”, and an error of “#N/A”
    return cell


def _undated(file: io.BytesIO) -> bytes:
    """The same workbook without the instants at which openpyxl made it and its parts: the same rows, the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(file) as given, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            archive.writestr(zipfile.ZipInfo(name), _INSTANT.sub(b"", given.read(name)), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


_INSTANT = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")


def _told(of: dict[str, Any]) -> Any:
    """A day, which JSON has no word for, or what else stands between the brackets."""
    return date.fromisoformat(of["day"]) if of.keys() == {"day"} else of


if __name__ == "__main__":
    sys.stdout.buffer.write(pack(json.load(sys.stdin.buffer, object_hook=_told)))
