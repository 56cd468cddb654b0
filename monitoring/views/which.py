"""Which action an address means, for whoever asks."""

from datetime import date, datetime

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from improvement.models import Action, Plan
from monitoring.permissions import may_read
from people.days import day_of


def moment() -> tuple[datetime, date]:
    """The clock, read once a request: the instant and its day."""
    now = timezone.now()
    return now, day_of(now)


def action_numbered(request: HttpRequest, number: str, *, to_change: bool = False) -> Action:
    """The action of this number in the plan in force, held against others while it is changed; else 404."""
    actions = Action.objects.of(Plan.current()).select_related("theme", "lead__person")
    if to_change:
        actions = actions.select_for_update(of=("self",))
    action = get_object_or_404(actions.prefetch_related("updaters__person"), number=number)
    if not may_read(request.user, action, on=day_of(timezone.now())):  # type: ignore[arg-type]
        raise Http404
    return action
