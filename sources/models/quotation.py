"""Words that repeat words under seal: what is under seal run by run, and where it has been repeated."""

from django.db import models

from people.models import Person
from sources.guarding import Guarded
from sources.models.seal import Seal
from sources.reads import SealedQuerySet, SealKey


def _under() -> SealKey:
    # No constraint: it would have whoever repeats a seal's words wait for whoever has that seal in hand, and so know.
    return SealKey(Seal, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False)


class Run(models.Model):
    """Eight words in a row of a row under a held seal; kept, and read, by the database's own functions alone."""

    seal = _under()
    kept_in = models.CharField(max_length=63)
    """The table of the row."""
    key = models.BigIntegerField()
    nth = models.BigIntegerField()
    """The place of its first word among the row's words."""
    letters = models.TextField(db_collation="C")
    words = models.TextField()

    objects = SealedQuerySet.as_manager()

    class Meta:
        constraints = (Guarded(name="run_guarded"),)
        indexes = (models.Index(fields=("kept_in", "key")),)

    def __str__(self) -> str:
        return self.words


class Spelling(models.Model):
    """The letters of a source one after another, where runs that are nobody's secret are looked for."""

    seal = _under()
    kept_in = models.CharField(max_length=63)
    key = models.BigIntegerField()
    title = models.TextField()
    letters = models.TextField(db_collation="C")

    objects = SealedQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("kept_in", "key"), name="spelt_once"),)

    def __str__(self) -> str:
        return self.title


class QuotationQuerySet(SealedQuerySet["Quotation"]):
    """Words for picking quotations; the database has already left out those of seals closed to the reader."""

    def of(self, seal: Seal) -> "QuotationQuerySet":
        """Of what is under a seal, the latest first."""
        return self.filter(seal=seal).select_related("by", "settled_by").order_by("-at", "-id")

    def unsettled(self) -> "QuotationQuerySet":
        """Those that nobody has yet let stand and that still stand."""
        return self.filter(settled_at__isnull=True)

    def same_as(self, key: object) -> "Quotation | None":
        """The one of a key, among these."""
        return self.filter(pk=str(key)).first() if str(key).isdecimal() else None

    def how_many(self) -> int:
        """So many different words: the same may stand in an action and in a line of its history."""
        return self.values("seal", "words").distinct().count()


class Quotation(models.Model):
    """Words under a seal that somebody has said elsewhere, until someone cleared lets them stand or they are gone."""

    seal = _under()
    stands_in = models.CharField(max_length=63)
    """The table of the row that repeats them."""
    key = models.BigIntegerField()
    words = models.TextField()
    """As the text under seal has them."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    how = models.TextField(blank=True)
    """Why they may stand, or how they went."""
    may_stand = models.BooleanField(default=False)

    objects = QuotationQuerySet.as_manager()

    class Meta:
        constraints = (Guarded(name="quotation_guarded"),)
        indexes = (models.Index(fields=("stands_in", "key")),)

    def __str__(self) -> str:
        return self.words
