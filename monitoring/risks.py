"""How a risk is scored: likelihood by impact, the level that makes, and which way it has gone since the last time."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from django.db.models import TextChoices

from improvement.timing import written

LIKELIHOODS = {1: "Rare", 2: "Unlikely", 3: "Possible", 4: "Likely", 5: "Almost certain"}
IMPACTS = {1: "Slight", 2: "Minor", 3: "Moderate", 4: "Major", 5: "Severe"}
WORST = 25


class Level(TextChoices):
    """What a score comes to, the least first."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    VERY_HIGH = "very_high", "Very high"


class Direction(TextChoices):
    """Which way a score has gone since the assessment before; never typed."""

    RISING = "rising", "Rising"
    FALLING = "falling", "Falling"
    STEADY = "steady", "Steady"
    NEW = "new", "New"


SPANS: Mapping[Level, tuple[int, int]] = MappingProxyType(
    {Level.LOW: (1, 4), Level.MEDIUM: (5, 9), Level.HIGH: (10, 15), Level.VERY_HIGH: (16, 25)}
)
"""The least and the greatest score of each level."""
PRESSING = (Level.HIGH, Level.VERY_HIGH)
"""The levels that a committee is told of by number."""


def score(likelihood: int, impact: int) -> int:
    """From 1 to 25."""
    return likelihood * impact


def level(scored: int) -> Level:
    """Whose span the score lies in."""
    return next(of for of, (least, most) in SPANS.items() if least <= scored <= most)


def span(of: Level) -> tuple[int, int]:
    """The least and the greatest score of a level."""
    return SPANS[of]


def direction(scored: int, *, before: int | None) -> Direction:
    """Which way the score went from the one before; the first has none before it."""
    if before is None:
        return Direction.NEW
    if scored == before:
        return Direction.STEADY
    return Direction.RISING if scored > before else Direction.FALLING


def review_overdue(review_on: date, *, on: date) -> bool:
    """Whether the risk should have been looked at again by now: not yet on the day itself."""
    return review_on < on


def said(scored: int, *, before: int | None) -> str:
    """The score in words, as the middle of a sentence: 16 (very high), up from 12."""
    now = f"{scored} ({level(scored).label.lower()})"
    if before is None:
        return now
    return {
        Direction.RISING: f"{now}, up from {before}",
        Direction.FALLING: f"{now}, down from {before}",
    }.get(direction(scored, before=before), f"{now}, as before")


def assessment_objection(
    *, likelihood: int, impact: int, mitigation: str, review_on: date, on: date, target: int | None = None
) -> str | None:
    """Why this cannot be the assessment of a day, or None if it can."""
    if likelihood not in LIKELIHOODS or impact not in IMPACTS:
        return "Score likelihood and impact from 1 to 5."
    if not mitigation.strip():
        return "Say what is being done about it: the committee reads it beside the score."
    if review_on <= on:
        return f"Give a day after {written(on)} by which it will be looked at again."
    if target is not None and not 1 <= target <= score(likelihood, impact):
        return f"The target is what the score should come down to: from 1 to {score(likelihood, impact)}."
    return None
