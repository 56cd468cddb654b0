"""A director loads the council's own messy spreadsheet, and sees what would become of every row before it is."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from playwright.sync_api import Page, expect

from tests.monitoring.sheet.books import saved

SignIn = Callable[..., Page]
Violations = Callable[[Page], list[Any]]
HEADINGS = ("Ref.", "Priority area", "Action required", "Pledge", "Who?", "By when", "RAG", "Comments")
LEAD = "Head of Service, Front Door / Principal Social Worker"
ROWS = (
    ("1.91", None, "Ring back every referrer", "Each hears why.", "Head of Learning", "31/3/2031", None, ""),
    ("1.92", None, "Keep one duty rota", "One list, not three.", LEAD, "30th April 2031", None, "Begun."),
    ("1.93", None, "Read every closed contact again", "A dip sample each week.", "QA team", "30.06.31", None, ""),
    ("1.94", None, "Publish the front door’s hours", "On our pages.", "Communications", "Jul-31", None, ""),
    ("1.95", None, "Ask callers how it went", "Twelve calls a month.", "QA team", "TBC", None, ""),
)  # fmt: skip


def messy(folder: Path, *, progress: str = "") -> Path:
    """A title above the headings, merged cells, ratings by colour alone, dates in five styles, and a hidden sheet."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Plan v7 FINAL"
    sheet.append(["Improvement plan, our working copy"])
    sheet.merge_cells("A1:H1")
    sheet.append([])
    sheet.append(list(HEADINGS))
    sheet.append(["Front door"])
    sheet.merge_cells("A4:H4")
    for row in ROWS:
        sheet.append(list(row))
    sheet["F5"] = date(2031, 3, 31)
    sheet["H8"] = progress
    sheet["G6"].fill = PatternFill("solid", fgColor="FFC000")
    hidden = book.create_sheet("Old")
    hidden.append(list(HEADINGS))
    hidden.sheet_state = "hidden"
    path = folder / "plan.xlsx"
    path.write_bytes(saved(book))
    return path


def test_a_director_loads_a_messy_sheet_once_every_row_of_it_is_understood(
    sign_in: SignIn, violations: Violations, tmp_path: Path
) -> None:
    page = sign_in("director")
    main = page.get_by_role("main")
    page.goto("/actions/")
    page.get_by_role("link", name="Load the plan from a spreadsheet").click()
    choose(page, messy(tmp_path, progress="=1+1"))
    expect(main).to_contain_text("Plan v7 FINAL!H8 holds a formula whose answer was never saved.")
    page.goto("/plan/load/")
    choose(page, messy(tmp_path))
    expect(main).to_contain_text("The sheet “Old” is hidden, so it is not read.")
    expect(main).to_contain_text("“TBC”")
    assert violations(page) == []
    expect(page.get_by_role("button", name="Load the plan")).to_have_count(0)  # one row is refused, so all wait
    page.get_by_label("D: Pledge").select_option("What we will do")
    page.get_by_label("“tbc” stands for").fill("2031-09-30")
    page.get_by_role("button", name="Look again").click()
    expect(main).to_contain_text("5 actions made, 0 actions changed, 0 rows the same, 0 rows refused.")
    assert violations(page) == []
    page.get_by_role("button", name="Load the plan").click()
    expect(main).to_contain_text("The plan is loaded: 5 actions made and 0 actions changed.")
    due = {}
    for number in ("1.91", "1.92", "1.93", "1.94", "1.95"):
        page.goto(f"/actions/{number}/update/")
        due[number] = page.locator(".due time, time.due__day, .due__day").first.inner_text()
    assert due == {
        "1.91": "31 Mar 2031", "1.92": "30 Apr 2031", "1.93": "30 Jun 2031", "1.94": "31 Jul 2031",
        "1.95": "30 Sep 2031",
    }  # fmt: skip
    page.goto("/actions/1.92/")
    expect(main).to_contain_text("Head of Service, Front Door")


def choose(page: Page, sheet: Path) -> None:
    page.get_by_label("Spreadsheet").set_input_files(sheet)
    page.get_by_role("button", name="See what would change").click()
