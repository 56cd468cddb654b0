"""What a row without an action in the plan asks to be made, and what it must say for that."""

from datetime import date

from improvement.lifecycle import Status
from improvement.timing import written
from monitoring.sheet import wording
from monitoring.sheet.columns import Means
from monitoring.sheet.desk import Desk, Row
from monitoring.sheet.numbering import Numbering
from monitoring.sheet.promise import Named, Wanted
from monitoring.sheet.wording import Step

_NOTHING_DONE = (
    "does not say what will be done. Write the action; or, where the row belongs to the action above, merge their "
    "numbers; or leave the row out."
)


def new(desk: Desk, row: Row, numbering: Numbering, number: str, theme: Named | None) -> Wanted | None:
    words = row.words(Means.TITLE) or row.words(Means.WORDS)
    lead, others = desk.lead(row)
    due_on = desk.due(row)
    starts_on = desk.day(row, Means.STARTS)
    if not words:
        row.fault(Means.TITLE, _NOTHING_DONE)
    if theme is None and not row.faults:
        row.fault(
            Means.THEME,
            "does not say which theme the action is of. Add a column “Theme”, or a row above with its title.",
        )
    if lead is None and not any(fault.address == row.line.address(Means.LEAD) for fault in row.faults):
        row.fault(Means.LEAD, "does not say who leads. Name a post, a team or a partner.")
    if due_on is None and not row.words(Means.DUE) and not row.words(Means.REVISED):
        row.fault(Means.DUE, "gives no due date, and an action needs one. Write a date.")
    if row.faults or theme is None or lead is None or due_on is None:
        return None
    starts_on = starts_on or min(desk.plan.adopted_on, due_on)
    if starts_on > due_on:
        row.fault(Means.DUE, f"falls before the start, {written(starts_on)}. Put one of the two right.")
    place = numbering.place(number, theme)
    return Wanted(
        fields={
            "number": number or f"{theme.number}.{place}", "title": wording.short(words),
            "words": wording.in_full(words, row.words(Means.WORDS)), "success": row.words(Means.SUCCESS),
            "starts_on": starts_on, "due_on": due_on, "first_due_on": due_on, "status": _entered(row),
        },
        theme=theme, lead=lead, position=place, updaters=others,
        steps=tuple(_steps(row, due_on)), findings=desk.findings(row, frozenset()),
        update=row.words(Means.UPDATE), kept=(*_rated(row), *row.kept),
    )  # fmt: skip


def _rated(row: Row) -> list[str]:
    rating = wording.rating(row.line.cell(Means.RATING))
    return [f"The sheet rated it {rating}."] if rating else []


def _entered(row: Row) -> str:
    """The status in which a new action enters the plan."""
    words = row.words(Means.STATUS)
    found = wording.status(words)
    if found == Status.CLOSED:
        row.fault(
            Means.STATUS,
            "says “Closed”, and an action is closed only once its evidence is verified. Write “Delivered”.",
        )
    elif words and found is None:
        row.note(Means.STATUS, f"says “{words[:40]}”, which is no status, so the action is loaded as not started.")
    elif found and not wording.is_plainly(words):
        row.note(Means.STATUS, f"says “{words[:60]}”, which is read as “{found.label}”.")
    return (found or Status.NOT_STARTED).value


def _steps(row: Row, due_on: date) -> list[Step]:
    found = [
        Step(each.words[: wording.MOST_STEP], each.due_on or due_on, each.done_on)
        for each in wording.steps(row.words(Means.MILESTONES))
    ]
    if any(each.due_on is None for each in wording.steps(row.words(Means.MILESTONES))):
        row.note(Means.MILESTONES, "gives a milestone without a date, which is due with the action.")
    return found
