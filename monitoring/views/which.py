"""What an address and the clock tell a page: which action is meant, and the day with its meetings."""

from datetime import date, datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from improvement.models import Action, Plan
from improvement.scope import read_by
from monitoring.together.looked_at import NUMBER
from people.days import day_of
from people.models import Body, Meeting


class Number:
    """An action's number as an address may hold it: 1.4, or A-12."""

    regex = NUMBER

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As the plan numbers it."""
        return value


def moment() -> tuple[datetime, date]:
    """The clock, read once a request: the instant and its day."""
    now = timezone.now()
    return now, day_of(now)


def action_numbered(request: HttpRequest, number: str, *, to_change: bool = False) -> Action:
    """The action of this number in the plan in force, held against others while it is changed; else 404."""
    _, today = moment()
    actions = read_by(request.user, Action.objects.of(Plan.current()), on=today)  # type: ignore[arg-type]
    if to_change:
        actions = actions.select_for_update(of=("self",), no_key=True)
    # Whoever changes it must be known among its updaters; who they all are is shown on pages that only read it.
    lead, updaters = ("lead", "updaters") if to_change else ("lead__person", "updaters__person")
    whole = actions.select_related("plan", "theme", lead).prefetch_related(updaters)
    return get_object_or_404(whole, number=number)


def just_saved(request: HttpRequest) -> Action | None:
    """The action that the page before this one has changed, told once; None where there is none to be seen."""
    _, today = moment()
    if "saved" not in request.session:
        return None
    actions = Action.objects.of(Plan.current()).numbered(request.session.pop("saved"))
    found: Action | None = read_by(request.user, actions, on=today).first()  # type: ignore[arg-type]
    return found


def latest_meetings(today: date) -> list[Meeting]:
    """The latest dozen that have met, the last first."""
    return list(Meeting.objects.held_by(today).select_related("body")[:12])


def next_board_on(today: date) -> date | None:
    """The day of the next board, if one is known."""
    board = Meeting.objects.of(Body.Kind.BOARD).from_day(today).order_by("held_on").first()
    return board.held_on if board else None
