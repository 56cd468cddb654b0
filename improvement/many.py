"""Deeds on many actions at once: each leaves the line of history that it would have left alone, in a few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from improvement.lifecycle import MOVES, Status, objection
from improvement.models import Action, ActionLine, Answer, Finding, FindingLine, Lead, Refused, Revision
from improvement.timing import joined
from people.models import Meeting, Person

_BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is changed of one action, in a sentence, and why."""

    action: Action
    verb: str
    says: str
    reason: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic(savepoint=False)
def promise(
    promised: Sequence[Action], *, by: Person | None, at: datetime, says: str, reasons: Sequence[str]
) -> list[Action]:
    """Put new actions into the plan."""
    made = Action.objects.bulk_create(promised, batch_size=_BATCH)
    told = [
        Change(action=action, verb="promise", says=says, reason=reason)
        for action, reason in zip(made, reasons, strict=True)
    ]
    _write([(change, {}) for change in told], by=by, at=at)
    return made


@transaction.atomic(savepoint=False)
def change(changes: Sequence[Change], *, by: Person | None, at: datetime) -> None:
    """Make changes to actions that are held against others, one after another where an action has several."""
    told = []
    for each in changes:
        told.append((each, {name: str(getattr(each.action, name)) for name in each.fields}))
        for name, value in ({**each.fields, "version": each.action.version + 1}).items():
            setattr(each.action, name, value)
    named = {name.removesuffix("_id") for each in changes for name in each.fields}
    actions = {each.action.pk: each.action for each in changes}
    if named or len(actions) < len(changes):
        Action.objects.bulk_update(list(actions.values()), sorted({*named, "version"}), batch_size=_BATCH)
    else:
        # A row's own value each would be a hundred times as long a statement for what is the same for all.
        Action.objects.filter(pk__in=actions).update(version=F("version") + 1)
    _write(told, by=by, at=at)


@transaction.atomic(savepoint=False)
def tie(pairs: Sequence[tuple[Action, Finding]], *, by: Person | None, at: datetime) -> None:
    """Say what new findings actions answer; the actions' own history tells of it with all else that was done."""
    Answer.objects.bulk_create(
        (
            Answer(action=action, seal_id=action.seal_id, finding=finding, finding_seal_id=finding.seal_id)
            for action, finding in pairs
        ),
        batch_size=_BATCH,
    )
    by_finding: dict[tuple[Finding, int | None], list[str]] = {}
    for action, finding in pairs:
        by_finding.setdefault((finding, action.seal_id), []).append(action.number)
    FindingLine.objects.bulk_create(
        FindingLine(
            finding=finding, seal_id=finding.seal_id, own_seal_id=seal, by=by, at=at, verb="answers",
            says=f"said that {'action' if len(numbers) == 1 else 'actions'} {joined(numbers)} "
            f"{'answers' if len(numbers) == 1 else 'answer'} it",
        )
        for (finding, seal), numbers in by_finding.items()
    )  # fmt: skip


def moved(action: Action, move: str, *, reason: str, rung: str) -> Change:
    """A move of the table (R8) as a change. Raises Refused with the sentence where the table does not allow it."""
    chosen = MOVES[move]
    if sentence := objection(action.status, chosen, reason=reason, rung=rung):
        raise Refused(sentence)
    says = f"moved it from “{Status(action.status).label}” to “{chosen.arrives.label}”"
    return Change(action=action, verb=move, says=says, reason=reason, fields={"status": chosen.arrives.value})


def handed_over(action: Action, lead: Lead, *, reason: str) -> Change:
    """Another lead as a change. Raises Refused where it is led by that one."""
    if sentence := action.lead_objection(lead):
        raise Refused(sentence)
    says = action.handing_over(lead)
    return Change(action=action, verb="hand_over", says=says, reason=reason, fields={"lead": lead})


@transaction.atomic(savepoint=False)
def revise(
    dates: Mapping[Action, date], *, reason: str, words: str, by: Person | None, at: datetime,
    meeting: Meeting | None = None,
) -> None:  # fmt: skip
    """Move the due dates of actions that are held against others. Raises Refused as `Revision.agree` does."""
    for action, to_on in dates.items():
        if sentence := Revision.objection(action, to_on, words=words):
            raise Refused(sentence)
    told = {"reason": reason, "words": words, "by": by, "at": at, "meeting": meeting}
    agreed = [Revision.drawn_up(action, to_on, **told) for action, to_on in dates.items()]
    Revision.objects.bulk_create(agreed, batch_size=_BATCH)
    moved = [Change(action=r.action, verb="revise", says=r.says, reason=words, fields=r.moves) for r in agreed]
    change(moved, by=by, at=at)


def _write(told: Sequence[tuple[Change, dict[str, str]]], *, by: Person | None, at: datetime) -> None:
    ActionLine.objects.bulk_create(
        (
            ActionLine(
                action=each.action, seal_id=each.action.seal_id, by=by, at=at, verb=each.verb, says=each.says,
                reason=each.reason, before=before, after={name: str(value) for name, value in each.fields.items()},
            )
            for each, before in told
        ),
        batch_size=_BATCH,
    )  # fmt: skip
