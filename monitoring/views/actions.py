"""The list of the plan's actions, as they stood on any day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from improvement.models import Plan
from monitoring import listing
from monitoring.filters import StandingFilter
from monitoring.ladder import Rung
from monitoring.models import SavedView, Scheme, our_calendar
from monitoring.together.looked_at import MOST
from people.access import allow
from people.days import day_of
from people.roles import EVERYWHERE, Permission


@allow(Permission.READ_PLAN)
def actions(request: HttpRequest) -> HttpResponse:
    """A page of actions, narrowed and ordered as asked."""
    by: Any = request.user
    plan, today = Plan.current(), day_of(timezone.now())
    may_load = by.may(Permission.LOAD_PLAN, on=today, scope=EVERYWHERE)
    if plan is None:
        return render(request, "no_plan.html", {"heading": "Actions", "may_load": may_load})
    read = listing.standings_read_by(by, plan, on=today)
    scheme = Scheme.ours()
    asked = StandingFilter(request.GET, queryset=read, today=today, plan=plan, scheme=scheme, reader=by)
    shown = {"plan": plan, "today": today, "form": asked.form, "on": asked.day, "page": None, "may_load": may_load}
    shown |= _views(by, listing.words_of(asked.form, request.GET))
    shown["may_add"] = by.may(Permission.STEER_THEME, on=today)
    if asked.day:
        shown |= _page(asked, request.GET, today=today)
        shown |= {
            "key": scheme.as_rule().whole_key(),
            "soon": scheme.due_soon_days,
            "may_change": asked.day == today and by.may(Permission.UPDATE_OWN, on=today),
            "most": MOST,
        }
    return render(request, "monitoring/actions.html", shown)


def _views(by: Any, words: dict[str, str]) -> dict[str, Any]:
    """The views that the person has saved, which of them this is, and whether it might be one."""
    views = list(SavedView.objects.of(by))
    here = next((view for view in views if view.words == words), None)
    return {"views": views, "saved": here, "may_save": bool(words) and not here}


def _page(asked: StandingFilter, words: Mapping[str, str], *, today: date) -> dict[str, Any]:
    assert asked.day is not None
    page = listing.pages(asked.qs).page_of(words.get("page", ""))
    found = listing.rows(page, on=asked.day, calendar=our_calendar())
    return {
        "page": page,
        "rows": found[: listing.PAGE],
        "more": len(found) > listing.PAGE,
        "chips": listing.chips(asked.form, words, today=today),
        "orders": listing.orders(asked.form, words),
        "query": listing.query(asked.form, words),
        "names": asked.names,
        "rungs": dict(Rung.choices),
        "now": timezone.now(),
    }
