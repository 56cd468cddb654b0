"""A line of history: who did what to a record, when, and why, in words a councillor can read."""

from datetime import datetime
from typing import Any, Self

from django.db import models

from people.models import Person
from sources.models.seal import Sealed


class Line(Sealed):
    """Written by the verb that made the change, in the same transaction; only ever added to."""

    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=24)
    says = models.TextField()
    """A sentence without its subject: “moved it from In progress to Delivered”."""
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        abstract = True
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.by or 'The system'} {self.says}"

    @classmethod
    def write(cls, *, by: Person | None, at: datetime, verb: str, says: str, **rest: Any) -> Self:
        """Add a line; the caller names the record and its seal."""
        return cls.objects.create(by=by, at=at, verb=verb, says=says, **rest)  # type: ignore[return-value]
