"""What the council says to a finding: accepted, accepted in part or declined, why, and until when that holds (B12)."""

from datetime import date

from django.db.models import TextChoices

from people.days import written


class Reply(TextChoices):
    """What is said; that an action answers a finding is another thing."""

    ACCEPTED = "accepted", "Accepted"
    PART = "part", "Accepted in part"
    DECLINED = "declined", "Declined"


QUALIFIED = frozenset({Reply.PART, Reply.DECLINED})
"""Replies that leave something undone, and so must be looked at again."""
MOST_YEARS = 3


def objection(reply: str, *, reason: str, until_on: date | None, on: date) -> str | None:
    """Why the reply cannot be given, or None if it can."""
    said = Reply(reply)
    if said in QUALIFIED and not reason.strip():
        return f"Say why it is {said.label.lower()}: inspectors and the board will ask."
    if said in QUALIFIED and until_on is None:
        return f"Say until when it is {said.label.lower()}. After that day it is to be looked at again."
    if until_on and until_on <= on:
        return f"{written(until_on)} is not to come any more. Choose a later day, on which it is looked at again."
    if until_on and until_on.year > on.year + MOST_YEARS:
        return f"Choose a day within {MOST_YEARS} years, so that somebody looks at it again."
    return None


def holds(until_on: date | None, *, on: date) -> bool:
    """Whether the reply is in force on the day; its last day is within it."""
    return until_on is None or on <= until_on


def is_declined(reply: str, *, until_on: date | None, on: date) -> bool:
    """Whether a recorded reason stands in an action's place on the day (R7)."""
    return reply == Reply.DECLINED and holds(until_on, on=on)


def sentence(reply: str, *, until_on: date | None, on: date) -> str:
    """The reply as a page prints it."""
    label = Reply(reply).label
    if until_on is None:
        return f"{label}."
    if holds(until_on, on=on):
        return f"{label} until {written(until_on)}."
    return f"{label} until {written(until_on)}, which has passed. It is to be looked at again."
