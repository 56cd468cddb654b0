"""What a deed would do to many actions, row by row before it is done; and then all of it, or nothing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from improvement.models import Action, Plan, Refused
from improvement.scope import read_by
from monitoring.models import Scheme, Standing, known_of, our_calendar
from monitoring.rating import Rating, rate
from monitoring.scheme import UNRATED
from monitoring.together.deeds import Change, Chosen, Deed
from people.days import day_of
from people.models import Person

NUMBER = r"[\w.-]{1,12}"
"""What an action's number is made of."""
MOST = 500
"""So many are changed at once, and no more."""
CHANGED = (
    "Somebody has changed one of these actions since you looked, so nothing was done. This is what would be done now."
)
SOME_REFUSED = "Nothing was done, because not all of these can be changed so. Leave those out, or choose again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One action: what would change, or the sentence that refuses it."""

    action: Action
    sentence: str | None
    changes: tuple[Change, ...]
    before: Rating
    after: Rating

    @property
    def rated(self) -> tuple[str, str]:
        """Its rating before and after, as a page's address names them."""
        return self.before.delivery or UNRATED, self.after.delivery or UNRATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Every row in the plan's order, and the mark of the versions that were looked at."""

    refused: list[Row]
    changed: list[Row]
    mark: str

    @property
    def size(self) -> int:
        """How many were chosen."""
        return len(self.refused) + len(self.changed)


def chosen_of(person: Person, numbers: Iterable[str], *, on: date, to_change: bool = False) -> list[Chosen]:
    """The actions of these numbers that the person reads, in the plan's order; held against others while changed."""
    named = (number for number in numbers if re.fullmatch(NUMBER, number))
    actions = read_by(person, Action.objects.of(Plan.current()).among(named), on=on)
    whole = actions.select_related("theme", "lead").prefetch_related("updaters")
    found: list[Action] = list(whole.held() if to_change else whole)
    known = known_of(found, on=on)
    return [Chosen(action, known[action.pk]) for action in sorted(found, key=_place)]


def preview(deed: Deed, chosen: Sequence[Chosen], *, person: Person, on: date) -> Preview:
    """What the deed would do to each, or why it may not."""
    scheme, calendar = Scheme.ours().as_rule(), our_calendar()
    refused: list[Row] = []
    changed: list[Row] = []
    for each in chosen:
        sentence = deed.objection(person, each, on=on)
        before = rate(each.known.facts, on=on, scheme=scheme, calendar=calendar)
        facts = each.known.facts if sentence else deed.facts(each, on=on)
        row = Row(
            action=each.action, sentence=sentence, changes=() if sentence else deed.changes(each, on=on),
            before=before, after=rate(facts, on=on, scheme=scheme, calendar=calendar),
        )  # fmt: skip
        (refused if sentence else changed).append(row)
    return Preview(refused=refused, changed=changed, mark=_mark(chosen))


@transaction.atomic
def do(deed: Deed, numbers: Iterable[str], *, mark: str, by: Person, at: datetime) -> int:
    """Do the deed to all of them and say to how many.

    Raises Refused, and does it to none, where one may not be changed so or is not as it was looked at.
    """
    on = day_of(at)
    chosen = chosen_of(by, numbers, on=on, to_change=True)
    if _mark(chosen) != mark:
        raise Refused(CHANGED)
    if any(deed.objection(by, each, on=on) for each in chosen):
        raise Refused(SOME_REFUSED)
    deed.do(chosen, by=by, at=at)
    if deed.restates:
        Standing.restate_all([each.action for each in chosen], at=at)
    return len(chosen)


def _mark(chosen: Sequence[Chosen]) -> str:
    versions = " ".join(f"{each.action.pk}:{each.action.version}" for each in chosen)
    return sha256(versions.encode()).hexdigest()


def _place(action: Action) -> tuple[int, int, int]:
    return action.theme.number, action.position, action.pk
