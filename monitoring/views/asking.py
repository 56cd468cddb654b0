"""A deed asked for by a form: done once, or told why not."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from improvement.models import Refused
from monitoring.views.which import moment
from sources.openly import Quoted, said_openly


def done(request: HttpRequest, form: Any, deed: Callable[[datetime], object]) -> bool:
    """Whether it is done, now or before by the same form; if not, nothing is, and the form says why."""
    if not form.is_bound or not form.is_valid():
        return False
    now, _ = moment()
    by: Any = request.user
    try:
        with said_openly(form.why_openly):
            if form.claim(by=by, at=now):
                deed(now)
    except Refused as refused:
        form.add_error(None, str(refused))
    except Quoted as quoted:
        form.ask_why_openly(str(quoted))
    return not form.errors
