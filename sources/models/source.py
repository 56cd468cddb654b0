"""The documents others have given us: an inspection report, a monitoring letter, a notice."""

import secrets

from django.db import models
from django.db.models import TextChoices

from people.models import Person
from sources.guarding import Guarded, Parent
from sources.models.seal import Clearance, Sealed
from sources.reads import SealedQuerySet


def reference() -> str:
    """A public name that cannot be guessed and says nothing of how many others there are."""
    alphabet = "23456789abcdefghjkmnpqrstuvwxyz"
    return "".join(secrets.choice(alphabet) for _ in range(10))


class SourceQuerySet(SealedQuerySet["Source"]):
    """Words for picking documents; the database has already left out those the reader may not know of."""

    def for_the_cleared(self, person: Person) -> "SourceQuerySet":
        """Those that the person is cleared on by name, released or not."""
        mine = Clearance.objects.current().filter(person=person)
        return self.filter(seal__in=mine.values("seal"))

    def with_terms(self) -> "SourceQuerySet":
        """Each with its seal and whoever is cleared on it, in two queries."""
        cleared = models.Prefetch("seal__clearances", queryset=Clearance.objects.current().named(), to_attr="cleared")
        people = ("seal__proposal__by", "seal__made_by", "seal__released_by", "seal__second_by")
        return self.select_related(*people).prefetch_related(cleared)


class Source(Sealed):
    """A document received from someone, on terms."""

    class Kind(TextChoices):
        REPORT = "report", "Inspection report"
        LETTER = "letter", "Monitoring visit letter"
        NOTICE = "notice", "Improvement notice"
        REVIEW = "review", "Department for Education review"

    reference = models.CharField(max_length=12, unique=True, default=reference, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=240)
    from_whom = models.CharField(max_length=160)
    dated_on = models.DateField(null=True, blank=True)
    received_on = models.DateField()
    words = models.TextField(blank=True)
    """The text as received, kept whole."""

    objects = SourceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("received_on", "id")
        constraints = (Guarded(name="source_guarded"), Parent(name="source_seal"))

    def __str__(self) -> str:
        return self.title
