"""The register of risks on a day, and the resources secured by it: what a person reads, narrowed and counted."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Prefetch

from improvement.models import Action, Plan
from improvement.scope import themes_read
from monitoring.listing import standings_read_by
from monitoring.models import Assessment, Purchase, Resource, ResourceTheme, Risk, RiskTheme, Standing
from monitoring.models.tie import Tied
from monitoring.risks import IMPACTS, LIKELIHOODS, Level, level, score
from people.models import Person
from sources.models import Seal
from sources.seals import OPEN

PAGE = 25


def risks_read_by(person: Person, plan: Plan | None, *, on: date) -> Any:
    """The plan's risks that a person reads: all, or for a partner those of which any theme is theirs."""
    return _read_by(person, Risk.objects.of(plan), RiskTheme.objects.filter(risk=OuterRef("pk")), on=on)


def resources_read_by(person: Person, plan: Plan | None, *, on: date) -> Any:
    """The plan's resources that a person reads, likewise."""
    ties = ResourceTheme.objects.filter(resource=OuterRef("pk"))
    return _read_by(person, Resource.objects.of(plan), ties, on=on)


def _read_by(person: Person, records: Any, ties: Any, *, on: date) -> Any:
    slugs = themes_read(person, on=on)
    return records if slugs is None else records.filter(Exists(ties.filter(theme__slug__in=slugs)))


def assessments_read_by(person: Person, plan: Plan | None, *, on: date) -> Any:
    """Every assessment of those risks."""
    of_plan = Assessment.objects.of(plan)
    if themes_read(person, on=on) is None:
        return of_plan
    return of_plan.filter(risk__in=risks_read_by(person, plan, on=on))


def with_risks(assessments: Any) -> Any:
    """Assessments with what a table of risks shows."""
    themes = Prefetch("risk__theme_ties", RiskTheme.objects.select_related("theme"))
    return assessments.select_related("risk__lead").prefetch_related(themes)


def with_purchases(resources: Any, *, on: date) -> Any:
    """Resources with what a table of them shows: their themes, and what they had bought by the day."""
    themes = Prefetch("theme_ties", ResourceTheme.objects.select_related("theme"))
    bought = Prefetch("purchases", Purchase.objects.filter(bought_on__lte=on).select_related("by"), to_attr="bought")
    return resources.select_related("lead").prefetch_related(themes, bought)


def standings_of(record: Tied, person: Person, *, on: date) -> list[Standing]:
    """How the record's actions stand, of those that the person reads."""
    read = standings_read_by(person, record.plan, on=on).on(on)
    return list(read.filter(action__in=record.actions.all()).in_order().select_related("action"))  # type: ignore[attr-defined]


def lines_read(record: Tied, person: Person, *, on: date) -> Any:
    """The record's history, the latest first; to a partner nothing is said of ties, which may be of other themes."""
    lines: Any = record.lines.select_related("by").order_by("-at", "-id")  # type: ignore[attr-defined]
    return lines if themes_read(person, on=on) is None else lines.exclude(verb="tie")


def bearing_on(action: Action, person: Person, *, on: date) -> dict[str, list[Any]]:
    """What the action's page says of them: its open risks, the worst first, and its resources, the newest first."""
    risks = assessments_read_by(person, action.plan, on=on).filter(risk__actions=action)
    resources = resources_read_by(person, action.plan, on=on).filter(actions=action)
    return {
        "at_risk": list(risks.on(on).open().worst_first().select_related("risk")),
        "secured": list(resources.newest_first()),
    }


def terms_of(record: Tied) -> Seal | None:
    """The seal that it still stands under, for whoever may see it at all."""
    return Seal.objects.held().get(record.seal_id or OPEN)


@dataclass(frozen=True, slots=True)
class Cell:
    """A place of the matrix: how many risks have its score, and the address of exactly those."""

    likelihood: int
    impact: int
    n: int
    href: str

    @property
    def score(self) -> int:
        """Likelihood by impact."""
        return score(self.likelihood, self.impact)

    @property
    def level(self) -> Level:
        """What that comes to."""
        return level(self.score)


def matrix(assessments: Any, *, kept: Mapping[str, str]) -> list[list[Cell]]:
    """Five rows, the likeliest first, of five cells; `kept` are the words by which the list was narrowed."""
    counted = Counter(assessments.order_by().values_list("likelihood", "impact"))

    def cell(likelihood: int, impact: int) -> Cell:
        words = {**kept, "likelihood": str(likelihood), "impact": str(impact)}
        return Cell(likelihood, impact, counted[likelihood, impact], f"?{urlencode(words)}")

    return [[cell(likelihood, impact) for impact in IMPACTS] for likelihood in reversed(LIKELIHOODS)]


@dataclass(frozen=True, slots=True)
class Totals:
    """What resources come to: pounds by kind, and posts."""

    one_off: int
    recurring: int
    time_limited: int
    posts: Decimal

    @property
    def by_kind(self) -> list[tuple[str, str, int]]:
        """Each kind that there is money of: its code, its name and the pounds."""
        kinds = [(str(kind.value), str(kind.label), getattr(self, kind.value)) for kind in Resource.Kind]
        return [each for each in kinds if each[2]]


def totals(resources: Iterable[Resource]) -> Totals:
    """Added up, each kind by itself: what comes every year and what comes once make no sum."""
    pounds: Counter[str] = Counter()
    posts = Decimal(0)
    for resource in resources:
        pounds[resource.kind] += resource.amount or 0
        posts += resource.posts or 0
    return Totals(pounds["one_off"], pounds["recurring"], pounds["time_limited"], posts)
