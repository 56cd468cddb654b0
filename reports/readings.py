"""The measures as a paper prints them: latest figure, that of a year before, target, and which way it went (R15)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from improvement.models import Plan
from improvement.time_limits import months_after
from monitoring.models import Measure, Reading

FEWEST = 6
"""Figures smaller than this are not given, nor shares from which one could be worked out."""
SMALLEST_BASE = 10
NOT_GIVEN = "Not given"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """One measure on the day that a paper speaks of."""

    name: str
    slug: str
    period_on: date
    latest: str
    before: str
    target: str
    direction: str
    is_met: bool
    """Whether the target was met."""
    is_provisional: bool


def measure_lines(plan: Plan, *, on: date) -> tuple[MeasureLine, ...]:
    """Each measure that has a figure for a month that had ended by the day."""
    readings: dict[int, dict[date, Reading]] = defaultdict(dict)
    ended = months_after(on.replace(day=1), -1)
    for reading in Reading.objects.filter(measure__theme__plan=plan, period_on__lte=ended).select_related("measure"):
        readings[reading.measure_id][reading.period_on] = reading
    return tuple(_line(measure, readings[measure.pk]) for measure in _measures(plan) if readings[measure.pk])


def _measures(plan: Plan) -> list[Measure]:
    return list(Measure.objects.filter(theme__plan=plan).order_by("theme__number", "position"))


def _line(measure: Measure, readings: dict[date, Reading]) -> MeasureLine:
    latest = readings[max(readings)]
    before = readings.get(months_after(latest.period_on, -12))
    return MeasureLine(
        name=measure.name, slug=measure.slug, period_on=latest.period_on, latest=_printed(latest),
        before=_printed(before) if before else "Not kept", target=_target(measure),
        direction=_direction(measure, latest, before), is_met=_is_met(measure, latest),
        is_provisional=latest.provisional,
    )  # fmt: skip


def _printed(reading: Reading) -> str:
    if _is_small(reading):
        return NOT_GIVEN
    return figure_of(reading.value, reading.measure.unit)


def _is_small(reading: Reading) -> bool:
    if reading.measure.unit != Measure.Unit.PERCENT or reading.denominator is None:
        return False
    rest = reading.denominator - reading.numerator
    return reading.denominator < SMALLEST_BASE or 0 < reading.numerator < FEWEST or 0 < rest < FEWEST


def figure_of(number: float, unit: str) -> str:
    """62.5%, 14 days, 17.2: a decimal place only where there is one."""
    plain = f"{number:.1f}".removesuffix(".0")
    return f"{plain}%" if unit == Measure.Unit.PERCENT else f"{plain} days" if unit == Measure.Unit.DAYS else plain


def _target(measure: Measure) -> str:
    side = "or more" if measure.better == Measure.Better.HIGHER else "or less"
    return f"{figure_of(float(measure.target), measure.unit)} {side}"


def _is_met(measure: Measure, reading: Reading) -> bool:
    target = float(measure.target)
    return reading.value >= target if measure.better == Measure.Better.HIGHER else reading.value <= target


def _direction(measure: Measure, latest: Reading, before: Reading | None) -> str:
    if before is None or _is_small(before) or _is_small(latest):
        return "Not known"
    if latest.value == before.value:
        return "No change"
    rose = latest.value > before.value
    return "Better" if rose == (measure.better == Measure.Better.HIGHER) else "Worse"
