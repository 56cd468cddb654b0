"""The files behind a piece of evidence: each version kept for good, under the evidence's own seal."""

from datetime import datetime
from typing import IO, Any, cast

from django.core.files import File
from django.db import connections, models, transaction

from improvement.models import Refused
from monitoring.exhibit_sql import UNREFERENCED
from monitoring.models.evidence import Evidence
from people.models import Person
from sources import store
from sources.files import file_objection, kind_of, shown_name
from sources.guarding import Follows, Guarded, Watched
from sources.models import Sealed
from sources.reads import SealedQuerySet


class ExhibitQuerySet(SealedQuerySet["Exhibit"]):
    """Words for picking files."""

    def of(self, actions: Any) -> "ExhibitQuerySet":
        """Of some actions' evidence."""
        return self.filter(evidence__action__in=actions)


class Exhibit(Sealed):
    """One version of a file. Its content lies in the store under its hash; its name is only what it was called."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="exhibits")
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=160)
    digest = models.CharField(max_length=64)
    """SHA-256 of the content, in hexadecimal."""
    size = models.PositiveIntegerField()
    """In bytes."""
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects = ExhibitQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("evidence", "-version")
        constraints = (
            Guarded(name="exhibit_guarded", append_only=True),
            Watched(name="exhibit_watched", columns=("name",)),
            Follows(name="exhibit_follows", parent="monitoring_evidence", column="evidence_id"),
            models.UniqueConstraint(fields=("evidence", "version"), name="exhibit_version_once"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def media_type(self) -> str:
        """What the web calls its kind."""
        kind = kind_of(self.name)
        return kind.media_type if kind else "application/octet-stream"

    @classmethod
    @transaction.atomic(savepoint=False)
    def add(cls, evidence: Evidence, *, file: "File[bytes]", by: Person, at: datetime) -> "Exhibit":
        """Keep the file as the next version. Raises Refused with the sentence where it cannot be taken."""
        name, content = file.name or "", cast("IO[bytes]", file.file)
        if sentence := file_objection(name, content, size=file.size):
            raise Refused(sentence)
        try:
            kept = store.keep(content, size=file.size)
        except store.NoRoom as full:
            raise Refused(str(full)) from full
        before = evidence.exhibits.first()
        if before and before.digest == kept.digest:
            raise Refused(f"This very file is kept already, as version {before.version}. Choose the newer one.")
        exhibit = cls.objects.create(
            evidence=evidence, seal_id=evidence.seal_id, version=before.version + 1 if before else 1,
            name=shown_name(name), digest=kept.digest, size=kept.size, added_by=by, added_at=at,
        )  # fmt: skip
        if before:
            says = f"added version {exhibit.version} of its evidence: {evidence.title}"
            evidence.action.change(verb="evidence", says=says, by=by, at=at)
        return exhibit


def unreferenced(digests: list[str]) -> list[str]:
    """Of some hashes those that no exhibit has, whatever seal it stands under: only the owner can ask."""
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        # Only the keeper reads every row. The owner stands in its place until the transaction is undone.
        cursor.execute("GRANT improvement_keeper TO CURRENT_USER")
        cursor.execute(UNREFERENCED, [digests])
        found = [digest for (digest,) in cursor.fetchall()]
        transaction.set_rollback(True, using="owner")
    return found
