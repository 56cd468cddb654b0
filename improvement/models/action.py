"""An action of the plan, its milestones, and the verbs that change it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import pgtrigger
from django.db import connection, models, transaction
from django.db.models import F

from improvement.lifecycle import MOVES, OPEN, UNDELIVERED, Status, objection, transitions
from improvement.models.finding import Finding
from improvement.models.plan import Lead, Plan, Theme
from improvement.models.refused import Refused
from improvement.timing import joined
from people.constraints import Chained
from people.models import Person
from sources.guarding import Follows, Guarded, Parent, Stays, Watched
from sources.models import Line, Sealed
from sources.reads import SealedQuerySet

AMENDABLE = {"title": "its title", "words": "what was promised", "success": "how anyone will know that it helped"}

_NEXT_VERSION = "UPDATE improvement_action SET version = version + 1 WHERE id = %s RETURNING version"


class ActionQuerySet(SealedQuerySet["Action"]):
    """Words that chain into a phrase; secrecy is the database's work, not theirs."""

    def of(self, plan: Plan | None) -> "ActionQuerySet":
        """The actions of a plan."""
        return self.filter(plan=plan)

    def under(self, slug: str) -> "ActionQuerySet":
        """The actions of a theme."""
        return self.filter(theme__slug=slug)

    def under_any(self, themes: "list[Theme]") -> "ActionQuerySet":
        """The actions of some themes."""
        return self.filter(theme__in=themes)

    def numbered(self, number: str) -> "ActionQuerySet":
        """The action of a number, typed in small letters or large."""
        return self.filter(number__in=(number, number.upper()))

    def promised(self, *, by: Person, at: datetime) -> "ActionQuerySet":
        """What a person put into the plan at an instant."""
        return self.filter(lines__verb="promise", lines__by=by, lines__at=at)

    def among(self, numbers: Iterable[str]) -> "ActionQuerySet":
        """Those of some numbers, as the plan writes them."""
        return self.filter(number__in=list(numbers))

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
        return self.filter(pk__in=keys_of(person))

    def in_order(self) -> "ActionQuerySet":
        """As the plan numbers them."""
        return self.order_by("theme__number", "position")

    def held(self) -> "ActionQuerySet":
        """Kept from others until the transaction ends, always in one order, so that no two wait for each other."""
        return self.select_for_update(of=("self",), no_key=True).order_by("pk")


class Action(Sealed):
    """A promise: what will be done, by whom, by when, and how anyone will know that it helped."""

    # Its number's own index begins with the plan. A second one of plans alone would be taken for it while the table is
    # young, and every number looked up among the whole plan's.
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions", db_index=False)
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

    objects = ActionQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("theme__number", "position")
        constraints = (
            Guarded(name="action_guarded"),
            Stays(name="action_stays"),
            Watched(name="action_watched", columns=("title", "words", "success")),
            Parent(name="action_seal"),
            models.UniqueConstraint(fields=("plan", "number"), name="action_number_once"),
        )
        indexes = (models.Index(fields=("theme", "position")), models.Index(fields=("status", "due_on")))
        triggers = (
            # Asked only where the status moves: most changes count the version up and no more, and asking is dear.
            pgtrigger.FSM(
                name="action_moves_by_the_table",
                field="status",
                transitions=sorted(transitions()),
                condition=pgtrigger.AnyChange("status"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @transaction.atomic(savepoint=False)
    def make(self, move: str, *, by: Person | None, at: datetime, reason: str = "", rung: str = "none") -> None:
        """Make a move of the table (R8). Raises Refused with the sentence where the table does not allow it."""
        kept = Action.objects.select_for_update(of=("self",), no_key=True).get(pk=self.pk)
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

    def hand_over(self, lead: Lead, *, by: Person | None, at: datetime, reason: str = "") -> None:
        """Give the action another lead. Raises Refused where it has that one. Its history stays."""
        if sentence := self.lead_objection(lead):
            raise Refused(sentence)
        self.change(verb="hand_over", says=self.handing_over(lead), by=by, at=at, reason=reason, lead=lead)

    def lead_objection(self, lead: Lead) -> str | None:
        """Why the action cannot be handed over to a lead, or None if it can."""
        return f"{lead} leads this action already. Choose another lead." if lead == self.lead else None

    def handing_over(self, lead: Lead) -> str:
        """What its history says of it."""
        return f"handed it over from {self.lead} to {lead}"

    def amend(self, *, reason: str, by: Person | None, at: datetime, **said: str) -> None:
        """Put its title, words or success otherwise; the former stay in its history. Raises Refused with a sentence."""
        changed = {name: words for name, words in said.items() if words != getattr(self, name)}
        if not changed:
            raise Refused("Nothing has been put otherwise. Change its words, or go back.")
        if not reason.strip():
            raise Refused("Say why it is put otherwise: the board agreed to what it said before.")
        says = f"amended {joined([AMENDABLE[name] for name in AMENDABLE if name in changed])}"
        self.change(verb="amend", says=says, by=by, at=at, reason=reason, **changed)

    @transaction.atomic(savepoint=False)
    def let_update(self, people: "list[Person]", *, by: Person | None, at: datetime) -> None:
        """Say who updates the action beside its lead: these and nobody else. Says nothing where nothing changes."""
        before = {updater.person: updater for updater in self.updaters.select_related("person")}
        gone, come = [p for p in before if p not in people], [p for p in people if p not in before]
        Updater.objects.filter(pk__in=[before[person].pk for person in gone]).delete()
        Updater.objects.bulk_create(Updater(action=self, seal_id=self.seal_id, person=person) for person in come)
        said = [f"let {p} update it" for p in come] + [f"no longer lets {p} update it" for p in gone]
        if said:
            self.change(verb="updaters", says=joined(said), by=by, at=at)

    @transaction.atomic(savepoint=False)
    def change(self, *, verb: str, says: str, by: Person | None, at: datetime, reason: str = "", **fields: Any) -> None:
        """Change columns in one statement, leave one line of history, and count the version up."""
        before = {name: str(getattr(self, name)) for name in fields}
        self._count_up(fields)
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

    def _count_up(self, fields: dict[str, Any]) -> None:
        """Write the columns and the next version; where no column changes, as for most updates, in one question."""
        if fields:
            Action.objects.filter(pk=self.pk).update(version=F("version") + 1, **fields)
            self.refresh_from_db(fields=["version"])
            return
        with connection.cursor() as cursor:
            cursor.execute(_NEXT_VERSION, [self.pk])
            (self.version,) = cursor.fetchone()


class Updater(Sealed):
    """Someone who updates an action without leading it."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="updaters")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="updates_for")

    class Meta:
        constraints = (
            Guarded(name="updater_guarded"),
            Stays(name="updater_stays"),
            Follows(name="updater_follows", parent="improvement_action", column="action_id"),
            models.UniqueConstraint(fields=("action", "person"), name="updater_once"),
        )

    def __str__(self) -> str:
        return f"{self.person} for {self.action}"


def keys_of(person: Person) -> list[int]:
    """The actions that a person leads or updates for: asked first, since any plan of theirs is a walk of the whole."""
    led = Action.objects.filter(lead__person=person).order_by().values_list("pk", "seal_id")
    updated = Updater.objects.filter(person=person).values_list("action_id", "seal_id")
    return [action for action, _ in led.union(updated)]


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
            Stays(name="milestone_stays"),
            Watched(name="milestone_watched", columns=("words",)),
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
            Chained(name="actionline_chained", without=("seal_id",)),
            Watched(name="actionline_watched", columns=("reason",)),
            Follows(name="actionline_follows", parent="improvement_action", column="action_id"),
        )
        indexes = (models.Index(fields=("action", "at")),)
