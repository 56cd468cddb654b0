"""Documents as they come in: recorded, public or under seal, and read again by whoever may."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from people.access import allow
from people.days import day_of
from people.roles import Permission
from sources.clearing import others, told_of
from sources.models import Source
from sources.receipt import ReceiveForm
from sources.views.deeds import asked_and_sent, done, shown
from sources.views.seals import reader


@allow(Permission.RECEIVE_DOCUMENTS)
@asked_and_sent
def receive(request: HttpRequest) -> HttpResponse:
    """Record a document; where a sentence sets the end of an embargo, what is read from it is looked at first."""
    now, by = timezone.now(), reader(request)
    form = ReceiveForm(request.POST or None, people=others(by), today=day_of(now))
    made: list[Source] = []
    if not form.awaits_a_look() and done(
        request, form, lambda: made.append(Source.receive(**form.received, by=by, at=now))
    ):
        messages.success(request, "The document has been recorded.")
        return redirect("document", reference=made[0].reference) if made else redirect("seals")
    return shown(request, form, "sources/receive.html", {})


@allow(Permission.READ_PLAN)
def document(request: HttpRequest, reference: str) -> HttpResponse:
    """One document, whole; the database has left out what the reader may not know of."""
    source = get_object_or_404(Source.objects.select_related("seal"), reference=reference)
    told = {"source": source, "history": told_of(source), "now": timezone.now()}
    return render(request, "sources/document.html", told)
