"""What shows that an action was done and that it helped: evidence, and the rungs climbed by it."""

from datetime import datetime

from django.db import models
from django.db.models import TextChoices

from improvement.lifecycle import MOVES
from improvement.models import Action
from monitoring.ladder import Rung
from monitoring.ladder_sql import ClimbsByTheTable, ClosesOnARung, steps
from monitoring.second_person_sql import JudgedByAnother, judged
from people.models import Person
from sources.guarding import Follows, Guarded, Parent, Stays, Watched
from sources.models import Sealed, reference


class Evidence(Sealed):
    """One thing that can be shown, dated by what it speaks of and apart from that by when it was added."""

    class Kind(TextChoices):
        AUDIT = "audit", "Case audit"
        DATA = "data", "Data"
        CHILDS_VOICE = "childs_voice", "Child’s voice"
        STAFF = "staff", "Staff feedback"
        OBSERVATION = "observation", "Observation of practice"

    reference = models.CharField(max_length=12, unique=True, default=reference, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    link = models.URLField(max_length=500, blank=True)
    """Where it can be read, outside this service."""
    dated_on = models.DateField()
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("-dated_on", "-id")
        verbose_name_plural = "evidence"
        constraints = (
            Guarded(name="evidence_guarded"),
            Stays(name="evidence_stays"),
            Watched(name="evidence_watched", columns=("title", "words")),
            Parent(name="evidence_seal"),
            Follows(name="evidence_follows", parent="improvement_action", column="action_id"),
        )

    def __str__(self) -> str:
        return self.title


class Climb(Sealed):
    """A move on the ladder of impact: up by evidence, or down with a reason."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="climbs")
    rung = models.CharField(max_length=12, choices=Rung.choices)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, null=True, related_name="climbs")
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (
            Guarded(name="climb_guarded", append_only=True),
            Watched(name="climb_watched", columns=("reason",)),
            Follows(name="climb_follows", parent="improvement_action", column="action_id"),
            ClimbsByTheTable(name="climb_by_the_table", steps=steps()),
            JudgedByAnother(name="judged_by_another", steps=judged()),
            ClosesOnARung(name="verified_before_closing", rungs=tuple(sorted(MOVES["close"].needs_rung))),
        )

    def __str__(self) -> str:
        return self.get_rung_display()

    @classmethod
    def record(
        cls,
        action: Action,
        rung: str,
        *,
        evidence: Evidence | None,
        by: Person,
        at: datetime,
        reason: str = "",
    ) -> "Climb":
        """Record the rung reached (or fallen to), with its line of history."""
        climb = cls.objects.create(
            action=action, seal_id=action.seal_id, rung=rung, evidence=evidence, by=by, at=at, reason=reason
        )
        action.change(verb="rung", says=f"set its impact to {Rung(rung).label.lower()}", by=by, at=at, reason=reason)
        return climb
