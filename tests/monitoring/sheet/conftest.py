"""What the tests of spreadsheets share: a file held against the plan of the small world."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from improvement.models import Plan
from monitoring.sheet import as_it_is, dry_run, tables, workbook
from monitoring.sheet.promise import DryRun
from tests.world import World


@pytest.fixture
def held(world: World) -> Callable[..., DryRun]:
    """The dry run of a file: `held(book(...))`."""

    def run(content: bytes, *, told: Any = None, dates: dict[str, date] | None = None) -> DryRun:
        sheet = tables.likeliest(workbook.sheets_of(content), told or {})
        assert sheet is not None
        plan = as_it_is.plan_as_it_is(Plan.current(), on=world.today)
        return dry_run.dry_run(tables.table(sheet, told or {}), plan, dates=dates or {})

    return run
