"""What people have been told, and what waits to be sent: the outbox.

A digest has no words of the plan: those are its notices', each under the seal of its action, so that no row here can
be more open than what it speaks of. Until it is sent a digest is made anew each night, since its dates grow old.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, models, transaction

from improvement.models import Action
from monitoring.reminding import Kind
from people.days import day_of
from people.models import Person
from sources.guarding import Follows, Guarded, Stays
from sources.models import Sealed
from sources.reads import SealedQuerySet

MOST_SAID = 200
KEEP = """
    INSERT INTO monitoring_notice (digest_id, person_id, action_id, seal_id, kind, named_on, says)
    SELECT digest.id, told.* FROM unnest(%(person)s::bigint[], %(action)s::bigint[], %(seal)s::bigint[],
        %(kind)s::text[], %(named_on)s::date[], %(says)s::text[]) AS told(person_id, action, seal, kind, named_on, says)
    JOIN monitoring_digest digest ON digest.person_id = told.person_id AND digest.sent_at IS NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something to be told to somebody of an action."""

    action: int
    seal: int | None
    kind: Kind
    named_on: date
    says: str


class DigestQuerySet(models.QuerySet["Digest"]):
    """Words for picking digests."""

    def waiting(self) -> "DigestQuerySet":
        """Not sent."""
        return self.filter(sent_at__isnull=True)

    def held(self) -> "DigestQuerySet":
        """Held against another run; those that it is sending are left to it."""
        return self.select_for_update(of=("self",), no_key=True, skip_locked=True)

    def numbered(self, number: int) -> "Digest | None":
        """The one of the number, if it is among them."""
        return self.filter(pk=number).first()

    def note_all(self, numbers: Sequence[int], fault: str, *, at: datetime) -> None:
        """Of some, that they could not be sent."""
        tries = models.F("tries") + 1
        self.filter(pk__in=numbers).update(tries=tries, tried_at=at, fault=fault[:MOST_SAID])

    def with_people(self) -> "DigestQuerySet":
        """As the administrator sees them: what waits first, then the latest."""
        return self.select_related("person").order_by(models.F("sent_at").desc(nulls_first=True), "person__name", "id")


class Digest(models.Model):
    """One e-mail to one person: how many actions it speaks of, and what became of it."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="digests")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    """Names the message: sent twice, after a run that was cut off, it is known to be one."""
    made_at = models.DateTimeField()
    made_for = models.DateField()
    things = models.PositiveIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=MOST_SAID, blank=True)
    """What the mail server last said against it."""
    sent_at = models.DateTimeField(null=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ("tries", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=models.Q(sent_at__isnull=True), name="one_digest_waits"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.made_for}"

    @classmethod
    @transaction.atomic
    def make_all(cls, due: Mapping[int, Sequence[Due]], *, at: datetime) -> None:
        """One for each person (by their id) of whom something is due, in place of whatever waited for them before.

        Whose digest another run is just sending is passed over: what is new is told by the next run.
        """
        free = {digest.person_id: digest for digest in cls.objects.waiting().held()}
        busy = set(cls.objects.waiting().values_list("person_id", flat=True)) - free.keys()
        # Only now, when nobody can send what waits: another run may have sent much of it while this one reckoned.
        due = Notice.untold(due)
        cls.objects.filter(pk__in=[digest.pk for person, digest in free.items() if person not in due]).delete()
        Notice.objects.filter(digest__in=free.values()).delete()
        wanted = {person: things for person, things in due.items() if person not in busy}
        digests = [free.get(person) or cls(person_id=person) for person in wanted]
        for digest in digests:
            digest.made_at, digest.made_for = at, day_of(at)
            digest.things = len({thing.action for thing in wanted[digest.person_id]})
        cls.objects.bulk_create([digest for digest in digests if not digest.pk])
        cls.objects.bulk_update([*free.values()], ["made_at", "made_for", "things"])
        Notice.keep(wanted)

    def note(self, fault: str, *, at: datetime) -> None:
        """It was sent, or the mail server said why not; it waits then for the next run."""
        self.tries += 1
        self.tried_at, self.fault, self.sent_at = at, fault[:MOST_SAID], None if fault else at
        self.save(update_fields=["tries", "tried_at", "fault", "sent_at"])


class NoticeQuerySet(SealedQuerySet["Notice"]):
    """Words for picking notices."""

    def sent(self) -> "NoticeQuerySet":
        """In a digest that was sent."""
        return self.filter(digest__sent_at__isnull=False)

    def to(self, person: Person) -> "NoticeQuerySet":
        """What a person was told, or is about to be."""
        return self.filter(person=person)

    def about(self, actions: Any) -> "NoticeQuerySet":
        """Of some actions."""
        return self.filter(action__in=actions)

    def with_actions(self) -> "NoticeQuerySet":
        """Each with what is said of it, the latest digest first and the most pressing first in it."""
        shown = self.select_related("digest", "action__theme", "action__lead")
        place = models.Case(*(models.When(kind=kind.value, then=n) for n, kind in enumerate(Kind)))
        return shown.order_by("-digest__made_at", place, "action__due_on", "action__theme__number", "action__position")


class Notice(Sealed):
    """One thing told to one person, once: why, and of which action."""

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    named_on = models.DateField()
    says = models.CharField(max_length=400)

    objects = NoticeQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = (
            Guarded(name="notice_guarded"),
            Stays(name="notice_stays"),
            Follows(name="notice_follows", parent="improvement_action", column="action_id"),
            models.UniqueConstraint(fields=("person", "action", "kind", "named_on"), name="told_once"),
        )

    def __str__(self) -> str:
        return self.says

    @classmethod
    def untold(cls, due: Mapping[int, Sequence[Due]]) -> dict[int, list[Due]]:
        """Of what is due, what each person has not been told, in a digest that was sent."""
        actions = {thing.action for things in due.values() for thing in things}
        told = set(cls.objects.sent().about(actions).values_list("person_id", "action_id", "kind", "named_on"))
        left = {
            person: [thing for thing in things if (person, thing.action, thing.kind.value, thing.named_on) not in told]
            for person, things in due.items()
        }
        return {person: things for person, things in left.items() if things}

    @classmethod
    def keep(cls, due: Mapping[int, Sequence[Due]]) -> None:
        """What is told, in the digests that wait for each person: one statement, however much it is."""
        told = [(person, thing) for person, things in due.items() for thing in things]
        columns: dict[str, Any] = {
            "person": [person for person, _ in told],
            "action": [thing.action for _, thing in told],
            "seal": [thing.seal for _, thing in told],
            "kind": [thing.kind.value for _, thing in told],
            "named_on": [thing.named_on for _, thing in told],
            "says": [thing.says for _, thing in told],
        }
        with connection.cursor() as cursor:
            cursor.execute(KEEP, columns)


def take_turn() -> None:
    """Wait until no other run makes digests; then none does until this transaction ends."""
    take_time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock('monitoring_digest'::regclass::oid::bigint)")


def take_time() -> None:
    """Give this transaction a job's time instead of a page's: a mail server may be slow to answer, and a plan long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL statement_timeout = '60s'; SET LOCAL lock_timeout = '60s'; "
            "SET LOCAL idle_in_transaction_session_timeout = '5min'"
        )
