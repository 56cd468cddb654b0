"""What a paper says of risks and money, as frozen values: the register and the resources as at its day."""

from dataclasses import dataclass
from datetime import date

from improvement.models import Plan
from monitoring.models import Assessment, Resource
from monitoring.register import Totals, totals, with_purchases, with_risks
from monitoring.risks import PRESSING, Direction, Level

MOST_RISKS = 10
"""As many of the worst as a committee reads of; the register has the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFact:
    """A risk as it was last assessed by the day."""

    title: str
    themes: tuple[str, ...]
    score: int
    level: Level
    direction: Direction
    mitigation: str
    lead: str
    review_on: date
    risen_from: int | None
    """Its score on the day of the report before, where that was less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceFact:
    """A resource, and the latest of what it had bought by the day."""

    title: str
    kind: Resource.Kind
    amount: int | None
    posts: str
    funding: str
    purpose: str
    bought: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The open risks, the worst first, and what had been secured, the newest first."""

    risks: tuple[RiskFact, ...]
    resources: tuple[ResourceFact, ...]
    totals: Totals

    @property
    def pressing(self) -> int:
        """How many risks are high or very high."""
        return sum(risk.level in PRESSING for risk in self.risks)

    @property
    def risen(self) -> tuple[RiskFact, ...]:
        """Those with a higher score than at the report before."""
        return tuple(risk for risk in self.risks if risk.risen_from is not None)


def register_on(plan: Plan, *, on: date, since: date | None) -> Register:
    """The register as whoever is stamped may see it; `since` is the day of the report before, if there was one."""
    of_plan = Assessment.objects.of(plan)
    before = dict(of_plan.on(since).values_list("risk_id", "score")) if since else {}
    resources = list(with_purchases(Resource.objects.of(plan).secured_by(on).newest_first(), on=on))
    return Register(
        risks=tuple(_risk(row, before.get(row.risk_id)) for row in with_risks(of_plan.on(on).open().worst_first())),
        resources=tuple(map(_resource, resources)), totals=totals(resources),
    )  # fmt: skip


def _risk(assessed: Assessment, before: int | None) -> RiskFact:
    risk = assessed.risk
    return RiskFact(
        title=risk.title, themes=tuple(tie.theme.title for tie in risk.theme_ties.all()), score=assessed.score,
        level=assessed.level, direction=assessed.direction, mitigation=assessed.mitigation, lead=risk.lead.name,
        review_on=assessed.review_on,
        risen_from=before if before is not None and before < assessed.score else None,
    )  # fmt: skip


def _resource(resource: Resource) -> ResourceFact:
    bought = resource.bought  # type: ignore[attr-defined]
    return ResourceFact(
        title=resource.title, kind=Resource.Kind(resource.kind), amount=resource.amount,
        posts=str(resource.posts) if resource.posts else "", funding=resource.funding, purpose=resource.purpose,
        bought=bought[0].words if bought else "",
    )  # fmt: skip
