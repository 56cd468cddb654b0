"""The administrator's pages: who has an account, what each may do, and the deeds that change it."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from people import appointments, roster
from people.access import allow
from people.appointments import Refused
from people.days import day_of
from people.forms import EndForm, OnceForm, RoleForm
from people.models import Grant, Invitation, Person
from people.roles import Permission
from people.roster import Themes

PAGE = 50


@allow(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest, themes: Themes) -> HttpResponse:
    """Who has an account, and the roles that each has today."""
    page = Paginator(roster.everyone(), PAGE).get_page(request.GET.get("page"))
    (_, today), scopes = moment(), roster.offered(themes)
    shown = {
        "page": page,
        "entries": roster.entries(page, on=today, scopes=scopes),
        "leaving": roster.leaving(on=today, scopes=scopes),
    }
    return render(request, "people/people.html", shown)


@allow(Permission.MANAGE_PEOPLE)
def person(request: HttpRequest, email: str, themes: Themes) -> HttpResponse:
    """One account: its roles, its history, and what can be done with it."""
    (_, today), someone, scopes = moment(), found(email), roster.offered(themes)
    begins = roster.extension(someone, named=request.GET.get("extend", ""), on=today)
    return shown(request, someone, RoleForm(scopes=scopes, initial=begins), scopes)


@allow(Permission.MANAGE_PEOPLE)
@require_POST
def give_role(request: HttpRequest, email: str, themes: Themes) -> HttpResponse:
    """Give a role."""
    someone, scopes = found(email), roster.offered(themes)
    form = RoleForm(request.POST, scopes=scopes)

    def give(now: datetime) -> None:
        appointments.appoint(someone, **form.appointment, by=whoever(request), at=now)

    if done(form, by=whoever(request), deed=give):
        messages.success(request, "The role has been given.")
        return redirect("person", email=email)
    form.renew()
    return shown(request, someone, form, scopes, status=400)


@allow(Permission.MANAGE_PEOPLE)
@require_POST
def end_role(request: HttpRequest, email: str, themes: Themes) -> HttpResponse:
    """End a role."""
    someone, form = found(email), EndForm(request.POST)
    grant = _grant(someone, request.POST.get("named", ""))

    def end(now: datetime) -> None:
        appointments.relieve(grant, by=whoever(request), at=now)

    return answered(request, someone, form, deed=end, said="The role has been ended.", themes=themes)


@allow(Permission.MANAGE_PEOPLE)
@require_POST
def close_account(request: HttpRequest, email: str, themes: Themes) -> HttpResponse:
    """Close an account."""
    someone, form = found(email), OnceForm(request.POST)

    def close(now: datetime) -> None:
        appointments.close(someone, by=whoever(request), at=now)

    return answered(request, someone, form, deed=close, said="The account has been closed.", themes=themes)


@allow(Permission.MANAGE_PEOPLE)
@require_POST
def reopen_account(request: HttpRequest, email: str, themes: Themes) -> HttpResponse:
    """Open an account again."""
    someone, form = found(email), OnceForm(request.POST)

    def reopen(now: datetime) -> None:
        appointments.reopen(someone, by=whoever(request), at=now)

    return answered(request, someone, form, deed=reopen, said="The account is open again.", themes=themes)


def moment() -> tuple[datetime, date]:
    """The clock, read once: the instant and its day."""
    now = timezone.now()
    return now, day_of(now)


def found(email: str) -> Person:
    """The person of the address, or 404."""
    return get_object_or_404(Person.objects.prefetch_related("grants"), email=email)


def done(form: OnceForm, *, by: Person, deed: Callable[[datetime], None]) -> bool:
    """Whether all of it is saved, now or before; if not, none of it is, and the form says why."""
    if not form.is_valid():
        return False
    now, _ = moment()
    try:
        with transaction.atomic():
            if form.claim(by=by, at=now):
                deed(now)
    except Refused as refused:
        form.add_error(refused.field, str(refused))
    return not form.errors


def shown(
    request: HttpRequest,
    someone: Person,
    form: RoleForm,
    scopes: roster.Scopes,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of one account."""
    now, today = moment()
    about = {
        "someone": someone,
        "invitation": Invitation.objects.to(someone).open(at=now).first(),
        "form": form,
        "seats": roster.seats_of(someone, on=today, scopes=scopes),
        "history": roster.history(someone, scopes=scopes),
        "refusal": refusal,
        "is_me": someone == request.user,
        "new_key": uuid.uuid4,
    }
    return render(request, "people/person.html", about, status=status)


def answered(
    request: HttpRequest, someone: Person, form: OnceForm, *, deed: Callable[[datetime], None], said: str,
    themes: Themes,
) -> HttpResponse:  # fmt: skip
    """Do the deed and go back to the account, or show why it was not done."""
    if not done(form, by=whoever(request), deed=deed):
        return refused(request, someone, form, themes=themes)
    messages.success(request, said)
    return redirect("person", email=someone.email)


def refused(request: HttpRequest, someone: Person, form: OnceForm, *, themes: Themes) -> HttpResponse:
    """The page of the account, with why nothing was changed."""
    refusal = " ".join(str(sentence) for faults in form.errors.values() for sentence in faults)
    scopes = roster.offered(themes)
    return shown(request, found(someone.email), RoleForm(scopes=scopes), scopes, refusal=refusal, status=409)


def _grant(someone: Person, named: str) -> Grant:
    _, today = moment()
    grant = roster.grant_of(someone, named=named, on=today)
    if grant is None:
        raise Http404
    return grant


def whoever(request: HttpRequest) -> Any:
    """Whoever has come in by the door."""
    return request.user
