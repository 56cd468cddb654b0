"""What one rating scheme changed of another, each change in words that a councillor can read."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from improvement.timing import counted
from monitoring.scheme import WORST_FIRST, Scheme


def _days(n: int) -> str:
    return counted(n, "day")


def _cycles(n: int) -> str:
    return counted(n, "board cycle")


def _asked(n: int) -> str:
    return f"{_days(n)} before the due date" if n else "not asked for"


_SAID: Mapping[str, tuple[str, Callable[[Any], str]]] = MappingProxyType(
    {
        "cycle_days": ("a board cycle", _days),
        "stale_cycles_amber": ("silence before {amber}", _cycles),
        "stale_cycles_red": ("silence before {red}", _cycles),
        "milestone_grace_working_days": ("the grace of a milestone", lambda n: counted(n, "working day")),
        "due_soon_days": ("due soon", _days),
        "evidence_days": ("evidence", _asked),
        "sustained_cycles": ("sustained impact", _cycles),
        "unrated": ("the word for “not rated”", lambda word: f"“{word}”"),
    }
    | {rating.value: (f"the name of {rating.label.lower()}", lambda word: f"“{word}”") for rating in WORST_FIRST}
    | {
        f"{rating.value}_meaning": (
            f"the meaning of {{{rating.value}}}",
            lambda words: f"“{words}”" if words else "what the thresholds say",
        )
        for rating in WORST_FIRST
    }
    | {f"{rating.value}_colour": (f"the colour of {{{rating.value}}}", str) for rating in WORST_FIRST}
)


def differing(before: Scheme, after: Scheme) -> dict[str, tuple[Any, Any]]:
    """By field, what it was and what it is."""
    return {
        field.name: (getattr(before, field.name), getattr(after, field.name))
        for field in fields(Scheme)
        if getattr(before, field.name) != getattr(after, field.name)
    }


def changes(before: Scheme, after: Scheme) -> tuple[str, ...]:
    """A clause for each: “due soon from 14 days to 21 days”."""
    return tuple(_clause(field, was, now, scheme=after) for field, (was, now) in differing(before, after).items())


def _clause(field: str, was: Any, now: Any, *, scheme: Scheme) -> str:
    what, worded = _SAID[field]
    names = {rating.value: scheme.name(rating) for rating in WORST_FIRST}
    return f"{what.format(**names)} from {worded(was)} to {worded(now)}"


def merged(mine: Scheme, *, opened: Scheme, now: Scheme) -> Scheme:
    """What somebody changed of the scheme that they opened, laid over what others have made of it since."""
    return replace(now, **{field: wanted for field, (_, wanted) in differing(opened, mine).items()})
