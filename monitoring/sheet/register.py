"""The register of risks and the list of resources as spreadsheets: what is on the screen, all its pages."""

from collections.abc import Iterable, Mapping
from datetime import date

from monitoring.models import Assessment, Resource
from monitoring.models.tie import Tied
from monitoring.risks import IMPACTS, LIKELIHOODS
from monitoring.sheet.export import Value
from sources.models import Seal
from sources.seals import OPEN

RISK_HEADINGS = (
    "Risk", "Because of", "What may happen", "Effect", "Themes", "Lead", "Likelihood", "Impact", "Score", "Level",
    "Direction", "Score before", "Target", "Mitigation", "Assessed", "Review by", "Opened", "Closed", "Terms",
)  # fmt: skip
RISK_WIDTHS = (36, 40, 40, 40, 30, 28, 16, 14, 8, 12, 12, 12, 8, 50, 12, 12, 12, 12, 14)
RESOURCE_HEADINGS = (
    "Resource", "How it comes", "Pounds", "Posts", "Where from", "What for", "Themes", "Lead", "Secured", "Until",
    "What it bought", "Terms",
)  # fmt: skip
RESOURCE_WIDTHS = (36, 18, 14, 8, 30, 50, 30, 28, 12, 12, 60, 14)


def risk_rows(assessments: Iterable[Assessment], *, held: Mapping[int, Seal]) -> list[list[Value]]:
    """A row for each risk as it stood on the day asked about."""
    return [_risk(assessed, held) for assessed in assessments]


def _risk(assessed: Assessment, held: Mapping[int, Seal]) -> list[Value]:
    risk = assessed.risk
    return [
        risk.title, risk.cause, risk.event, risk.effect, _themes(risk), risk.lead.name,
        f"{assessed.likelihood} {LIKELIHOODS[assessed.likelihood]}", f"{assessed.impact} {IMPACTS[assessed.impact]}",
        str(assessed.score), assessed.level.label, assessed.direction.label, _number(assessed.was),
        _number(assessed.target), assessed.mitigation, assessed.assessed_on, assessed.review_on, risk.opened_on,
        risk.closed_on or "", _terms(risk, held),
    ]  # fmt: skip


def resource_rows(resources: Iterable[Resource], *, held: Mapping[int, Seal]) -> list[list[Value]]:
    """A row for each resource, with all that it had bought by the day asked about."""
    return [_resource(resource, held) for resource in resources]


def _resource(resource: Resource, held: Mapping[int, Seal]) -> list[Value]:
    bought: list[str] = [f"{b.bought_on.isoformat()}: {b.words}" for b in resource.bought]  # type: ignore[attr-defined]
    return [
        resource.title, resource.get_kind_display(), _number(resource.amount), _number(resource.posts),
        resource.funding, resource.purpose, _themes(resource), resource.lead.name, resource.secured_on,
        resource.until_on or "", "\n".join(bought), _terms(resource, held),
    ]  # fmt: skip


def _themes(record: Tied) -> str:
    return ", ".join(str(tie.theme) for tie in record.theme_ties.all())  # type: ignore[attr-defined]


def _number(n: object) -> Value:
    return "" if n is None else str(n)


def _terms(record: Tied, held: Mapping[int, Seal]) -> str:
    seal = held.get(record.seal_id or OPEN)
    return seal.get_kind_display() if seal else ""


def filename(kind: str, *, on: date) -> str:
    """What the download is called, but for its ending."""
    return f"{kind}-{on.isoformat()}"
