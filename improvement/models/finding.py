"""What was found, in the words of those who found it, and what has been done about each finding."""

from collections import Counter
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models, transaction
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, TextChoices, Value, When
from django.db.models.functions import Coalesce

from improvement.answered import Answered
from improvement.lifecycle import Status
from improvement.models.refused import Refused
from improvement.responses import Reply
from people.constraints import Chained
from people.models import Person
from sources import reads
from sources.guarding import Follows, Guarded, Parent, Stays, Watched
from sources.models import Line, Sealed, Source, reference
from sources.reads import SealedQuerySet, SealKey
from sources.seals import OPEN

if TYPE_CHECKING:
    from improvement.models.plan import Plan, Theme

_STILL_SO = tuple(status for status in Status if status != Status.WITHDRAWN)


class Kind(TextChoices):
    """Who asks, and how plainly: in the order in which a plan takes them up."""

    RECOMMENDATION = "recommendation", "Recommendation"
    AREA = "area", "Wider area for improvement"
    REQUIREMENT = "requirement", "Requirement of a notice"
    VISIT = "visit", "Monitoring visit finding"


TO_ANSWER = (Kind.RECOMMENDATION, Kind.AREA, Kind.REQUIREMENT)
_IN_TURN = Case(*(When(kind=kind, then=Value(place)) for place, kind in enumerate(Kind)))


class FindingQuerySet(SealedQuerySet["Finding"]):
    """Words for picking findings."""

    def recommendations(self) -> "FindingQuerySet":
        """What the report asks for by number."""
        return self.filter(kind=Kind.RECOMMENDATION)

    def requirements(self) -> "FindingQuerySet":
        """What notices ask for."""
        return self.filter(kind=Kind.REQUIREMENT)

    def of_visits(self) -> "FindingQuerySet":
        """What monitoring letters say."""
        return self.filter(kind=Kind.VISIT)

    def to_answer(self) -> "FindingQuerySet":
        """Recommendations, wider areas and requirements of notices: what the plan must answer (R7)."""
        return self.filter(kind__in=TO_ANSWER)

    def of(self, plan: "Plan | None") -> "FindingQuerySet":
        """Those that a plan's themes take up."""
        return self.filter(theme__plan=plan)

    def among(self, slugs: "frozenset[str] | None") -> "FindingQuerySet":
        """Those of some themes, or of all."""
        return self if slugs is None else self.filter(theme__slug__in=slugs)

    def called(self, references: Any) -> "FindingQuerySet":
        """Those of the references."""
        return self.filter(reference__in=references)

    def with_answers(self, *, by: Any = None) -> "FindingQuerySet":
        """Each with `answered_by`: how many actions answer it, of those the reader may see; withdrawn ones do not.

        `by` are the only actions that count, where not all do: a partner’s.
        """
        # Whoever is cleared is told of answers under seal, so the count brings their seals with it.
        noted = self.annotate(answered_under=ArrayAgg("answers__seal", distinct=True)) if reads.noting() else self
        return noted.annotate(answered_by=Count("answers__action", filter=_answering(by)))

    def with_reply(self, *, on: date) -> "FindingQuerySet":
        """Each with `is_declined`, as `responses.is_declined` has it of the latest response."""
        declines: Any = Q(responses__reply=Reply.DECLINED, responses__until_on__gte=on)
        latest = Finding.objects.filter(pk=OuterRef("pk")).order_by("-responses__id").values_list(declines)[:1]
        return self.annotate(is_declined=Coalesce(Subquery(latest), False))

    def answered(self) -> "FindingQuerySet":
        """Those that an action answers."""
        return self._counted().filter(answered_by__gt=0)

    def declined(self, *, on: date) -> "FindingQuerySet":
        """Those that no action answers, and that are declined on the day."""
        return self._counted().with_reply(on=on).filter(answered_by=0, is_declined=True)

    def unanswered(self, *, on: date) -> "FindingQuerySet":
        """Those that nothing answers on the day: no action, and no reason that still holds."""
        return self._counted().with_reply(on=on).filter(answered_by=0, is_declined=False)

    def coverage(self, *, on: date, by: Any = None) -> Answered:
        """How many there are of each kind, and how many of them something answers; `by` as in `with_answers`."""
        still = Finding.objects.filter(_answering(by), pk=OuterRef("pk"))
        if reads.noting():
            list(self.order_by().values_list("answers__seal", flat=True).distinct())
        told = self.with_reply(on=on).annotate(is_answered=Exists(still)).order_by()
        # Some dozens, sooner counted here than composed into one statement.
        found = list(told.values_list("kind", "is_answered", "is_declined"))
        kinds = Counter(kind for kind, _, _ in found)
        return Answered(
            recommendations=kinds[Kind.RECOMMENDATION],
            areas=kinds[Kind.AREA],
            requirements=kinds[Kind.REQUIREMENT],
            answered=sum(is_answered for _, is_answered, _ in found),
            declined=sum(is_declined and not is_answered for _, is_answered, is_declined in found),
        )

    def in_order(self) -> "FindingQuerySet":
        """As the report numbers them."""
        return self.order_by("source__received_on", "position", "id")

    def by_theme(self) -> "FindingQuerySet":
        """Theme by theme with it: recommendations, then wider areas, then requirements."""
        told = self.select_related("theme")
        return told.order_by("theme__number", _IN_TURN, "source__received_on", "position", "id")

    def _counted(self) -> Any:
        return self if "answered_by" in self.query.annotations else self.with_answers()


def _answering(by: Any) -> Q:
    """That an action answers it which is not withdrawn, and is among some."""
    still = Q(answers__action__status__in=_STILL_SO)
    return still if by is None else still & Q(answers__action__in=by)


class Finding(Sealed):
    """A sentence or paragraph of a document received, in its own words, under its document's seal."""

    Kind = Kind

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
    """“R3”, “A14” or “N2”: its place among those of its kind; in a letter, its paragraph."""
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

    @classmethod
    @transaction.atomic(savepoint=False)
    def require(
        cls, notice: Source, *, number: str, words: str, theme: "Theme", by: Person | None, at: datetime
    ) -> "Finding":  # fmt: skip
        """Take up a requirement of a notice, in the notice's own words and under its seal.

        Raises Refused where the plan has one of that number, of those that whoever reads this one may know of.
        """
        known = cls.objects.of(theme.plan).requirements().beside(notice.seal_id)
        if known.filter(number__iexact=number).exists():
            raise Refused(f"The plan has a requirement {number} already. Give this one another number.")
        made = cls.objects.create(
            source=notice, seal_id=notice.seal_id, theme=theme, kind=Kind.REQUIREMENT, number=number, words=words,
            polarity=cls.Polarity.NEEDS_IMPROVEMENT, position=notice.findings.count() + 1,
        )  # fmt: skip
        made.note("require", f"took it up from “{notice.title}” under {theme.title}", by=by, at=at)
        return made

    def note(
        self, verb: str, says: str, *, by: Person | None, at: datetime, own_seal_id: int | None = OPEN, **rest: Any
    ) -> None:
        """Leave a line of history under the finding's seal and that of whatever else it tells of."""
        FindingLine.write(
            finding=self, seal_id=self.seal_id, own_seal_id=own_seal_id, by=by, at=at, verb=verb, says=says, **rest
        )


class FindingLine(Line):
    """A line of a finding's history. That an action under a seal answers it is itself under that seal."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="lines")
    own_seal = SealKey("sources.Seal", on_delete=models.PROTECT, default=0, related_name="+", db_index=False)

    class Meta(Line.Meta):
        constraints = (
            Guarded(name="findingline_guarded", columns=("seal_id", "own_seal_id"), append_only=True),
            Chained(name="findingline_chained", without=("seal_id",)),
            Watched(name="findingline_watched", columns=("reason",), seals=("seal_id", "own_seal_id")),
            Follows(name="findingline_follows", parent="improvement_finding", column="finding_id"),
        )
        indexes = (models.Index(fields=("finding", "at")),)
