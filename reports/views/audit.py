"""What has been done, for the director and the clerk; and, of people alone, for whoever manages them."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime

from people.access import allow
from people.roles import Permission
from reports.trail import Page, done
from reports.trail_form import TrailForm
from reports.views.which import moment


@allow(Permission.READ_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """A page of deeds, the latest first."""
    reader: Any = request.user
    _, today = moment()
    form = TrailForm(request.GET)
    page = Page([], None)
    if form.is_valid():
        page = done(reader, today=today, before=_instant(request.GET.get("before", "")), **form.asked())
    kept = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    earlier = "?" + urlencode(kept | {"before": page.before.isoformat()}) if page.before else ""
    shown = {
        "form": form,
        "page": page,
        "earlier": earlier,
        "is_filtered": bool(kept),
        "later": "before" in request.GET,
    }
    return render(request, "reports/audit.html", shown, status=400 if form.errors else 200)


def _instant(typed: str) -> datetime | None:
    """An instant as our own links write it; anything else asks for the first page."""
    try:
        found = parse_datetime(typed)
        return found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None
