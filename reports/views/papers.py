"""The papers, and one of them as its reader may see it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from people.access import allow
from people.roles import Permission
from reports.models import Paper
from reports.permissions import edit_objection
from reports.views.which import copy_or_404, moment


@allow(Permission.READ_PAPERS)
def papers(request: HttpRequest) -> HttpResponse:
    """What has been issued, and, for those who read drafts, what is being written."""
    listed = Paper.objects.latest_first()
    shown = {
        "drafts": list(listed.drafts()),
        "issued": list(listed.issued().composed()),
        "historical": list(listed.issued().historical()),
        "reads_drafts": _may(request, Permission.READ_DRAFTS),
        "composes": _may(request, Permission.COMPOSE_PAPERS),
    }
    return render(request, "reports/papers.html", shown)


@allow(Permission.READ_PAPERS)
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """One paper in the page, with the ways to print it, and for whoever composes, to change it."""
    copy = copy_or_404(reference)
    _, today = moment()
    objection = edit_objection(request.user, copy.paper, on=today)  # type: ignore[arg-type]
    composes = _may(request, Permission.COMPOSE_PAPERS)
    shown = {
        "paper": copy.paper,
        "words": copy.words,
        "restricted": copy.is_restricted,
        "may_edit": objection is None,
        "sources": list(copy.sources()) if composes else [],
        "lines": list(copy.paper.lines.select_related("by").order_by("-at", "-id")) if composes else [],
    }
    return render(request, "reports/show.html", shown)


def _may(request: Any, permission: Permission) -> bool:
    _, today = moment()
    return bool(request.user.may(permission, on=today))
