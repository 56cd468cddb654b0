"""What answers what, both ways: findings against actions and what shows those, and actions that answer nothing (R7)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef

from improvement.lifecycle import Status
from improvement.models import Action, Answer, Finding, Plan, Response
from improvement.scope import read_by, themes_read
from monitoring.covering import Cover, cover
from monitoring.dashboard import Figure
from monitoring.ladder import Rung
from monitoring.models import Evidence, Gauge, Standing
from people.models import Person

PLURALS: dict[str, str] = {
    Finding.Kind.RECOMMENDATION: "recommendations", Finding.Kind.AREA: "wider areas",
    Finding.Kind.REQUIREMENT: "requirements",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """An action that answers a finding, as it stands today."""

    number: str
    title: str
    lead: str
    status: str
    delivery: str
    rung: str
    evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One finding, what the council says to it, and what answers it."""

    reference: str
    number: str
    kind: str
    kind_label: str
    words: str
    theme: str
    theme_slug: str
    document: str
    document_reference: str
    reply: Response | None
    ties: tuple[Tie, ...]
    cover: Cover


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How many findings of a theme or of a document there are, and how far they are answered."""

    title: str
    all: Figure
    covers: tuple[Figure, ...]


def coverage(person: Person, plan: Plan, *, on: date) -> list[Covered]:
    """Every finding that the plan is to answer and the person reads, theme by theme, in five queries."""
    asked = Finding.objects.of(plan).to_answer().among(themes_read(person, on=on))
    found: list[Any] = list(asked.by_theme().select_related("source"))
    replies = Response.objects.latest_to(found)
    ties = _ties(person, found, plan=plan, on=on)
    return [_covered(finding, replies.get(finding.pk), tuple(ties[finding.pk]), on=on) for finding in found]


def by_theme(rows: Sequence[Covered]) -> list[Line]:
    """A line for each theme."""
    return _lines(rows, lambda row: (row.theme, {"theme": row.theme_slug}))


def by_document(rows: Sequence[Covered]) -> list[Line]:
    """A line for each kind of finding of each document."""
    told = sorted(rows, key=lambda row: list(Finding.Kind).index(Finding.Kind(row.kind)))
    return _lines(
        told,
        lambda row: (f"{row.document}: {PLURALS[row.kind]}", {"document": row.document_reference, "kind": row.kind}),
    )


def total(rows: Sequence[Covered]) -> Line:
    """All of them."""
    return _line("All", rows)


def untied(person: Person, plan: Plan, *, on: date) -> Any:
    """The actions that answer nothing, of those that the person reads and that are not withdrawn."""
    Answer.objects.filter(action__plan=plan).note_seals()
    return _promised(person, plan, on=on).filter(~Exists(Answer.objects.filter(action=OuterRef("pk"))))


def unmeasured(person: Person, plan: Plan, *, on: date) -> Any:
    """Those that neither say how anyone will know that they helped nor name a measure that should move."""
    Gauge.objects.filter(action__plan=plan).note_seals()
    gauged = Exists(Gauge.objects.filter(action=OuterRef("pk")))
    return _promised(person, plan, on=on).filter(~gauged, success__regex=r"^\s*$")


def _promised(person: Person, plan: Plan, *, on: date) -> Any:
    promised = Action.objects.of(plan).exclude(status=Status.WITHDRAWN)
    return read_by(person, promised, on=on).select_related("theme", "lead").in_order()


def _covered(finding: Any, reply: Response | None, ties: tuple[Tie, ...], *, on: date) -> Covered:
    return Covered(
        reference=finding.reference, number=finding.number, kind=finding.kind,
        kind_label=finding.get_kind_display(), words=finding.words, theme=str(finding.theme),
        theme_slug=finding.theme.slug, document=finding.source.title, document_reference=finding.source.reference,
        reply=reply, ties=ties,
        cover=cover(
            [tie.rung for tie in ties], has_evidence=any(tie.evidence for tie in ties),
            is_declined=reply is not None and reply.stands(on=on),
        ),
    )  # fmt: skip


_COLUMNS = ("finding_id", "action_id", "action__number", "action__title", "action__lead__name", "action__status")


def _ties(person: Person, findings: Sequence[Finding], *, plan: Plan, on: date) -> dict[int, list[Tie]]:
    read = read_by(person, Action.objects.of(plan), on=on).exclude(status=Status.WITHDRAWN)
    answers = Answer.objects.filter(finding__in=findings, action__in=read)
    told = list(answers.order_by("action__theme__number", "action__position").values_list(*_COLUMNS))
    actions = {action for _, action, *_ in told}
    stands = _stands(actions, on=on)
    shown = Counter(Evidence.objects.filter(action__in=actions).values_list("action_id", flat=True))
    ties: dict[int, list[Tie]] = defaultdict(list)
    for finding, action, number, title, lead, status in told:
        delivery, rung = stands.get(action, ("none", Rung.NONE.value))
        ties[finding].append(
            Tie(
                number=number, title=title, lead=lead, status=status, delivery=delivery, rung=rung,
                evidence=shown[action],
            )
        )  # fmt: skip
    return ties


def _stands(actions: Collection[int], *, on: date) -> dict[int, tuple[str, str]]:
    """The rating and the rung of each on the day."""
    rows = Standing.objects.on(on).filter(action__in=actions).values_list("action_id", "delivery", "rung")
    return {action: (delivery or "none", rung) for action, delivery, rung in rows}


def _lines(rows: Iterable[Covered], of: Callable[[Covered], tuple[str, dict[str, str]]]) -> list[Line]:
    grouped: dict[tuple[str, str], list[Covered]] = defaultdict(list)
    for row in rows:
        title, words = of(row)
        grouped[title, urlencode(words)].append(row)
    return [_line(title, found, query) for (title, query), found in grouped.items()]


def _line(title: str, rows: Sequence[Covered], query: str = "") -> Line:
    before = f"{query}&" if query else ""
    return Line(
        title=title,
        all=Figure(len(rows), query),
        covers=tuple(Figure(sum(row.cover == each for row in rows), f"{before}cover={each.value}") for each in Cover),
    )
