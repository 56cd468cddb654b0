"""A deed asked for by a form: done once, or told why not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from improvement.models import ActionLine, Refused
from improvement.models.action import AMENDABLE
from monitoring.questions import OverForm
from monitoring.views.which import moment
from sources.openly import Quoted, said_openly

BEHIND = (
    "Somebody has changed this action since you opened it, so yours is not saved yet. "
    "Look at what they did; if yours still holds, save again."
)


def done(request: HttpRequest, form: Any, deed: Callable[[datetime], object]) -> bool:
    """Whether it is done, now or before by the same form; if not, nothing is, and the form says why."""
    if not form.is_bound or not form.is_valid():
        return False
    now, _ = moment()
    by: Any = request.user
    try:
        with said_openly(form.why_openly):
            if form.claim(by=by, at=now):
                _look_at(form)
                deed(now)
    except Refused as refused:
        form.add_error(None, str(refused))
    except Quoted as quoted:
        form.ask_why_openly(str(quoted))
    return not form.errors


def _look_at(form: Any) -> None:
    """Raise Refused where the form is typed over what somebody has changed since it was opened."""
    if isinstance(form, OverForm) and form.behind:
        raise Refused(BEHIND)


def since(form: OverForm) -> list[ActionLine]:
    """What others did to the action after the form was opened, the latest first; it may then be sent again."""
    if form.is_bound:
        # What was begun and then undone changed this copy of it alone.
        form.action.refresh_from_db(fields=["version", *AMENDABLE])
    lines = list(form.action.lines.select_related("by").order_by("-at", "-id")[: form.behind])
    if form.is_bound:
        form.renew(version=form.action.version, **form.left_alone(lines))
    return lines
