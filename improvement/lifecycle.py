"""The life of an action: its statuses, the six moves between them, and what each move asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import TextChoices


class Status(TextChoices):
    """A place in the life of an action; how well it goes is its rating, which is another thing."""

    NOT_STARTED = "not_started", "Not started"
    IN_PROGRESS = "in_progress", "In progress"
    DELIVERED = "delivered", "Delivered"
    CLOSED = "closed", "Closed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Who(TextChoices):
    """Whose move it is; who that is for one action is asked at the door."""

    UPDATER = "updater", "the action’s lead or the officer who updates it"
    THEME_LEAD = "theme_lead", "the theme lead"


UNDELIVERED = frozenset({Status.NOT_STARTED, Status.IN_PROGRESS})
# Delivered is still open: its lead says the promise has been kept, and nobody has yet agreed.
OPEN = UNDELIVERED | {Status.DELIVERED}
# The rungs of monitoring.ladder from verified upwards; a test there holds the two together.
VERIFIED_OR_HIGHER = frozenset({"verified", "impact_shown", "sustained"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One named step in the life of an action."""

    key: str
    label: str
    verb_past: str
    leaves: frozenset[Status]
    arrives: Status
    made_by: Who
    needs_reason: bool = False
    needs_rung: frozenset[str] = frozenset()


def _table(*moves: Move) -> Mapping[str, Move]:
    return MappingProxyType({move.key: move for move in moves})


MOVES = _table(
    Move(
        key="start",
        label="Start",
        verb_past="started",
        leaves=frozenset({Status.NOT_STARTED}),
        arrives=Status.IN_PROGRESS,
        made_by=Who.UPDATER,
    ),
    Move(
        key="deliver",
        label="Deliver",
        verb_past="delivered",
        leaves=frozenset({Status.IN_PROGRESS}),
        arrives=Status.DELIVERED,
        made_by=Who.UPDATER,
    ),
    Move(
        key="send_back",
        label="Send back",
        verb_past="sent back",
        leaves=frozenset({Status.DELIVERED}),
        arrives=Status.IN_PROGRESS,
        made_by=Who.THEME_LEAD,
        needs_reason=True,
    ),
    Move(
        key="close",
        label="Close",
        verb_past="closed",
        leaves=frozenset({Status.DELIVERED}),
        arrives=Status.CLOSED,
        made_by=Who.THEME_LEAD,
        needs_reason=True,
        needs_rung=VERIFIED_OR_HIGHER,
    ),
    Move(
        key="withdraw",
        label="Withdraw",
        verb_past="withdrawn",
        leaves=frozenset({Status.NOT_STARTED, Status.IN_PROGRESS}),
        arrives=Status.WITHDRAWN,
        made_by=Who.THEME_LEAD,
        needs_reason=True,
    ),
    Move(
        key="reopen",
        label="Reopen",
        verb_past="reopened",
        leaves=frozenset({Status.CLOSED, Status.WITHDRAWN}),
        arrives=Status.IN_PROGRESS,
        made_by=Who.THEME_LEAD,
        needs_reason=True,
    ),
)


def objection(status: str, move: Move, *, reason: str, rung: str = "none") -> str | None:
    """One sentence or two that say why the move cannot be made and what can be done instead, or None."""
    if status not in move.leaves:
        return (
            f"This action is {_said(status)}, and “{move.label}” is for one that is {_either(move.leaves)}. "
            f"From here it can {_ways_on(status)}."
        )
    if move.needs_rung and rung not in move.needs_rung:
        return (
            f"An action is {move.verb_past} only once its evidence is verified. "
            "Ask the theme lead or a director who neither leads nor updates this action to verify it."
        )
    if move.needs_reason and not reason.strip():
        return f"Say why the action is being {move.verb_past}: the board will read it in the action’s history."
    return None


def open_moves(status: str) -> tuple[Move, ...]:
    """The moves that leave this status, in the order of the table."""
    return tuple(move for move in MOVES.values() if status in move.leaves)


def transitions() -> set[tuple[str, str]]:
    """Every step from status to status that the table allows, for the database to hold everyone to."""
    return {(leaves.value, move.arrives.value) for move in MOVES.values() for leaves in move.leaves}


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    names = [f"    {status.value}: {status.label}" for status in Status]
    steps = [
        f"    {leaves.value} --> {move.arrives.value}: {move.label}"
        for move in MOVES.values()
        for leaves in Status
        if leaves in move.leaves
    ]
    start = f"    [*] --> {Status.NOT_STARTED.value}"
    return "\n".join(["stateDiagram-v2", *names, start, *steps, ""])


def _said(status: str) -> str:
    return str(Status(status).label).lower()


def _either(statuses: frozenset[Status]) -> str:
    return " or ".join(_said(status) for status in Status if status in statuses)


def _ways_on(status: str) -> str:
    return "be " + " or ".join(move.verb_past for move in open_moves(status))
