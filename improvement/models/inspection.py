"""What was found: an inspection, its judgements, and the findings in the inspectors' own words."""

from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models import TextChoices

from improvement.frameworks import Grade
from improvement.lifecycle import Status
from sources import reads
from sources.guarding import Follows, Guarded, Parent, Stays, Watched
from sources.models import Sealed, Source, reference
from sources.reads import SealedQuerySet

if TYPE_CHECKING:
    from improvement.models.plan import Plan


class Inspection(Sealed):
    """An inspection under a version of the framework; it may span several ranges of days (R4)."""

    reference = models.CharField(max_length=12, unique=True, default=reference, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="inspections")
    framework = models.CharField(max_length=20)
    provider = models.CharField(max_length=160)
    """The council, or the trust that runs its services."""
    lead_inspector = models.CharField(max_length=120, blank=True)
    received_on = models.DateField()
    published_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-received_on",)
        constraints = (
            Guarded(name="inspection_guarded"),
            Stays(name="inspection_stays"),
            Parent(name="inspection_seal"),
            Follows(name="inspection_follows_source", parent="sources_source", column="source_id"),
        )

    def __str__(self) -> str:
        return self.source.title


class DayRange(Sealed):
    """Days that inspectors were on site, the last one included."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="day_ranges")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ("starts_on",)
        constraints = (
            Guarded(name="dayrange_guarded"),
            Stays(name="dayrange_stays"),
            Follows(name="dayrange_follows", parent="improvement_inspection", column="inspection_id"),
        )

    def __str__(self) -> str:
        return f"{self.starts_on} to {self.ends_on}"


class Judgement(Sealed):
    """One row of the judgement table, as its report prints it; not every judgement has a grade."""

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="judgements")
    key = models.CharField(max_length=30)
    label = models.CharField(max_length=200)
    grade = models.CharField(max_length=24, choices=Grade.choices, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("inspection", "position")
        constraints = (
            Guarded(name="judgement_guarded"),
            Stays(name="judgement_stays"),
            Watched(name="judgement_watched", columns=("label",)),
            Follows(name="judgement_follows", parent="improvement_inspection", column="inspection_id"),
        )

    def __str__(self) -> str:
        return f"{self.label}: {self.get_grade_display() or 'not graded'}"


_STILL_SO = tuple(status for status in Status if status != Status.WITHDRAWN)


def _answers() -> models.Count:
    return models.Count("answers__action", filter=models.Q(answers__action__status__in=_STILL_SO))


class FindingQuerySet(SealedQuerySet["Finding"]):
    """Words for picking findings."""

    def recommendations(self) -> "FindingQuerySet":
        """What the report asks for by number."""
        return self.filter(kind=Finding.Kind.RECOMMENDATION)

    def of_visits(self) -> "FindingQuerySet":
        """What monitoring letters say."""
        return self.filter(kind=Finding.Kind.VISIT)

    def to_answer(self) -> "FindingQuerySet":
        """Recommendations and wider areas for improvement: what the plan must answer (R7)."""
        return self.filter(kind__in=(Finding.Kind.RECOMMENDATION, Finding.Kind.AREA))

    def of(self, plan: "Plan") -> "FindingQuerySet":
        """Those that a plan's themes take up."""
        return self.filter(theme__plan=plan)

    def among(self, slugs: "frozenset[str] | None") -> "FindingQuerySet":
        """Those of some themes, or of all."""
        return self if slugs is None else self.filter(theme__slug__in=slugs)

    def with_answers(self) -> "FindingQuerySet":
        """Each with `answered_by`: how many actions answer it, of those the reader may see; withdrawn ones do not."""
        # Whoever is cleared is told of answers under seal, so the count brings their seals with it.
        noted = self.annotate(answered_under=ArrayAgg("answers__seal", distinct=True)) if reads.noting() else self
        return noted.annotate(answered_by=_answers())

    def answered(self) -> "FindingQuerySet":
        """Those that an action answers."""
        counted: Any = self.with_answers()
        return counted.filter(answered_by__gt=0)

    def unanswered(self) -> "FindingQuerySet":
        """Those that nothing answers."""
        counted: Any = self.with_answers()
        return counted.filter(answered_by=0)

    def coverage(self) -> dict[str, int]:
        """How many there are, and how many of them something answers."""
        still = Finding.objects.filter(pk=models.OuterRef("pk"), answers__action__status__in=_STILL_SO)
        if reads.noting():
            list(self.order_by().values_list("answers__seal", flat=True).distinct())
        return self.annotate(is_answered=models.Exists(still)).aggregate(
            asked=models.Count("pk"), answered=models.Count("pk", filter=models.Q(is_answered=True))
        )

    def in_order(self) -> "FindingQuerySet":
        """As the report numbers them."""
        return self.order_by("source__received_on", "position", "id")

    def by_theme(self) -> "FindingQuerySet":
        """Theme by theme with it, recommendations before wider areas."""
        return self.select_related("theme").order_by("theme__number", "-kind", "source__received_on", "position", "id")


class Finding(Sealed):
    """A sentence or paragraph of a document received, in its own words, under its document's seal."""

    class Kind(TextChoices):
        RECOMMENDATION = "recommendation", "Recommendation"
        AREA = "area", "Wider area for improvement"
        VISIT = "visit", "Monitoring visit finding"

    class Polarity(TextChoices):
        STRENGTH = "strength", "Strength"
        MIXED = "mixed", "Mixed"
        NEEDS_IMPROVEMENT = "needs_improvement", "Needs improvement"
        NOT_PROGRESSED = "not_progressed", "Not progressed"

    reference = models.CharField(max_length=12, unique=True, default=reference, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="findings")
    theme = models.ForeignKey("improvement.Theme", on_delete=models.PROTECT, related_name="findings")
    kind = models.CharField(max_length=16, choices=Kind.choices)
    number = models.CharField(max_length=12)
    """“R3” or “A14”: its place among the recommendations or wider areas; in a letter, its paragraph."""
    words = models.TextField()
    paragraph = models.PositiveSmallIntegerField(null=True, blank=True)
    polarity = models.CharField(max_length=20, choices=Polarity.choices)
    position = models.PositiveSmallIntegerField()

    objects = FindingQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("position", "id")
        constraints = (
            Guarded(name="finding_guarded"),
            Stays(name="finding_stays"),
            Watched(name="finding_watched", columns=("words",), is_source=True),
            Parent(name="finding_seal"),
            Follows(name="finding_follows", parent="sources_source", column="source_id"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.words[:60]}"
