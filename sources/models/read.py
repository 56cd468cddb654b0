"""Who has read what is under seal: one row for each held seal that an answer drew on, written before it leaves."""

from typing import Any

from django.db import models
from django.db.models.functions import TruncMinute

from people.constraints import Chained
from people.models import Person
from sources.guarding import Guarded
from sources.models.seal import Seal


class SealReadQuerySet(models.QuerySet["SealRead"]):
    """Words for picking reads."""

    def of(self, seal: Seal) -> "SealReadQuerySet":
        """Of what stands under a seal."""
        return self.filter(seal=seal)

    def by_minute(self) -> Any:
        """The latest first; what one person read on one page within a minute is one row, of `minute`."""
        told = self.annotate(minute=TruncMinute("at")).values("minute", "by__name", "what")
        return told.distinct().order_by("-minute", "by__name", "what")


class SealRead(models.Model):
    """That somebody was given something under a seal, or might have been, at one address or by one command."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)

    objects = SealReadQuerySet.as_manager()

    class Meta:
        constraints = (Guarded(name="sealread_guarded", append_only=True), Chained(name="sealread_chained"))
        indexes = (models.Index(fields=("seal", "-at")),)

    def __str__(self) -> str:
        return f"{self.by} read {self.what}"
