"""The clocks that the council's inspection started, with the days that its own records give them."""

from datetime import date

from improvement.clocks import Timeline, after_inadequate
from improvement.models import Inspection
from monitoring.models import Instrument, our_calendar
from people.models import Body, Meeting


def timeline(inspection: Inspection, instruments: list[Instrument], *, on: date) -> Timeline:
    """Every duty and expectation that follows the report."""
    board = Meeting.objects.of(Body.Kind.BOARD).before(on).order_by("held_on").last()
    # The Department's half-years count from its notice, or from its last review.
    counted = [i.issued_on for i in instruments if i.kind in (Instrument.Kind.NOTICE, Instrument.Kind.REVIEW)]
    return after_inadequate(
        inspection.received_on,
        published_on=inspection.published_on or inspection.received_on,
        calendar=our_calendar(),
        notice_on=max(counted, default=None),
        last_board_on=board.held_on if board else None,
    )
