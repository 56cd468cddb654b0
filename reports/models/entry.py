"""What can be searched: one entry for each thing that has words, kept by the database as those change."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import TextChoices

from sources.guarding import Guarded
from sources.reads import SealedQuerySet, SealKey

# What an entry copies from its record stands already under that record's own foreign keys.
_COPIED: Any = {"on_delete": models.DO_NOTHING, "db_constraint": False, "db_index": False, "related_name": "+"}


class EntryQuerySet(SealedQuerySet["Entry"]):
    """Words for picking entries."""

    def among(self, ids: Iterable[int]) -> "EntryQuerySet":
        """Those of the numbers."""
        return self.filter(pk__in=list(ids))


class Entry(models.Model):
    """A record's words as they are searched, under the seals of the record. Never typed: triggers keep it."""

    class Kind(TextChoices):
        FINDING = "finding", "Finding"
        ACTION = "action", "Action"
        UPDATE = "update", "Update"
        EVIDENCE = "evidence", "Evidence"
        MILESTONE = "milestone", "Milestone"
        BLOCKER = "blocker", "Waiting for"
        MEASURE = "measure", "Measure"
        RISK = "risk", "Risk"
        ASSESSMENT = "assessment", "Assessment of a risk"
        RESOURCE = "resource", "Resource"
        PURCHASE = "purchase", "What a resource bought"
        VISIT = "visit", "Monitoring visit"
        DOCUMENT = "document", "Document"
        PAPER = "paper", "Paper"
        SECTION = "section", "Section of a paper"
        PASSAGE = "passage", "Passage of a paper"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    record_id = models.BigIntegerField()
    above = models.ForeignKey("self", null=True, **_COPIED)
    """The entry of what the record belongs to: an update's action, a passage's section."""
    name = models.TextField()
    """What an address or the plan calls it: “1.4”, or a reference."""
    title = models.TextField()
    words = models.TextField()
    day = models.DateField()
    """The day that it speaks of, or else that of what it belongs to, or else when it came."""
    theme = models.ForeignKey("improvement.Theme", null=True, **_COPIED)
    seal = SealKey("sources.Seal", **_COPIED)
    own_seal = SealKey("sources.Seal", **_COPIED)
    lexemes = models.GeneratedField(
        expression=SearchVector("name", "title", config="english", weight="A")
        + SearchVector("words", config="english", weight="B"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = (
            Guarded(name="entry_guarded", columns=("seal_id", "own_seal_id")),
            models.UniqueConstraint(fields=("kind", "record_id"), name="entry_once"),
        )
        indexes = (
            # Without a list of what is pending, which every search would have to read through.
            GinIndex(fields=("lexemes",), fastupdate=False, name="entry_lexemes"),
            models.Index(fields=("-day", "-id"), name="entry_newest"),
        )

    def __str__(self) -> str:
        return self.title or self.words[:80]
