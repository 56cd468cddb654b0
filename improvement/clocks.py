"""The clocks that an inadequate judgement and a public meeting start, each with the rule it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from improvement.time_limits import LIMITS, Basis, Kind, TimeLimit, months_after
from improvement.timing import written
from improvement.working_days import Calendar, NotLoaded


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The day that the time limit gives beside the day a letter states, which wins, and what looks wrong."""

    kind: Kind
    limit: TimeLimit
    anchor_on: date
    computed_on: date | None
    stated_on: date | None
    warnings: tuple[str, ...]

    @property
    def due_on(self) -> date | None:
        return self.stated_on or self.computed_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A stretch of time in which something may come; nobody knows the day, so none is ever shown."""

    from_on: date
    until_on: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What follows an inadequate judgement, in the order that it falls due."""

    deadlines: tuple[Deadline, ...]
    reinspection: Estimate


def deadline(
    kind: Kind,
    *,
    anchor_on: date,
    calendar: Calendar,
    stated_on: date | None = None,
    limits: Mapping[Kind, TimeLimit] = LIMITS,
) -> Deadline:
    """One clock; where the bank holidays are not loaded it gives no computed day, and says so."""
    limit, warnings = limits[kind], list[str]()
    computed_on = None
    try:
        computed_on = limit.count(anchor_on, calendar=calendar)
    except NotLoaded as refusal:
        warnings.append(str(refusal))
    if stated_on:
        warnings += _doubts(stated_on, computed_on=computed_on, limit=limit, anchor_on=anchor_on, calendar=calendar)
    return Deadline(
        kind=kind,
        limit=limit,
        anchor_on=anchor_on,
        computed_on=computed_on,
        stated_on=stated_on,
        warnings=tuple(warnings),
    )


def _doubts(
    stated_on: date, *, computed_on: date | None, limit: TimeLimit, anchor_on: date, calendar: Calendar
) -> list[str]:
    doubts, usual = [], calendar.lenient()
    if computed_on and computed_on != stated_on:
        doubts.append(
            f"The letter gives {written(stated_on)}, but {limit.says(anchor_on)} is {written(computed_on)}. "
            "Keep to the letter’s date unless its author corrects it."
        )
    if not usual.is_working_day(stated_on):
        doubts.append(f"{written(stated_on)} is not a working day. Aim for {written(usual.subtract(stated_on, 1))}.")
    if limit.basis == Basis.WORKING and stated_on == anchor_on + timedelta(days=limit.n):
        doubts.append(
            f"{written(stated_on)} is {limit.n} calendar days after {limit.anchor.label}, so the letter may "
            "have counted calendar days as working days. Ask its author."
        )
    return doubts


def after_inadequate(
    received_on: date,
    *,
    published_on: date,
    calendar: Calendar,
    stated: Mapping[Kind, date] = MappingProxyType({}),
    priority_action: bool = False,
    notice_on: date | None = None,
    last_board_on: date | None = None,
    limits: Mapping[Kind, TimeLimit] = LIMITS,
) -> Timeline:
    """Every clock that the report starts; visits count from the day the plan is due, stated or computed."""

    def clock(kind: Kind, anchor_on: date) -> Deadline:
        return deadline(kind, anchor_on=anchor_on, calendar=calendar, stated_on=stated.get(kind), limits=limits)

    plan = clock(Kind.STATEMENT_OF_ACTION, received_on)
    found = [clock(Kind.PUBLISH_REPORT, received_on), plan]
    if priority_action:
        found.append(clock(Kind.PRIORITY_DRAFT, received_on))
    if plan.due_on:
        found += [clock(Kind.PLANNING_VISIT, plan.due_on), clock(Kind.FIRST_VISIT, plan.due_on)]
    if notice_on:
        found.append(clock(Kind.DFE_REVIEW, notice_on))
    if last_board_on:
        found.append(clock(Kind.BOARD, last_board_on))
    return Timeline(
        deadlines=tuple(sorted(found, key=lambda each: each.due_on or date.max)),
        reinspection=Estimate(
            from_on=months_after(published_on, 30),
            until_on=months_after(published_on, 48),
            source="What other councils found inadequate have waited, from publication; Ofsted names no day.",
        ),
    )


def before_meeting(
    meeting_on: date, *, calendar: Calendar, private: bool = False, limits: Mapping[Kind, TimeLimit] = LIMITS
) -> tuple[Deadline, ...]:
    """The latest day for each notice of a meeting, earliest first; a private item needs two more."""
    kinds = [Kind.FORWARD_PLAN, Kind.AGENDA]
    if private:
        kinds = [Kind.FORWARD_PLAN, Kind.PRIVATE_FIRST, Kind.PRIVATE_SECOND, Kind.AGENDA]
    notices = [deadline(kind, anchor_on=meeting_on, calendar=calendar, limits=limits) for kind in kinds]
    return tuple(sorted(notices, key=lambda notice: notice.due_on or date.max))


def visit_gap_warning(last_on: date, *, next_on: date, months: int = 4) -> str | None:
    """Visits come about once a quarter; a longer gap deserves a question."""
    if next_on <= months_after(last_on, months):
        return None
    return (
        f"More than {months} months lie between the visits of {written(last_on)} and {written(next_on)}. "
        "Ask the lead inspector whether one is planned between them."
    )
