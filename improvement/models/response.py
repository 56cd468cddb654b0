"""What the council says to a finding: accepted, accepted in part or declined; every former reply is kept (B12)."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from improvement.models.finding import Finding
from improvement.models.refused import Refused
from improvement.responses import Reply, is_declined, objection, sentence
from people.days import day_of, written
from people.models import Person
from sources.guarding import Follows, Guarded, Watched
from sources.models import Sealed
from sources.reads import SealedQuerySet


class ResponseQuerySet(SealedQuerySet["Response"]):
    """Words for picking responses."""

    def latest_to(self, findings: Any) -> "dict[int, Response]":
        """The one that counts for each of some findings, by the finding's key."""
        told = self.filter(finding__in=findings).order_by("finding_id", "-id").distinct("finding_id")
        return {response.finding_id: response for response in told.select_related("by")}


class Response(Sealed):
    """One reply to a finding, under its seal. The latest counts."""

    Reply = Reply

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="responses")
    reply = models.CharField(max_length=10, choices=Reply.choices)
    reason = models.TextField(blank=True)
    until_on = models.DateField(null=True, blank=True)
    """The last day on which it holds."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = ResponseQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("-id",)
        constraints = (
            Guarded(name="response_guarded", append_only=True),
            Watched(name="response_watched", columns=("reason",)),
            Follows(name="response_follows", parent="improvement_finding", column="finding_id"),
            models.CheckConstraint(
                name="response_ends",
                condition=models.Q(reply=Reply.ACCEPTED) | models.Q(until_on__isnull=False) & ~models.Q(reason=""),
            ),
        )

    def __str__(self) -> str:
        return self.get_reply_display()

    @classmethod
    @transaction.atomic(savepoint=False)
    def give(
        cls, finding: Finding, reply: str, *, reason: str, until_on: date | None, by: Person | None, at: datetime
    ) -> "Response":  # fmt: skip
        """Reply to a finding, in place of any former reply. Raises Refused with the rule's sentence."""
        if said := objection(reply, reason=reason, until_on=until_on, on=day_of(at)):
            raise Refused(said)
        given = cls.objects.create(
            finding=finding, seal_id=finding.seal_id, reply=reply, reason=reason, until_on=until_on, by=by, at=at
        )
        until = f" until {written(until_on)}" if until_on else ""
        verb = {Reply.ACCEPTED: "accepted it", Reply.PART: "accepted it in part", Reply.DECLINED: "declined it"}
        finding.note("respond", f"{verb[Reply(reply)]}{until}", by=by, at=at, reason=reason)
        return given

    def says(self, *, on: date) -> str:
        """As a page prints it on the day."""
        return sentence(self.reply, until_on=self.until_on, on=on)

    def stands(self, *, on: date) -> bool:
        """Whether, on the day, its reason stands in an action's place."""
        return is_declined(self.reply, until_on=self.until_on, on=on)
