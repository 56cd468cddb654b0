"""An action of the plan, its milestones, and the verbs that change it."""

from datetime import date, datetime
from typing import Any

import pgtrigger
from django.db import models, transaction
from django.db.models import F

from improvement.lifecycle import MOVES, OPEN, UNDELIVERED, Status, objection, transitions
from improvement.models.inspection import Finding
from improvement.models.plan import Lead, Plan, Theme
from people.models import Person
from sources.guarding import Follows, Guarded, Parent
from sources.models import Line, Sealed


class ActionQuerySet(models.QuerySet["Action"]):
    """Words that chain into a phrase; secrecy is the database's work, not theirs."""

    def of(self, plan: Plan | None) -> "ActionQuerySet":
        """The actions of a plan."""
        return self.filter(plan=plan)

    def under(self, slug: str) -> "ActionQuerySet":
        """The actions of a theme."""
        return self.filter(theme__slug=slug)

    def open(self) -> "ActionQuerySet":
        """Neither closed nor withdrawn: delivered is still open, since nobody has yet agreed."""
        return self.filter(status__in=OPEN)

    def undelivered(self) -> "ActionQuerySet":
        """Not started or in progress."""
        return self.filter(status__in=UNDELIVERED)

    def late(self, *, on: date) -> "ActionQuerySet":
        """Undelivered, with a due date that has passed."""
        return self.undelivered().filter(due_on__lt=on)

    def mine(self, person: Person) -> "ActionQuerySet":
        """Those the person leads or updates for."""
        return self.filter(models.Q(lead__person=person) | models.Q(updaters__person=person)).distinct()

    def in_order(self) -> "ActionQuerySet":
        """As the plan numbers them."""
        return self.order_by("theme__number", "position")


class Action(Sealed):
    """A promise: what will be done, by whom, by when, and how anyone will know that it helped."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="actions")
    number = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    """Its place in its theme: 2 for 1.2, so that 1.10 follows 1.9."""
    title = models.CharField(max_length=200)
    words = models.TextField()
    success = models.TextField()
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="actions")
    starts_on = models.DateField()
    due_on = models.DateField()
    first_due_on = models.DateField()
    times_moved = models.PositiveSmallIntegerField(default=0)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_STARTED)
    version = models.PositiveIntegerField(default=1)
    """Goes up by one with every deed, so that two people can't silently undo each other."""
    findings = models.ManyToManyField(Finding, through="Answer", related_name="actions")

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ("theme__number", "position")
        constraints = (
            Guarded(name="action_guarded"),
            Parent(name="action_seal"),
            models.UniqueConstraint(fields=("plan", "number"), name="action_number_once"),
        )
        indexes = (models.Index(fields=("theme", "position")), models.Index(fields=("status", "due_on")))
        triggers = (pgtrigger.FSM(name="action_moves_by_the_table", field="status", transitions=sorted(transitions())),)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @transaction.atomic(savepoint=False)
    def make(self, move: str, *, by: Person | None, at: datetime, reason: str = "", rung: str = "none") -> None:
        """Make a move of the table (R8). Raises Refused with the sentence where the table does not allow it."""
        kept = Action.objects.select_for_update(of=("self",)).get(pk=self.pk)
        chosen = MOVES[move]
        if sentence := objection(kept.status, chosen, reason=reason, rung=rung):
            raise Refused(sentence)
        self.change(
            verb=move,
            says=f"moved it from “{Status(kept.status).label}” to “{chosen.arrives.label}”",
            by=by,
            at=at,
            reason=reason,
            status=chosen.arrives.value,
        )

    @transaction.atomic(savepoint=False)
    def change(self, *, verb: str, says: str, by: Person | None, at: datetime, reason: str = "", **fields: Any) -> None:
        """Change columns in one statement, leave one line of history, and count the version up."""
        before = {name: str(getattr(self, name)) for name in fields}
        Action.objects.filter(pk=self.pk).update(version=F("version") + 1, **fields)
        self.refresh_from_db(fields=["version"])
        for name, value in fields.items():
            setattr(self, name, value)
        ActionLine.write(
            action=self,
            seal_id=self.seal_id,
            by=by,
            at=at,
            verb=verb,
            says=says,
            reason=reason,
            before=before,
            after={name: str(value) for name, value in fields.items()},
        )


class Refused(Exception):
    """A deed that a rule does not allow; its words are the sentence for the person who asked."""


class Updater(Sealed):
    """Someone who updates an action without leading it."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updaters")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="updates_for")

    class Meta:
        constraints = (
            Guarded(name="updater_guarded"),
            Follows(name="updater_follows", parent="improvement_action", column="action_id"),
            models.UniqueConstraint(fields=("action", "person"), name="updater_once"),
        )

    def __str__(self) -> str:
        return f"{self.person} for {self.action}"


class Answer(models.Model):
    """That an action answers a finding. Seen only by those who may see both."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="answers")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="answers")
    seal = models.ForeignKey("sources.Seal", on_delete=models.PROTECT, default=0, related_name="+", db_index=False)
    """The action's seal."""
    finding_seal = models.ForeignKey(
        "sources.Seal", on_delete=models.PROTECT, default=0, related_name="+", db_index=False
    )

    class Meta:
        constraints = (
            Guarded(name="answer_guarded", columns=("seal_id", "finding_seal_id")),
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


class Milestone(Sealed):
    """A step on the way, with its own date."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("action", "position")
        constraints = (
            Guarded(name="milestone_guarded"),
            Follows(name="milestone_follows", parent="improvement_action", column="action_id"),
        )

    def __str__(self) -> str:
        return self.words


class ActionLine(Line):
    """A line of an action's history."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="lines")

    class Meta(Line.Meta):
        constraints = (
            Guarded(name="actionline_guarded", append_only=True),
            Follows(name="actionline_follows", parent="improvement_action", column="action_id"),
        )
        indexes = (models.Index(fields=("action", "at")),)
