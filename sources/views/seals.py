"""What the reader is cleared on, and each document's seal: its terms, its people and its history."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from people.days import day_of
from people.roles import Permission
from sources.clearing import Document, correction_waiting, document_for, documents_for, history, offers, readings
from sources.repeating import Whereabouts, unsettled

READINGS = 25
"""Of who has read a document, so many are shown at a time."""


def seals(request: HttpRequest) -> HttpResponse:
    """Every document that the reader is cleared on; for whoever is cleared on none, the same empty page."""
    now = timezone.now()
    records = reader(request).may(Permission.RECEIVE_DOCUMENTS, on=day_of(now))
    shown = {"documents": documents_for(reader(request), at=now), "records": records, "now": now}
    return render(request, "sources/seals.html", shown)


def seal(request: HttpRequest, reference: str, whereabouts: Whereabouts) -> HttpResponse:
    """One document's seal."""
    now = timezone.now()
    document = found(request, reference)
    correction = correction_waiting(document)
    shown = {
        "document": document,
        "correction": correction,
        "offers": list(offers(document, reader(request), correction=correction, at=now)),
        "repeated": unsettled(document.seal, whereabouts=whereabouts),
        "history": history(document),
        "readings": Paginator(readings(document), READINGS).get_page(request.GET.get("page")),
        "now": now,
    }
    return render(request, "sources/seal.html", shown)


def found(request: HttpRequest, reference: str) -> Document:
    """The document, or the 404 that hidden and absent ones share."""
    document = document_for(reader(request), reference, at=timezone.now())
    if document is None:
        raise Http404
    return document


def reader(request: HttpRequest) -> Any:
    """Whoever has signed in."""
    return request.user
