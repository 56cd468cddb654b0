"""`manage.py load_plan`: the same dry run and the same load from the command line."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from improvement.models import Action, Plan
from tests.monitoring.sheet.books import HEADINGS, book, saved
from tests.world import World

ROW = ("1.3", "Front door", "Train every screener", "It is sound.", "Head of Learning", "", "31 March 2031", "", "")
DIRECTOR = "director@northmoor.example"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(book(HEADINGS, ROW))
    return path


def said(*args: Any) -> list[str]:
    out = io.StringIO()
    call_command("load_plan", *map(str, args), stdout=out)
    return out.getvalue().splitlines()


SEEN = [
    "Made: 1.3 Train every screener",
    "    Plan!E2 makes a new lead, “Head of Learning”.",
    "3 actions of the plan not in the sheet will stay as they are: none is deleted.",
    "Sheet “Plan”: 0 refused, 1 made, 0 changed, 0 same.",
]


def test_a_dry_run_says_row_by_row_what_would_be_done_and_does_nothing(world: World, file: Path) -> None:
    assert (said(file, "--dry-run"), Action.objects.count()) == (SEEN, 3)


def test_a_dry_run_says_why_a_sheet_cannot_be_loaded_and_what_else_the_file_holds(world: World, tmp_path: Path) -> None:
    workbook = Workbook()
    for name, state in (("Plan", "visible"), ("Lists", "hidden"), ("Closed", "visible")):
        sheet = workbook.create_sheet(name)
        sheet.sheet_state = state
        for row in (HEADINGS, (*ROW[:6], "TBC", *ROW[7:])):
            sheet.append(list(row))
    file = tmp_path / "plan.xlsx"
    file.write_bytes(saved(workbook))
    assert said(file, "--dry-run")[-5:] == [
        "Only one sheet is loaded at a time. Load what is in “Closed” after it, if it is of the plan.",
        "The sheet “Lists” is hidden, so it is not read.",
        "3 actions of the plan not in the sheet will stay as they are: none is deleted.",
        "Sheet “Plan”: 1 refused, 0 made, 0 changed, 0 same.",
        "1 row is refused, and a sheet is loaded whole or not at all. Put them right, and choose it again.",
    ]


def test_a_director_loads_the_plan_and_sees_it_go_on(world: World, file: Path) -> None:
    assert said(file, "--as", DIRECTOR) == [*SEEN, "1 of 1 rows", "Loaded: 1 row."]
    assert Action.objects.get(number="1.3").lines.get().by == world.director
    assert said(file, "--as", DIRECTOR)[-1] == "Nothing would change."


def test_a_map_says_what_headings_and_words_mean(world: World, tmp_path: Path) -> None:
    file, told = tmp_path / "plan.xlsx", tmp_path / "map.json"
    file.write_bytes(book(("Ref", "Theme", "Pledge", "Lead", "Due"), ("1.3", "Front door", "Train", "A", "TBC")))
    told.write_text(json.dumps({"columns": {"Pledge": "title"}, "dates": {"TBC": "2031-03-31"}}), "utf-8")
    said(file, "--map", told, "--as", DIRECTOR)
    assert Action.objects.get(number="1.3").due_on.isoformat() == "2031-03-31"


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        ((), "Say who loads the plan, with --as and the e-mail address of a director."),
        (("--as", "nobody@x.example"), "Nobody has an account with the e-mail address nobody@x.example."),
        (("--as", "member@northmoor.example"), "The roles of Cllr Moira Kent do not let you load the improvement plan"),
        (("--as", DIRECTOR, "--sheet", "Old"), "plan.xlsx was not loaded. There is no sheet “Old” in the file."),
        (("--as", DIRECTOR, "--title", "New"), "Say which inspection the plan answers, with --inspection"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_in_a_sentence(
    world: World, file: Path, args: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError) as refused:
        said(file, *args)
    assert str(refused.value).startswith(sentence)


def test_a_new_plan_for_an_inspection_is_made_by_the_load(world: World, file: Path) -> None:
    of = world.plan.inspection.reference
    said(file, "--as", DIRECTOR, "--title", "Second plan", "--inspection", of, "--adopted", world.today.isoformat())
    plan = Plan.objects.get(title="Second plan")
    assert [str(action) for action in plan.actions.all()] == ["1.3 Train every screener"]
