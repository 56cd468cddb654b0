"""A rating that a named person sets aside, with a reason and for a while."""

from dataclasses import replace
from datetime import date

import pytest

from improvement.lifecycle import Status
from monitoring.rating import (
    Delivery,
    Override,
    Rating,
    override_objection,
)
from tests.monitoring.facts import FINE, TODAY, rated


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
