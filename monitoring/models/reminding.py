"""The council's own numbers of days for reminders, and what each person does without."""

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime

from django.db import models, transaction

from improvement.models import Refused
from improvement.timing import joined
from monitoring import reminding as rule
from monitoring.reminding import Days, Kind
from people.constraints import Chained
from people.models import Person, PersonLine
from sources.guarding import Guarded
from sources.models import Line

OURS = 1


class Reminding(models.Model):
    """One row; a council that changes nothing has the defaults."""

    due = models.PositiveSmallIntegerField(default=14)
    due_again = models.PositiveSmallIntegerField(default=3)
    override = models.PositiveSmallIntegerField(default=7)
    to_lead = models.PositiveSmallIntegerField(default=5)
    to_director = models.PositiveSmallIntegerField(default=15)
    ran_at = models.DateTimeField(null=True)
    """When the job last ran: a cron that has stopped is seen by it."""

    def __str__(self) -> str:
        return "when people are reminded"

    @classmethod
    def ours(cls) -> "Reminding":
        """The council's days, or the defaults."""
        return cls.objects.filter(pk=OURS).first() or cls(pk=OURS)

    @property
    def days(self) -> Days:
        """As the rule takes them."""
        return Days(**{field.name: getattr(self, field.name) for field in fields(Days)})

    @transaction.atomic
    def settle(self, days: Days, *, by: Person, at: datetime) -> None:
        """Change the days. Raises Refused with the rule's sentence; says nothing where nothing changes."""
        if sentence := rule.days_objection(days):
            raise Refused(sentence)
        before = asdict(self.days)
        changed = {name: value for name, value in asdict(days).items() if value != before[name]}
        if not changed:
            return
        Reminding.objects.update_or_create(pk=OURS, defaults=changed)
        says = joined([f"{rule.CALLED[name]} from {before[name]} to {value}" for name, value in changed.items()])
        was = {name: before[name] for name in changed}
        RemindingLine.write(by=by, at=at, verb="settle", says=f"changed {says}", before=was, after=changed)

    @classmethod
    def has_run(cls, *, at: datetime) -> None:
        """Note that the job ran; the days are left as whoever settles them meanwhile has them."""
        cls.objects.update_or_create(pk=OURS, defaults={"ran_at": at})


class RemindingLine(Line):
    """A line of the history of the council's days."""

    class Meta(Line.Meta):
        constraints = (
            Guarded(name="remindingline_guarded", append_only=True),
            Chained(name="remindingline_chained", without=("seal_id",)),
        )


class Unwanted(models.Model):
    """A kind of reminder that somebody does without."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="unwanted")
    kind = models.CharField(max_length=12, choices=Kind.choices)

    class Meta:
        verbose_name_plural = "unwanted"
        constraints = (models.UniqueConstraint(fields=("person", "kind"), name="unwanted_once"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"

    @classmethod
    def of(cls, person: Person) -> set[str]:
        """The kinds that the person does without."""
        return set(cls.objects.filter(person=person).values_list("kind", flat=True))

    @classmethod
    @transaction.atomic
    def choose(cls, person: Person, *, wanted: Iterable[str], at: datetime) -> None:
        """Take the person's choice of what is optional; says nothing where nothing changes."""
        chosen, before = set(wanted), cls.of(person)
        without = [kind for kind in rule.OPTIONAL if kind.value not in chosen]
        if {kind.value for kind in without} == before:
            return
        cls.objects.filter(person=person).delete()
        Unwanted.objects.bulk_create(Unwanted(person=person, kind=kind.value) for kind in without)
        called = joined([f"“{kind.label}”" for kind in without])
        says = f"chose to do without reminders of {called}" if without else "chose to get every reminder"
        PersonLine.write(person, says, by=person, at=at)
