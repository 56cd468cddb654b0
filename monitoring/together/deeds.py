"""The deeds that can be done to many actions at once: whose each is, what it would change, and the doing of it.

Whether a deed may be done to an action is asked of the permissions and rules that the action's own page asks.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple

from improvement import many
from improvement.lifecycle import Move, Status, objection
from improvement.models import Action, Lead, Revision
from improvement.timing import counted, written
from improvement.working_days import Calendar
from monitoring.models import Override, Update
from monitoring.models.facts import Known
from monitoring.permissions import (
    HANDING_OVER,
    MOVING_A_DATE,
    SETTING_ASIDE,
    move_objection,
    steer_objection,
    update_objection,
)
from monitoring.rating import Delivery, Facts, override_objection
from monitoring.rating import Override as Rated
from monitoring.scheme import Scheme
from people.models import Meeting, Person


class Chosen(NamedTuple):
    """An action that somebody has chosen, and what the rating rule knows of it."""

    action: Action
    known: Known


class Change(NamedTuple):
    """One thing of an action as it is and as it would be."""

    what: str
    before: str
    after: str


class Deed(ABC):
    """Something done to each of many actions alike."""

    restates = True
    """Whether it may change where an action stands."""

    @abstractmethod
    def objection(self, person: Person, chosen: Chosen, *, on: date) -> str | None:
        """Why the person may not do it to the action, or None if they may."""

    @abstractmethod
    def changes(self, chosen: Chosen, *, on: date) -> tuple[Change, ...]:
        """What it would change of the action, beside its rating."""

    def facts(self, chosen: Chosen, *, on: date) -> Facts:
        """What the rating rule would know of the action afterwards."""
        return chosen.known.facts

    @abstractmethod
    def do(self, chosen: Sequence[Chosen], *, by: Person, at: datetime) -> None:
        """Do it to actions that are held against others and to which nothing objects."""

    @abstractmethod
    def done(self, n: int) -> str:
        """What has been done to so many, in a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveUpdate(Deed):
    """The same words for each."""

    words: str
    no_change: bool

    def objection(self, person: Person, chosen: Chosen, *, on: date) -> str | None:
        """As on the page of its update."""
        return update_objection(person, chosen.action, on=on) or Update.objection(self.words)

    def changes(self, chosen: Chosen, *, on: date) -> tuple[Change, ...]:
        """The day of its latest update."""
        last = chosen.known.facts.last_word_on
        return (Change("Last update", written(last) if last else "None yet", written(on)),)

    def facts(self, chosen: Chosen, *, on: date) -> Facts:
        """It has had a word today."""
        return replace(chosen.known.facts, last_word_on=on)

    def do(self, chosen: Sequence[Chosen], *, by: Person, at: datetime) -> None:
        """Give it."""
        Update.give_many({each.action: self.words for each in chosen}, by=by, at=at, no_change=self.no_change)

    def done(self, n: int) -> str:
        """In a sentence."""
        return f"{counted(n, 'action')} had the update."


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeMove(Deed):
    """The same move of the table."""

    move: Move
    reason: str

    def objection(self, person: Person, chosen: Chosen, *, on: date) -> str | None:
        """As on the page of its move."""
        action, rung = chosen.action, chosen.known.rung
        return move_objection(person, action, self.move, on=on) or objection(
            action.status, self.move, reason=self.reason, rung=rung
        )

    def changes(self, chosen: Chosen, *, on: date) -> tuple[Change, ...]:
        """Its status."""
        return (Change("Status", Status(chosen.action.status).label, self.move.arrives.label),)

    def facts(self, chosen: Chosen, *, on: date) -> Facts:
        """It stands where the move arrives."""
        return replace(chosen.known.facts, status=self.move.arrives)

    def do(self, chosen: Sequence[Chosen], *, by: Person, at: datetime) -> None:
        """Make it."""
        moved = [many.moved(a, self.move.key, reason=self.reason, rung=known.rung) for a, known in chosen]
        many.change(moved, by=by, at=at)

    def done(self, n: int) -> str:
        """In a sentence."""
        return f"{counted(n, 'action')} {'was' if n == 1 else 'were'} {self.move.verb_past}."


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Deed):
    """The same lead for each; who updates them stays."""

    lead: Lead
    reason: str
    restates = False

    def objection(self, person: Person, chosen: Chosen, *, on: date) -> str | None:
        """As on the page of its lead."""
        action = chosen.action
        return steer_objection(person, action, deed=HANDING_OVER, on=on) or action.lead_objection(self.lead)

    def changes(self, chosen: Chosen, *, on: date) -> tuple[Change, ...]:
        """Its lead."""
        return (Change("Lead", str(chosen.action.lead), str(self.lead)),)

    def do(self, chosen: Sequence[Chosen], *, by: Person, at: datetime) -> None:
        """Hand them over."""
        many.change([many.handed_over(a, self.lead, reason=self.reason) for a, _ in chosen], by=by, at=at)

    def done(self, n: int) -> str:
        """In a sentence."""
        return f"{counted(n, 'action')} {'was' if n == 1 else 'were'} handed over to {self.lead}."


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveDate(Deed):
    """Each due date moved by so many working days, or all to one date."""

    to_on: date | None
    days: int
    reason: str
    words: str
    meeting: Meeting | None
    calendar: Calendar

    def objection(self, person: Person, chosen: Chosen, *, on: date) -> str | None:
        """As on the page of its date."""
        action = chosen.action
        refusal = steer_objection(person, action, deed=MOVING_A_DATE, on=on)
        return refusal or Revision.objection(action, self._to(action), words=self.words)

    def changes(self, chosen: Chosen, *, on: date) -> tuple[Change, ...]:
        """Its due date."""
        return (Change("Due", written(chosen.action.due_on), written(self._to(chosen.action))),)

    def facts(self, chosen: Chosen, *, on: date) -> Facts:
        """It is due on the new day."""
        return replace(chosen.known.facts, due_on=self._to(chosen.action))

    def do(self, chosen: Sequence[Chosen], *, by: Person, at: datetime) -> None:
        """Revise them."""
        told: dict[str, Any] = {"reason": self.reason, "words": self.words, "meeting": self.meeting}
        many.revise({action: self._to(action) for action, _ in chosen}, by=by, at=at, **told)

    def done(self, n: int) -> str:
        """In a sentence."""
        return f"{counted(n, 'due date')} {'was' if n == 1 else 'were'} moved."

    def _to(self, action: Action) -> date:
        if self.to_on:
            return self.to_on
        # A date that somebody typed as 9999 has no room after it: it stays, and is refused as one that does.
        return self.calendar.add(action.due_on, self.days) if action.due_on.year < date.max.year else action.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside(Deed):
    """The same rating in place of the rule's, for a while."""

    delivery: str
    until_on: date
    reason: str
    scheme: Scheme

    def objection(self, person: Person, chosen: Chosen, *, on: date) -> str | None:
        """As on the page of its rating."""
        refusal = steer_objection(person, chosen.action, deed=SETTING_ASIDE, on=on)
        blue = self.scheme.blue
        return refusal or override_objection(self._rated, status=chosen.action.status, on=on, blue=blue)

    def changes(self, chosen: Chosen, *, on: date) -> tuple[Change, ...]:
        """Nothing beside its rating."""
        return ()

    def facts(self, chosen: Chosen, *, on: date) -> Facts:
        """It is rated so."""
        return replace(chosen.known.facts, override=self._rated)

    def do(self, chosen: Sequence[Chosen], *, by: Person, at: datetime) -> None:
        """Rate them so."""
        told: dict[str, Any] = {"delivery": self.delivery, "until_on": self.until_on, "reason": self.reason}
        called = self.scheme.name(self.delivery)
        Override.give_many([action for action, _ in chosen], called=called, by=by, at=at, **told)

    def done(self, n: int) -> str:
        """In a sentence."""
        return f"{counted(n, 'rating')} {'was' if n == 1 else 'were'} set aside until {written(self.until_on)}."

    @property
    def _rated(self) -> Rated:
        return Rated(Delivery(self.delivery), self.until_on, self.reason)
