"""The list of actions as a spreadsheet: what is on the screen, no formula in it, and it loads back unchanged."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from improvement.models import Action, Answer, Finding, Lead, Milestone, Plan, Theme
from monitoring import listing
from monitoring.models import Standing, Update
from monitoring.scheme import Scheme
from monitoring.sheet import as_it_is, dry_run, export, grid, reader, tables, writer
from monitoring.sheet.cells import Cell
from sources.seals import acting_as
from tests.world import World

Visit = Callable[[Any], Any]


def read(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_workbook_holds_what_is_on_the_screen_and_no_more(visit: Visit, world: World) -> None:
    response = visit(world.member).get("/actions.xlsx?status=in_progress&theme=front-door")
    assert (response["Content-Disposition"], response["Content-Type"]) == (
        f'attachment; filename="actions-{world.today}.xlsx"',
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    heads, *rows = read(response.content)
    assert heads == list(export.HEADINGS)
    assert [(row[0], row[1], row[2], row[8], row[13]) for row in rows] == [
        ("1.1", "1. Front door", "Answer every contact within a day", "In progress", "R1"),
        ("1.2", "1. Front door", "Record consent on every contact", "In progress", None),
    ]


def test_the_csv_says_the_same_as_the_workbook(visit: Visit, world: World) -> None:
    browser = visit(world.member)
    told = list(csv.reader(io.StringIO(browser.get("/actions.csv").content.decode("utf-8-sig"))))
    assert [row[:3] for row in told] == [row[:3] for row in read(browser.get("/actions.xlsx").content)]


def test_a_partner_gets_their_own_rows_alone(visit: Visit, world: World) -> None:
    rows = read(visit(world.partner).get("/actions.xlsx").content)
    assert [row[0] for row in rows] == ["Ref", "2.1"]


def test_what_cannot_be_shown_is_said_on_the_page(visit: Visit, world: World) -> None:
    response = visit(world.member).get("/actions.csv?on=2999-01-01")
    assert response.headers["Location"] == "/actions/?on=2999-01-01"


def test_the_page_leads_to_both_with_its_own_filters(visit: Visit, world: World) -> None:
    page = visit(world.member).get("/actions/?status=in_progress").content.decode()
    assert [f"/actions.{kind}?status=in_progress" in page for kind in ("xlsx", "csv")] == [True, True]


MARKS = ("=", "+", "-", "@", "\t", "\r")
FORMULAS = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x.example")', "", "SUM(A1)", "#N/A")


def test_no_cell_is_a_formula() -> None:
    rows: list[Any] = [[f"{mark}{words}" for words in FORMULAS] for mark in MARKS]
    sheet = openpyxl.load_workbook(io.BytesIO(export.as_workbook(rows))).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows(max_col=len(FORMULAS)) for cell in row} == {"s"}
    [_, *cells] = csv.reader(io.StringIO(export.as_csv(rows).decode("utf-8-sig"), newline=""))
    assert [{cell[:2] for cell in row} for row in cells] == [{f"'{mark}"} for mark in MARKS]


def test_a_workbook_does_not_tell_when_it_was_made() -> None:
    def packed(year: int) -> bytes:
        with time_machine.travel(datetime(year, 3, 1, tzinfo=UTC)):
            return writer.pack(export.sheets([["1.1"]]))

    assert packed(2026) == packed(2027)


def test_a_sealed_row_is_marked_for_the_cleared_and_absent_for_others(visit: Visit, world: World) -> None:
    with acting_as(world.director):
        sealed = Action.objects.create(
            plan=world.plan, theme=world.front_door, number="1.9", position=9, title="Marigold", words="Marigold",
            success="", lead=world.started.lead, starts_on=world.today, due_on=world.today, first_due_on=world.today,
            seal=world.seal,
        )  # fmt: skip
        Standing.restate(sealed, at=world.now)
    rows = {part: read(visit(getattr(world, part)).get("/actions.xlsx").content) for part in ("director", "member")}
    assert [(row[0], row[15]) for row in rows["director"][1:]] == [
        ("1.1", None), ("1.2", None), ("1.9", "Confidential"), ("2.1", None)
    ]  # fmt: skip
    assert [row[0] for row in rows["member"][1:]] == ["1.1", "1.2", "2.1"]
    assert rows["director"][0] == rows["member"][0]


def test_a_list_too_long_for_a_spreadsheet_is_refused(
    visit: Visit, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_ROWS", 2)
    response = visit(world.member).get("/actions.csv")
    assert (response.status_code, b"Narrow the list, and download it in parts." in response.content) == (409, True)


WORDS = st.text(
    st.one_of(st.characters(codec="utf-8", exclude_characters="\0"), st.sampled_from("='\n\t -•(),;/“’\u00a0")),
    max_size=60,
)  # fmt: skip
TITLES = WORDS.filter(lambda words: bool(words.strip("\x0b\x0c\x1c\x1d\x1e\x1f\x85 \n\t\u2028\u2029")))
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
STEP = st.text("abc ;:()-/,19 by due", min_size=1, max_size=30).filter(lambda words: words.strip(" -") != "")
STEPS = st.lists(st.tuples(STEP, DAYS, st.none() | DAYS), max_size=3)
PROMISES = st.tuples(TITLES, WORDS, WORDS, TITLES, DAYS, DAYS, STEPS, st.sampled_from(["", "R1", "A1"]), WORDS)


@settings(
    max_examples=30, deadline=None, suppress_health_check=list(HealthCheck), database=None, phases=[Phase.generate]
)
@given(st.lists(PROMISES, min_size=1, max_size=4))
def test_an_export_loads_back_unchanged(world: World, promises: list[Any]) -> None:
    with transaction.atomic():
        _loads_back(world, promises)
        transaction.set_rollback(True)


def _loads_back(world: World, promises: list[Any]) -> None:
    plan = _plan_of(world, promises)
    standings = listing.standings_read_by(world.director, plan, on=world.today).on(world.today).in_order()
    told = export.rows(standings, on=world.today, names={})
    assert len(told) == len(promises)
    now = as_it_is.plan_as_it_is(plan, on=world.today)
    # Written here, since a process for each example would take longer than all the rest.
    for content in (writer.pack(export.sheets(told, key=Scheme().whole_key())), export.as_csv(told)):
        run = dry_run.dry_run(tables.table(_sheet(content), {}), now, dates={})
        assert [(r.outcome, [str(each) for each in r.said]) for r in run.results] == [("same", [])] * len(promises)
        assert run.objection == "Nothing would change: the plan already says all that the sheet says."


def _sheet(content: bytes) -> grid.Sheet:
    """The one that a load takes: the key to the ratings stands on a sheet of its own."""
    sheets = [
        grid.Sheet(
            name=found["name"],
            rows={at: {column: Cell(*told) for column, *told in row} for at, row in found["rows"].items()},
        )
        for found in reader.read(content)
    ]
    chosen = tables.likeliest(sheets, {})
    assert chosen is not None
    return chosen


def _plan_of(world: World, promises: list[Any]) -> Plan:
    plan = Plan.objects.create(
        title="Imagined", inspection=world.plan.inspection, adopted_on=world.today - timedelta(days=1)
    )
    theme = Theme.objects.create(plan=plan, number=1, slug=f"imagined-{plan.pk}", title="Imagined theme", aim="")
    Finding.objects.update(theme=theme)
    for place, promise in enumerate(promises, start=1):
        title, words, success, lead, starts_on, due_on, steps, finding, update = promise
        action = Action.objects.create(
            plan=plan, theme=theme, number=f"1.{place}", position=place, title=title, words=words, success=success,
            lead=Lead.objects.create(slug=f"lead-{plan.pk}-{place}", name=lead, kind="post"), starts_on=starts_on,
            due_on=due_on, first_due_on=due_on,
        )  # fmt: skip
        for at, (step, step_due, done) in enumerate(steps):
            Milestone.objects.create(action=action, words=step, due_on=step_due, done_on=done, position=at)
        if finding:
            Answer.objects.create(action=action, finding=Finding.objects.get(number=finding))
        if update.strip():
            Update.give(action, words=update, by=world.officer, at=world.now)
        Standing.restate(action, at=world.now)
    return plan
