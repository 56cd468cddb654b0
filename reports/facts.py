"""What a paper is drawn from, as frozen values: visit, position and movement, as the public might see them on a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from improvement.models import DayRange, Finding, Judgement, Plan, Theme
from monitoring.models import Instrument, Letter, Scheme, Standing, Visit
from monitoring.movement import Movement, movement
from monitoring.position import Position, position
from monitoring.scheme import Delivery
from monitoring.scheme import Scheme as SchemeRule
from people.models import Body, Meeting
from reports.models import Paper
from reports.readings import MeasureLine, measure_lines
from reports.register_facts import Register, register_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressing:
    """An action that is overdue or rated red, and why."""

    number: str
    title: str
    lead: str
    due_on: date
    because: str
    rating: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything open that the words of a paper may rest on."""

    plan: Plan
    on: date
    visit: Visit | None
    letter: Letter | None
    """The visit's letter, if it was open to everyone on the day."""
    findings: tuple[Finding, ...]
    inspected: tuple[DayRange, ...]
    inadequate: tuple[str, ...]
    judgements: int
    recommendations: int
    areas: int
    instruments: tuple[Instrument, ...]
    themes: tuple[Theme, ...]
    position: Position
    scheme: SchemeRule
    moved: Movement | None
    moved_since: str
    """What happened on the day that the movement is counted from."""
    pressing: tuple[Pressing, ...]
    measures: tuple[MeasureLine, ...]
    next_board: Meeting | None
    register: Register


def gather(plan: Plan, *, visit: Visit | None, on: date, body: Body) -> Facts:
    """The facts of a day, as whoever is stamped may see them; call it with nobody stamped for the public's eyes."""
    inspection, letter = plan.inspection, _open_letter(visit, on=on)
    judgements = list(Judgement.objects.filter(inspection=inspection))
    asked = Finding.objects.filter(source=inspection.source_id)
    moved, since = _movement(plan, on=on, body=body)
    return Facts(
        plan=plan, on=on, visit=visit, letter=letter,
        findings=tuple(Finding.objects.filter(source=letter.source_id).in_order()) if letter else (),
        inspected=tuple(inspection.day_ranges.all()),
        inadequate=tuple(judgement.label for judgement in judgements if judgement.grade == "inadequate"),
        judgements=len(judgements),
        recommendations=asked.recommendations().count(),
        areas=asked.filter(kind=Finding.Kind.AREA).count(),
        instruments=tuple(Instrument.objects.filter(inspection=inspection, issued_on__lte=on)),
        themes=tuple(plan.themes.all()), position=position(plan, on=on), scheme=Scheme.ours().as_rule(),
        moved=moved, moved_since=since, pressing=_pressing(plan, on=on), measures=measure_lines(plan, on=on),
        next_board=Meeting.objects.of(Body.Kind.BOARD).from_day(on).first(),
        register=register_on(plan, on=on, since=moved.from_on if moved else None),
    )  # fmt: skip


def sealed_letter(visit: Visit | None) -> Letter | None:
    """The visit's letter where it is under seal and whoever is stamped may see it."""
    if visit is None:
        return None
    letters = Letter.objects.filter(visit=visit).select_related("source", "seal")
    return next((letter for letter in letters if not letter.seal.is_open), None)


def _open_letter(visit: Visit | None, *, on: date) -> Letter | None:
    """Open now is not enough: until the final letter came, nothing of it was told to anyone."""
    if visit is None:
        return None
    letters = Letter.objects.filter(visit=visit).select_related("source", "seal")
    return next((x for x in letters if x.seal.is_open and x.final_received_on and x.final_received_on <= on), None)


def _pressing(plan: Plan, *, on: date) -> tuple[Pressing, ...]:
    standings = Standing.objects.on(on).of(plan).filter(Q(late=True) | Q(delivery=Delivery.RED)).in_order()
    rows = standings.values_list(
        "action__number", "action__title", "action__lead__name", "due_on", "because", "delivery"
    )
    return tuple(
        Pressing(number=number, title=title, lead=lead, due_on=due_on, because=because, rating=rating)
        for number, title, lead, due_on, because, rating in rows
    )


def _movement(plan: Plan, *, on: date, body: Body) -> tuple[Movement | None, str]:
    last = Paper.objects.issued().composed().to(body).as_at_before(on).order_by("as_at").last()
    since = last.as_at if last and last.as_at else plan.adopted_on
    if since >= on:
        return None, ""
    why = "the last report to this body" if last else "the plan was adopted"
    return movement(_plan_on(plan, since), _plan_on(plan, on), from_on=since, to_on=on), why


def _plan_on(plan: Plan, day: date) -> dict[int, tuple[str, str | None]]:
    rows = Standing.objects.on(day).of(plan).values_list("action_id", "status", "delivery")
    return {action: (status, delivery or None) for action, status, delivery in rows}
