"""Where a row can be seen, by its table and key: for the cleared, who are told what repeats words under seal."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse

from improvement.models import (
    Action,
    ActionLine,
    Extension,
    Finding,
    FindingLine,
    Judgement,
    Milestone,
    Response,
    Revision,
)
from monitoring.models import (
    Assessment,
    Blocker,
    Climb,
    Evidence,
    Exhibit,
    Instrument,
    Measure,
    Override,
    Purchase,
    Resource,
    ResourceLine,
    Risk,
    RiskLine,
    SchemeLine,
    Update,
    Visit,
)
from reports.models import Paper, PaperLine, Passage, Section
from sources.models import Source, SourceLine
from sources.repeating import Place, Row

Shown = Callable[[Any], Place]


def places_of(rows: Iterable[Row]) -> Mapping[Row, Place]:
    """The place of each row that the reader may see, in one query for each table."""
    keys: dict[str, set[int]] = {}
    for table, key in rows:
        keys.setdefault(table, set()).add(key)
    return {
        (table, row.pk): shown(row)
        for table, (model, up, shown) in KNOWN.items()
        if table in keys
        for row in model.objects.select_related(*up).filter(pk__in=keys[table])
    }


def _action(action: Action, what: str = "") -> Place:
    return Place(words=f"Action {action.number}{what}", href=reverse("action", args=[action.number]))


def _paper(paper: Paper, section: Section | None = None) -> Place:
    where = f", section {section.number}" if section else ""
    href = reverse("paper", args=[paper.reference]) + (f"#section-{section.number}" if section else "")
    return Place(words=f"Paper “{paper}”{where}", href=href)


def _risk(risk: Risk) -> Place:
    return Place(words=f"Risk “{risk}”", href=reverse("risk", args=[risk.reference]))


def _resource(resource: Resource) -> Place:
    return Place(words=f"Resource “{resource}”", href=reverse("resource", args=[resource.reference]))


def _finding(finding: Finding, what: str = "") -> Place:
    return Place(words=f"Finding {finding.number}{what}", href=reverse("finding", args=[finding.reference]))


def _of_action(what: str) -> tuple[tuple[str, ...], Shown]:
    return ("action",), lambda row: _action(row.action, f", {what}")


def _known(model: Any, up: tuple[str, ...], shown: Shown) -> tuple[str, tuple[Any, tuple[str, ...], Shown]]:
    return model._meta.db_table, (model, up, shown)


KNOWN = dict(
    (
        _known(Action, (), _action),
        _known(ActionLine, *_of_action("history")),
        _known(Milestone, *_of_action("milestones")),
        _known(Revision, *_of_action("revised dates")),
        _known(Extension, *_of_action("a later date asked for")),
        _known(Update, *_of_action("updates")),
        _known(Blocker, *_of_action("what it waits for")),
        _known(Override, *_of_action("a rating given by hand")),
        _known(Evidence, *_of_action("evidence")),
        _known(Exhibit, ("evidence__action",), lambda row: _action(row.evidence.action, ", a file’s name")),
        _known(Climb, *_of_action("impact")),
        _known(Risk, (), _risk),
        _known(Assessment, ("risk",), lambda row: _risk(row.risk)),
        _known(RiskLine, ("risk",), lambda row: _risk(row.risk)),
        _known(Resource, (), _resource),
        _known(Purchase, ("resource",), lambda row: _resource(row.resource)),
        _known(ResourceLine, ("resource",), lambda row: _resource(row.resource)),
        _known(Measure, (), lambda row: Place(words=f"Measure “{row}”", href=reverse("dashboard"))),
        _known(Visit, (), lambda row: Place(words=str(row), href=reverse("visit", args=[row.reference]))),
        _known(Instrument, (), lambda row: Place(words=str(row), href=reverse("inspection"))),
        _known(Judgement, (), lambda row: Place(words=f"Judgement “{row.label}”", href=reverse("inspection"))),
        _known(Finding, (), _finding),
        _known(FindingLine, ("finding",), lambda row: _finding(row.finding, ", history")),
        _known(Response, ("finding",), lambda row: _finding(row.finding, ", what the council says to it")),
        _known(Source, (), lambda row: Place(words=f"“{row}”")),
        _known(SourceLine, ("source",), lambda row: Place(words=f"“{row.source}”, history")),
        _known(SchemeLine, (), lambda row: Place(words="The settings of the ratings, and their history")),
        _known(Paper, (), _paper),
        _known(PaperLine, ("paper",), lambda row: _paper(row.paper)),
        _known(Section, ("paper",), lambda row: _paper(row.paper, row)),
        _known(Passage, ("section__paper",), lambda row: _paper(row.section.paper, row.section)),
    )
)
"""Every table whose words are watched."""
