"""An action as the plan has it, and as a row of a sheet wants it: values, with a sentence for each thing said."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import TextChoices

from monitoring.sheet.grid import Column
from monitoring.sheet.wording import Step


class Outcome(TextChoices):
    """What becomes of a row."""

    REFUSED = "refused", "Refused"
    MADE = "made", "Made"
    CHANGED = "changed", "Changed"
    SAME = "same", "The same"


@dataclass(frozen=True, slots=True)
class Named:
    """A theme or a lead: one that is there (by its key), or one to be made."""

    key: int | None
    name: str
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An action as the reader sees it in the plan."""

    key: int
    number: str
    title: str
    words: str
    success: str
    theme: Named
    lead: Named
    starts_on: date
    due_on: date
    status: str
    rung: str
    sealed: bool
    steps: tuple[Step, ...] = ()
    findings: frozenset[str] = frozenset()
    updaters: frozenset[int] = frozenset()
    updates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The plan as the reader sees it, whole."""

    adopted_on: date
    is_adopted: bool
    themes: tuple[Named, ...] = ()
    leads: Mapping[str, Named] = field(default_factory=dict)
    """By name, and by the name of the person who holds the post."""
    people: Mapping[str, int] = field(default_factory=dict)
    """Those who can sign in, by name; a name that two bear is nobody's."""
    findings: Mapping[str, int] = field(default_factory=dict)
    worded: Mapping[str, str] = field(default_factory=dict)
    """The numbers of findings by their words, as names are compared."""
    actions: Mapping[str, Known] = field(default_factory=dict)
    """By number."""
    positions: Mapping[int, int] = field(default_factory=dict)
    """The last place taken in each theme, by its number; what is under seal takes none."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about a cell, and where the cell is."""

    address: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.address} {self.sentence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A new action, or what a known one is to have that it has not."""

    fields: Mapping[str, Any]
    theme: Named | None = None
    lead: Named | None = None
    position: int = 0
    updaters: tuple[int, ...] = ()
    steps: tuple[Step, ...] = ()
    reached: tuple[Step, ...] = ()
    findings: tuple[str, ...] = ()
    move: str = ""
    update: str = ""
    kept: tuple[str, ...] = ()
    """Sentences for its history on what the sheet said and an action has no place for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What becomes of one row, and why."""

    row: int
    number: str
    title: str
    outcome: Outcome
    said: tuple[Said, ...] = ()
    known: Known | None = None
    wanted: Wanted | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRun:
    """A sheet held against the plan: what loading it would do, row by row."""

    sheet: str
    columns: tuple[Column, ...]
    results: tuple[Result, ...]
    notes: tuple[str, ...]
    objection: str | None
    """Why it cannot be loaded, or None if it can."""
    unread: tuple[str, ...] = ()
    """Words that stand where a date should, each once: a person may say which day they stand for."""

    def counts(self) -> dict[str, int]:
        """How many rows come to what."""
        return {str(outcome): sum(result.outcome == outcome for result in self.results) for outcome in Outcome}

    def of(self, outcome: str) -> list[Result]:
        """The rows that come to this."""
        return [result for result in self.results if result.outcome == outcome]

    @property
    def changes(self) -> list[Result]:
        """The rows that would change something."""
        return [result for result in self.results if result.outcome in (Outcome.MADE, Outcome.CHANGED)]

    @property
    def fingerprint(self) -> str:
        """The same for as long as loading would do the same."""
        told = [(r.row, r.number, str(r.outcome), [str(each) for each in r.said]) for r in self.results]
        return hashlib.sha256(repr((self.sheet, told, self.objection)).encode()).hexdigest()
