"""Which number and which place in its theme each row's action has."""

from collections.abc import Iterable

from monitoring.sheet import wording
from monitoring.sheet.cells import key, line, said
from monitoring.sheet.columns import Means
from monitoring.sheet.desk import Row
from monitoring.sheet.grid import Line
from monitoring.sheet.promise import Known, Named, Plan


class Numbering:
    """The numbers of the plan and of the whole sheet, so that none is given twice."""

    def __init__(self, plan: Plan, lines: Iterable[Line]) -> None:
        self.places = dict(plan.positions)
        self.given = {key(wording.number(each.cell(Means.NUMBER))) for each in lines}
        self.by_title = {(known.theme.key, key(known.title)): known for known in plan.actions.values()}
        self.by_number = {key(number): known for number, known in plan.actions.items()}
        self.rows: dict[str, int] = {}

    def known(self, row: Row, number: str, theme: Named | None) -> Known | None:
        """The plan's action of this number; a row without one is known by its title in its theme."""
        if number:
            return self.by_number.get(key(number))
        title = key(wording.short(row.words(Means.TITLE)))
        return self.by_title.get((theme.key, title)) if theme else None

    def number(self, row: Row) -> str:
        """What the row gives; nothing where it gives none."""
        cell = row.line.cell(Means.NUMBER)
        exact, tidy = line(said(cell)), wording.number(cell)
        if not exact or key(exact) in self.by_number or key(tidy) in self.by_number:
            return exact if key(exact) in self.by_number else tidy
        if sentence := wording.number_objection(tidy):
            row.fault(Means.NUMBER, sentence)
        return tidy

    def once(self, row: Row, number: str) -> None:
        """Refuse the row where another has the number."""
        if not number:
            return
        first = self.rows.setdefault(key(number), row.line.row)
        if first != row.line.row:
            row.fault(
                Means.NUMBER,
                f"is the second row of action {number}, after row {first}. Give one of them another number; "
                "where Excel made 1.1 of 1.10, format the column as text and type it again.",
            )

    def place(self, number: str, theme: Named) -> int:
        """Where in its theme: by the last figure of its number, else after the last."""
        parts = wording.parts_of(number)
        if number and len(parts) > 1:
            place = parts[-1]
        else:
            place = self.places.get(theme.number, 0) + 1
            while not number and self._is_given(key(f"{theme.number}.{place}")):
                place += 1
        self.places[theme.number] = max(place, self.places.get(theme.number, 0))
        return place

    def _is_given(self, number: str) -> bool:
        return number in self.given or number in self.by_number
