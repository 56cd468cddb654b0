"""The dry run: a table held against the plan, row by row, with what would be made, changed or refused, and why."""

from collections.abc import Mapping, Sequence
from datetime import date

from improvement.timing import counted
from monitoring.sheet import wording
from monitoring.sheet.cells import cell_objection
from monitoring.sheet.columns import Means, columns_objection, meaning
from monitoring.sheet.desk import Desk, Row
from monitoring.sheet.grid import Column, Table, address
from monitoring.sheet.known_row import change
from monitoring.sheet.new_row import new
from monitoring.sheet.numbering import Numbering
from monitoring.sheet.promise import DryRun, Known, Outcome, Plan, Result, Said, Wanted

_NOTHING = Wanted(fields={})


def dry_run(table: Table, plan: Plan, *, dates: Mapping[str, date]) -> DryRun:
    """What loading the table would do to the plan; `dates` are words that a person said stand for days."""
    if sentence := columns_objection([column.means for column in table.columns]):
        return DryRun(sheet=table.sheet, columns=table.columns, results=(), notes=table.notes, objection=sentence)
    desk, numbering = Desk(plan=plan, dates=dates), Numbering(plan, table.lines)
    results = tuple(_result(Row(each), desk, numbering) for each in table.lines)
    return DryRun(
        sheet=table.sheet,
        columns=table.columns,
        results=results,
        notes=(*table.notes, *_notes(table, plan, results)),
        objection=_objection(results),
        unread=tuple(desk.unread),
    )


def _objection(results: tuple[Result, ...]) -> str | None:
    refused = sum(result.outcome == Outcome.REFUSED for result in results)
    if not results:
        return "No action stands under the headings. Choose the sheet that holds the plan."
    if refused:
        rows = counted(refused, "row is", "rows are")
        return f"{rows} refused, and a sheet is loaded whole or not at all. Put them right, and choose it again."
    if not any(result.outcome != Outcome.SAME for result in results):
        return "Nothing would change: the plan already says all that the sheet says."
    return None


def _notes(table: Table, plan: Plan, results: tuple[Result, ...]) -> list[str]:
    means = {column.means: column for column in table.columns}
    found = []
    if Means.RATING in means:
        found.append(
            f"Column {means[Means.RATING].letter} holds ratings, which are worked out here from dates, milestones and "
            "updates. The council’s own rating of a new action is kept in its history."
        )
    found += _unread(table.columns)
    if Means.FINDINGS in means and not plan.findings:
        found.append(
            f"Column {means[Means.FINDINGS].letter} names findings, and the plan has none yet, so no action is tied to "
            "one. Record the findings, and load the sheet again."
        )
    there = {result.known.key for result in results if result.known}
    if left := sum(known.key not in there for known in plan.actions.values()):
        found.append(f"{counted(left, 'action')} of the plan not in the sheet will stay as they are: none is deleted.")
    return found


def _unread(columns: Sequence[Column]) -> list[str]:
    """The columns that are not loaded, and why not."""
    again = [column for column in columns if column.means is None and meaning(column.heading)]
    unknown = [column for column in columns if column.means is None and column not in again]
    told = (
        (unknown, "Nobody has said what these columns mean, so they are not loaded: {}."),
        (again, "These columns mean the same as one before them, so they are not loaded: {}."),
        ([column for column in columns if column.means == Means.NOTHING], "These columns are never loaded: {}."),
    )
    return [sentence.format(", ".join(map(_named, those))) for those, sentence in told if those]


def _named(column: Column) -> str:
    return f"{column.letter} (“{column.heading[:40]}”)"


def _result(row: Row, desk: Desk, numbering: Numbering) -> Result:
    _look_at_cells(row)
    if row.faults:
        return _refused(row)
    number, theme = numbering.number(row), desk.theme(row)
    known = numbering.known(row, number, theme)
    numbering.once(row, known.number if known else number)
    if row.words(Means.TERMS) and not (known and known.sealed):
        row.fault(Means.TERMS, "says that it is under seal, and a sheet makes open actions only. Leave it out.")
    wanted = change(desk, row, known, theme) if known else new(desk, row, numbering, number, theme)
    if row.faults or wanted is None:
        return _refused(row, known, number)
    outcome = Outcome.SAME if wanted == _NOTHING else Outcome.CHANGED if known else Outcome.MADE
    return Result(
        row=row.line.row, number=known.number if known else wanted.fields["number"],
        title=wording.short(row.words(Means.TITLE)) or (known.title if known else ""), outcome=outcome,
        said=tuple(row.notes) if outcome != Outcome.SAME else (), known=known, wanted=wanted,
    )  # fmt: skip


def _look_at_cells(row: Row) -> None:
    for cells in row.line.cells.values():
        for column, at, cell in cells:
            if sentence := cell_objection(cell):
                row.faults.append(Said(address(row.line.sheet, column, at), sentence))


def _refused(row: Row, known: Known | None = None, number: str = "") -> Result:
    number = known.number if known else number or wording.number(row.line.cell(Means.NUMBER))[:20]
    return Result(
        row=row.line.row, number=number, title=wording.short(row.words(Means.TITLE)), outcome=Outcome.REFUSED,
        said=tuple(row.faults), known=known,
    )  # fmt: skip
