"""The dry run: a table held against the plan, row by row, with what would be made, changed or refused, and why."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from improvement.lifecycle import MOVES, Status, objection
from improvement.timing import counted, written
from monitoring.sheet import wording
from monitoring.sheet.cells import Day, cell_objection, day, key, line, said, same
from monitoring.sheet.columns import Means, columns_objection
from monitoring.sheet.grid import Line, Table, address
from monitoring.sheet.promise import DryRun, Known, Named, Outcome, Plan, Result, Said, Wanted
from monitoring.sheet.wording import Step

WHY = "Loaded from the council’s own spreadsheet."
"""The reason of a move that a sheet makes."""
_ASKS_FOR_MORE = "Change it here to what the plan says, and make the move on the action’s own page."


def dry_run(table: Table, plan: Plan, *, dates: Mapping[str, date]) -> DryRun:
    """What loading the table would do to the plan; `dates` are words that a person said stand for days."""
    if sentence := columns_objection([column.means for column in table.columns]):
        return DryRun(sheet=table.sheet, columns=table.columns, results=(), notes=table.notes, objection=sentence)
    run = _Run(plan=plan, dates=dates)
    run.reserve(table.lines)
    results = tuple(run.row(each) for each in table.lines)
    return DryRun(
        sheet=table.sheet,
        columns=table.columns,
        results=results,
        notes=(*table.notes, *_notes(table, plan, results)),
        objection=_objection(results),
        unread=tuple(run.unread),
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
    if unread := [column for column in table.columns if column.means is None]:
        letters = ", ".join(f"{column.letter} (“{column.heading[:40]}”)" for column in unread)
        found.append(f"Nobody has said what these columns mean, so they are not loaded: {letters}.")
    there = {result.known.key for result in results if result.known}
    if left := sum(known.key not in there for known in plan.actions.values()):
        found.append(f"{counted(left, 'action')} of the plan not in the sheet will stay as they are: none is deleted.")
    return found


@dataclass
class _Row:
    """A line being read: what is wrong with it, and what else there is to say."""

    line: Line
    faults: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)

    def words(self, means: Means) -> str:
        return said(self.line.cell(means))

    def fault(self, means: Means, sentence: str) -> None:
        self.faults.append(Said(self.line.address(means), sentence))

    def note(self, means: Means, sentence: str) -> None:
        self.notes.append(Said(self.line.address(means), sentence))


@dataclass
class _Run:
    plan: Plan
    dates: Mapping[str, date]
    themes: dict[str, Named] = field(default_factory=dict)
    """Those to be made, by name."""
    leads: dict[str, Named] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    """The row in which each number was given first."""
    given: set[str] = field(default_factory=set)
    """Every number that the sheet gives, so that none is given to a row without one."""
    places: dict[int, int] = field(default_factory=dict)
    unread: dict[str, None] = field(default_factory=dict)

    def reserve(self, lines: tuple[Line, ...]) -> None:
        """Note the numbers that rows have, before any is given out."""
        self.places = dict(self.plan.positions)
        self.given = {key(wording.number(each.cell(Means.NUMBER))) for each in lines}
        self.by_title = {(known.theme.key, key(known.title)): known for known in self.plan.actions.values()}
        self.by_number = {key(number): known for number, known in self.plan.actions.items()}

    def row(self, of: Line) -> Result:
        """What becomes of one line."""
        row = _Row(of)
        for cells in of.cells.values():
            for column, at, cell in cells:
                if sentence := cell_objection(cell):
                    row.faults.append(Said(address(of.sheet, column, at), sentence))
        if row.faults:
            return self._refused(row)
        number, theme = self._number(row), self._theme(row)
        known = self.by_number.get(key(number)) if number else self._of_title(theme, row)
        self._once(row, known.number if known else number)
        if row.words(Means.TERMS) and not (known and known.sealed):
            row.fault(Means.TERMS, "says that it is under seal, and a sheet makes open actions only. Leave it out.")
        wanted = self._change(row, known, theme) if known else self._new(row, number, theme)
        if row.faults or wanted is None:
            return self._refused(row, known, number)
        fresh = not known
        outcome = Outcome.MADE if fresh else Outcome.CHANGED if wanted != _NOTHING else Outcome.SAME
        return Result(
            row=of.row, number=known.number if known else wanted.fields["number"],
            title=wording.short(row.words(Means.TITLE)) or (known.title if known else ""), outcome=outcome,
            said=tuple(row.notes) if outcome != Outcome.SAME else (), known=known, wanted=wanted,
        )  # fmt: skip

    def _refused(self, row: _Row, known: Known | None = None, number: str = "") -> Result:
        number = known.number if known else number or wording.number(row.line.cell(Means.NUMBER))[:20]
        return Result(
            row=row.line.row, number=number, title=wording.short(row.words(Means.TITLE)), outcome=Outcome.REFUSED,
            said=tuple(row.faults), known=known,
        )  # fmt: skip

    def _number(self, row: _Row) -> str:
        cell = row.line.cell(Means.NUMBER)
        exact, tidy = line(said(cell)), wording.number(cell)
        if not exact or key(exact) in self.by_number or key(tidy) in self.by_number:
            return exact if key(exact) in self.by_number else tidy
        if sentence := wording.number_objection(tidy):
            row.fault(Means.NUMBER, sentence)
        return tidy

    def _once(self, row: _Row, number: str) -> None:
        if not number:
            return
        first = self.rows.setdefault(key(number), row.line.row)
        if first != row.line.row:
            row.fault(
                Means.NUMBER,
                f"is the second row of action {number}, after row {first}. Give one of them another number; "
                "where Excel made 1.1 of 1.10, format the column as text and type it again.",
            )

    def _of_title(self, theme: Named | None, row: _Row) -> Known | None:
        """A row without a number is known by its title in its theme."""
        return self.by_title.get((theme.key, key(wording.short(row.words(Means.TITLE))))) if theme else None

    def _theme(self, row: _Row) -> Named | None:
        """The theme that the row says, or its band, or its number; one to be made where the plan has none like it."""
        words = line(row.words(Means.THEME))
        if not words and row.line.theme_above:
            words = line(said(row.line.theme_above[1]))
        every = (*self.plan.themes, *self.themes.values())
        if not words:
            first = wording.parts_of(wording.number(row.line.cell(Means.NUMBER)))[:1]
            return next((theme for theme in every if (theme.number,) == first), None)
        number, title = wording.theme(words)
        for fits in _fitting(words, number, title):
            if found := next((theme for theme in every if fits(theme)), None):
                return found
        if not title:
            row.fault(Means.THEME, f"names theme {number} by its number alone, and the plan has none. Write its title.")
            return None
        return self._theme_to_make(row, number, title[: wording.MOST_THEME])

    def _theme_to_make(self, row: _Row, number: int | None, title: str) -> Named:
        taken = {theme.number for theme in (*self.plan.themes, *self.themes.values())}
        number = number if number and number not in taken else max(taken, default=0) + 1
        self.themes[key(title)] = made = Named(None, title, number)
        row.note(Means.THEME, f"makes a new theme, {number}. {title}.")
        return made

    def _lead(self, row: _Row) -> tuple[Named | None, tuple[int, ...]]:
        """Who leads, and who else is named and so updates."""
        words = line(row.words(Means.LEAD))
        if whole := self._lead_named(words):
            return whole, ()
        named = wording.names(row.words(Means.LEAD))
        if not named:
            return None, ()
        if len(named[0]) > wording.MOST_NAME:
            row.fault(Means.LEAD, f"is longer than a name of {wording.MOST_NAME} characters. Name the post.")
            return None, ()
        lead = self._lead_named(named[0])
        if lead is None:
            self.leads[key(named[0])] = lead = Named(None, named[0])
            row.note(Means.LEAD, f"makes a new lead, “{named[0]}”.")
        return lead, tuple(person for name in named[1:] if (person := self._other(row, name)))

    def _lead_named(self, name: str) -> Named | None:
        return self.plan.leads.get(key(name)) or self.leads.get(key(name))

    def _other(self, row: _Row, name: str) -> int | None:
        person = self.plan.people.get(key(name))
        told = "will update the action" if person else "has no account here, so add them by hand once they have"
        row.note(Means.LEAD, f"names “{name}” second: the first leads, and {name} {told}.")
        return person

    def _day(self, row: _Row, means: Means, *, now: date | None = None) -> date | None:
        """The day that a cell says; nothing where it says none or what it says is refused."""
        cell = row.line.cell(means)
        words = line(cell.text)
        if not words or (now and words[:10] == now.isoformat()):
            return now
        found = day(cell, ends=means == Means.DUE, told=dict(self.dates))
        if isinstance(found, Day):
            if found.note and found.on != now:
                row.note(means, f"{found.note}.")
            return found.on
        if not any(letter.isdigit() for letter in words) and len(words) <= 40:
            self.unread.setdefault(words.casefold())
        row.fault(means, found)
        return None

    def _new(self, row: _Row, number: str, theme: Named | None) -> Wanted | None:
        words = row.words(Means.TITLE) or row.words(Means.WORDS)
        lead, others = self._lead(row)
        due_on = self._day(row, Means.DUE)
        starts_on = self._day(row, Means.STARTS)
        if not words:
            row.fault(Means.TITLE, "does not say what will be done. Write the action, or leave the row out.")
        if theme is None and not row.faults:
            row.fault(Means.THEME, "does not say which theme the action is of. Add a column “Theme”.")
        if lead is None and not any(fault.address == row.line.address(Means.LEAD) for fault in row.faults):
            row.fault(Means.LEAD, "does not say who leads. Name a post, a team or a partner.")
        if due_on is None and not row.words(Means.DUE):
            row.fault(Means.DUE, "gives no due date, and an action needs one. Write a date.")
        if row.faults or theme is None or lead is None or due_on is None:
            return None
        starts_on = starts_on or min(self.plan.adopted_on, due_on)
        if starts_on > due_on:
            row.fault(Means.DUE, f"falls before the start, {written(starts_on)}. Put one of the two right.")
        place = self._place(number, theme)
        return Wanted(
            fields={
                "number": number or f"{theme.number}.{place}", "title": wording.short(words),
                "words": row.words(Means.WORDS) or words, "success": row.words(Means.SUCCESS), "starts_on": starts_on,
                "due_on": due_on, "first_due_on": due_on, "status": self._entered(row),
            },
            theme=theme, lead=lead, position=place, updaters=others,
            steps=tuple(self._steps(row, due_on)), findings=self._findings(row, frozenset()),
            update=row.words(Means.UPDATE), rating=wording.rating(row.line.cell(Means.RATING)),
        )  # fmt: skip

    def _place(self, number: str, theme: Named) -> int:
        """Where in its theme: by the last figure of its number, else after the last."""
        parts = wording.parts_of(number)
        if number and len(parts) > 1:
            place = parts[-1]
        else:
            place = self.places.get(theme.number, 0) + 1
            while not number and key(f"{theme.number}.{place}") in self.given | self.by_number.keys():
                place += 1
        self.places[theme.number] = max(place, self.places.get(theme.number, 0))
        return place

    def _entered(self, row: _Row) -> str:
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
        return (found or Status.NOT_STARTED).value

    def _steps(self, row: _Row, due_on: date) -> list[Step]:
        found = [
            Step(each.words[: wording.MOST_STEP], each.due_on or due_on, each.done_on)
            for each in wording.steps(row.words(Means.MILESTONES))
        ]
        if any(each.due_on is None for each in wording.steps(row.words(Means.MILESTONES))):
            row.note(Means.MILESTONES, "gives a milestone without a date, which is due with the action.")
        return found

    def _findings(self, row: _Row, known: frozenset[str]) -> tuple[str, ...]:
        """The findings that the action is newly tied to."""
        words = row.words(Means.FINDINGS)
        tokens = [token for part in words.replace("\n", ",").split(",") if (token := line(part))]
        exact = [token.upper() for token in tokens if token.upper() in self.plan.findings]
        rest = " , ".join(token for token in tokens if token.upper() not in self.plan.findings)
        asked = [*exact, *wording.findings(rest)]
        for number in asked:
            if number not in self.plan.findings:
                row.fault(Means.FINDINGS, f"names {number}, and the plan answers no finding of that number.")
        return tuple(number for number in dict.fromkeys(asked) if number not in known)

    def _change(self, row: _Row, known: Known, theme: Named | None) -> Wanted:
        """What the sheet says otherwise than the plan; an empty cell says nothing."""
        fields = self._fields_changed(row, known)
        lead, others = self._lead(row)
        lead = None if lead is None or key(lead.name) == key(known.lead.name) or lead.key == known.lead.key else lead
        moved = theme if theme and (theme.key is None or theme.key != known.theme.key) else None
        if lead:
            row.note(Means.LEAD, f"hands it over from {known.lead.name} to {lead.name}.")
        if moved:
            row.note(Means.THEME, f"moves it from {known.theme.name} to {moved.name}.")
        steps, reached = self._steps_changed(row, known)
        findings = self._findings(row, known.findings)
        for number in findings:
            row.note(Means.FINDINGS, f"ties it to {number}.")
        return Wanted(
            fields=fields, theme=moved, lead=lead, steps=steps,
            updaters=tuple(person for person in others if person not in known.updaters), reached=reached,
            findings=findings, move=self._move(row, known), update=self._update(row, known),
        )  # fmt: skip

    def _fields_changed(self, row: _Row, known: Known) -> dict[str, str | date]:
        found: dict[str, str | date] = {}
        title, words = row.words(Means.TITLE), row.words(Means.WORDS)
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
        return found | self._days_changed(row, known)

    def _days_changed(self, row: _Row, known: Known) -> dict[str, date]:
        found: dict[str, date] = {}
        starts_on = self._day(row, Means.STARTS, now=known.starts_on)
        if starts_on and starts_on != known.starts_on:
            found["starts_on"] = starts_on
            row.note(Means.STARTS, f"moves the start from {written(known.starts_on)} to {written(starts_on)}.")
        due_on = self._day(row, Means.DUE, now=known.due_on)
        if not due_on or due_on == known.due_on:
            return found
        if self.plan.is_adopted:
            row.fault(
                Means.DUE,
                f"says {written(due_on)}, and the plan says {written(known.due_on)}. A due date moves only with a "
                "reason and somebody’s agreement: put the plan’s date back here, and move it on the action’s own page.",
            )
            return found
        row.note(Means.DUE, f"sets the due date, before the plan is adopted, to {written(due_on)}.")
        return found | {"due_on": due_on, "first_due_on": due_on}

    def _steps_changed(self, row: _Row, known: Known) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
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

    def _move(self, row: _Row, known: Known) -> str:
        """The move of the table that leads from the plan's status to the sheet's."""
        words = row.words(Means.STATUS)
        wanted = wording.status(words)
        if wanted is None or wanted == known.status:
            return ""
        if wanted == Status.DELIVERED and known.status == Status.CLOSED:
            return ""  # “Complete” is as true of what was closed after it
        arriving = [move for move in MOVES.values() if move.arrives == wanted]
        move = next((move for move in arriving if known.status in move.leaves), arriving[0] if arriving else None)
        sentence = (
            objection(known.status, move, reason=WHY, rung=known.rung) if move else "No action goes back to that."
        )
        if move is None or sentence:
            row.fault(Means.STATUS, f"says “{words[:40]}”. {sentence} {_ASKS_FOR_MORE}")
            return ""
        row.note(Means.STATUS, f"moves it from “{Status(known.status).label}” to “{wanted.label}”.")
        return move.key

    def _update(self, row: _Row, known: Known) -> str:
        words = row.words(Means.UPDATE)
        if not words or any(same(words, update) for update in known.updates):
            return ""
        row.note(Means.UPDATE, "gives it an update.")
        return words


_NOTHING = Wanted(fields={})


def _fitting(words: str, number: int | None, title: str) -> tuple[Callable[[Named], bool], ...]:
    """Ways in which a theme may be the one named, the surest first."""
    return (
        lambda theme: key(f"{theme.number}. {theme.name}") == key(words),
        lambda theme: key(theme.name) == key(words),
        lambda theme: bool(title) and key(theme.name) == key(title),
        lambda theme: not title and theme.number == number,
    )
