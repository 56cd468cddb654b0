"""Where a sheet's headings stand, what is merged in it, and which of its rows are no actions."""

import pytest

from monitoring.sheet.cells import Cell
from monitoring.sheet.columns import Means
from monitoring.sheet.grid import Sheet, address
from monitoring.sheet.tables import likeliest, plans, table

HEADINGS = ["Ref", "Theme", "Action", "Lead", "Due"]


def sheet(*rows: list[str], first: int = 1, **more: object) -> Sheet:
    cells = {
        at: {column: Cell(words) for column, words in enumerate(row, start=1) if words}
        for at, row in enumerate(rows, start=first)
    }
    return Sheet(name="Plan", rows=cells, **more)  # type: ignore[arg-type]


def told(of: Sheet) -> list[dict[str, str]]:
    return [{means: line.cell(means).text for means in line.cells} for line in table(of, {}).lines]


def test_headings_are_found_under_a_block_of_titles() -> None:
    of = sheet(
        ["Northmoor plan"], [], ["Status:", "draft"], HEADINGS, ["1.1", "Front door", "Answer", "A Mellor", "3/3/26"]
    )
    found = table(of, {})
    assert (found.header, [column.means for column in found.columns]) == (
        4,
        [Means.NUMBER, Means.THEME, Means.TITLE, Means.LEAD, Means.DUE],
    )
    assert [line.address(Means.DUE) for line in found.lines] == ["Plan!E5"]


def test_headings_over_two_rows_are_read_as_one() -> None:
    of = sheet(
        ["Ref", "Theme", "Action", "Who", "Timescale", ""], ["", "", "", "", "Start", "End"],
        ["1.1", "Front door", "Answer", "A Mellor", "1/1/26", "3/3/26"], merged=[(5, 1, 6, 1)],
    )  # fmt: skip
    assert told(of) == [
        {
            "number": "1.1",
            "theme": "Front door",
            "title": "Answer",
            "lead": "A Mellor",
            "starts": "1/1/26",
            "due": "3/3/26",
        }
    ]


def test_a_theme_merged_down_is_the_theme_of_every_row() -> None:
    of = sheet(
        HEADINGS, ["1.1", "Front door", "Answer", "A", "d"], ["1.2", "", "Record", "B", "d"], merged=[(2, 2, 2, 3)]
    )
    assert [line["theme"] for line in told(of)] == ["Front door", "Front door"]


def test_a_band_above_is_the_theme_where_there_is_no_column_for_it() -> None:
    of = sheet(
        ["Ref", "Action", "Lead", "Due"], ["Priority 1: Front door"], ["1.1", "Answer", "A", "d"],
        ["Priority 2: Workforce"], ["2.1", "Recruit", "B", "d"], merged=[(1, 2, 4, 2)],
    )  # fmt: skip
    bands = [line.theme_above for line in table(of, {}).lines]
    assert bands == [(2, Cell("Priority 1: Front door")), (4, Cell("Priority 2: Workforce"))]


BANDED = ["Ref", "Action", "Lead", "Due"]
ROW = ["1.1", "Answer", "A", "d"]


@pytest.mark.parametrize(
    ("rows", "bands"),
    [
        # The band above the headings, and headings that stand again in each block.
        ([["Priority 1 - Front door"], BANDED, ROW, ["Priority 2 - Workforce"], BANDED, ["2.1", "Recruit", "B", "d"]],
         ["1. Front door", "Priority 2 - Workforce"]),
        # The number of the theme in a cell of its own.
        ([BANDED, ["1", "Front door"], ROW, ["2", "Workforce"], ["2.1", "Recruit", "B", "d"]],
         ["1. Front door", "2. Workforce"]),
        # What is said of a theme under its title is not another theme.
        ([BANDED, ["Priority 1 - Front door"], ["Outcome: children are safer"], ROW], ["Priority 1 - Front door"]),
        ([BANDED, ["Children’s services"], ["Front door"], ROW, ["Notes: agreed by the board"]], ["Front door"]),
        ([["Northmoor improvement plan"], BANDED, ROW], [None]),
    ],
)  # fmt: skip
def test_a_theme_is_found_above_the_rows_however_it_stands_there(
    rows: list[list[str]], bands: list[str | None]
) -> None:
    found = table(sheet(*rows), {})
    assert [line.theme_above and line.theme_above[1].text for line in found.lines] == bands


def test_of_rows_above_that_are_no_theme_it_is_said_that_they_are_not_loaded() -> None:
    of = sheet(BANDED, ["Priority 1 - Front door"], ["Outcome: children are safer"], ROW, ["Agreed by the board"])
    assert table(of, {}).notes == ("Rows 3, 5 (2 in all) say only one thing each, so they are not loaded.",)


def test_where_sheets_are_themes_the_name_of_one_is_the_theme_of_its_rows_and_that_is_said() -> None:
    plan = Sheet(name="2 Workforce", rows=sheet(BANDED, ROW).rows)
    other = Sheet(name="Old", rows=sheet(HEADINGS, ["1.1"]).rows)
    found = table(plan, {}, is_a_theme=True)
    assert [line.theme_above for line in found.lines] == [(0, Cell("2 Workforce"))]
    assert found.notes == (
        "No column and no row above says the theme, so the sheet’s own name is taken for it: “2 Workforce”.",
    )
    assert plans([plan, other, Sheet(name="Key", rows={1: {1: Cell("Red")}})], {}) == ["2 Workforce", "Old"]


def test_what_stands_below_the_plan_is_passed_over_and_named() -> None:
    found = table(
        sheet(HEADINGS, ["1.1", "Front door", "Answer", "A", "d"], ["Key:", "R = late", "A = at risk", "G"]), {}
    )
    assert ([line.row for line in found.lines], found.notes) == (
        [2], ("Row 3 stands below the plan without a number or a date, so it is not loaded.",)
    )  # fmt: skip


def test_a_row_with_a_milestone_alone_belongs_to_the_action_above_with_its_own_date() -> None:
    of = sheet(
        ["Ref", "Action", "Milestone", "Lead", "Due"], ["1.1", "Answer", "Draft", "A", "1/3/26"],
        ["", "", "Staff told", "A", "1/4/26"], ["", "", "Signed off", "B", ""],
    )  # fmt: skip
    found = table(of, {})
    assert told(of)[0]["milestones"] == "Draft\nStaff told (due 1/4/26)\nSigned off"
    assert (len(found.lines), found.notes) == (1, (
        "Row 4 adds to the action above it, and whatever else it says otherwise than that action is not loaded.",
    ))  # fmt: skip


def test_of_headings_that_nobody_knows_the_fullest_row_is_asked_about() -> None:
    of = sheet(["Northmoor"], ["Pledge", "On point", "Wanted by"], ["Answer", "A", ""])
    assert [column.heading for column in table(of, {}).columns] == ["Pledge", "On point", "Wanted by"]


def test_rows_that_are_no_actions_are_passed_over_and_named() -> None:
    of = sheet(
        HEADINGS, ["1.1", "Front door", "Answer", "A", "d"], ["", "", "", "", ""],
        ["1.2", "Front door", "Hidden", "A", "d"], ["Total", "", "2 actions", "", ""], ["Subtotal", "", "2"],
        ["Source: the board"], hidden_rows=frozenset({4}), hidden_columns=frozenset({4}),
    )  # fmt: skip
    found = table(of, {})
    assert [line.row for line in found.lines] == [2]
    assert found.notes == (
        "Column D (“Lead”) is hidden in the sheet, and is read all the same.",
        "Row 4 is hidden in the sheet, so it is not loaded. Show it there if it should be.",
        "Rows 5, 6 (2 in all) are totals, so they are not loaded.",
        "Row 7 says only one thing, so it is not loaded.",
    )


def test_rows_under_one_merged_number_are_one_action_with_several_milestones() -> None:
    of = sheet(
        ["Ref", "Action", "Lead", "Due", "Milestones"], ["1.1", "Answer", "A", "d", "Rota agreed"],
        ["", "", "", "", "Staff told"], ["1.2", "Record", "B", "d", ""],
        merged=[(1, 2, 1, 3), (2, 2, 2, 3), (3, 2, 3, 3), (4, 2, 4, 3)],
    )  # fmt: skip
    assert [line["number"] for line in told(of)] == ["1.1", "1.2"]
    assert told(of)[0]["milestones"] == "Rota agreed\nStaff told"


def test_columns_alike_are_joined_where_they_can_be() -> None:
    of = sheet(["Action", "Comments", "Update"], ["Answer", "April: fine", "May: better"])
    assert told(of) == [{"title": "Answer", "update": "April: fine\nMay: better"}]


def test_the_sheet_that_looks_like_a_plan_is_taken_and_never_a_hidden_one() -> None:
    key = Sheet(name="Key", rows={1: {1: Cell("Red"), 2: Cell("Late")}})
    plan, hidden = sheet(HEADINGS, ["1.1"]), Sheet(name="Old", rows=sheet(HEADINGS, *[["1.1"]] * 9).rows, hidden=True)
    assert likeliest([key, hidden, plan], {}) == plan
    assert likeliest([hidden], {}) is None
    past = Sheet(name="Completed actions", rows=sheet(HEADINGS, *[["1.1"]] * 9).rows)
    assert likeliest([past, plan], {}) == plan


def test_a_merge_to_the_end_of_the_sheet_costs_nothing() -> None:
    of = sheet(HEADINGS, ["1.1", "Front door", "Answer", "A", "d"], merged=[(2, 2, 16384, 1048576)])
    assert [line["theme"] for line in told(of)] == ["Front door"]


def test_an_address_is_as_a_spreadsheet_writes_it() -> None:
    assert [address("Plan", column, 14) for column in (3, 27, 703)] == ["Plan!C14", "Plan!AA14", "Plan!AAA14"]
