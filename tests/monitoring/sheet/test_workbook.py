"""Messy spreadsheets are read as a person would read them."""

from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from monitoring.sheet import archive, reader, tables
from monitoring.sheet.cells import Cell
from monitoring.sheet.workbook import Unreadable, sheets_of
from tests.monitoring.sheet.books import book, packed, parts_of, saved


def cells(content: bytes) -> dict[int, dict[int, Cell]]:
    [found] = reader.read(content)
    return {at: {column: Cell(*told) for column, *told in row} for at, row in found["rows"].items()}


def test_a_workbook_is_read_in_a_process_of_its_own() -> None:
    [sheet] = sheets_of(book(("Ref", "Action"), ("1.1", "Answer")))
    assert (sheet.name, sheet.rows) == (
        "Plan",
        {1: {1: Cell("Ref"), 2: Cell("Action")}, 2: {1: Cell("1.1"), 2: Cell("Answer")}},
    )


def dressed(sheet: Any) -> None:
    sheet["A1"], sheet["A1"].number_format = 1.1, "0.00"
    sheet["B1"], sheet["B1"].number_format = date(2026, 3, 1), "mmm-yy"
    sheet["C1"], sheet["C1"].number_format = date(2026, 3, 31), "dd/mm/yyyy"
    sheet["D1"], sheet["E1"], sheet["F1"] = 46112, True, "=1+1"
    sheet["G1"].fill = PatternFill("solid", fgColor="FFC00000")
    sheet["H1"] = "  two\u00a0leads "


def test_every_kind_of_cell_is_told_apart() -> None:
    assert cells(book(dress=dressed)) == {
        1: {
            1: Cell("1.10", "number"), 2: Cell("2026-03-01T00:00:00", "month"), 3: Cell("2026-03-31T00:00:00", "day"),
            4: Cell("46112", "number"), 5: Cell("Yes", "logical"), 6: Cell("", "uncalculated"),
            7: Cell("", "text", "C00000"), 8: Cell("  two\u00a0leads "),
        }
    }  # fmt: skip


def test_what_is_hidden_or_merged_is_known() -> None:
    workbook = openpyxl.Workbook()
    sheet: Any = workbook.active
    for row in (("Ref", "Theme"), ("1.1", "Front door"), ("1.2", None)):
        sheet.append(row)
    sheet.merge_cells("B2:B3")
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["A"].hidden = True
    workbook.create_sheet("Old").sheet_state = "hidden"
    found = sheets_of(saved(workbook))
    assert [(each.name, each.hidden) for each in found] == [("Sheet", False), ("Old", True)]
    assert (found[0].merged, found[0].hidden_rows, found[0].hidden_columns) == ([(2, 2, 2, 3)], {3}, {1})


def test_a_formula_that_was_calculated_is_its_answer() -> None:
    parts = parts_of(book(("=1+1",)))
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"<v />", b"<v>2</v>").replace(
        b"<v></v>", b"<v>2</v>"
    )  # fmt: skip
    assert cells(packed(parts)) == {1: {1: Cell("2", "number")}}


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_in_its_letters_and_by_its_marks(mark: str, encoding: str) -> None:
    words = "\r\n".join(mark.join(row) for row in (("Ref", "Action"), ("1.1", "Children’s plans – kept"), ("", "£5")))
    assert cells(words.encode(encoding)) == {
        1: {1: Cell("Ref"), 2: Cell("Action")}, 2: {1: Cell("1.1"), 2: Cell("Children’s plans – kept")},
        3: {2: Cell("£5")},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", archive.EMPTY), (b"\xef\xbb\xbf \r\n", archive.EMPTY),
        (b"%PDF-1.7 ...", archive.NO_SHEET), (b"<html><table>", archive.NO_SHEET),
        (b"\x00\x01\x02", archive.NO_SHEET), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Workbook", archive.OLD),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), archive.LOCKED),
        (b"PK\x03\x04 not a zip", archive.SPOILT), (packed({"plan.csv": b"a,b"}), archive.NO_SHEET),
        (packed({"mimetype": b"ods", "content.xml": b"<office/>"}), archive.OPEN_DOCUMENT),
        (packed({"Index/Document.iwa": b"x"}), archive.APPLE),
        (packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"}), archive.OFFICE),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_refused_whatever_its_name(content: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable) as refused:
        sheets_of(content)
    assert str(refused.value) == sentence


def test_a_rating_by_colour_alone_a_title_block_and_a_row_struck_through_are_read_as_they_look() -> None:
    def paint(sheet: Any) -> None:
        sheet["D4"].fill = PatternFill("solid", fgColor="FFFFC000")
        sheet["B5"].font = Font(strike=True)
        sheet.merge_cells("A1:D1")

    rows = (("Ref", "Action", "Lead", "RAG"), ("1.1", "Answer", "A", None), ("1.2", "Given up", "A", None))
    found = tables.table(sheets_of(book(("Northmoor plan",), (), *rows, dress=paint))[0], {})
    [line] = found.lines
    assert found.notes == (
        "Row 5 is struck through in the sheet, so it is not loaded. Leave it out, or take the line away.",
    )
    assert [(means, line.address(means)) for means in line.cells] == [
        ("number", "Plan!A4"), ("title", "Plan!B4"), ("lead", "Plan!C4"), ("rating", "Plan!D4")
    ]  # fmt: skip
