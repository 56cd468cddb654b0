"""A later date asked for by whoever carries an action out, and what its theme lead answered (B8)."""

from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from improvement.models.action import Action
from improvement.models.plan import Plan
from improvement.models.refused import Refused
from improvement.models.revision import Revision
from improvement.timing import written
from people.days import day_of
from people.models import Meeting, Person
from sources.guarding import Follows, Guarded, Stays, Watched
from sources.models import Sealed
from sources.reads import SealedQuerySet


class ExtensionQuerySet(SealedQuerySet["Extension"]):
    """Words for picking requests."""

    def of(self, plan: Plan | None) -> "ExtensionQuerySet":
        """For a plan's actions."""
        return self.filter(action__plan=plan)

    def about(self, actions: Any) -> "ExtensionQuerySet":
        """For some actions."""
        return self.filter(action__in=actions)

    def waiting(self) -> "ExtensionQuerySet":
        """Not yet answered."""
        return self.filter(answered_at__isnull=True)

    def answered(self) -> "ExtensionQuerySet":
        """Agreed or declined."""
        return self.filter(answered_at__isnull=False)

    def with_people(self) -> "ExtensionQuerySet":
        """Each with what a table of them shows, the latest first."""
        shown = ("action__theme", "action__lead", "asked_by", "answered_by", "meeting__body")
        return self.select_related(*shown).order_by("-asked_at", "-id")


class Extension(Sealed):
    """One request. Agreeing to it moves the date by a revision; either answer is kept for good."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="extensions")
    from_on = models.DateField()
    to_on = models.DateField()
    reason = models.CharField(max_length=12, choices=Revision.Reason.choices)
    words = models.TextField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="+")
    """Where it was agreed, if at a meeting."""

    objects = ExtensionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("asked_at", "id")
        constraints = (
            Guarded(name="extension_guarded"),
            Stays(name="extension_stays"),
            Watched(name="extension_watched", columns=("words", "answer")),
            Follows(name="extension_follows", parent="improvement_action", column="action_id"),
            models.UniqueConstraint(
                fields=("action",), condition=models.Q(answered_at__isnull=True), name="one_extension_waits"
            ),
            models.CheckConstraint(
                name="extension_answered_whole",
                condition=models.Q(agreed__isnull=True, answered_by__isnull=True, answered_at__isnull=True)
                | models.Q(agreed__isnull=False, answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="extension_answered_by_another", condition=~models.Q(asked_by=models.F("answered_by"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.action}, to {self.to_on}"

    @property
    def outcome(self) -> str:
        """In a word."""
        return "Waiting" if self.agreed is None else "Agreed" if self.agreed else "Declined"

    @classmethod
    @transaction.atomic(savepoint=False)
    def ask(
        cls, action: Action, to_on: date, *, reason: str, words: str, by: Person, at: datetime
    ) -> "Extension":  # fmt: skip
        """Ask for a later date. Raises Refused where one is asked for already, or the date is not later."""
        if sentence := Revision.too_late(action):
            raise Refused(sentence)
        if action.extensions.waiting().exists():
            raise Refused("A later date has been asked for already, and the theme lead has yet to answer.")
        if to_on <= action.due_on:
            raise Refused(f"The action is due on {written(action.due_on)}. Ask for a later date than that.")
        if to_on < day_of(at):
            raise Refused(f"{written(to_on)} has passed. Ask for a day to come.")
        if not words.strip():
            raise Refused("Say why more time is needed: the board will read it beside the date.")
        asked = cls.objects.create(
            action=action, seal_id=action.seal_id, from_on=action.due_on, to_on=to_on, reason=reason, words=words,
            asked_by=by, asked_at=at,
        )  # fmt: skip
        action.change(
            verb="ask_extension", says=f"asked for its date to move to {written(to_on)}", by=by, at=at, reason=words
        )
        return asked

    def agree(self, *, words: str, by: Person, at: datetime, meeting: Meeting | None = None) -> Revision:
        """Move the date as asked. Raises Refused as `decline` does, and where it has moved as far already."""
        if self.to_on <= self.action.due_on:
            raise Refused(
                f"The action is due on {written(self.action.due_on)} since it was asked, which is no earlier than "
                f"{written(self.to_on)}. Decline, and say so."
            )
        self._answer(agreed=True, words=words, by=by, at=at, meeting=meeting)
        return Revision.agree(
            self.action, self.to_on, reason=self.reason, words=self.words, by=by, at=at, meeting=meeting
        )

    def decline(self, *, words: str, by: Person, at: datetime) -> None:
        """Leave the date as it is. Raises Refused where it was answered, by whoever asked, or without a word why."""
        if not words.strip():
            raise Refused("Say why the date stays, so that whoever asked knows what to do.")
        self._answer(agreed=False, words=words, by=by, at=at, meeting=None)
        self.action.change(
            verb="decline_extension",
            says=f"declined to move its date to {written(self.to_on)}",
            by=by,
            at=at,
            reason=words,
        )

    def _answer(self, *, agreed: bool, words: str, by: Person, at: datetime, meeting: Meeting | None) -> None:
        if self.answered_at:
            raise Refused(f"This was {self.outcome.lower()} already, by {self.answered_by}.")
        if self.asked_by_id == by.pk:
            raise Refused("You asked for this yourself, so another theme lead or a director must answer.")
        self.agreed, self.answer, self.answered_by, self.answered_at, self.meeting = agreed, words, by, at, meeting
        self.save(update_fields=["agreed", "answer", "answered_by", "answered_at", "meeting"])
