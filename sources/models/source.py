"""The documents others have given us: an inspection report, a monitoring letter, a notice."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import TextChoices

from people.constraints import Chained
from people.models import Person
from sources.guarding import Follows, Guarded, Parent, Stays, Watched
from sources.models.line import Line
from sources.models.seal import Clearance, Seal, Sealed
from sources.reads import SealedQuerySet
from sources.seals import OPEN
from sources.terms import Terms


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

    def held(self) -> "SourceQuerySet":
        """Those under seal that nobody has released."""
        return self.exclude(seal=OPEN).filter(seal__released_at__isnull=True)

    def told(self) -> "SourceQuerySet":
        """Those that everybody may know of: open from the first, or released."""
        return self.filter(models.Q(seal=OPEN) | models.Q(seal__released_at__isnull=False))

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
        constraints = (
            Guarded(name="source_guarded"),
            Stays(name="source_stays"),
            Parent(name="source_seal"),
            Watched(name="source_watched", columns=("title", "from_whom", "words"), is_source=True),
        )

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def receive(
        cls, *, terms: Terms | None, cleared: Iterable[Person] = (), by: Person, at: datetime, **document: Any
    ) -> "Source":
        """Record a document as it came; what is withheld under a seal of its own, `by` and the cleared its readers.

        Raises Refused where the database finds the terms or the actor wanting.
        """
        source = cls.objects.create(seal_id=_sealed(terms, cleared, by=by) if terms else OPEN, **document)
        source.note("receive", "recorded the document", by=by, at=at)
        return source

    def note(self, verb: str, says: str, *, by: Person, at: datetime, **rest: Any) -> None:
        """Leave a line of history, under the document's own seal."""
        SourceLine.write(source=self, seal_id=self.seal_id, by=by, at=at, verb=verb, says=says, **rest)


def _sealed(terms: Terms, cleared: Iterable[Person], *, by: Person) -> int:
    seal = Seal.make(terms, by=by)
    for person in cleared:
        seal.clear(person)
    return seal.pk


class SourceLine(Line):
    """A line of a document's history, under its seal."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="lines")

    class Meta(Line.Meta):
        constraints = (
            Guarded(name="sourceline_guarded", append_only=True),
            Chained(name="sourceline_chained", without=("seal_id",)),
            Watched(name="sourceline_watched", columns=("reason",)),
            Follows(name="sourceline_follows", parent="sources_source", column="source_id"),
        )
