"""The measures that the board watches, and their readings, as far as the reader may see them."""

from typing import Any

from improvement.models import Plan
from monitoring.models import Measure, Reading


def measures_of(plan: Plan | None, *, among: frozenset[str] | None) -> Any:
    """The plan's measures, of some themes or of all, as the plan numbers its themes."""
    ours = Measure.objects.filter(theme__plan=plan).select_related("theme")
    return ours if among is None else ours.filter(theme__slug__in=among)


def readings_of(measure: Measure) -> Any:
    """Every reading, the latest first."""
    return Reading.objects.filter(measure=measure).select_related("measure").order_by("-period_on")
