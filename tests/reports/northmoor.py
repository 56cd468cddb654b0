"""The small world made ready to report: a template, past standings, a measure, and the visit's sealed letter."""

from datetime import date, timedelta

from demonstration import papers, prose
from monitoring.models import Measure, Reading
from people.models import Body, Meeting
from reports.compose import Commission, compose
from reports.models import Paper
from sources.seals import acting_as
from tests.world import World


def made_ready(world: World) -> None:
    """Everything that composing rests on and the small world lacks."""
    papers.template(prose.committee())
    board = Body.objects.create(slug="improvement-board", name="Improvement Board", kind=Body.Kind.BOARD)
    Meeting.objects.create(body=board, held_on=world.today + timedelta(days=20))
    measure = Measure.objects.create(
        theme=world.front_door, slug="decided", name="Contacts decided in a day", definition="Those decided in a day.",
        numerator="Decided", denominator="Received", unit="percent", better="higher", target=90, position=1,
    )  # fmt: skip
    for month, decided in ((-13, 140), (-1, 186)):
        Reading.objects.create(
            measure=measure, period_on=months_from(world.today, month), numerator=decided, denominator=200
        )


def months_from(day: date, months: int) -> date:
    """The first day of a month so many months away."""
    at = day.year * 12 + day.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)


def composed(world: World, **other: object) -> Paper:
    """A draft on the visit, by the director, who is cleared on its letter."""
    commission = Commission(**{"meeting": world.meeting, "visit": world.visit, "as_at": world.today, **other})
    with acting_as(world.director):
        return compose(commission, by=world.director, at=world.now)
