"""What is told to whom, and that each thing is told once however many nights are missed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.lifecycle import Status
from improvement.working_days import Calendar
from monitoring.reasons import Facts, Milestone, Override
from monitoring.reminding import OPTIONAL, TABLE, Asked, Days, Kind, Line, Occasion, days_objection, occasions, told
from monitoring.scheme import Delivery, Scheme

CALENDAR = Calendar(frozenset({date(2026, 12, 28)}), 2030, first_year=2020)
TODAY = date(2026, 11, 26)  # a Thursday
GOING = Facts(status=Status.IN_PROGRESS, starts_on=date(2026, 10, 1), due_on=date(2027, 6, 1), last_word_on=TODAY)


def _on(facts: Facts, on: date = TODAY, *, days: Days | None = None, **more: object) -> list[Occasion]:
    return occasions(facts, on=on, days=days or Days(), scheme=Scheme(), calendar=CALENDAR, **more)  # type: ignore[arg-type]


def _kinds(facts: Facts, **more: object) -> list[Kind]:
    return [occasion.kind for occasion in _on(facts, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("due_in", "kinds"),
    [
        (15, []),
        (14, [Kind.DUE]),
        (4, [Kind.DUE]),
        (3, [Kind.DUE_AGAIN]),
        (0, [Kind.DUE_AGAIN]),
        (-1, [Kind.OVERDUE]),
        (-7, [Kind.OVERDUE]),
        (-8, [Kind.OVERDUE, Kind.TO_LEAD]),
        (-21, [Kind.OVERDUE, Kind.TO_LEAD]),
        (-22, [Kind.OVERDUE, Kind.TO_LEAD, Kind.TO_DIRECTOR]),
    ],
)
def test_a_due_date_is_told_before_and_after_and_then_up_the_line_by_working_days(
    due_in: int, kinds: list[Kind]
) -> None:
    assert _kinds(replace(GOING, due_on=TODAY + timedelta(days=due_in))) == kinds


@pytest.mark.parametrize(
    ("facts", "more", "occasion"),
    [
        (
            replace(GOING, due_on=TODAY),
            {},
            Occasion(Kind.DUE_AGAIN, TODAY, "It is due on 26 November 2026, today."),
        ),
        (
            replace(GOING, due_on=date(2026, 11, 25)),
            {},
            Occasion(
                Kind.OVERDUE,
                date(2026, 11, 25),
                "It was due on 25 November 2026, 1 working day ago, and has not been delivered.",
            ),
        ),
        (
            replace(GOING, milestones=(Milestone(date(2026, 11, 20)),)),
            {},
            Occasion(Kind.MILESTONE, date(2026, 11, 20), "A milestone was due on 20 November 2026, and not reached."),
        ),
        (
            replace(GOING, milestones=(Milestone(date(2026, 11, 20)), Milestone(date(2026, 11, 2)))),
            {},
            Occasion(
                Kind.MILESTONE,
                date(2026, 11, 20),
                "2 milestones were due by now, the latest on 20 November 2026, and not reached.",
            ),
        ),
        (
            replace(GOING, last_word_on=TODAY - timedelta(days=43)),
            {},
            Occasion(Kind.SILENT, TODAY, "Nobody has given it an update for more than 1 board cycle (42 days)."),
        ),
        (
            replace(GOING, override=Override(Delivery.GREEN, date(2026, 12, 3), "In hand")),
            {},
            Occasion(
                Kind.OVERRIDE,
                date(2026, 12, 3),
                "Its rating was set by hand until 3 December 2026; after that day the rule rates it again.",
            ),
        ),
        (
            GOING,
            {"asked": Asked(date(2027, 9, 1), date(2026, 11, 24), "Asha Mellor")},
            Occasion(
                Kind.TO_ANSWER,
                date(2026, 11, 24),
                "Asha Mellor asks for its date to move to 1 September 2027, and waits for your answer.",
            ),
        ),
        (
            replace(GOING, status=Status.DELIVERED, due_on=date(2026, 1, 1)),
            {"delivered_on": date(2026, 11, 20)},
            Occasion(
                Kind.TO_CLOSE,
                date(2026, 11, 20),
                "It was delivered on 20 November 2026, and waits for you to close it or send it back.",
            ),
        ),
    ],
)
def test_each_thing_has_its_day_and_its_sentence(facts: Facts, more: dict[str, object], occasion: Occasion) -> None:
    assert _on(facts, **more) == [occasion]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "facts",
    [
        GOING,
        replace(GOING, due_on=None),
        replace(GOING, milestones=(Milestone(date(2026, 11, 20), date(2026, 11, 20)), Milestone(TODAY))),
        replace(GOING, last_word_on=TODAY - timedelta(days=42)),
        replace(GOING, override=Override(Delivery.GREEN, date(2026, 12, 4), "In hand")),
        *(replace(GOING, status=status, due_on=date(2026, 1, 1)) for status in (Status.CLOSED, Status.WITHDRAWN)),
    ],
)
def test_of_an_action_that_needs_nobody_nothing_is_told(facts: Facts) -> None:
    assert _on(facts) == []


def test_a_further_board_cycle_of_silence_is_told_anew() -> None:
    silent = replace(GOING, last_word_on=date(2026, 10, 5))
    named = {_on(silent, on=date(2026, 10, 5) + timedelta(days=n))[0].named_on for n in range(43, 127)}
    assert named == {date(2026, 11, 17), date(2026, 12, 29)}


LINE = Line(carries=frozenset({1, 2}), steers=frozenset({3}), directs=frozenset({4, 5}))
NOBODY: frozenset[int] = frozenset()


@pytest.mark.parametrize(
    ("kind", "line", "people"),
    [
        (Kind.OVERDUE, LINE, {1, 2}),
        (Kind.TO_LEAD, LINE, {3}),
        (Kind.TO_DIRECTOR, LINE, {4, 5}),
        # Nobody carries it out who has an account: whoever is next above hears of it.
        (Kind.DUE, replace(LINE, carries=NOBODY), {3}),
        (Kind.OVERDUE, replace(LINE, carries=NOBODY, steers=NOBODY), {4, 5}),
        # A theme lead who carries it out is not the one to look into it, to close it or to answer herself.
        (Kind.TO_LEAD, replace(LINE, carries=frozenset({3})), {4, 5}),
        (Kind.TO_CLOSE, replace(LINE, carries=frozenset({3})), {4, 5}),
        (Kind.TO_ANSWER, replace(LINE, asker=3), {4, 5}),
        (Kind.TO_ANSWER, replace(LINE, carries=frozenset({3}), asker=1), {3}),
        (Kind.TO_DIRECTOR, replace(LINE, carries=frozenset({4})), {5}),
        (Kind.TO_DIRECTOR, replace(LINE, directs=NOBODY), set()),
    ],
)
def test_it_goes_up_the_line_until_somebody_is_there(kind: Kind, line: Line, people: set[int]) -> None:
    assert told(kind, line) == people


def test_what_is_overdue_or_waited_for_nobody_may_do_without() -> None:
    assert set(TABLE) == set(Kind)
    assert set(OPTIONAL) == {Kind.DUE, Kind.DUE_AGAIN, Kind.MILESTONE, Kind.SILENT, Kind.OVERRIDE}


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (Days(), None),
        (
            Days(due=3),
            "The second reminder has to come nearer to the due date than the first: give it fewer days.",
        ),
        (
            Days(to_lead=15),
            "An action goes to the theme lead before the director: give the theme lead fewer working days.",
        ),
    ],
)
def test_the_councils_days_come_in_their_order(days: Days, sentence: str | None) -> None:
    assert days_objection(days) == sentence


A_YEAR = st.dates(date(2026, 1, 1), date(2026, 12, 31))
CASES = st.builds(
    Facts,
    status=st.sampled_from([Status.NOT_STARTED, Status.IN_PROGRESS]),
    starts_on=A_YEAR,
    due_on=A_YEAR,
    milestones=st.lists(st.builds(Milestone, A_YEAR), max_size=3).map(tuple),
    last_word_on=st.none() | A_YEAR,
    override=st.none() | st.builds(Override, st.just(Delivery.GREEN), A_YEAR, st.just("In hand")),
)


def _run(facts: Facts, nights: list[date]) -> list[tuple[date, Kind, date]]:
    """What is told on which of the nights to somebody who is told all."""
    said: list[tuple[date, Kind, date]] = []
    for night in sorted(nights):
        had = {(kind, named) for _, kind, named in said}
        said += [(night, o.kind, o.named_on) for o in _on(facts, on=night) if (o.kind, o.named_on) not in had]
    return said


@given(facts=CASES, nights=st.sets(A_YEAR, min_size=1, max_size=40))
def test_on_whatever_nights_it_runs_each_thing_is_told_on_the_first_that_it_is_so_and_never_again(
    facts: Facts, nights: set[date]
) -> None:
    first: dict[tuple[Kind, date], date] = {}
    for night in sorted(nights):
        for occasion in _on(facts, on=night):
            first.setdefault((occasion.kind, occasion.named_on), night)
    assert sorted(_run(facts, [*nights])) == sorted((night, *thing) for thing, night in first.items())


@given(due_on=A_YEAR, nights=st.sets(A_YEAR, max_size=10), later=st.integers(0, 60))
def test_a_missed_night_misses_nobody(due_on: date, nights: set[date], later: int) -> None:
    """Whatever ran before, one run once the last day has come tells all that is still to be told."""
    last = due_on + timedelta(days=40 + later)  # more than 15 working days, whatever holidays there are
    facts = replace(GOING, due_on=due_on, last_word_on=last)
    heard = {kind for _, kind, _ in _run(facts, [*(night for night in nights if night < last), last])}
    assert {Kind.OVERDUE, Kind.TO_LEAD, Kind.TO_DIRECTOR} <= heard


@given(facts=CASES, on=A_YEAR)
def test_no_two_things_of_a_night_have_the_same_name(facts: Facts, on: date) -> None:
    named = [(occasion.kind, occasion.named_on) for occasion in _on(facts, on=on)]
    assert len(named) == len(set(named))
