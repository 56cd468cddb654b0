"""Every judgement of a risk since it was raised, and which of them stood on a day."""

from datetime import date

from django.db import models
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from improvement.models import Plan
from monitoring.models.risk import Risk, RiskLine
from monitoring.risks import Direction, Level, direction, level, review_overdue, said, span
from people.models import Person
from sources.guarding import Follows, Guarded, Watched
from sources.models import Sealed
from sources.reads import SealedQuerySet


class AssessmentQuerySet(SealedQuerySet["Assessment"]):
    """Words for picking judgements of risks."""

    def of(self, plan: Plan | None) -> "AssessmentQuerySet":
        """Of a plan's risks."""
        return self.filter(risk__plan=plan)

    def on(self, day: date) -> "AssessmentQuerySet":
        """Of each risk that might have been seen on the day the one that stood, and whether it was closed by then."""
        latest = Assessment.objects.filter(risk=OuterRef("risk"), assessed_on__lte=day).values("pk")
        turns = RiskLine.objects.filter(risk=OuterRef("risk"), verb__in=TURNS, at__date__lte=day)
        turned = Coalesce(Subquery(turns.order_by("-at", "-id").values("verb")[:1]), Value(""))
        return self.seen_on(day).filter(pk=Subquery(latest[:1])).annotate(turned=turned)

    def open(self) -> "AssessmentQuerySet":
        """Of risks that were open; after `on`."""
        return self.exclude(turned=CLOSE)  # type: ignore[misc]

    def closed(self) -> "AssessmentQuerySet":
        """Of risks that had been closed; after `on`."""
        return self.filter(turned=CLOSE)  # type: ignore[misc]

    def of_level(self, of: Level) -> "AssessmentQuerySet":
        """Whose score comes to a level."""
        return self.filter(score__range=span(of))

    def going(self, way: Direction) -> "AssessmentQuerySet":
        """Whose score has gone one way."""
        if way == Direction.NEW:
            return self.filter(was__isnull=True)
        return self.filter(**{f"score{_COMPARED[way]}": F("was")})

    def worst_first(self) -> "AssessmentQuerySet":
        """By score; of those alike, the one whose review comes first."""
        return self.order_by("-score", "review_on", "risk__title", "risk_id")


CLOSE = "close"
TURNS = (CLOSE, "reopen")
_COMPARED = {Direction.RISING: "__gt", Direction.FALLING: "__lt", Direction.STEADY: ""}


class Assessment(Sealed):
    """How likely a risk was on a day, how bad it would be, and what was being done about it. Never changed."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="assessments")
    likelihood = models.PositiveSmallIntegerField()
    impact = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField()
    was = models.PositiveSmallIntegerField(null=True)
    """The score before, from which the direction comes; none for the first."""
    target = models.PositiveSmallIntegerField(null=True)
    mitigation = models.TextField()
    review_on = models.DateField()
    words = models.TextField(blank=True)
    """Why it is scored so."""
    assessed_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    objects = AssessmentQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            Guarded(name="assessment_guarded", append_only=True),
            Watched(name="assessment_watched", columns=("mitigation", "words")),
            Follows(name="assessment_follows", parent="monitoring_risk", column="risk_id"),
            models.CheckConstraint(name="assessment_scored", condition=models.Q(score=F("likelihood") * F("impact"))),
        )
        indexes = (models.Index(fields=("risk", "-at")),)

    def __str__(self) -> str:
        return said(self.score, before=self.was)

    @property
    def level(self) -> Level:
        """What the score comes to."""
        return level(self.score)

    @property
    def direction(self) -> Direction:
        """Which way it went from the assessment before."""
        return direction(self.score, before=self.was)

    def is_overdue(self, *, on: date) -> bool:
        """Whether it should have been judged again."""
        return review_overdue(self.review_on, on=on)
