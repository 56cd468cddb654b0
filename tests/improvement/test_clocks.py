"""The clocks that a report and a meeting start."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from improvement.clocks import Estimate, after_inadequate, before_meeting, deadline, visit_gap_warning
from improvement.time_limits import LIMITS, Anchor, Basis, Kind, TimeLimit, months_after
from improvement.working_days import Calendar

BANK_HOLIDAYS = (
    "2018-12-25 2018-12-26 2019-01-01 2019-04-19 2019-04-22 2026-01-01 2026-04-03 2026-04-06 2026-05-04 "
    "2026-05-25 2026-08-31 2026-12-25 2026-12-28 2027-01-01 2027-03-26 2027-03-29 2027-05-03 2027-05-31 "
    "2027-08-30 2027-12-27 2027-12-28"
)
HOLIDAYS = frozenset(date.fromisoformat(day) for day in BANK_HOLIDAYS.split())
CALENDAR = Calendar(HOLIDAYS, 2027)


def test_an_inadequate_judgement_starts_these_clocks() -> None:
    timeline = after_inadequate(date(2018, 10, 29), published_on=date(2018, 10, 29), calendar=CALENDAR)
    assert [(clock.kind, clock.due_on, clock.warnings) for clock in timeline.deadlines] == [
        (Kind.PUBLISH_REPORT, date(2018, 12, 10), ()),
        (Kind.PLANNING_VISIT, date(2019, 2, 6), ()),
        (Kind.STATEMENT_OF_ACTION, date(2019, 2, 7), ()),
        (Kind.FIRST_VISIT, date(2019, 3, 7), ()),
    ]


def test_a_notice_a_priority_action_and_a_board_start_more() -> None:
    timeline = after_inadequate(
        date(2026, 8, 3),
        published_on=date(2026, 8, 3),
        calendar=CALENDAR,
        priority_action=True,
        notice_on=date(2026, 8, 31),
        last_board_on=date(2026, 9, 1),
    )
    assert [(clock.kind, clock.due_on) for clock in timeline.deadlines] == [
        (Kind.PRIORITY_DRAFT, date(2026, 9, 1)),
        (Kind.PUBLISH_REPORT, date(2026, 9, 15)),
        (Kind.BOARD, date(2026, 10, 13)),
        (Kind.PLANNING_VISIT, date(2026, 11, 9)),
        (Kind.STATEMENT_OF_ACTION, date(2026, 11, 10)),
        (Kind.FIRST_VISIT, date(2026, 12, 8)),
        (Kind.DFE_REVIEW, date(2027, 2, 28)),
    ]


def test_reinspection_is_a_stretch_of_time_and_never_a_day() -> None:
    timeline = after_inadequate(date(2026, 8, 3), published_on=date(2026, 8, 5), calendar=CALENDAR)
    assert timeline.reinspection == Estimate(
        from_on=date(2029, 2, 5),
        until_on=date(2030, 8, 5),
        source="What other councils found inadequate have waited, from publication; Ofsted names no day.",
    )


def test_the_date_in_the_letter_wins_and_the_visits_count_from_it() -> None:
    timeline = after_inadequate(
        date(2018, 10, 29),
        published_on=date(2018, 10, 29),
        calendar=CALENDAR,
        stated={Kind.STATEMENT_OF_ACTION: date(2019, 2, 6)},
    )
    found = {clock.kind: clock for clock in timeline.deadlines}
    plan = found[Kind.STATEMENT_OF_ACTION]
    assert (plan.due_on, plan.computed_on, found[Kind.FIRST_VISIT].due_on) == (
        date(2019, 2, 6),
        date(2019, 2, 7),
        date(2019, 3, 6),
    )
    assert plan.warnings == (
        (
            "The letter gives 6 February 2019, but 70 working days after receipt on 29 October 2018 is 7 "
            "February 2019. Keep to the letter’s date unless its author corrects it."
        ),
    )


def test_a_letter_that_agrees_is_not_doubted() -> None:
    agreed = deadline(
        Kind.STATEMENT_OF_ACTION,
        anchor_on=date(2018, 10, 29),
        calendar=CALENDAR,
        stated_on=date(2019, 2, 7),
    )
    assert (agreed.due_on, agreed.warnings) == (date(2019, 2, 7), ())


def test_a_letter_that_counted_seventy_calendar_days_is_doubted_for_that() -> None:
    slipped = deadline(
        Kind.STATEMENT_OF_ACTION,
        anchor_on=date(2018, 10, 29),
        calendar=CALENDAR,
        stated_on=date(2019, 1, 7),
    )
    assert slipped.warnings[1:] == (
        (
            "7 January 2019 is 70 calendar days after receipt, so the letter may have counted calendar "
            "days as working days. Ask its author."
        ),
    )


def test_a_letter_that_names_a_saturday_is_doubted_for_that() -> None:
    saturday = deadline(
        Kind.STATEMENT_OF_ACTION,
        anchor_on=date(2018, 10, 29),
        calendar=CALENDAR,
        stated_on=date(2019, 2, 9),
    )
    assert saturday.warnings[1:] == ("9 February 2019 is not a working day. Aim for 8 February 2019.",)


def test_a_clock_past_the_table_gives_no_day_and_says_so() -> None:
    timeline = after_inadequate(date(2027, 11, 1), published_on=date(2027, 11, 1), calendar=CALENDAR)
    refusal = (
        "Bank holidays for 2028 have not been loaded, so a date that depends on them cannot be given as "
        "final. Ask an administrator to load them."
    )
    assert [(clock.kind, clock.due_on, clock.warnings) for clock in timeline.deadlines] == [
        (Kind.PUBLISH_REPORT, date(2027, 12, 13), ()),
        (Kind.STATEMENT_OF_ACTION, None, (refusal,)),
    ]


def test_a_letter_still_gives_the_day_where_the_table_cannot() -> None:
    stated = deadline(
        Kind.STATEMENT_OF_ACTION,
        anchor_on=date(2027, 11, 1),
        calendar=CALENDAR,
        stated_on=date(2028, 2, 11),
    )
    assert (stated.due_on, stated.computed_on, len(stated.warnings)) == (date(2028, 2, 11), None, 1)


@pytest.mark.parametrize(
    ("meeting_on", "forward_plan", "agenda"),
    [
        (date(2019, 4, 2), date(2019, 3, 4), date(2019, 3, 25)),
        (date(2019, 1, 8), date(2018, 12, 10), date(2018, 12, 28)),
        (date(2026, 12, 29), date(2026, 11, 30), date(2026, 12, 17)),
    ],
)
def test_a_meeting_has_a_last_day_for_each_of_its_notices(meeting_on: date, forward_plan: date, agenda: date) -> None:
    assert [(notice.kind, notice.due_on) for notice in before_meeting(meeting_on, calendar=CALENDAR)] == [
        (Kind.FORWARD_PLAN, forward_plan),
        (Kind.AGENDA, agenda),
    ]


def test_a_private_item_needs_two_notices_more() -> None:
    notices = before_meeting(date(2019, 4, 2), calendar=CALENDAR, private=True)
    assert [(notice.kind, notice.due_on) for notice in notices] == [
        (Kind.FORWARD_PLAN, date(2019, 3, 4)),
        (Kind.PRIVATE_FIRST, date(2019, 3, 4)),
        (Kind.PRIVATE_SECOND, date(2019, 3, 25)),
        (Kind.AGENDA, date(2019, 3, 25)),
    ]


def test_a_general_exception_noticed_on_the_last_agenda_day_allows_the_meeting() -> None:
    notice = deadline(Kind.GENERAL_EXCEPTION, anchor_on=date(2019, 3, 25), calendar=CALENDAR)
    assert notice.due_on == date(2019, 4, 2)


def test_a_council_that_counts_clear_working_days_passes_its_own_table() -> None:
    ours = {
        **LIMITS,
        Kind.FORWARD_PLAN: TimeLimit(28, Basis.CLEAR_WORKING, Anchor.MEETING, "Our constitution.", before=True),
    }
    notices = before_meeting(date(2019, 4, 2), calendar=CALENDAR, limits=ours)
    assert notices[0].due_on == date(2019, 2, 20)


@given(st.dates(date(2026, 3, 1), date(2027, 12, 1)))
def test_five_clear_working_days_lie_between_the_last_agenda_day_and_the_meeting(meeting_on: date) -> None:
    agenda = deadline(Kind.AGENDA, anchor_on=meeting_on, calendar=CALENDAR).due_on
    assert agenda is not None
    last_eve = CALENDAR.subtract(meeting_on, 1)
    assert (CALENDAR.is_working_day(agenda), CALENDAR.between(agenda, last_eve)) == (True, 5)


def test_every_kind_of_deadline_has_a_limit_that_says_where_it_comes_from() -> None:
    assert (set(LIMITS), [limit for limit in LIMITS.values() if not limit.source.endswith(".")]) == (
        set(Kind),
        [],
    )


def test_a_long_gap_between_visits_is_asked_about() -> None:
    first = date(2026, 3, 31)
    assert visit_gap_warning(first, next_on=date(2026, 7, 31)) is None
    assert visit_gap_warning(first, next_on=date(2026, 8, 3)) == (
        "More than 4 months lie between the visits of 31 March 2026 and 3 August 2026. Ask the lead "
        "inspector whether one is planned between them."
    )


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_keep_the_day_or_end_with_the_month(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected
