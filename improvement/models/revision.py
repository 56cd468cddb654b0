"""How a due date changes: only by a revision, with its reason, and every former date kept (B8)."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.db.models import TextChoices

from improvement.lifecycle import UNDELIVERED, Status
from improvement.models.action import Action
from improvement.models.refused import Refused
from improvement.timing import written
from people.models import Meeting, Person
from sources.guarding import Follows, Guarded, Watched
from sources.models import Sealed


class Revision(Sealed):
    """One move of a due date, agreed by someone, perhaps at a meeting."""

    class Reason(TextChoices):
        CAPACITY = "capacity", "Not enough people"
        DEPENDENCY = "dependency", "Waiting for other work"
        SCOPE = "scope", "More to do than was thought"
        PARTNER = "partner", "Waiting for a partner"
        EVIDENCE = "evidence", "More evidence needed"
        EXTERNAL = "external", "Outside the council’s control"

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="revisions")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(max_length=12, choices=Reason.choices)
    words = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="revisions")

    class Meta:
        ordering = ("at", "id")
        constraints = (
            Guarded(name="revision_guarded", append_only=True),
            Watched(name="revision_watched", columns=("words",)),
            Follows(name="revision_follows", parent="improvement_action", column="action_id"),
        )

    def __str__(self) -> str:
        return f"{self.from_on} to {self.to_on}"

    @classmethod
    @transaction.atomic(savepoint=False)
    def agree(
        cls,
        action: Action,
        to_on: date,
        *,
        reason: str,
        words: str,
        by: Person | None,
        at: datetime,
        meeting: Meeting | None = None,
    ) -> "Revision":
        """Move an action's due date. Raises Refused where no reason is given or the date is the same."""
        if sentence := cls.objection(action, to_on, words=words):
            raise Refused(sentence)
        told = {"reason": reason, "words": words, "by": by, "at": at, "meeting": meeting}
        revision = cls.drawn_up(action, to_on, **told)
        revision.save(force_insert=True)
        action.change(verb="revise", says=revision.says, by=by, at=at, reason=words, **revision.moves)
        return revision

    @staticmethod
    def objection(action: Action, to_on: date, *, words: str) -> str | None:
        """Why an action's due date cannot be moved so, or None if it can."""
        if sentence := Revision.too_late(action):
            return sentence
        if not words.strip():
            return "A due date moves only with a reason, because the board will ask for one. Write why it moved."
        if to_on == action.due_on:
            return f"The action is already due on {written(to_on)}. Give another date."
        if to_on < action.starts_on:
            return f"The action starts on {written(action.starts_on)}, so it cannot be due before. Give a later date."
        return None

    @staticmethod
    def too_late(action: Action) -> str | None:
        """Why its due date moves no more, or None where it may: what was finished late stays seen to be late."""
        if action.status in UNDELIVERED:
            return None
        said = str(Status(action.status).label).lower()
        return (
            f"This action is {said}, so when it was due stays as it is. "
            "If it is still to be done, have it sent back or reopened first."
        )

    @property
    def says(self) -> str:
        """What the action's history says of it."""
        return f"moved its due date from {written(self.from_on)} to {written(self.to_on)}"

    @property
    def moves(self) -> dict[str, Any]:
        """What it changes of its action."""
        return {"due_on": self.to_on, "times_moved": self.action.times_moved + 1}

    @classmethod
    def drawn_up(cls, action: Action, to_on: date, **told: Any) -> "Revision":
        """As it will be kept, before it is."""
        return cls(action=action, seal_id=action.seal_id, from_on=action.due_on, to_on=to_on, **told)
