"""A role given to a person, over a scope, from a day to a day; and the record of its giving."""

from datetime import date, datetime

from django.db import models, transaction

from people.constraints import Chained
from people.days import day_of
from people.models.person import Person
from people.roles import EVERYWHERE, GUESTS, Role


class Grant(models.Model):
    """One role for one person. It is ended, never deleted, so that who could do what stays known."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    scope = models.CharField(max_length=80, default=EVERYWHERE)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("person", "role", "scope")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="grant_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~models.Q(role__in=sorted(GUESTS)) | models.Q(ends_on__isnull=False),
                name="guests_access_ends",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()} ({self.scope})"

    @classmethod
    @transaction.atomic
    def give(
        cls,
        person: Person,
        role: Role,
        *,
        by: Person | None,
        at: datetime,
        scope: str = EVERYWHERE,
        starts_on: date | None = None,
        ends_on: date | None = None,
    ) -> "Grant":
        """Give a role from today, or from a named day."""
        grant = cls.objects.create(
            person=person,
            role=role,
            scope=scope,
            starts_on=starts_on or day_of(at),
            ends_on=ends_on,
            given_by=by,
            given_at=at,
        )
        PersonLine.write(person, f"was made {grant.get_role_display().lower()} ({scope})", by=by, at=at)
        return grant

    @transaction.atomic
    def end(self, *, by: Person, at: datetime) -> None:
        """End the grant today; a grant that had not begun never begins."""
        self.ends_on = max(self.starts_on, day_of(at))
        self.save(update_fields=["ends_on"])
        PersonLine.write(self.person, f"ceased to be {self.get_role_display().lower()}", by=by, at=at)


class PersonLine(models.Model):
    """A line of a person's history: who changed what they may do, and when. Only ever added to."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="lines")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    says = models.CharField(max_length=300)

    class Meta:
        ordering = ("at", "id")
        constraints = (Chained(name="personline_chained"),)

    def __str__(self) -> str:
        return f"{self.person} {self.says}"

    @classmethod
    def write(cls, person: Person, says: str, *, by: Person | None, at: datetime) -> None:
        """Add a line."""
        cls.objects.create(person=person, says=says, by=by, at=at)
