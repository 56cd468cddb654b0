"""The life of an action."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.lifecycle import (
    MOVES,
    OPEN,
    UNDELIVERED,
    Status,
    Who,
    diagram,
    objection,
    open_moves,
    transitions,
)


def test_the_life_of_an_action_is_this_and_no_other() -> None:
    told = {(move.key, leaves.value, move.arrives.value) for move in MOVES.values() for leaves in move.leaves}
    assert told == {
        ("start", "not_started", "in_progress"),
        ("deliver", "in_progress", "delivered"),
        ("send_back", "delivered", "in_progress"),
        ("close", "delivered", "closed"),
        ("withdraw", "not_started", "withdrawn"),
        ("withdraw", "in_progress", "withdrawn"),
        ("reopen", "closed", "in_progress"),
        ("reopen", "withdrawn", "in_progress"),
    }


def test_whoever_updates_starts_and_delivers_and_the_theme_lead_makes_the_other_moves() -> None:
    assert {move.key: move.made_by for move in MOVES.values()} == {
        "start": Who.UPDATER,
        "deliver": Who.UPDATER,
        "send_back": Who.THEME_LEAD,
        "close": Who.THEME_LEAD,
        "withdraw": Who.THEME_LEAD,
        "reopen": Who.THEME_LEAD,
    }


def test_the_table_is_keyed_by_its_own_keys_and_nobody_can_add_to_it() -> None:
    assert {key: move.key for key, move in MOVES.items()} == {key: key for key in MOVES}
    with pytest.raises(TypeError):
        MOVES["forget"] = MOVES["close"]  # type: ignore[index]


def test_the_four_moves_of_a_theme_lead_need_a_reason() -> None:
    needing = {
        move.key
        for move in MOVES.values()
        for status in move.leaves
        if objection(status, move, reason=" \n", rung="sustained")
    }
    assert needing == {"send_back", "close", "withdraw", "reopen"}
    assert objection("delivered", MOVES["send_back"], reason="") == (
        "Say why the action is being sent back: the board will read it in the action’s history."
    )


def test_a_closed_action_cannot_be_started_again() -> None:
    assert objection("closed", MOVES["start"], reason="It is needed again") == (
        "This action is closed, and “Start” is for one that is not started. From here it can be reopened."
    )


def test_a_refusal_names_every_way_on() -> None:
    assert objection("in_progress", MOVES["reopen"], reason="why") == (
        "This action is in progress, and “Reopen” is for one that is closed or withdrawn. From here it can "
        "be delivered or withdrawn."
    )


@pytest.mark.parametrize("rung", ["none", "evidenced"])
def test_an_action_is_not_closed_before_its_evidence_is_verified(rung: str) -> None:
    assert objection("delivered", MOVES["close"], reason="Done", rung=rung) == (
        "An action is closed only once its evidence is verified. Ask the theme lead or a director who "
        "neither leads nor updates this action to verify it."
    )


@pytest.mark.parametrize("rung", ["verified", "impact_shown", "sustained"])
def test_a_delivered_and_verified_action_can_be_closed(rung: str) -> None:
    assert objection("delivered", MOVES["close"], reason="Audited twice", rung=rung) is None


def test_only_closing_asks_for_a_rung() -> None:
    assert [move.key for move in MOVES.values() if move.needs_rung] == ["close"]


@given(st.sampled_from(Status), st.sampled_from(sorted(MOVES)))
def test_a_move_is_offered_exactly_where_the_rule_allows_it(status: Status, key: str) -> None:
    allowed = objection(status, MOVES[key], reason="because", rung="sustained") is None
    assert allowed == (MOVES[key] in open_moves(status))


def test_the_database_is_told_every_step_of_the_table_and_no_other() -> None:
    assert transitions() == {(status.value, move.arrives.value) for status in Status for move in open_moves(status)}
    assert len(transitions()) == 8


def test_nobody_is_ever_stuck() -> None:
    assert {status: [move.key for move in open_moves(status)] for status in Status} == {
        Status.NOT_STARTED: ["start", "withdraw"],
        Status.IN_PROGRESS: ["deliver", "withdraw"],
        Status.DELIVERED: ["send_back", "close"],
        Status.CLOSED: ["reopen"],
        Status.WITHDRAWN: ["reopen"],
    }


def test_a_delivered_action_is_still_open_until_somebody_agrees() -> None:
    kept_apart = {status for status in Status if status not in OPEN}
    assert (OPEN - UNDELIVERED, kept_apart) == (
        frozenset({Status.DELIVERED}),
        {Status.CLOSED, Status.WITHDRAWN},
    )


def test_the_diagram_is_drawn_from_the_table() -> None:
    assert diagram().splitlines() == [
        "stateDiagram-v2",
        "    not_started: Not started",
        "    in_progress: In progress",
        "    delivered: Delivered",
        "    closed: Closed",
        "    withdrawn: Withdrawn",
        "    [*] --> not_started",
        "    not_started --> in_progress: Start",
        "    in_progress --> delivered: Deliver",
        "    delivered --> in_progress: Send back",
        "    delivered --> closed: Close",
        "    not_started --> withdrawn: Withdraw",
        "    in_progress --> withdrawn: Withdraw",
        "    closed --> in_progress: Reopen",
        "    withdrawn --> in_progress: Reopen",
    ]
