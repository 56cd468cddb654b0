"""A file held against the plan in force, or against one to be made, for the page and the command alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from improvement import models
from improvement.timing import joined
from monitoring.sheet.archive import Unreadable
from monitoring.sheet.as_it_is import plan_as_it_is
from monitoring.sheet.dry_run import dry_run
from monitoring.sheet.grid import Sheet
from monitoring.sheet.promise import DryRun
from monitoring.sheet.tables import likeliest, plans, table
from monitoring.sheet.workbook import sheets_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The dry run of one sheet of a file, and the names of all its sheets that are not hidden."""

    run: DryRun
    sheets: tuple[str, ...]


def preview(
    content: bytes,
    plan: models.Plan | None,
    *,
    columns: Mapping[str, str],
    dates: Mapping[str, date],
    on: date,
    sheet: str = "",
    adopted_on: date | None = None,
) -> Preview:
    """What loading the file would do: raises Unreadable with the sentence where it cannot be read at all."""
    sheets = sheets_of(content)
    seen = tuple(each.name for each in sheets if not each.hidden)
    chosen = next((each for each in sheets if each.name == sheet), None) if sheet else likeliest(sheets, columns)
    if chosen is None and sheet:
        raise Unreadable(f"There is no sheet “{sheet}” in the file. It has: {', '.join(seen) or 'none'}.")
    if chosen is None or not chosen.rows:
        raise Unreadable("The file has no sheet with anything in it that is not hidden.")
    as_it_is = plan_as_it_is(plan, on=on, adopted_on=adopted_on)
    others = [name for name in plans(sheets, columns) if name != chosen.name]
    run = dry_run(table(chosen, columns, is_a_theme=bool(others)), as_it_is, dates=dates)
    return Preview(run=replace(run, notes=(*_apart(sheets, others), *run.notes)), sheets=seen)


def _apart(sheets: Sequence[Sheet], others: Sequence[str]) -> list[str]:
    """What of the file is not this sheet."""
    found = [f"The sheet “{each.name}” is hidden, so it is not read." for each in sheets if each.hidden]
    if others:
        named = joined([f"“{name}”" for name in others])
        found.insert(0, f"Only one sheet is loaded at a time. Load what is in {named} after it, if it is of the plan.")
    return found
