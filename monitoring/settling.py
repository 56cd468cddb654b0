"""Settling the council's rating scheme: it changes, and with it where the actions that it rates stand from today."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from improvement.models import Action, Plan
from monitoring.models import Scheme, SchemeLine, Standing, Unreached
from monitoring.scheme import Scheme as SchemeRule
from people.models import Person

BATCH = 500
"""So many actions are rated again in one statement, and held in memory."""


@transaction.atomic
def settle(wanted: SchemeRule, *, seen: int, by: Person | None, at: datetime, reason: str = "") -> SchemeLine:
    """Settle the scheme from today on; earlier days keep what they were. Raises Refused with the sentence.

    What stands under a seal that hides it from `by` is noted, and follows by `catch_up`.
    """
    before = Scheme.ours().as_rule()
    line = Scheme.settle(wanted, seen=seen, by=by, at=at, reason=reason)
    plan = Plan.current()
    if plan and not wanted.rates_like(before):
        for actions in _rated_otherwise(plan, before, wanted):
            Standing.restate_all(actions, at=at)
        Unreached.note(plan)
    return line


def catch_up(*, at: datetime) -> None:
    """Rate anew what the scheme has not reached and whoever acts may see; so many at a time, since a page waits."""
    if actions := Unreached.take(BATCH):
        Standing.restate_all(actions, at=at)


def _rated_otherwise(of: Plan, before: SchemeRule, after: SchemeRule) -> Iterator[list[Action]]:
    """The actions of the plan whose rating or its words may differ, each held against others while it is restated."""
    plan = Action.objects.of(of)
    # What is finished keeps its rating whatever the thresholds are; only another name changes its words.
    same_names = (before.blue, before.unrated) == (after.blue, after.unrated)
    found = list((plan.undelivered() if same_names else plan).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(found), BATCH):
        batch = Action.objects.filter(pk__in=found[start : start + BATCH])
        yield list(batch.order_by("pk").select_for_update(no_key=True))
