"""What has been done with a seal: every deed in words, and every instant that an embargo was moved to."""

import uuid

from django.db import models

from people.constraints import Chained
from people.models import Person
from sources.guarding import Guarded
from sources.models.line import Line
from sources.models.seal import Seal


class SealLine(Line):
    """A line of a seal's history, written by the database's own functions; only ever added to."""

    class Meta(Line.Meta):
        constraints = (Guarded(name="sealline_guarded", append_only=True), Chained(name="sealline_chained"))
        indexes = (models.Index(fields=("seal", "-at")),)


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Words for picking corrections."""

    def of(self, seal: Seal) -> "CorrectionQuerySet":
        """Of a seal, the latest first."""
        return self.filter(seal=seal).select_related("by", "second_by").order_by("-id")


class Correction(models.Model):
    """An embargo's end as it was and as it should be, each with its sentence: one proposes, another confirms.

    Only the latest of a seal can be confirmed; those before it that nobody confirmed stay as they are.
    """

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="corrections")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    """Names it to whoever confirms it, who confirms what they have read."""
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    was_until = models.DateTimeField(null=True)
    was_words = models.TextField(blank=True)
    until = models.DateTimeField()
    words = models.TextField()
    second_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        constraints = (
            Guarded(name="correction_guarded"),
            models.CheckConstraint(name="correction_by_two", condition=~models.Q(by=models.F("second_by"))),
            models.CheckConstraint(
                name="correction_is_whole",
                condition=models.Q(second_by__isnull=True, second_at__isnull=True)
                | models.Q(second_by__isnull=False, second_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"to {self.until}"
