"""The ladder of impact."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.lifecycle import VERIFIED_OR_HIGHER
from monitoring.climbing import Climb, climb_objection, sustained_from
from monitoring.ladder import ACCEPTED, Rung

TODAY = date(2026, 3, 2)
VERIFYING = Climb(current="evidenced", to="verified", on=TODAY, kind="audit", evidence_dated_on=date(2026, 2, 20))
SUSTAINING = Climb(
    current="impact_shown",
    to="sustained",
    on=TODAY,
    kind="data",
    evidence_dated_on=date(2026, 2, 20),
    impact_shown_on=date(2025, 11, 28),
)


def test_the_rungs_rise_in_this_order() -> None:
    assert [(rung.value, rung.label, rung.height) for rung in Rung] == [
        ("none", "None", 0),
        ("evidenced", "Evidenced", 1),
        ("verified", "Verified", 2),
        ("impact_shown", "Impact shown", 3),
        ("sustained", "Sustained", 4),
    ]


def test_every_rung_says_what_it_means() -> None:
    assert [rung.meaning[-1] for rung in Rung] == ["."] * 5
    assert len({rung.meaning for rung in Rung}) == 5


def test_an_action_closes_from_the_rung_verified_upwards() -> None:
    assert {rung.value for rung in Rung if rung.height >= Rung.VERIFIED.height} == VERIFIED_OR_HIGHER


def test_every_rung_above_the_ground_accepts_some_kind_of_evidence() -> None:
    assert {rung: bool(ACCEPTED.get(rung)) for rung in Rung} == {rung: rung is not Rung.NONE for rung in Rung}


def test_a_second_person_verifies_dated_evidence() -> None:
    assert climb_objection(VERIFYING) is None


@pytest.mark.parametrize(
    ("current", "to"),
    [("evidenced", "verified"), ("verified", "impact_shown"), ("impact_shown", "sustained")],
)
def test_nobody_judges_the_evidence_of_an_action_that_they_lead_or_update(current: str, to: str) -> None:
    climb = replace(SUSTAINING, current=current, to=to, by_leads_or_updates=True)
    assert climb_objection(climb) == (
        "You lead or update this action, so you cannot judge its evidence. Ask a theme lead or director "
        "who does neither."
    )


def test_whoever_leads_an_action_may_put_evidence_forward() -> None:
    assert climb_objection(replace(VERIFYING, current="none", to="evidenced", by_leads_or_updates=True)) is None


def test_the_ladder_is_climbed_one_rung_at_a_time() -> None:
    assert climb_objection(replace(VERIFYING, current="none", to="impact_shown")) == (
        "“Impact shown” is more than one rung above “None”. Take “Evidenced” first, with its own evidence."
    )


def test_a_rung_already_held_is_not_climbed_again() -> None:
    assert climb_objection(replace(VERIFYING, to="evidenced")) == (
        "The impact is already “Evidenced”. Choose another rung."
    )


@pytest.mark.parametrize(
    ("dated_on", "objection"),
    [
        (None, "“Verified” needs evidence with a date of its own. Add it, or choose an item already there."),
        (date(2026, 3, 3), "3 March 2026, the date of the evidence, is still to come. Correct it."),
        (TODAY, None),
    ],
)
def test_a_rung_needs_evidence_dated_today_or_earlier(dated_on: date | None, objection: str | None) -> None:
    assert climb_objection(replace(VERIFYING, evidence_dated_on=dated_on)) == objection


def test_impact_is_shown_by_a_measure_or_an_audit_and_not_by_word_of_mouth() -> None:
    assert climb_objection(replace(VERIFYING, current="verified", to="impact_shown", kind="staff")) == (
        "Evidence of this kind cannot show “Impact shown”. Choose an item of another kind: audit or data."
    )


def test_a_council_may_accept_other_kinds() -> None:
    ours = {**ACCEPTED, Rung.IMPACT_SHOWN: frozenset({"childs_voice"})}
    climb = replace(VERIFYING, current="verified", to="impact_shown", kind="childs_voice")
    assert climb_objection(climb, accepted_kinds=ours) is None
    assert climb_objection(replace(climb, kind="data"), accepted_kinds=ours) == (
        "Evidence of this kind cannot show “Impact shown”. Choose an item of another kind: childs voice."
    )


def test_impact_is_sustained_two_board_cycles_after_it_was_shown() -> None:
    assert sustained_from(date(2025, 11, 28), cycles=2, cycle_days=42) == date(2026, 2, 20)
    assert climb_objection(SUSTAINING) is None
    assert climb_objection(replace(SUSTAINING, evidence_dated_on=date(2026, 2, 19))) == (
        "The impact was shown on 28 November 2025. To show that it has lasted for 2 board cycles, choose "
        "evidence dated 20 February 2026 or later."
    )


def test_impact_cannot_be_sustained_from_an_unknown_day() -> None:
    assert climb_objection(replace(SUSTAINING, impact_shown_on=None)) == (
        "It is not recorded when the impact was shown. Record that rung first."
    )


def test_falling_back_needs_a_reason_and_nothing_else() -> None:
    fall = Climb(current="sustained", to="evidenced", on=TODAY, by_leads_or_updates=True)
    assert climb_objection(fall) == (
        "Say why the impact falls back to “Evidenced”: what was shown before no longer holds."
    )
    assert climb_objection(replace(fall, reason="The last two audits found drift")) is None


@given(st.sampled_from(Rung), st.sampled_from(Rung), st.booleans())
def test_without_evidence_or_reason_nobody_moves_on_the_ladder(current: Rung, to: Rung, mine: bool) -> None:
    climb = Climb(current=current, to=to, on=TODAY, by_leads_or_updates=mine)
    assert climb_objection(climb) is not None
