"""The published rule for delivery ratings."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from improvement.lifecycle import Status
from monitoring.rating import (
    Delivery,
    Milestone,
    Override,
    Rating,
    Scheme,
    Span,
    override_objection,
    spans,
)
from tests.monitoring.facts import CALENDAR, FINE, SCHEME, TODAY, rated


def test_green_says_when_it_was_last_heard_of_and_when_the_next_word_is_due() -> None:
    assert rated(FINE) == Rating(
        delivery=Delivery.GREEN,
        because="Green: it was last updated on 20 February 2026 and is due on 30 June 2026.",
        advice="Give the next update by 3 April 2026.",
    )


def test_an_action_is_red_from_the_day_after_its_due_date() -> None:
    due = replace(FINE, due_on=TODAY, first_due_on=TODAY)
    assert rated(due).delivery == Delivery.GREEN
    assert rated(due, TODAY + timedelta(days=1)) == Rating(
        delivery=Delivery.RED,
        because="Red: its due date, 2 March 2026, has passed.",
        advice="Deliver it, or ask the theme lead to revise its date.",
        late=True,
    )


def test_a_moved_date_is_told_beside_the_first() -> None:
    moved = replace(FINE, due_on=date(2026, 2, 27), first_due_on=date(2025, 11, 28))
    assert rated(moved).because == (
        "Red: its due date, 27 February 2026 (first agreed for 28 November 2025), has passed."
    )


def test_a_missed_milestone_turns_an_action_red_before_its_own_date() -> None:
    missed = replace(FINE, milestones=(Milestone(date(2026, 3, 2)),), last_word_on=date(2026, 3, 2))
    within = rated(missed, date(2026, 3, 16))  # the tenth working day after it
    assert (within.delivery, within.because, within.advice) == (
        Delivery.GREEN,
        (
            "Green: it was last updated on 2 March 2026 and is due on 30 June 2026, though the milestone "
            "due on 2 March 2026 has passed its date."
        ),
        "Finish it and mark it done before 17 March 2026, or it turns the rating Red.",
    )
    assert rated(missed, date(2026, 3, 17)) == Rating(
        delivery=Delivery.RED,
        because="Red: the milestone due on 2 March 2026 is more than 10 working days late.",
        advice="Mark each late milestone done, or say in an update what holds it up.",
    )


def test_bank_holidays_lengthen_the_grace_of_a_milestone() -> None:
    missed = replace(FINE, milestones=(Milestone(date(2026, 4, 1)),), last_word_on=date(2026, 4, 1))
    assert [rated(missed, day).delivery for day in (date(2026, 4, 17), date(2026, 4, 20))] == [
        Delivery.GREEN,
        Delivery.RED,
    ]


def test_a_milestone_that_was_done_late_no_longer_counts() -> None:
    done = replace(FINE, milestones=(Milestone(date(2026, 1, 12), date(2026, 2, 27)),))
    assert (rated(done).delivery, rated(done, date(2026, 2, 26)).delivery) == (Delivery.GREEN, Delivery.RED)


def test_several_late_milestones_are_told_together_from_the_first() -> None:
    missed = replace(FINE, milestones=(Milestone(date(2026, 2, 2)), Milestone(date(2026, 1, 26))))
    assert rated(missed).because == (
        "Red: 2 milestones, the first due on 26 January 2026, are more than 10 working days late."
    )


def test_an_action_due_soon_with_milestones_open_is_amber() -> None:
    soon = replace(FINE, due_on=date(2026, 3, 16), first_due_on=None, milestones=(Milestone(date(2026, 3, 10)),))
    assert rated(soon, date(2026, 3, 1)).delivery == Delivery.GREEN
    assert rated(soon) == Rating(
        delivery=Delivery.AMBER,
        because="Amber: it is due on 16 March 2026, within 14 days, and 1 milestone is still open.",
        advice="Finish the open milestones, or ask now for a later date.",
    )
    assert rated(replace(soon, milestones=())).delivery == Delivery.GREEN


def test_an_action_without_evidence_near_its_end_is_amber_where_the_council_asks_for_some() -> None:
    asks = Scheme(evidence_days=14)
    near = replace(FINE, due_on=date(2026, 3, 16), first_due_on=None)
    assert rated(near, date(2026, 3, 1), asks).delivery == Delivery.GREEN
    assert rated(near, scheme=asks) == Rating(
        delivery=Delivery.AMBER,
        because="Amber: there is no evidence yet, within 14 days of its due date.",
        advice="Add the evidence that it is being done, or ask now for a later date.",
    )
    assert rated(replace(near, evidenced=True), scheme=asks).delivery == Delivery.GREEN
    assert rated(near).delivery == Delivery.GREEN


def test_an_action_not_started_is_green_until_its_start_date_has_passed() -> None:
    waiting = replace(FINE, status=Status.NOT_STARTED, starts_on=TODAY, last_word_on=None)
    assert rated(waiting) == Rating(
        delivery=Delivery.GREEN,
        because="Green: it is to start on 2 March 2026 and is due on 30 June 2026.",
        advice="Start it by 2 March 2026.",
    )
    assert rated(waiting, TODAY + timedelta(days=1)) == Rating(
        delivery=Delivery.AMBER,
        because="Amber: it was to start on 2 March 2026 and has not been started.",
        advice="Start it, or tell the theme lead what prevents it.",
    )


def test_nobody_owes_a_word_on_an_action_before_it_starts() -> None:
    waiting = replace(FINE, status=Status.NOT_STARTED, starts_on=TODAY, last_word_on=date(2025, 9, 1))
    assert (rated(waiting).stale, rated(waiting).delivery) == (False, Delivery.GREEN)


def test_a_blocked_action_is_amber() -> None:
    assert rated(replace(FINE, blocked=True)) == Rating(
        delivery=Delivery.AMBER,
        because="Amber: something blocks it.",
        advice="Clear the blocker, or take it to the theme lead.",
    )


def test_silence_turns_an_action_amber_after_one_board_cycle_and_red_after_two() -> None:
    heard = date(2026, 1, 5)
    quiet = replace(FINE, last_word_on=heard)
    told = [rated(quiet, heard + timedelta(days=days)) for days in (42, 43, 84, 85)]
    assert [(rating.delivery, rating.stale) for rating in told] == [
        (Delivery.GREEN, False),
        (Delivery.AMBER, True),
        (Delivery.AMBER, True),
        (Delivery.RED, True),
    ]
    assert (told[1].because, told[3].because, told[3].advice) == (
        "Amber: nobody has given an update since 5 January 2026, more than 1 board cycle (42 days) ago.",
        "Red: nobody has given an update since 5 January 2026, more than 2 board cycles (84 days) ago.",
        "Give an update, even if nothing has changed.",
    )


def test_an_action_never_spoken_of_goes_stale_from_its_start_date() -> None:
    quiet = replace(FINE, last_word_on=None)
    assert rated(quiet).because == (
        "Amber: nobody has given an update since its start date, 5 January 2026, more than 1 board cycle (42 days) ago."
    )
    assert rated(quiet, date(2026, 1, 6)).because == (
        "Green: it is in progress, has had no update yet and is due on 30 June 2026."
    )


def test_an_action_without_a_due_date_is_asked_for_one() -> None:
    undated = rated(replace(FINE, due_on=None, first_due_on=None))
    assert (undated.because, undated.advice) == (
        "Green: it was last updated on 20 February 2026 and has no due date yet.",
        "Ask the theme lead to agree a due date.",
    )


def test_every_reason_for_the_colour_is_told_in_one_sentence_and_lesser_ones_are_not() -> None:
    wrong = replace(
        FINE,
        due_on=date(2026, 2, 27),
        milestones=(Milestone(date(2026, 1, 26)),),
        last_word_on=date(2025, 11, 3),
        blocked=True,
    )
    assert rated(replace(wrong, first_due_on=None)).because == (
        "Red: its due date, 27 February 2026, has passed; the milestone due on 26 January 2026 is more "
        "than 10 working days late; and nobody has given an update since 3 November 2025, more than 2 "
        "board cycles (84 days) ago."
    )


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.DELIVERED, Rating(delivery=Delivery.BLUE, because="Blue: the action has been delivered.")),
        (Status.CLOSED, Rating(delivery=Delivery.BLUE, because="Blue: the action has been closed.")),
        (Status.WITHDRAWN, Rating(delivery=None, because="Not rated: the action has been withdrawn.")),
    ],
)
def test_an_action_that_nobody_works_on_any_more_is_never_late_or_stale(status: Status, expected: Rating) -> None:
    finished = replace(FINE, status=status, due_on=date(2025, 1, 1), last_word_on=date(2024, 1, 1), blocked=True)
    assert rated(finished) == expected
    assert spans(finished, since=TODAY, scheme=SCHEME, calendar=CALENDAR) == [Span(TODAY, None, expected)]


def test_an_override_is_told_with_what_the_rule_would_say_and_ends_by_itself() -> None:
    overdue = replace(FINE, due_on=date(2026, 2, 27), first_due_on=None)
    eased = replace(overdue, override=Override(Delivery.AMBER, date(2026, 3, 10), "The panel sits on Monday."))
    assert rated(eased, date(2026, 3, 10)) == Rating(
        delivery=Delivery.AMBER,
        because="Amber: set by the theme lead until 10 March 2026 (“The panel sits on Monday”), where "
        "the rule gives "
        "Red because its due date, 27 February 2026, has passed.",
        advice="Deliver it, or ask the theme lead to revise its date.",
        late=True,
        overridden=True,
    )
    assert rated(eased, date(2026, 3, 11)) == rated(overdue, date(2026, 3, 11))


def test_an_override_to_green_never_hides_that_an_action_is_stale() -> None:
    quiet = replace(
        FINE,
        last_word_on=date(2026, 1, 5),
        override=Override(Delivery.GREEN, date(2026, 3, 31), "Told in person"),
    )
    told = rated(quiet)
    assert (told.delivery, told.stale, "nobody has given an update" in told.because) == (
        Delivery.GREEN,
        True,
        True,
    )


@pytest.mark.parametrize(
    ("override", "status", "objection"),
    [
        (Override(Delivery.GREEN, date(2026, 4, 1), "Agreed at the board"), Status.IN_PROGRESS, None),
        (
            Override(Delivery.GREEN, date(2026, 4, 1), "x"),
            Status.CLOSED,
            "This action is closed, and only one still to be delivered can be given another rating.",
        ),
        (
            Override(Delivery.BLUE, date(2026, 4, 1), "x"),
            Status.IN_PROGRESS,
            "Only delivering an action makes it blue. Deliver it, or choose another rating.",
        ),
        (
            Override(Delivery.RED, date(2026, 3, 1), "x"),
            Status.IN_PROGRESS,
            "1 March 2026 has passed. Let the override run to the next board, or today.",
        ),
        (Override(Delivery.GREEN, date(2027, 3, 2), "Agreed at the board"), Status.IN_PROGRESS, None),
        (
            Override(Delivery.GREEN, date(2027, 3, 3), "x"),
            Status.IN_PROGRESS,
            "A rating by hand is for a while. Let it end by 2 March 2027.",
        ),
        (
            Override(Delivery.RED, date(2026, 3, 2), "  "),
            Status.NOT_STARTED,
            "Say why the rule does not fit: the board will read it beside the rating.",
        ),
    ],
)
def test_an_override_needs_an_open_action_a_day_to_end_on_and_a_reason(
    override: Override, status: Status, objection: str | None
) -> None:
    assert override_objection(override, status=status, on=TODAY) == objection


def test_a_council_may_set_its_own_thresholds_and_names() -> None:
    ours = Scheme(cycle_days=28, stale_cycles_amber=1, stale_cycles_red=3, green="On track", amber="At risk")
    quiet = replace(FINE, last_word_on=date(2026, 2, 1))
    assert rated(quiet, scheme=ours).because == (
        "At risk: nobody has given an update since 1 February 2026, more than 1 board cycle (28 days) ago."
    )


def test_the_key_is_made_from_the_thresholds() -> None:
    assert Scheme(milestone_grace_working_days=0, due_soon_days=7, red="Off track").key() == (
        (
            Delivery.RED,
            "Off track",
            (
                "Its due date has passed, or a milestone is late, or there has been no update for more "
                "than 2 board cycles (84 days)."
            ),
        ),
        (
            Delivery.AMBER,
            "Amber",
            (
                "It is due within 7 days with milestones open, or has not started though its start date "
                "has passed, or is blocked, or there has been no update for more than 1 board cycle (42 "
                "days)."
            ),
        ),
        (Delivery.GREEN, "Green", "It is still to be delivered, and none of the above is so."),
        (Delivery.BLUE, "Blue", "It has been delivered or closed."),
    )


def test_left_alone_an_action_runs_through_these_ratings() -> None:
    alone = replace(
        FINE,
        due_on=date(2026, 4, 30),
        milestones=(Milestone(date(2026, 3, 31)),),
        last_word_on=date(2026, 3, 2),
    )
    told = spans(alone, since=TODAY, scheme=SCHEME, calendar=CALENDAR)
    assert [(span.from_on, span.to_on, span.rating.delivery, span.rating.late, span.rating.stale) for span in told] == [
        (date(2026, 3, 2), date(2026, 4, 1), Delivery.GREEN, False, False),
        (
            date(2026, 4, 1),
            date(2026, 4, 14),
            Delivery.GREEN,
            False,
            False,
        ),  # its milestone has passed its date
        (date(2026, 4, 14), date(2026, 4, 16), Delivery.AMBER, False, True),
        (date(2026, 4, 16), date(2026, 4, 17), Delivery.AMBER, False, True),  # and now due within 14 days
        (date(2026, 4, 17), date(2026, 5, 1), Delivery.RED, False, True),
        (date(2026, 5, 1), date(2026, 5, 26), Delivery.RED, True, True),
        (date(2026, 5, 26), None, Delivery.RED, True, True),
    ]


def test_ratings_run_on_past_the_table_of_bank_holidays() -> None:
    far = replace(
        FINE,
        due_on=date(2031, 1, 1),
        milestones=(Milestone(date(2030, 5, 31)),),
        last_word_on=date(2030, 6, 1),
    )
    told = spans(far, since=date(2030, 6, 3), scheme=SCHEME, calendar=CALENDAR)
    assert [(span.from_on, span.rating.delivery) for span in told][:2] == [
        (date(2030, 6, 3), Delivery.GREEN),
        (date(2030, 6, 17), Delivery.RED),
    ]


@pytest.mark.parametrize("day", [date.max, date.max - timedelta(days=3), date.min])
def test_a_date_typed_at_the_end_of_time_stops_nothing(day: date) -> None:
    odd = replace(
        FINE,
        starts_on=day,
        due_on=day,
        milestones=(Milestone(day),),
        override=Override(Delivery.RED, day, "slip"),
    )
    told = spans(odd, since=TODAY, scheme=SCHEME, calendar=CALENDAR)
    assert (told[0].from_on, told[-1].to_on, date.max in [span.from_on for span in told]) == (
        TODAY,
        None,
        False,
    )
