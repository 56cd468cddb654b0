"""When a session has lasted long enough: half an hour without a word, or twelve hours in all."""

from datetime import datetime, timedelta

IDLE = timedelta(minutes=30)
DAY = timedelta(hours=12)
NOTED = timedelta(minutes=1)
"""How often it is written down that somebody is still there: not at every page, since that would be a write at each."""


def ended(since: datetime, seen: datetime, now: datetime) -> str | None:
    """Why a session that began then, and in which somebody was last seen then, has ended; or None if it goes on."""
    if now - since >= DAY:
        return "You were signed out because you had been signed in for 12 hours. Sign in again to go on."
    if now - seen >= IDLE:
        return "You were signed out because nothing had happened for 30 minutes. Sign in again to go on."
    return None


def is_to_be_noted(seen: datetime, now: datetime) -> bool:
    """Whether it is time to write down again that somebody is there."""
    return now - seen >= NOTED
