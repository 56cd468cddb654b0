"""The council's own rating scheme: its thresholds, and the names, meanings and colours that the key prints (R8)."""

from dataclasses import asdict, fields
from datetime import datetime

from django.db import models, transaction

from improvement.models import Refused
from monitoring import scheme as rule
from monitoring.scheme_changes import changes, differing
from people.constraints import Chained
from people.models import Person
from sources.guarding import Guarded, Watched
from sources.models import Line
from sources.reads import SealedQuerySet

THE_ONE = 1
NAME, MEANING = 40, 300


class Overtaken(Refused):
    """Somebody else has settled the scheme since it was read."""


class Scheme(models.Model):
    """One row; a council that changes nothing has the published defaults."""

    cycle_days = models.PositiveSmallIntegerField(default=42)
    stale_cycles_amber = models.PositiveSmallIntegerField(default=1)
    stale_cycles_red = models.PositiveSmallIntegerField(default=2)
    milestone_grace_working_days = models.PositiveSmallIntegerField(default=10)
    due_soon_days = models.PositiveSmallIntegerField(default=14)
    evidence_days = models.PositiveSmallIntegerField(default=0)
    sustained_cycles = models.PositiveSmallIntegerField(default=2)
    blue = models.CharField(max_length=NAME, default="Blue")
    green = models.CharField(max_length=NAME, default="Green")
    amber = models.CharField(max_length=NAME, default="Amber")
    red = models.CharField(max_length=NAME, default="Red")
    unrated = models.CharField(max_length=NAME, default="Not rated")
    blue_meaning = models.CharField(max_length=MEANING, blank=True)
    green_meaning = models.CharField(max_length=MEANING, blank=True)
    amber_meaning = models.CharField(max_length=MEANING, blank=True)
    red_meaning = models.CharField(max_length=MEANING, blank=True)
    blue_colour = models.CharField(max_length=7, default=rule.PUBLISHED.blue_colour)
    green_colour = models.CharField(max_length=7, default=rule.PUBLISHED.green_colour)
    amber_colour = models.CharField(max_length=7, default=rule.PUBLISHED.amber_colour)
    red_colour = models.CharField(max_length=7, default=rule.PUBLISHED.red_colour)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (models.CheckConstraint(name="one_scheme", condition=models.Q(pk=THE_ONE)),)

    def __str__(self) -> str:
        return "the rating scheme"

    @classmethod
    def ours(cls) -> "Scheme":
        """The council's scheme, or the defaults."""
        return cls.objects.first() or cls(pk=THE_ONE)

    def as_rule(self) -> rule.Scheme:
        """As the rule takes it."""
        return rule.Scheme(**{field.name: getattr(self, field.name) for field in fields(rule.Scheme)})

    @classmethod
    @transaction.atomic(savepoint=False)
    def settle(
        cls, wanted: rule.Scheme, *, seen: int, by: Person | None, at: datetime, reason: str = ""
    ) -> "SchemeLine":
        """Settle the scheme, and leave a line. Raises Overtaken unless the version seen is the latest, and Refused."""
        # Made where it is not there yet, so that there is a row to hold; two first ones wait for each other here.
        cls.objects.get_or_create(pk=THE_ONE)
        held = cls.objects.select_for_update(no_key=True).get(pk=THE_ONE)
        before = held.as_rule()
        if held.version != seen:
            raise Overtaken(_overtaken(seen))
        if sentence := " ".join(rule.objections(wanted).values()):
            raise Refused(sentence)
        if before == wanted:
            raise Refused("Nothing has been changed. Change something and save it, or go back.")
        for name, value in asdict(wanted).items():
            setattr(held, name, value)
        held.version += 1
        held.save()
        return SchemeLine.write(
            by=by, at=at, verb="settle", says=f"settled the rating scheme: {'; '.join(changes(before, wanted))}",
            reason=reason, version=held.version,
            before={name: was for name, (was, _) in differing(before, wanted).items()},
            after={name: now for name, (_, now) in differing(before, wanted).items()},
        )  # fmt: skip

    @classmethod
    def as_seen(cls, version: int) -> rule.Scheme:
        """The scheme as it was at a version."""
        values = asdict(cls.ours().as_rule())
        for line in SchemeLine.objects.after(version).reverse():
            values |= line.before
        return rule.Scheme(**values)


class SchemeLineQuerySet(SealedQuerySet["SchemeLine"]):
    """Words for picking lines."""

    def latest_first(self) -> "SchemeLineQuerySet":
        """With whoever did it."""
        return self.select_related("by").order_by("-version")

    def after(self, version: int) -> "SchemeLineQuerySet":
        """What was done since a version, the first first."""
        return self.filter(version__gt=version).select_related("by").order_by("version")


class SchemeLine(Line):
    """A line of the scheme's history."""

    version = models.PositiveIntegerField()
    """Of the scheme, once this was done."""

    objects = SchemeLineQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Line.Meta):
        constraints = (
            Guarded(name="schemeline_guarded", append_only=True),
            Chained(name="schemeline_chained"),
            # What it says repeats the key, which stands in no other watched place.
            Watched(name="schemeline_watched", columns=("says", "reason")),
        )


def _overtaken(seen: int) -> str:
    told = ". ".join(str(line) for line in SchemeLine.objects.after(seen))
    return f"Somebody was quicker. {told}. What you changed is kept below. Look it over, and save again."
