"""The council's own scheme: what it may be, what its key says, and what one changed of another."""

import re
from dataclasses import fields, replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from improvement.lifecycle import UNDELIVERED
from monitoring.colours import ENOUGH, ENOUGH_OF_A_SHAPE, Shades, colour_objection, contrast, shades
from monitoring.rating import Delivery, Facts, Scheme, rate, spans, turning_days
from monitoring.scheme import Entry, objections
from monitoring.scheme_changes import changes, differing, merged
from tests.monitoring.facts import CALENDAR, any_facts, any_scheme, near

colours = st.from_regex(r"\A#[0-9a-f]{6}\Z")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_what_wcag_says_it_is(one: str, other: str, expected: float) -> None:
    assert round(contrast(one, other), 2) == round(contrast(other, one), 2) == expected


@pytest.mark.parametrize("colour", ["#a51d17", "#f3b23c", "#19653b", "#23548f", "#FFFFFF", "#000000"])
def test_a_colour_on_which_words_are_read_well_may_be_a_rating_s(colour: str) -> None:
    assert colour_objection(colour) is None


@pytest.mark.parametrize("colour", ["", "red", "#a51", "a51d17", "#a51d17;", "#g51d17", "#a51d17\n"])
def test_a_colour_is_given_as_six_digits(colour: str) -> None:
    assert colour_objection(colour) == "Give the colour as # and six digits or letters from a to f, like #a51d17."


def test_a_colour_on_which_no_words_are_read_well_is_refused() -> None:
    assert colour_objection("#7e7e7e") == (
        "Words on #7e7e7e would be hard to read: neither white nor dark ones reach a contrast of 4.5 to 1 "
        "(at best 4.0). Choose a darker or a lighter colour."
    )


def test_a_colour_gives_its_shades() -> None:
    assert shades("#f3b23c") == Shades(fill="#f3b23c", ink="#14212a", strong="#b6862d", soft="#fef6e8", deep="#866221")


@given(colours)
def test_whatever_a_rating_is_drawn_in_can_be_told_from_what_it_stands_on(colour: str) -> None:
    assume(colour_objection(colour) is None)
    drawn = shades(colour)
    assert contrast(drawn.fill, drawn.ink) >= ENOUGH
    assert contrast(drawn.deep, drawn.soft) >= ENOUGH
    assert contrast(drawn.strong, drawn.soft) >= ENOUGH_OF_A_SHAPE


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        (Scheme(), {}),
        (Scheme(red="Off track", stale_cycles_amber=2, stale_cycles_red=3, evidence_days=30), {}),
        (
            Scheme(cycle_days=0),
            {"cycle_days": "Give at least 1: an action that nobody speaks of is never left as it was for ever."},
        ),
        (
            Scheme(stale_cycles_red=1, red="Bad"),
            {"stale_cycles_red": "Give more than 1: an action without an update turns Amber first, and Bad after it."},
        ),
        (
            Scheme(amber=" red "),
            {"amber": "“ red ” is another rating’s name already. Choose a different one."},
        ),
        (
            Scheme(unrated=" "),
            {"unrated": "Give it a name: colour alone tells nothing to somebody who cannot see it."},
        ),
        (
            Scheme(blue_colour="#19653B"),
            {"blue_colour": "#19653b is another rating’s colour already. Choose a different one."},
        ),
        (
            Scheme(green_colour="green"),
            {"green_colour": "Give the colour as # and six digits or letters from a to f, like #a51d17."},
        ),
    ],
)
def test_a_scheme_may_not_contradict_itself(scheme: Scheme, expected: dict[str, str]) -> None:
    assert objections(scheme) == expected


def test_the_key_prints_the_council_s_own_meaning_where_it_gives_one() -> None:
    ours = Scheme(red="Off track", red_meaning="The board must act.", unrated="Withdrawn")
    assert (ours.whole_key()[0], ours.whole_key()[-1]) == (
        Entry("red", "Off track", "The board must act."),
        Entry("none", "Withdrawn", "It has been withdrawn, so nobody rates it."),
    )
    assert ours.derived("red") == Scheme().derived("red")


def test_the_key_says_how_long_before_its_end_an_action_needs_evidence() -> None:
    assert Scheme(evidence_days=21).derived("amber") == (
        "It is due within 14 days with milestones open, or is due within 21 days without any evidence, or has not "
        "started though its start date has passed, or is blocked, or there has been no update for more than "
        "1 board cycle (42 days)."
    )


def test_what_was_changed_is_told_in_words() -> None:
    before, after = Scheme(), Scheme(
        amber="At risk", due_soon_days=21, evidence_days=14, stale_cycles_amber=2, amber_meaning="Look closer.",
        amber_colour="#ffd000", unrated="Withdrawn",
    )  # fmt: skip
    assert changes(before, after) == (
        "silence before At risk from 1 board cycle to 2 board cycles",
        "due soon from 14 days to 21 days",
        "evidence from not asked for to 14 days before the due date",
        "the name of amber from “Amber” to “At risk”",
        "the word for “not rated” from “Not rated” to “Withdrawn”",
        "the meaning of At risk from what the thresholds say to “Look closer.”",
        "the colour of At risk from #f3b23c to #ffd000",
    )


@pytest.mark.parametrize("field", [field.name for field in fields(Scheme)])
def test_every_setting_has_words_for_its_change(field: str) -> None:
    before = Scheme()
    was = getattr(before, field)
    after = replace(before, **{field: was + 1 if isinstance(was, int) else f"{was}x"})
    assert [re.sub(r" from .*", "", clause) != "" for clause in changes(before, after)] == [True]


def test_what_two_people_change_at_once_is_laid_together() -> None:
    opened = Scheme()
    now, mine = replace(opened, red="Off track", due_soon_days=7), replace(opened, amber="At risk", due_soon_days=21)
    assert merged(mine, opened=opened, now=now) == Scheme(red="Off track", amber="At risk", due_soon_days=21)


@given(any_scheme, any_scheme)
def test_laying_one_s_own_changes_over_nothing_new_changes_nothing(mine: Scheme, opened: Scheme) -> None:
    assert merged(mine, opened=opened, now=opened) == mine
    assert merged(opened, opened=opened, now=mine) == mine
    assert (differing(mine, opened) == {}) == (mine == opened)


@given(any_facts, any_scheme, near)
def test_a_span_begins_only_on_a_turning_day_and_there_only_where_something_changes(
    facts: Facts, scheme: Scheme, since: date
) -> None:
    told = spans(facts, since=since, scheme=scheme, calendar=CALENDAR)
    turns = turning_days(facts, after=since, scheme=scheme, calendar=CALENDAR)
    on = [rate(facts, on=day, scheme=scheme, calendar=CALENDAR) for day in (since, *turns)]
    changed = [day for day, (before, after) in zip(turns, pairwise(on), strict=True) if before != after]
    assert [span.from_on for span in told[1:]] == changed


open_facts = st.builds(
    lambda facts, status: replace(facts, status=status, override=None), any_facts, st.sampled_from(sorted(UNDELIVERED))
)
settled = st.builds(
    lambda scheme, amber, more: replace(scheme, stale_cycles_amber=amber, stale_cycles_red=amber + more),
    any_scheme,
    st.integers(1, 3),
    st.integers(1, 3),
)


@given(open_facts, settled, near)
def test_the_key_s_words_and_the_rating_agree(facts: Facts, scheme: Scheme, on: date) -> None:
    """The key read as a rule, clause by clause, by nobody who knows the rule's own code."""
    rated = rate(facts, on=on, scheme=scheme, calendar=CALENDAR)
    assert rated.delivery == _read(scheme, facts, on)


def _read(scheme: Scheme, facts: Facts, on: date) -> Delivery:
    key = {entry.code: entry.meaning for entry in scheme.key()}
    overdue = facts.due_on is not None and facts.due_on < on
    grace = re.search(r"more than (\d+) working days? late", key["red"])
    late = any(_late(m.due_on, on, int(grace[1]) if grace else 0) for m in facts.open_milestones(on))
    if overdue or late or _silent(key["red"], facts, on):
        return Delivery.RED
    left = (facts.due_on - on).days if facts.due_on else 10**6
    soon = left <= _number(r"due within (\d+) days? with milestones", key["amber"]) and facts.open_milestones(on)
    shown = left <= _number(r"due within (\d+) days? without any evidence", key["amber"]) and not facts.evidenced
    idle = facts.status == "not_started" and facts.starts_on < on
    if soon or shown or idle or facts.blocked or _silent(key["amber"], facts, on):
        return Delivery.AMBER
    return Delivery.GREEN


def _number(pattern: str, words: str) -> int:
    found = re.search(pattern, words)
    return int(found[1]) if found else -1


def _silent(words: str, facts: Facts, on: date) -> bool:
    return (on - facts.silent_since).days > _number(r"board cycles? \((\d+) days?\)", words)


def _late(due_on: date, on: date, grace: int) -> bool:
    days = (due_on + timedelta(days=n) for n in range(1, (on - due_on).days + 1))
    worked = [day for day in days if CALENDAR.is_working_day(day)]
    return len(worked) > grace if grace else due_on < on and len(worked) > 0
