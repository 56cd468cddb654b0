"""What a row says otherwise than an action that the plan has; an empty cell says nothing."""

from datetime import date

from improvement.lifecycle import MOVES, Status, objection
from improvement.timing import written
from monitoring.sheet import wording
from monitoring.sheet.cells import key, line, same
from monitoring.sheet.columns import Means
from monitoring.sheet.desk import Desk, Row
from monitoring.sheet.promise import Known, Named, Wanted
from monitoring.sheet.wording import Step

WHY = "Loaded from the council’s own spreadsheet."
"""The reason of a move that a sheet makes."""
_ASKS_FOR_MORE = "Change it here to what the plan says, and make the move on the action’s own page."

_ONE_OF_OURS = "Write one that the plan has."


def change(desk: Desk, row: Row, known: Known, theme: Named | None) -> Wanted:
    """What the sheet says otherwise than the plan; an empty cell says nothing."""
    fields = _fields_changed(desk, row, known)
    lead, others = desk.lead(row)
    lead = None if lead is None or key(lead.name) == key(known.lead.name) or lead.key == known.lead.key else lead
    moved = theme if theme and (theme.key is None or theme.key != known.theme.key) else None
    for means, named in ((Means.LEAD, lead), (Means.THEME, moved)):
        if known.sealed and named and named.key is None:
            row.fault(
                means, f"makes “{named.name}” for an action under seal, and everybody would see it. {_ONE_OF_OURS}"
            )
    if lead:
        row.note(Means.LEAD, f"hands it over from {known.lead.name} to {lead.name}.")
    if moved:
        row.note(Means.THEME, f"moves it from {known.theme.name} to {moved.name}.")
    steps, reached = _steps_changed(row, known)
    findings = desk.findings(row, known.findings)
    for number in findings:
        row.note(Means.FINDINGS, f"ties it to {number}.")
    return Wanted(
        fields=fields, theme=moved, lead=lead, steps=steps,
        updaters=tuple(person for person in others if person not in known.updaters), reached=reached,
        findings=findings, move=_move(row, known), update=_update(row, known),
    )  # fmt: skip


def _fields_changed(desk: Desk, row: Row, known: Known) -> dict[str, str | date]:
    found: dict[str, str | date] = {}
    title, words = row.words(Means.TITLE), row.words(Means.WORDS)
    words = words and wording.in_full(title, words)
    if not words and same(title, known.words):
        title = ""
    if title and not same(wording.short(title), line(known.title)):
        found |= {"title": wording.short(title)} | ({} if words else {"words": title})
        row.note(Means.TITLE, f"changes the action, which is now “{known.title}”.")
    if words and not same(words, known.words):
        found["words"] = words
        row.note(Means.WORDS, "changes what will be done.")
    success = row.words(Means.SUCCESS)
    if success and not same(success, known.success):
        found["success"] = success
        row.note(Means.SUCCESS, "changes the measure of success.")
    return found | _days_changed(desk, row, known)


def _days_changed(desk: Desk, row: Row, known: Known) -> dict[str, date]:
    found: dict[str, date] = {}
    starts_on = desk.day(row, Means.STARTS, now=known.starts_on)
    if starts_on and starts_on != known.starts_on:
        found["starts_on"] = starts_on
        row.note(Means.STARTS, f"moves the start from {written(known.starts_on)} to {written(starts_on)}.")
    due_on = desk.due(row, now=known.due_on)
    if not due_on or due_on == known.due_on:
        return found
    if desk.plan.is_adopted:
        row.fault(
            Means.DUE,
            f"says {written(due_on)}, and the plan says {written(known.due_on)}. A due date moves only with a "
            "reason and somebody’s agreement: put the plan’s date back here, and move it on the action’s own page.",
        )
        return found
    row.note(Means.DUE, f"sets the due date, before the plan is adopted, to {written(due_on)}.")
    return found | {"due_on": due_on, "first_due_on": due_on}


def _steps_changed(row: Row, known: Known) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """Milestones that are new, and those that the sheet says are done."""
    left = [Step(key(wording.step_line(each.words)), each.due_on, each.done_on) for each in known.steps]
    new, reached = [], []
    for each in wording.steps(row.words(Means.MILESTONES)):
        alike = [step for step in left if step.words == key(wording.step_line(each.words)[: wording.MOST_STEP])]
        there = next((step for step in alike if each.due_on in (None, step.due_on)), None)
        if not alike:
            new.append(Step(each.words[: wording.MOST_STEP], each.due_on or known.due_on, each.done_on))
            row.note(Means.MILESTONES, f"adds a milestone, “{each.words[:80]}”.")
        elif there is None:
            row.fault(
                Means.MILESTONES,
                f"gives the milestone “{each.words[:80]}” another date than the plan’s, "
                f"{written(alike[0].due_on or known.due_on)}. Put the plan’s date back here.",
            )
        else:
            left.remove(there)
            if each.done_on and not there.done_on:
                reached.append(each)
                row.note(Means.MILESTONES, f"marks the milestone “{each.words[:80]}” done.")
    return tuple(new), tuple(reached)


def _move(row: Row, known: Known) -> str:
    """The move of the table that leads from the plan's status to the sheet's."""
    words = row.words(Means.STATUS)
    wanted = wording.status(words)
    if wanted is None or wanted == known.status:
        return ""
    if wanted == Status.DELIVERED and known.status == Status.CLOSED:
        return ""  # “Complete” is as true of what was closed after it
    arriving = [move for move in MOVES.values() if move.arrives == wanted]
    move = next((move for move in arriving if known.status in move.leaves), arriving[0] if arriving else None)
    sentence = objection(known.status, move, reason=WHY, rung=known.rung) if move else "No action goes back to that."
    if move is None or sentence:
        row.fault(Means.STATUS, f"says “{words[:40]}”. {sentence} {_ASKS_FOR_MORE}")
        return ""
    row.note(Means.STATUS, f"moves it from “{Status(known.status).label}” to “{wanted.label}”.")
    return move.key


def _update(row: Row, known: Known) -> str:
    words = row.words(Means.UPDATE)
    if not words or any(same(words, update) for update in known.updates):
        return ""
    row.note(Means.UPDATE, "gives it an update.")
    return words
