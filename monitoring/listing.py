"""One page of the plan's actions as they stood on a day: the rows, how many there are, and the filters chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

from improvement.lifecycle import UNDELIVERED
from improvement.models import Action, Plan
from improvement.scope import read_by, themes_read
from improvement.timing import late, written
from improvement.working_days import Calendar
from monitoring.models import Standing
from people.models import Person
from sources.models import Seal

PAGE = 25
COUNTED = 1000
"""Counting stops here, so that a list of a million costs what a list of a thousand does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The seal that a row stands under, for those who may see it at all."""

    kind: str
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One action as it stood on the day."""

    number: str
    title: str
    theme: str
    lead: str
    status: str
    delivery: str
    because: str
    rung: str
    due_on: date
    first_due_on: date
    days_late: int
    unit: str
    days_left: int | None
    stale: bool
    terms: Terms | None


class Capped(Paginator):
    """Counts no further than a thousand; the pages after that can still be turned, one by one."""

    @cached_property
    def count(self) -> int:
        """Up to one more than is counted."""
        return self.object_list.order_by()[: COUNTED + 1].count()  # type: ignore[attr-defined]

    @property
    def counted(self) -> int:
        """How far it counts."""
        return COUNTED

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        return self.count > COUNTED

    def page_of(self, asked: str) -> Page:
        """The page asked for, or the nearest that there is."""
        number = max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
        if not self.more:
            return self.get_page(number)
        # One row more than is shown says whether there is a page after this one.
        return Page(self.object_list[(number - 1) * PAGE : number * PAGE + 1], number, self)


COLUMNS = (
    "action__number", "action__title", "theme__number", "theme__title", "action__lead__name", "status", "delivery",
    "because", "rung", "due_on", "action__first_due_on", "late", "stale", "seal_id",
)  # fmt: skip


def standings_read_by(person: Person, plan: Plan, *, on: date) -> Any:
    """The standings of the plan's actions that a person reads."""
    of_plan = Standing.objects.of(plan)
    if themes_read(person, on=on) is None:
        return of_plan
    return of_plan.filter(action__in=read_by(person, Action.objects.of(plan), on=on))


def pages(standings: Any) -> Capped:
    """The standings as pages of rows."""
    return Capped(standings.keys(), PAGE)


def rows(page: Page, *, on: date, calendar: Calendar) -> list[Row]:
    """Rows as the page prints them, and perhaps the first of the next."""
    held = Seal.objects.held()
    found = Standing.objects.told(list(page.object_list), COLUMNS)
    return [_row(*each, on=on, calendar=calendar, held=held) for each in found]


def _row(
    number: str, title: str, theme_number: int, theme: str, lead: str, status: str, delivery: str, because: str,
    rung: str, due_on: date, first_due_on: date, is_late: bool, stale: bool, seal_id: int, *, on: date,
    calendar: Calendar, held: Mapping[int, Seal],
) -> Row:  # fmt: skip
    working_days = late(due_on, on=on, calendar=calendar) if is_late else 0
    seal = held.get(seal_id)
    return Row(
        number=number, title=title, theme=f"{theme_number}. {theme}", lead=lead, status=status,
        delivery=delivery or "none", because=because, rung=rung, due_on=due_on, first_due_on=first_due_on,
        # What fell due on a Friday is overdue on the Saturday, though no working day has passed.
        days_late=working_days or ((on - due_on).days if is_late else 0),
        unit="working day" if working_days else "day",
        days_left=(due_on - on).days if status in UNDELIVERED and not is_late else None,
        stale=stale, terms=Terms(kind=seal.kind, until=seal.embargo_until) if seal else None,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Way:
    """Another list than this one: its name and address, and whether it is this one after all."""

    text: str
    href: str
    here: bool = False


def chips(form: Any, asked: Mapping[str, str], *, today: date) -> list[Way]:
    """The filters chosen, each with the address that lets it go; the order is no filter, and neither is today."""
    kept = words_of(form, asked)
    shown = {name: value for name, value in form.cleaned_data.items() if (name, value) != ("on", today)}
    chosen = [name for name in kept if name != "order" and shown.get(name) not in (None, "")]
    return [Way(_said(form.fields[name], form.cleaned_data[name]), _address(kept | {name: ""})) for name in chosen]


def in_words(form: Any, asked: Mapping[str, str], *, today: date) -> list[str]:
    """What is asked of the list, its order with it."""
    order = form.cleaned_data["order"]
    named = dict(form.fields["order"].choices)
    return [way.text for way in chips(form, asked, today=today)] + ([f"Order: {named[order]}"] if order else [])


def orders(form: Any, asked: Mapping[str, str]) -> list[Way]:
    """The same list in each of its orders."""
    kept, now = words_of(form, asked), form.cleaned_data["order"]
    return [Way(word, _address(kept | {"order": code}), code == now) for code, word in form.fields["order"].choices]


def query(form: Any, asked: Mapping[str, str]) -> str:
    """The address of this very list, but for its page."""
    return urlencode(words_of(form, asked))


def words_of(form: Any, asked: Mapping[str, str]) -> dict[str, str]:
    """Of what was asked, the words that the list understands, whether they make sense or not."""
    return {name: asked[name] for name in form.fields if asked.get(name)}


def _address(words: Mapping[str, str]) -> str:
    return "?" + urlencode({name: value for name, value in words.items() if value})


def _said(field: Any, value: Any) -> str:
    if isinstance(value, date):
        return f"{field.label} {written(value)}"
    words = dict(getattr(field, "choices", ())).get(value) if isinstance(value, str) else None
    return f"{field.label}: {words or value}"
