"""Actions and schemes for tests of the rating rule: a few by name, and any that hypothesis thinks of."""

from datetime import date

from hypothesis import strategies as st

from improvement.lifecycle import Status
from improvement.working_days import Calendar
from monitoring.rating import (
    Delivery,
    Facts,
    Milestone,
    Override,
    Rating,
    Scheme,
    rate,
)

CALENDAR = Calendar(frozenset({date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25)}), 2026)
SCHEME = Scheme()
TODAY = date(2026, 3, 2)
FINE = Facts(
    status=Status.IN_PROGRESS,
    starts_on=date(2026, 1, 5),
    due_on=date(2026, 6, 30),
    first_due_on=date(2026, 6, 30),
    last_word_on=date(2026, 2, 20),
)


def rated(facts: Facts, on: date = TODAY, scheme: Scheme = SCHEME) -> Rating:
    return rate(facts, on=on, scheme=scheme, calendar=CALENDAR)


near = st.dates(date(2025, 11, 1), date(2026, 8, 31))
milestones = st.builds(Milestone, near, st.none() | near)
overrides = st.builds(
    Override,
    st.sampled_from([Delivery.GREEN, Delivery.AMBER, Delivery.RED]),
    near,
    st.sampled_from(["Agreed", "Odd."]),
)
any_facts = st.builds(
    Facts,
    status=st.sampled_from(Status),
    starts_on=near,
    due_on=st.none() | near,
    first_due_on=st.none() | near,
    milestones=st.lists(milestones, max_size=4).map(tuple),
    last_word_on=st.none() | near,
    blocked=st.booleans(),
    evidenced=st.booleans(),
    override=st.none() | overrides,
)
any_scheme = st.builds(
    Scheme,
    cycle_days=st.integers(1, 60),
    stale_cycles_amber=st.integers(0, 3),
    stale_cycles_red=st.integers(0, 4),
    milestone_grace_working_days=st.integers(0, 25),
    due_soon_days=st.integers(0, 40),
    evidence_days=st.integers(0, 60),
    amber=st.sampled_from(["Amber", "At risk"]),
    unrated=st.sampled_from(["Not rated", "Withdrawn"]),
)
