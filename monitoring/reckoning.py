"""What is due to be told to whom on a day: read from the records of the plan in force in a fixed number of questions.

Asked with nobody stamped, so that what stands under a held seal is in nobody's reminder, whoever may see it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Max

from improvement.lifecycle import Status
from improvement.models import Action, ActionLine, Extension, Plan, Updater
from improvement.scope import themes_read
from monitoring.models import Due, Reminding, Scheme, Unwanted, known_of, our_calendar
from monitoring.reminding import OPTIONAL, Asked, Line, Occasion, occasions, told
from people.days import day_of
from people.models import Person
from people.roles import EVERYWHERE, Permission, scopes


def due_now(*, on: date) -> dict[int, list[Due]]:
    """By the person's id, everything that is so on the day, whether or not they have been told."""
    actions = list(Action.objects.of(Plan.current()).open().select_related("theme", "lead"))
    people, asked = _People.at_work(on=on), _asked(actions)
    unwanted = set(Unwanted.objects.filter(kind__in=OPTIONAL).values_list("person_id", "kind"))
    updaters = _updaters(actions)
    due: dict[int, list[Due]] = defaultdict(list)
    for action, found in _occasions(actions, asked, on=on):
        line = people.line(action, updaters[action.pk], asked.get(action.pk))
        for occasion in found:
            for person in told(occasion.kind, line):
                if (person, occasion.kind.value) not in unwanted:
                    due[person].append(_due(action, occasion))
    return due


def _occasions(
    actions: list[Action], asked: "Mapping[int, _Request]", *, on: date
) -> Iterator[tuple[Action, list[Occasion]]]:
    days, scheme, calendar = Reminding.ours().days, Scheme.ours().as_rule(), our_calendar()
    known, delivered = known_of(actions, on=on), _delivered(actions)
    for action in actions:
        request = asked.get(action.pk)
        found = occasions(
            known[action.pk].facts, on=on, days=days, scheme=scheme, calendar=calendar,
            asked=request.asked if request else None, delivered_on=delivered.get(action.pk),
        )  # fmt: skip
        if found:
            yield action, found


def _due(action: Action, of: Occasion) -> Due:
    return Due(action=action.pk, seal=action.seal_id, kind=of.kind, named_on=of.named_on, says=of.says)


class _Request(NamedTuple):
    asked: Asked
    by: int


def _asked(actions: Iterable[Action]) -> dict[int, _Request]:
    waiting = Extension.objects.about([action.pk for action in actions]).waiting().select_related("asked_by")
    return {
        one.action_id: _Request(Asked(one.to_on, day_of(one.asked_at), one.asked_by.name), one.asked_by_id)
        for one in waiting
    }


def _updaters(actions: Iterable[Action]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    rows: Any = Updater.objects.filter(action__in=[action.pk for action in actions])
    for action, person in rows.values_list("action_id", "person_id"):
        found[action].add(person)
    return found


def _delivered(actions: Iterable[Action]) -> dict[int, date]:
    """When each delivered action was last delivered; of one that came so in a sheet, when it was due."""
    due_on = {action.pk: action.due_on for action in actions if action.status == Status.DELIVERED}
    rows: Any = ActionLine.objects.filter(action__in=due_on, verb="deliver").order_by()
    return due_on | {action: day_of(at) for action, at in rows.values_list("action_id").annotate(Max("at"))}


@dataclass(frozen=True, slots=True)
class _People:
    """Whoever can be told, by what their roles let them read and steer."""

    reads: frozenset[int]
    steers: Mapping[str, frozenset[int]]

    @classmethod
    def at_work(cls, *, on: date) -> "_People":
        people = Person.objects.at_work()
        steers: dict[str, set[int]] = defaultdict(set)
        for person in people:
            for scope in scopes(person.holdings, Permission.STEER_THEME, on=on):
                steers[scope].add(person.pk)
        # Nobody reads less than what is their own to carry out, if they read the plan at all.
        reads = frozenset(person.pk for person in people if themes_read(person, on=on) != frozenset())
        return cls(reads, {scope: frozenset(those) for scope, those in steers.items()})

    def line(self, action: Action, updaters: set[int], request: _Request | None) -> Line:
        """Everybody in the action's line."""
        carries = updaters | {action.lead.person_id} if action.lead.person_id else updaters
        nobody: frozenset[int] = frozenset()
        return Line(
            carries=self.reads & carries,
            steers=self.steers.get(action.theme.scope, nobody),
            directs=self.steers.get(EVERYWHERE, nobody),
            asker=request.by if request else None,
        )
