"""What people tell of an action: progress updates, what it waits for, and a rating that somebody sets aside."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import models, transaction

from improvement.many import Change, change
from improvement.models import Action, Refused
from improvement.timing import written
from people.days import day_of
from people.models import Person
from sources.guarding import Follows, Guarded, Stays, Watched
from sources.models import Sealed
from sources.reads import SealedQuerySet


class Update(Sealed):
    """An officer's words on an action. “No change, because…” counts: it is a word, and it is dated."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updates")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="updates")
    at = models.DateTimeField()
    effective_on = models.DateField()
    words = models.TextField()
    no_change = models.BooleanField(default=False)

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            Guarded(name="update_guarded", append_only=True),
            Watched(name="update_watched", columns=("words",)),
            Follows(name="update_follows", parent="improvement_action", column="action_id"),
        )
        indexes = (models.Index(fields=("action", "-at")),)

    def __str__(self) -> str:
        return self.words[:80]

    @classmethod
    @transaction.atomic(savepoint=False)
    def give(cls, action: Action, *, words: str, by: Person, at: datetime, no_change: bool = False) -> "Update":
        """Add an update. Raises Refused where there are no words."""
        if sentence := cls.objection(words):
            raise Refused(sentence)
        update = cls.objects.create(
            action=action, seal_id=action.seal_id, by=by, at=at, effective_on=day_of(at), words=words.strip(),
            no_change=no_change,
        )  # fmt: skip
        action.change(verb="update", says=_gave(no_change), by=by, at=at, reason=words.strip())
        return update

    @classmethod
    @transaction.atomic(savepoint=False)
    def give_many(cls, words: Mapping[Action, str], *, by: Person, at: datetime, no_change: bool = False) -> None:
        """Add an update to each of many actions that are held against others."""
        told = {action: said.strip() for action, said in words.items()}
        Update.objects.bulk_create(
            (
                Update(
                    action=action, seal_id=action.seal_id, by=by, at=at, effective_on=day_of(at), words=said,
                    no_change=no_change,
                )
                for action, said in told.items()
            ),
            batch_size=500,
        )  # fmt: skip
        says = _gave(no_change)
        given = [Change(action=action, verb="update", says=says, reason=said) for action, said in told.items()]
        change(given, by=by, at=at)

    @staticmethod
    def objection(words: str) -> str | None:
        """Why the words are no update, or None if they are."""
        return None if words.strip() else "Write what has changed, or choose “No change” and say why."


def _gave(no_change: bool) -> str:
    return "said that nothing has changed" if no_change else "gave an update"


class Blocker(Sealed):
    """What an action waits for, and from whom."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="blockers")
    waiting_for = models.TextField()
    from_whom = models.CharField(max_length=200)
    since_on = models.DateField()
    cleared_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("since_on", "id")
        constraints = (
            Guarded(name="blocker_guarded"),
            Stays(name="blocker_stays"),
            Watched(name="blocker_watched", columns=("waiting_for", "from_whom")),
            Follows(name="blocker_follows", parent="improvement_action", column="action_id"),
        )

    def __str__(self) -> str:
        return self.waiting_for[:80]


class OverrideQuerySet(SealedQuerySet["Override"]):
    """Words for picking overrides."""

    def in_force(self, *, on: date) -> "Override | None":
        """Of one action, the latest that runs on a day, unless that gave the rule its word back."""
        latest = self.filter(until_on__gte=on).order_by("at", "id").last()
        return latest if latest and latest.delivery else None


class Override(Sealed):
    """A named person's delivery rating in place of the rule's, with a reason and an end; the latest counts."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="overrides")
    delivery = models.CharField(max_length=8, blank=True)
    """Empty where the rule has its word back before the day agreed."""
    reason = models.TextField()
    until_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OverrideQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("at", "id")
        constraints = (
            Guarded(name="override_guarded", append_only=True),
            Watched(name="override_watched", columns=("reason",)),
            Follows(name="override_follows", parent="improvement_action", column="action_id"),
        )

    def __str__(self) -> str:
        return f"{self.delivery or 'the rule’s own'} until {self.until_on}"

    def end(self, *, reason: str, by: Person, at: datetime) -> "Override":
        """Give the rule its word back, over every override that would still run."""
        runs = max(each.until_on for each in Override.objects.filter(action=self.action_id))
        return Override.objects.create(
            action_id=self.action_id, seal_id=self.seal_id, delivery="", until_on=runs, reason=reason, by=by, at=at
        )  # fmt: skip

    @classmethod
    @transaction.atomic(savepoint=False)
    def give_many(
        cls, actions: Sequence[Action], *, delivery: str, called: str, until_on: date, reason: str, by: Person,
        at: datetime,
    ) -> None:  # fmt: skip
        """Rate actions that are held against others so, each with its line of history."""
        told = {"delivery": delivery, "until_on": until_on, "reason": reason, "by": by, "at": at}
        given = [Override(action=action, seal_id=action.seal_id, **told) for action in actions]
        Override.objects.bulk_create(given, batch_size=500)
        said = [Change(action=each.action, verb="override", says=each.says(called), reason=reason) for each in given]
        change(said, by=by, at=at)

    def says(self, called: str) -> str:
        """What the action's history says of it, the rating by the council's own word."""
        return f"rated it {called} until {written(self.until_on)}"
