"""Seals: the terms on which words may not yet, or may never, be seen; and who is cleared to see them."""

import secrets
from datetime import datetime

from django.db import connection, models
from django.db.models import TextChoices

from people.models import Person
from sources.guarding import Guarded
from sources.seals import OPEN


class SealQuerySet(models.QuerySet["Seal"]):
    """Words for picking seals; the database has already left out those the reader may not know of."""

    def holding(self) -> "SealQuerySet":
        """Those that still keep something unseen."""
        return self.exclude(kind=Seal.Kind.OPEN).filter(released_at__isnull=True)

    def held(self) -> "dict[int, Seal]":
        """Those by their number: a handful, read once for a whole list."""
        return {seal.pk: seal for seal in self.holding()}


class Seal(models.Model):
    """Terms on which words are withheld. Made, cleared and released only through functions of the database.

    Confidential information (SI 2012/2089 reg 2; LGA 1972 s100A(3)) must be withheld, with no test of public
    interest; exempt information (LGA 1972 Schedule 12A) may be, after one. They are two kinds and never one flag.
    """

    class Kind(TextChoices):
        OPEN = "open", "Open"
        CONFIDENTIAL = "confidential", "Confidential"
        EXEMPT = "exempt", "Exempt"
        DRAFT = "draft", "Draft"

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    citation = models.TextField(blank=True)
    """The law or terms relied on, printed wherever the withholding is."""
    embargo_until = models.DateTimeField(null=True)
    embargo_words = models.TextField(blank=True)
    """The sentence that set the instant, quoted."""
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SealQuerySet.as_manager()

    class Meta:
        constraints = (
            Guarded(name="seal_guarded", columns=("id",)),
            models.CheckConstraint(
                name="seal_released_after_embargo",
                condition=models.Q(released_at__gte=models.F("embargo_until")),
            ),
            models.CheckConstraint(name="seal_released_by_two", condition=~models.Q(released_by=models.F("second_by"))),
        )

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_open(self) -> bool:
        """Whether everyone may see what stands under it."""
        return self.kind == self.Kind.OPEN or self.released_at is not None

    @classmethod
    def make(cls, *, kind: str, citation: str, until: datetime | None = None, words: str = "", by: Person) -> "Seal":
        """Make a seal; whoever is stamped (`by`) is its first cleared person.

        Raises IntegrityError or InternalError where the database finds the seal or the actor wanting.
        """
        number = secrets.randbelow(2**52) + 2
        with connection.cursor() as cursor:
            cursor.execute("SELECT make_seal(%s, %s, %s, %s, %s)", [number, kind, citation, until, words])
        return cls.objects.get(pk=number)

    def clear(self, person: Person) -> None:
        """Let a named person see what stands under the seal; only someone cleared can."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT clear_person(%s, %s)", [self.pk, person.pk])

    def propose_release(self) -> None:
        """The first signature, a director's, cleared and not before the embargo ends."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT propose_release(%s)", [self.pk])

    def confirm_release(self) -> None:
        """The second signature, a clerk's, another cleared person's: it makes the release."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT confirm_release(%s)", [self.pk])


class Clearance(models.Model):
    """One person cleared on one seal, until withdrawn."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="clearances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="clearances")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            Guarded(name="clearance_guarded"),
            models.UniqueConstraint(fields=("seal", "person"), name="cleared_once"),
        )

    def __str__(self) -> str:
        return f"{self.person} on {self.seal}"


class Proposal(models.Model):
    """A director's proposal to release a seal, waiting for a clerk."""

    seal = models.OneToOneField(Seal, on_delete=models.PROTECT, related_name="proposal")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (Guarded(name="proposal_guarded"),)

    def __str__(self) -> str:
        return f"proposal of {self.by}"


class Sealed(models.Model):
    """Every record with words of the trade stands under a seal; most stand under the open one."""

    # No index: nearly every row stands under the open seal, and one would only tempt the planner.
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, default=OPEN, related_name="+", db_index=False)

    class Meta:
        abstract = True
