"""The ladder of impact."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.lifecycle import VERIFIED_OR_HIGHER
from monitoring.climbing import Climb, climb_objection, next_needs, sustained_from
from monitoring.ladder import ACCEPTED, FALLS, STEPS, UPS, Rung, Who, made_by, offered_from

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


def test_the_ladder_is_this_and_no_other() -> None:
    assert {
        (leaves.value, to.value, step.made_by.value, step.needs_reason) for (leaves, to), step in STEPS.items()
    } == {
        ("none", "evidenced", "updater", False),
        ("evidenced", "verified", "judge", False),
        ("verified", "impact_shown", "judge", False),
        ("impact_shown", "sustained", "judge", False),
        ("evidenced", "none", "updater", True),
        ("verified", "none", "updater", True),
        ("verified", "evidenced", "updater", True),
        ("impact_shown", "none", "updater", True),
        ("impact_shown", "evidenced", "updater", True),
        ("impact_shown", "verified", "updater", True),
        ("sustained", "none", "updater", True),
        ("sustained", "evidenced", "updater", True),
        ("sustained", "verified", "updater", True),
        ("sustained", "impact_shown", "updater", True),
    }


def test_every_step_up_accepts_evidence_and_every_fall_needs_a_reason() -> None:
    assert [(bool(step.accepts), step.needs_reason) for step in UPS] == [(True, False)] * 4
    assert [(bool(step.accepts), step.needs_reason) for step in FALLS] == [(False, True)] * 4
    assert [step.arrives for step in UPS if step.must_last] == [Rung.SUSTAINED]


def test_nobody_can_add_to_the_table() -> None:
    with pytest.raises(TypeError):
        STEPS[Rung.NONE, Rung.SUSTAINED] = UPS[0]  # type: ignore[index]


@pytest.mark.parametrize("current", Rung)
def test_from_each_rung_the_next_and_all_below_are_offered(current: Rung) -> None:
    rungs = list(Rung)
    assert offered_from(current) == (
        *rungs[current.height + 1 : current.height + 2],
        *rungs[: current.height],
    )


@pytest.mark.parametrize(
    ("current", "to", "who"),
    [
        ("none", "evidenced", Who.UPDATER),
        ("evidenced", "verified", Who.JUDGE),
        ("sustained", "none", Who.UPDATER),
        ("verified", "verified", Who.UPDATER),
        ("none", "sustained", Who.JUDGE),
    ],
)
def test_whoever_updates_puts_forward_and_takes_back_and_others_judge(current: str, to: str, who: Who) -> None:
    assert made_by(Rung(current), Rung(to)) == who


def test_a_rung_is_recorded_after_the_one_before_it() -> None:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert climb_objection(replace(VERIFYING, at=at, current_since=at)) is None
    assert climb_objection(replace(VERIFYING, at=at, current_since=at + timedelta(seconds=1))) == (
        "“Evidenced” was recorded later than that, on 2 March 2026. Record each rung after the one before it."
    )


def test_an_action_is_not_judged_on_another_actions_evidence() -> None:
    assert climb_objection(replace(VERIFYING, evidence_is_of_another=True)) == (
        "That evidence is another action’s. Add this action’s own, or choose an item already there."
    )


@pytest.mark.parametrize(
    ("current", "shown_on", "needs"),
    [
        ("none", None, "Next: evidenced. Whoever may update the action records it on evidence with a date of its own."),
        (
            "evidenced",
            None,
            "Next: verified. A theme lead or director who neither leads nor updates it records it on evidence with a "
            "date of its own.",
        ),
        (
            "verified",
            None,
            "Next: impact shown. A theme lead or director who neither leads nor updates it records it on evidence "
            "(audit or data) with a date of its own.",
        ),
        (
            "impact_shown",
            date(2025, 11, 28),
            "Next: sustained. A theme lead or director who neither leads nor updates it records it on evidence "
            "(audit or data) dated 20 February 2026 or later.",
        ),
        ("sustained", date(2025, 11, 28), ""),
    ],
)
def test_each_rung_says_what_the_next_one_needs(current: str, shown_on: date | None, needs: str) -> None:
    assert next_needs(Rung(current), impact_shown_on=shown_on) == needs


climbs = st.builds(
    Climb,
    current=st.just("none"),
    to=st.sampled_from(Rung),
    on=st.just(TODAY),
    kind=st.sampled_from(["", "audit", "data", "staff"]),
    evidence_dated_on=st.sampled_from([None, TODAY, TODAY + timedelta(days=1)]),
    evidence_is_of_another=st.booleans(),
    by_leads_or_updates=st.booleans(),
    impact_shown_on=st.sampled_from([None, TODAY - timedelta(days=84)]),
    reason=st.sampled_from(["", " ", "The sample was too small."]),
)


@given(st.lists(climbs, max_size=30))
def test_no_rung_is_reached_but_from_the_one_below_and_none_is_lost_without_a_reason(asked: list[Climb]) -> None:
    current = Rung.NONE
    reached: list[tuple[Rung, Climb]] = [(current, Climb(current=current, to=current, on=TODAY))]
    for climb in asked:
        if climb_objection(replace(climb, current=current)) is None:
            current = Rung(climb.to)
            reached.append((current, climb))
    for (before, _), (after, climb) in pairwise(reached):
        fell = after.height < before.height
        assert fell or after.height == before.height + 1
        assert bool(climb.reason.strip()) if fell else climb.evidence_dated_on == TODAY
        assert fell or after == Rung.EVIDENCED or not climb.by_leads_or_updates
    for n, (rung, _) in enumerate(reached):
        passed = {earlier for earlier, _ in reached[:n]}
        assert {lower for lower in Rung if lower.height < rung.height} <= passed
