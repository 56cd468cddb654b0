"""The deeds that change where an action stands: each changes its record and restates its standing, or does neither.

Pages, the API and the commands all come through here, so that none of them can forget the standing.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files import File
from django.db import transaction

from improvement.models import Action, Extension, Lead, Milestone, Refused, Revision
from improvement.timing import written
from monitoring import rating
from monitoring.models import Blocker, Climb, Evidence, Exhibit, Override, Scheme, Standing, Update
from monitoring.rungs import rung_of, step_objection
from people.days import day_of
from people.models import Meeting, Person


@transaction.atomic
def update(
    action: Action, *, words: str, by: Person, at: datetime, no_change: bool = False, move: str = "",
    reached: Sequence[Milestone] = (),
) -> Update:  # fmt: skip
    """Give an update and, with it, perhaps mark milestones done and make a move. Raises Refused with the sentence."""
    for milestone in reached:
        reach(milestone, by=by, at=at)
    given = Update.give(action, words=words, by=by, at=at, no_change=no_change)
    if move:
        action.make(move, by=by, at=at, reason=words, rung=rung_of(action))
    Standing.restate(action, at=at)
    return given


@transaction.atomic
def make(action: Action, move: str, *, by: Person | None, at: datetime, reason: str = "") -> None:
    """Make a move of the table. Raises Refused with the rule's sentence."""
    action.make(move, by=by, at=at, reason=reason, rung=rung_of(action))
    Standing.restate(action, at=at)


@transaction.atomic
def revise(
    action: Action,
    to_on: date,
    *,
    reason: str,
    words: str,
    by: Person | None,
    at: datetime,
    meeting: Meeting | None = None,
) -> Revision:
    """Move a due date. Raises Refused with the rule's sentence."""
    revision = Revision.agree(action, to_on, reason=reason, words=words, by=by, at=at, meeting=meeting)
    Standing.restate(action, at=at)
    return revision


@transaction.atomic
def ask_extension(action: Action, to_on: date, *, reason: str, words: str, by: Person, at: datetime) -> Extension:
    """Ask for a later date. Raises Refused with the sentence; the date and the rating stay until it is agreed."""
    return Extension.ask(action, to_on, reason=reason, words=words, by=by, at=at)


@transaction.atomic
def answer_extension(
    asked: Extension, *, agreed: str, words: str, by: Person, at: datetime, meeting: Meeting | None = None
) -> None:
    """Agree to the date asked for (“yes”), or decline it. Raises Refused with the sentence."""
    if agreed == "yes":
        asked.agree(words=words, by=by, at=at, meeting=meeting)
        Standing.restate(asked.action, at=at)
    else:
        asked.decline(words=words, by=by, at=at)


@transaction.atomic
def hand_over(
    action: Action, *, lead: Lead, updaters: list[Person], by: Person, at: datetime, reason: str = ""
) -> None:
    """Say who leads an action and who updates it; only what is new becomes a line. Raises Refused where nothing is."""
    version = action.version
    if lead != action.lead:
        action.hand_over(lead, by=by, at=at, reason=reason)
    action.let_update(updaters, by=by, at=at)
    if action.version == version:
        raise Refused("Nothing has been changed. Choose another lead, or who updates it, or go back.")


@transaction.atomic
def reach(milestone: Milestone, *, by: Person | None, at: datetime) -> None:
    """Mark a milestone done on the day. Raises Refused where it is already."""
    if milestone.done_on:
        raise Refused(f"This milestone was marked done on {written(milestone.done_on)} already.")
    milestone.done_on = day_of(at)
    milestone.save(update_fields=["done_on"])
    milestone.action.change(verb="milestone", says=f"marked a milestone done: {milestone.words}", by=by, at=at)
    Standing.restate(milestone.action, at=at)


@transaction.atomic
def block(action: Action, *, waiting_for: str, from_whom: str, by: Person | None, at: datetime) -> Blocker:
    """Say what the action is waiting for."""
    blocker = Blocker.objects.create(
        action=action,
        seal_id=action.seal_id,
        waiting_for=waiting_for,
        from_whom=from_whom,
        since_on=day_of(at),
    )
    action.change(verb="block", says=f"said it is waiting for {from_whom}", by=by, at=at, reason=waiting_for)
    Standing.restate(action, at=at)
    return blocker


@transaction.atomic
def unblock(blocker: Blocker, *, by: Person | None, at: datetime) -> None:
    """Say that the wait is over. Raises Refused where it was already."""
    if blocker.cleared_on:
        raise Refused(f"This wait was over on {written(blocker.cleared_on)} already.")
    blocker.cleared_on = day_of(at)
    blocker.save(update_fields=["cleared_on"])
    blocker.action.change(verb="unblock", says=f"said it no longer waits for {blocker.from_whom}", by=by, at=at)
    Standing.restate(blocker.action, at=at)


@transaction.atomic
def climb(action: Action, rung: str, *, evidence: Evidence | None, by: Person, at: datetime, reason: str = "") -> Climb:
    """Record a rung of the ladder reached, or fallen to. Raises Refused with the rule's sentence."""
    if sentence := step_objection(action, rung, evidence=evidence, by=by, at=at, reason=reason):
        raise Refused(sentence)
    reached = Climb.record(action, rung, evidence=evidence, by=by, at=at, reason=reason)
    Standing.restate(action, at=at)
    return reached


@transaction.atomic
def override(action: Action, delivery: str, *, until_on: date, reason: str, by: Person, at: datetime) -> Override:
    """Rate an action by a named person's judgement for a while. Raises Refused with the rule's sentence."""
    scheme = Scheme.ours().as_rule()
    asked = rating.Override(rating.Delivery(delivery), until_on, reason)
    if sentence := rating.override_objection(asked, status=action.status, on=day_of(at), blue=scheme.blue):
        raise Refused(sentence)
    given = Override.objects.create(
        action=action,
        seal_id=action.seal_id,
        delivery=delivery,
        until_on=until_on,
        reason=reason,
        by=by,
        at=at,
    )
    action.change(verb="override", says=given.says(scheme.name(delivery)), by=by, at=at, reason=reason)
    Standing.restate(action, at=at)
    return given


@transaction.atomic
def end_override(action: Action, *, reason: str, by: Person, at: datetime) -> None:
    """Let the rule rate an action again before the day agreed. Raises Refused where it does already."""
    given = action.overrides.in_force(on=day_of(at))
    if given is None:
        raise Refused("Nobody’s rating stands in place of the rule’s, so there is nothing to end.")
    given.end(reason=reason, by=by, at=at)
    says = f"let the rule rate it again, before {written(given.until_on)}"
    action.change(verb="override", says=says, by=by, at=at, reason=reason)
    Standing.restate(action, at=at)


@transaction.atomic
def show(
    action: Action, *, kind: str, title: str, words: str, dated_on: date, by: Person, at: datetime, link: str = "",
    file: "File[bytes] | None" = None,
) -> Evidence:  # fmt: skip
    """Put forward evidence, dated by what it speaks of. Raises Refused with the sentence."""
    if dated_on > day_of(at):
        raise Refused(f"{written(dated_on)}, the date of the evidence, is still to come. Correct it.")
    shown = Evidence.objects.create(
        action=action, seal_id=action.seal_id, kind=kind, title=title, words=words, link=link, dated_on=dated_on,
        added_by=by, added_at=at,
    )  # fmt: skip
    if file:
        exhibit(shown, file=file, by=by, at=at)
    action.change(verb="evidence", says=f"added evidence: {title}", by=by, at=at)
    Standing.restate(action, at=at)
    return shown


@transaction.atomic
def exhibit(evidence: Evidence, *, file: "File[bytes]", by: Person, at: datetime) -> Exhibit:
    """Keep a file as the next version of what shows it. Raises Refused with the sentence."""
    return Exhibit.add(evidence, file=file, by=by, at=at)


@transaction.atomic
def plan_step(action: Action, *, words: str, due_on: date, by: Person, at: datetime) -> Milestone:
    """Add a milestone at the end. Raises Refused where it would fall due after the action does."""
    if due_on > action.due_on:
        raise Refused(
            f"The action is due on {written(action.due_on)}, and a milestone is a step on the way there. "
            "Give an earlier date, or have the action’s date moved first."
        )
    last = action.milestones.order_by("position").last()
    step = Milestone.objects.create(
        action=action, seal_id=action.seal_id, words=words, due_on=due_on, position=last.position + 1 if last else 1
    )
    action.change(verb="milestone", says=f"added a milestone, due {written(due_on)}: {words}", by=by, at=at)
    Standing.restate(action, at=at)
    return step
