"""Seals: the terms on which words may not yet, or may never, be seen; and who is cleared to see them."""

import secrets
import uuid
from datetime import datetime
from typing import Any

from django.db import DatabaseError, connection, models, transaction
from django.db.models import TextChoices

from people.models import Person
from sources.guarding import Guarded
from sources.reads import SealedQuerySet, SealKey
from sources.seals import OPEN
from sources.terms import Basis, Paragraph, Terms

RAISED = "P0001"
"""The state of what a function of ours refuses, and never of a fault."""


class Refused(DatabaseError):
    """What the database will not do with a seal; its words are the database's sentence for whoever asked."""


def _ask(statement: str, *given: Any) -> None:
    """Have the database do a deed, whole or not at all; Refused with its sentence if it will not."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, given)
    except DatabaseError as error:
        said: Any = getattr(error.__cause__, "diag", None)
        if said and said.sqlstate == RAISED:
            raise Refused(said.message_primary) from error
        raise


class SealQuerySet(models.QuerySet["Seal"]):
    """Words for picking seals; the database has already left out those the reader may not know of."""

    def holding(self) -> "SealQuerySet":
        """Those that still keep something unseen."""
        return self.exclude(kind=Seal.Kind.OPEN).filter(released_at__isnull=True)

    def held(self) -> "dict[int, Seal]":
        """Those by their number: a handful, read once for a whole list."""
        return {seal.pk: seal for seal in self.holding()}


_NO_EXEMPTION = models.Q(paragraph__isnull=True, public_interest="")
_WHOLE = (
    models.Q(kind="confidential", basis__in=Basis.values) & _NO_EXEMPTION
    | models.Q(kind="exempt", basis="", paragraph__isnull=False, paragraph__in=Paragraph.values)
    & models.Q(public_interest__regex=r"\S")
    | models.Q(kind__in=("open", "draft"), basis="") & _NO_EXEMPTION
)
"""Each kind of seal has its own terms and no other's."""


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
    basis = models.CharField(max_length=12, choices=Basis.choices, default="", blank=True)
    """What makes it confidential."""
    paragraph = models.PositiveSmallIntegerField(choices=Paragraph.choices, null=True, blank=True)
    """What it is exempt under, of Part 1 of Schedule 12A."""
    public_interest = models.TextField(default="", blank=True)
    """Why that in withholding it outweighs that in disclosing it: asked of what is exempt alone."""
    citation = models.TextField(blank=True)
    """Whatever else is relied on, in free words, printed beside the law."""
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
            models.CheckConstraint(name="seal_terms_are_whole", condition=_WHOLE),
        )

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_open(self) -> bool:
        """Whether everyone may see what stands under it."""
        return self.kind == self.Kind.OPEN or self.released_at is not None

    @property
    def relied_on(self) -> str:
        """The law, the public interest and whatever else is cited, printed wherever the withholding is."""
        terms = Terms(
            kind=self.kind, basis=self.basis, paragraph=self.paragraph, public_interest=self.public_interest,
            citation=self.citation,
        )  # fmt: skip
        return terms.relied_on

    @classmethod
    def make(cls, terms: Terms, *, by: Person) -> "Seal":
        """Make a seal; whoever is stamped (`by`) is its first cleared person.

        Raises Refused where the database finds the terms or the actor wanting.
        """
        number = secrets.randbelow(2**52) + 2
        grounds = (terms.kind, terms.basis, terms.paragraph, terms.public_interest, terms.citation)
        _ask("SELECT make_seal(%s, %s, %s, %s::smallint, %s, %s, %s, %s)", number, *grounds, terms.until, terms.words)
        return cls.objects.get(pk=number)

    def clear(self, person: Person, *, reason: str = "") -> None:
        """Let a named person see what stands under the seal; only someone cleared can."""
        _ask("SELECT clear_person(%s, %s, %s)", self.pk, person.pk, reason)

    def withdraw(self, person: Person, *, reason: str = "") -> None:
        """Take a clearance back; only someone cleared can, and never the last."""
        _ask("SELECT withdraw_clearance(%s, %s, %s)", self.pk, person.pk, reason)

    def propose_release(self, *, reason: str = "") -> None:
        """The first signature, a director's, cleared and not before the embargo ends."""
        _ask("SELECT propose_release(%s, %s)", self.pk, reason)

    def confirm_release(self) -> None:
        """The second signature, a clerk's, another cleared person's: it makes the release."""
        _ask("SELECT confirm_release(%s)", self.pk)

    def propose_instant(self, until: datetime, *, words: str) -> None:
        """Say when the embargo ends, and quote what sets it: a cleared director or clerk does, before the release."""
        _ask("SELECT propose_instant(%s, %s, %s)", self.pk, until, words)

    def confirm_instant(self, key: uuid.UUID) -> None:
        """Another cleared director or clerk agrees to the correction of this key, and the embargo ends then."""
        _ask("SELECT confirm_instant(%s, %s)", self.pk, str(key))

    def let_words_stand(self, words: str, *, reason: str) -> None:
        """Let words that repeat what is under the seal stand wherever they stand now; only someone cleared can."""
        _ask("SELECT let_words_stand(%s, %s, %s)", self.pk, words, reason)


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    """Words for picking clearances."""

    def current(self) -> "ClearanceQuerySet":
        """Those not withdrawn, of people who can still sign in."""
        return self.filter(withdrawn_at__isnull=True, person__is_active=True)

    def named(self) -> "ClearanceQuerySet":
        """Each with who is cleared and by whom, by name."""
        return self.select_related("person", "given_by").order_by("person__name", "person__email")


class Clearance(models.Model):
    """One person cleared on one seal, until withdrawn."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="clearances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="clearances")
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = ClearanceQuerySet.as_manager()

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
    reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = (Guarded(name="proposal_guarded"),)

    def __str__(self) -> str:
        return f"proposal of {self.by}"


class Sealed(models.Model):
    """Every record with words of the trade stands under a seal; most stand under the open one."""

    # No index: nearly every row stands under the open seal, and one would only tempt the planner.
    seal = SealKey(Seal, on_delete=models.PROTECT, default=OPEN, related_name="+", db_index=False)

    objects = SealedQuerySet.as_manager()

    class Meta:
        abstract = True
