"""What holds of the rating rule whatever the action, the scheme and the day."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from monitoring.rating import (
    Delivery,
    Facts,
    Scheme,
    rate,
    spans,
    turning_days,
)
from tests.monitoring.facts import CALENDAR, any_facts, any_scheme, near, rated


@given(any_facts, any_scheme, near, st.integers(0, 500))
def test_on_every_day_the_span_that_covers_it_says_what_the_rule_says(
    facts: Facts, scheme: Scheme, since: date, later: int
) -> None:
    day = since + timedelta(days=later)
    told = spans(facts, since=since, scheme=scheme, calendar=CALENDAR)
    covering = [span.rating for span in told if span.from_on <= day and (span.to_on is None or day < span.to_on)]
    assert covering == [rate(facts, on=day, scheme=scheme, calendar=CALENDAR)]


@given(any_facts, any_scheme, near)
def test_spans_lie_end_to_end_for_ever_and_neighbours_differ(facts: Facts, scheme: Scheme, since: date) -> None:
    told = spans(facts, since=since, scheme=scheme, calendar=CALENDAR)
    assert [span.to_on for span in told] == [*(span.from_on for span in told[1:]), None]
    assert told[0].from_on == since
    assert all(one.rating != other.rating for one, other in pairwise(told))


@given(any_facts, any_scheme, near)
def test_nothing_changes_on_a_day_that_is_not_a_turning_day(facts: Facts, scheme: Scheme, after: date) -> None:
    turns = turning_days(facts, after=after, scheme=scheme, calendar=CALENDAR)
    before = rate(facts, on=after, scheme=scheme, calendar=CALENDAR)
    changed = []
    for n in range(1, 330):
        day = after + timedelta(days=n)
        now = rate(facts, on=day, scheme=scheme, calendar=CALENDAR)
        if now != before:
            changed.append(day)
        before = now
    assert set(changed) <= set(turns)


@given(any_facts, near)
def test_a_stale_action_is_green_only_by_a_named_override(facts: Facts, on: date) -> None:
    told = rated(facts, on)
    assert not (told.stale and told.delivery == Delivery.GREEN and not told.overridden)


@given(any_facts, any_scheme, near)
def test_every_rating_gives_one_sentence_that_opens_with_its_name(facts: Facts, scheme: Scheme, on: date) -> None:
    told = rate(facts, on=on, scheme=scheme, calendar=CALENDAR)
    name = scheme.name(told.delivery or "")
    assert (told.because.startswith(f"{name}: "), told.because.endswith("."), "  " in told.because) == (
        True,
        True,
        False,
    )
