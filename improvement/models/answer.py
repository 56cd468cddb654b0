"""That actions answer findings: said for one action at once, and told in the history of both."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import models, transaction

from improvement.models.action import Action
from improvement.models.finding import Finding
from improvement.timing import joined
from people.models import Person
from sources.guarding import Follows, Guarded, Stays
from sources.reads import SealedQuerySet, SealKey


class Answer(models.Model):
    """That an action answers a finding. Seen only by those who may see both."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="answers")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="answers")
    seal = SealKey("sources.Seal", on_delete=models.PROTECT, default=0, related_name="+", db_index=False)
    """The action's seal."""
    finding_seal = SealKey("sources.Seal", on_delete=models.PROTECT, default=0, related_name="+", db_index=False)

    objects = SealedQuerySet.as_manager()

    class Meta:
        constraints = (
            Guarded(name="answer_guarded", columns=("seal_id", "finding_seal_id")),
            Stays(name="answer_stays", columns=("seal_id", "finding_seal_id")),
            Follows(name="answer_follows_action", parent="improvement_action", column="action_id"),
            Follows(
                name="answer_follows_finding",
                parent="improvement_finding",
                column="finding_id",
                seal="finding_seal_id",
            ),
            models.UniqueConstraint(fields=("action", "finding"), name="answered_once"),
        )

    def __str__(self) -> str:
        return f"{self.action} answers {self.finding}"

    @classmethod
    @transaction.atomic(savepoint=False)
    def say(cls, action: Action, findings: Collection[Finding], *, by: Person | None, at: datetime) -> bool:
        """Say what an action answers: these and no others. Whether anything was changed by it.

        What it answers under a seal that `by` may not open is not among the rows found here, and so stays.
        """
        before = {answer.finding: answer for answer in action.answers.select_related("finding__seal")}
        gone, come = [f for f in before if f not in findings], [f for f in findings if f not in before]
        Answer.objects.filter(pk__in=[before[finding].pk for finding in gone]).delete()
        Answer.objects.bulk_create(
            Answer(action=action, seal_id=action.seal_id, finding=finding, finding_seal_id=finding.seal_id)
            for finding in come
        )
        for finding in come:
            _tell(finding, action, "said that action {} answers it", by=by, at=at)
        for finding in gone:
            _tell(finding, action, "said that action {} no longer answers it", by=by, at=at)
        if said := _said(tellable(come, action), tellable(gone, action)):
            action.change(verb="answers", says=said, by=by, at=at)
        return bool(gone or come)


def tellable(findings: Iterable[Finding], action: Action) -> list[str]:
    """The numbers that the action's own history may name: its readers would learn of any other finding from it."""
    return [finding.number for finding in findings if finding.seal.is_open or finding.seal_id == action.seal_id]


def _tell(finding: Finding, action: Action, says: str, *, by: Person | None, at: datetime) -> None:
    finding.note("answers", says.format(action.number), by=by, at=at, own_seal_id=action.seal_id)


def _said(come: list[str], gone: list[str]) -> str:
    told = [f"said that it answers {joined(come)}"] if come else []
    return joined(told + ([f"said that it no longer answers {joined(gone)}"] if gone else []))
