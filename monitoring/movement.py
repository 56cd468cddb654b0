"""How the open actions of one day became those of another, and the sentences that say so."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

from improvement.lifecycle import OPEN, Status
from improvement.timing import counted, joined, written
from monitoring.scheme import Delivery

# The plan on one day: each action's id with its status and its delivery rating.
Plan = Mapping[int, tuple[str, str | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Each number as the very actions that it counts, so that every one of them can be opened.

    opening + new + reopened − closed − withdrawn − removed = closing, whatever happened in between.
    """

    from_on: date
    to_on: date
    opening: frozenset[int]
    new: frozenset[int]
    reopened: frozenset[int]
    closed: frozenset[int]
    withdrawn: frozenset[int]
    removed: frozenset[int]
    closing: frozenset[int]
    turned_red: frozenset[int]
    no_longer_red: frozenset[int]


def movement(opening: Plan, closing: Plan, *, from_on: date, to_on: date) -> Movement:
    """Compare the plan on two days; what a day's mapping does not hold was not in the plan that day."""
    before, after = _with_status(opening, OPEN), _with_status(closing, OPEN)
    added = frozenset(closing.keys() - opening.keys())
    # An action added and closed between the two days is both new and closed, or nobody would hear of it.
    gone = (before | added) - after
    red_before, red_after = _red(opening), _red(closing)
    return Movement(
        from_on=from_on,
        to_on=to_on,
        opening=before,
        new=added,
        reopened=after - before - added,
        closed=gone & _with_status(closing, {Status.CLOSED}),
        withdrawn=gone & _with_status(closing, {Status.WITHDRAWN}),
        removed=before - closing.keys(),
        closing=after,
        turned_red=red_after - red_before,
        no_longer_red=red_before - red_after,
    )


def sentence(moved: Movement) -> str:
    """A first draft of why the number of open actions is what it is."""
    opened, closing = len(moved.opening), len(moved.closing)
    actions = counted(opened, "action") if opened else "No action"
    start = f"{actions} {_was(opened)} open on {written(moved.from_on)}"
    if steps := _steps(moved):
        end = f"{closing:,}" if closing else "none"
        return f"{start}; since then {joined(steps)}, so {end} {_was(closing)} open on {written(moved.to_on)}."
    return f"{start}, and {_the_same(opened)} on {written(moved.to_on)}."


def red_sentence(moved: Movement, *, red: str = "red") -> str:
    """A first draft of which way the red ones have moved, in the council's word for red."""
    turned, left = len(moved.turned_red), len(moved.no_longer_red)
    if not turned and not left:
        return f"No action has turned {red}, and none that was {red} has stopped being so."
    steps = []
    if turned:
        steps.append(f"{counted(turned, 'action')} {_has(turned)} turned {red}")
    if left:
        steps.append(f"{counted(left, 'action')} that {_was(left)} {red} no longer {'is' if left == 1 else 'are'}")
    return f"{joined(steps)}."


def _steps(moved: Movement) -> list[str]:
    numbers = {
        "added": len(moved.new),
        "reopened": len(moved.reopened),
        "closed": len(moved.closed),
        "withdrawn": len(moved.withdrawn),
        "taken out of the plan": len(moved.removed),
    }
    steps = [(n, verb) for verb, n in numbers.items() if n]
    # The helping verb is said once, with the first number: "3 have been added, 1 closed".
    return [f"{n:,} {_has(n)} been {verb}" for n, verb in steps[:1]] + [f"{n:,} {verb}" for n, verb in steps[1:]]


def _with_status(plan: Plan, statuses: Set[str]) -> frozenset[int]:
    return frozenset(action for action, (status, _) in plan.items() if status in statuses)


def _red(plan: Plan) -> frozenset[int]:
    return frozenset(action for action, (_, delivery) in plan.items() if delivery == Delivery.RED)


def _the_same(n: int) -> str:
    return {0: "none", 1: "the same one"}.get(n, f"the same {n:,}")


def _was(n: int) -> str:
    return "were" if n > 1 else "was"


def _has(n: int) -> str:
    return "have" if n > 1 else "has"
