"""The deeds by which an action comes into the plan, and by which it is said what actions answer."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from improvement import many
from improvement.models import Action, Answer, Finding, Lead, Refused, Theme
from monitoring.models import Standing
from people.models import Person
from sources.seals import OPEN

NOTHING_NEW = "Nothing has been changed. Tick or untick something, or go back."


@transaction.atomic
def promise(
    theme: Theme, *, title: str, words: str, success: str, lead: Lead, starts_on: date, due_on: date,
    findings: Collection[Finding], by: Person, at: datetime, reason: str = "",
) -> Action:  # fmt: skip
    """Add an action to the plan under the next number of its theme. Raises Refused with the sentence."""
    if due_on < starts_on:
        raise Refused("The action would be due before it starts. Put one of the two dates right.")
    Theme.objects.select_for_update(no_key=True).get(pk=theme.pk)
    number, position = _next(theme)
    wanted = Action(
        plan=theme.plan, theme=theme, number=number, position=position, title=title, words=words, success=success,
        lead=lead, starts_on=starts_on, due_on=due_on, first_due_on=due_on,
    )  # fmt: skip
    [made] = many.promise([wanted], by=by, at=at, says="added it to the plan", reasons=[reason])
    Answer.say(made, findings, by=by, at=at)
    Standing.restate(made, at=at)
    return made


@transaction.atomic
def tie(
    action: Action, *, come: Collection[Finding], gone: Collection[Finding], by: Person, at: datetime
) -> None:  # fmt: skip
    """Say what an action answers beside what it does, and what no longer. Raises Refused where nothing changes."""
    if not Answer.say(action, _with(action, come=come, gone=gone), by=by, at=at):
        raise Refused(NOTHING_NEW)


@transaction.atomic
def tie_to(
    finding: Finding, *, come: Collection[Action], gone: Collection[Action], by: Person, at: datetime
) -> None:  # fmt: skip
    """Say which actions answer a finding beside those that do, and which no longer. Raises Refused as `tie` does."""
    changed = [Answer.say(action, _with(action, come=[finding]), by=by, at=at) for action in _held(come)]
    changed += [Answer.say(action, _with(action, gone=[finding]), by=by, at=at) for action in _held(gone)]
    if not any(changed):
        raise Refused(NOTHING_NEW)


def _held(actions: Collection[Action]) -> list[Action]:
    """The actions as they are now, kept from others until the transaction ends."""
    held = Action.objects.select_for_update(of=("self",), no_key=True)
    return list(held.filter(pk__in=[action.pk for action in actions]).in_order())


def _with(action: Action, *, come: Collection[Finding] = (), gone: Collection[Finding] = ()) -> list[Finding]:
    """What the action answers, as a colleague may have changed it meanwhile, and those that come or go."""
    now = [*action.findings.all(), *come]
    return [finding for finding in dict.fromkeys(now) if finding not in gone]


def _next(theme: Theme) -> tuple[str, int]:
    """The first number after the last of the theme that no action has.

    What is under seal is not counted, whoever asks, or the gap would tell of it: it gives its number way.
    """
    told = Action.objects.of(theme.plan).beside(OPEN)
    last = told.under(theme.slug).order_by("position").last()
    position = last.position + 1 if last else 1
    while told.numbered(f"{theme.number}.{position}").exists():
        position += 1
    return f"{theme.number}.{position}", position
