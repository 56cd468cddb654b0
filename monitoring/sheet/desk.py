"""What the cells of one row mean beside the plan: its theme, its lead, its days and the findings that it names.

Whatever the plan has not (a theme, a lead) is made once and then known to the rows after.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from improvement.timing import written
from monitoring.sheet import wording
from monitoring.sheet.cells import key, line, said
from monitoring.sheet.columns import Means
from monitoring.sheet.dates import Day, day, may_be_told
from monitoring.sheet.grid import Line
from monitoring.sheet.promise import Named, Plan, Said

MOST_UNREAD = 50
"""Different words in the place of dates that a person is asked about at once."""


@dataclass
class Row:
    """A line being read: what is wrong with it, and what else there is to say."""

    line: Line
    faults: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    """What the history of a new action is to keep of it, in sentences."""

    def words(self, means: Means) -> str:
        """What the row says under a heading."""
        return said(self.line.cell(means))

    def fault(self, means: Means, sentence: str) -> None:
        """Refuse the row."""
        self.faults.append(Said(self.line.address(means), sentence))

    def note(self, means: Means, sentence: str) -> None:
        """Say something of it that its reader should know."""
        self.notes.append(Said(self.line.address(means), sentence))


@dataclass
class Desk:
    """The plan, what a person said of words for dates, and what the rows so far have asked to be made."""

    plan: Plan
    dates: Mapping[str, date]
    themes: dict[str, Named] = field(default_factory=dict)
    leads: dict[str, Named] = field(default_factory=dict)
    said: dict[str, Named] = field(default_factory=dict)
    """Themes by the words in which a row named them: thousands of rows name a few."""
    unread: dict[str, None] = field(default_factory=dict)
    """Words that stand where a date should."""

    def theme(self, row: Row) -> Named | None:
        """The theme that the row says, or its band, or its number; one to be made where the plan has none like it."""
        words = line(row.words(Means.THEME))
        if not words and row.line.theme_above:
            words = line(said(row.line.theme_above[1]))
        if words in self.said:
            return self.said[words]
        every = (*self.plan.themes, *self.themes.values())
        if not words:
            first = wording.parts_of(wording.number(row.line.cell(Means.NUMBER)))[:1]
            return next((theme for theme in every if (theme.number,) == first), None)
        number, title = wording.theme(words)
        title = wording.short(title, most=wording.MOST_THEME)
        for fits in _fitting(words, number, title):
            if found := next((theme for theme in every if fits(theme)), None):
                self.said[words] = found
                return found
        if not title:
            row.fault(Means.THEME, f"names theme {number} by its number alone, and the plan has none. Write its title.")
            return None
        return self._theme_to_make(row, number, title)

    def lead(self, row: Row) -> tuple[Named | None, tuple[int, ...]]:
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

    def due(self, row: Row, *, now: date | None = None) -> date | None:
        """The due date, as it was moved to where the sheet says so."""
        first = self.day(row, Means.DUE, now=now)
        if wording.says_nothing(row.words(Means.REVISED)):
            return first
        moved_to = self.day(row, Means.REVISED, now=now)
        if first and moved_to and first != moved_to and first != now:
            row.note(Means.REVISED, f"counts before the first date, {written(first)}, which its history keeps.")
            row.kept.append(f"The sheet first had it due on {written(first)}.")
        return moved_to

    def day(self, row: Row, means: Means, *, now: date | None = None) -> date | None:
        """The day that a cell says; nothing where it says none or what it says is refused."""
        cell = row.line.cell(means)
        words = line(cell.text)
        if not words or (now and words[:10] == now.isoformat()):
            return now
        found = day(cell, ends=means != Means.STARTS, told=dict(self.dates))
        if isinstance(found, Day):
            if found.note and found.on != now:
                row.note(means, f"{found.note}.")
            if found.several:
                row.kept.append(f"The sheet gave its {means.label.casefold()} as “{words}”.")
            return found.on
        if may_be_told(words) and len(self.unread) < MOST_UNREAD:
            self.unread.setdefault(words.casefold())
        row.fault(means, found)
        return None

    def findings(self, row: Row, known: frozenset[str]) -> tuple[str, ...]:
        """The findings that the action is newly tied to."""
        words = row.words(Means.FINDINGS)
        if not words or not self.plan.findings:
            return ()
        if worded := [
            self.plan.worded[key(each)] for each in (words, *words.split("\n")) if key(each) in self.plan.worded
        ]:
            return tuple(number for number in dict.fromkeys(worded) if number not in known)
        tokens = [token for part in words.replace("\n", ",").split(",") if (token := line(part))]
        exact = [token.upper() for token in tokens if token.upper() in self.plan.findings]
        rest = " , ".join(token for token in tokens if token.upper() not in self.plan.findings)
        asked = [*exact, *wording.findings(rest)]
        for number in asked:
            if number not in self.plan.findings:
                row.fault(
                    Means.FINDINGS,
                    f"names {number}, and the plan answers no finding of that number. Put the number right, or record "
                    "the finding first.",
                )
        if not asked:
            row.note(Means.FINDINGS, "names no finding by its number or in its words, so it ties the action to none.")
        return tuple(number for number in dict.fromkeys(asked) if number not in known)

    def _theme_to_make(self, row: Row, number: int | None, title: str) -> Named:
        taken = {theme.number for theme in (*self.plan.themes, *self.themes.values())}
        number = number if number and number not in taken else max(taken, default=0) + 1
        self.themes[key(title)] = made = Named(None, title, number)
        row.note(Means.THEME, f"makes a new theme, {number}. {title}.")
        return made

    def _lead_named(self, name: str) -> Named | None:
        return self.plan.leads.get(key(name)) or self.leads.get(key(name))

    def _other(self, row: Row, name: str) -> int | None:
        person = self.plan.people.get(key(name))
        told = "will update the action" if person else "has no account here; a new action’s history keeps the name"
        if not person:
            row.kept.append(f"The sheet also names {name}.")
        row.note(Means.LEAD, f"names “{name}” second: the first leads, and {name} {told}.")
        return person


def _fitting(words: str, number: int | None, title: str) -> tuple[Callable[[Named], bool], ...]:
    """Ways in which a theme may be the one named, the surest first."""
    return (
        lambda theme: key(f"{theme.number}. {theme.name}") == key(words),
        lambda theme: key(theme.name) == key(words),
        lambda theme: bool(title) and key(theme.name) == key(title),
        lambda theme: not title and theme.number == number,
    )
