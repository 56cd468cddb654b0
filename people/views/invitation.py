"""The way in: an administrator adds or invites a person, and the person invited chooses a pass phrase."""

from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from people import admission, appointments, mail, roster
from people.access import allow
from people.forms import ChosenPhraseForm, NewPersonForm, OnceForm
from people.models import Person
from people.models.invitation import LASTS
from people.roles import Permission
from people.roster import Themes
from people.views.people import answered, done, found, moment, refused, whoever


@allow(Permission.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest, themes: Themes) -> HttpResponse:
    """Add a person with a first role; the link made for them is shown this once."""
    form = NewPersonForm(request.POST or None, scopes=roster.offered(themes))
    made: list[tuple[Person, str]] = []

    def add(now: datetime) -> None:
        made.append(admission.admit(**form.person, by=whoever(request), at=now))
        appointments.appoint(made[0][0], **form.appointment, by=whoever(request), at=now)

    if form.is_bound and done(form, by=whoever(request), deed=add):
        return _handed_on(request, *made[0]) if made else redirect("person", email=form.person["email"].lower())
    form.renew()
    return render(request, "people/new_person.html", {"form": form}, status=400 if form.is_bound else 200)


@allow(Permission.MANAGE_PEOPLE)
@require_POST
def invite(request: HttpRequest, email: str, themes: Themes) -> HttpResponse:
    """Make a new link, for somebody who has none or who has forgotten their pass phrase."""
    someone, form = found(email), OnceForm(request.POST)
    made: list[str] = []

    def make(now: datetime) -> None:
        made.append(admission.invite(someone, by=whoever(request), at=now))

    if not done(form, by=whoever(request), deed=make):
        return refused(request, someone, form, themes=themes)
    return _handed_on(request, someone, made[0]) if made else redirect("person", email=email)


@allow(Permission.MANAGE_PEOPLE)
@require_POST
def withdraw_invitation(request: HttpRequest, email: str, themes: Themes) -> HttpResponse:
    """Make the link that is out worthless."""
    someone, form = found(email), OnceForm(request.POST)

    def withdraw(now: datetime) -> None:
        admission.withdraw(someone, by=whoever(request), at=now)

    said = "The invitation has been withdrawn: its link no longer works."
    return answered(request, someone, form, deed=withdraw, said=said, themes=themes)


def _handed_on(request: HttpRequest, someone: Person, token: str) -> HttpResponse:
    now, _ = moment()
    link = request.build_absolute_uri(reverse("invitation", args=[token]))
    sent = mail.send_invitation(someone, link=link, until=now + LASTS)
    shown = {"someone": someone, "link": link, "sent": sent, "until": now + LASTS}
    return render(request, "people/invited.html", shown)


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever was sent the link chooses their pass phrase; every link that is worth nothing is answered alike."""
    now, _ = moment()
    person = admission.invited(token, at=now)
    form = ChosenPhraseForm(person, request.POST or None)
    if person and not form.is_valid():
        shown = {"form": form, "someone": person}
        return render(request, "people/invitation.html", shown, status=400 if form.is_bound else 200)
    if not person or not admission.accept(token, phrase=form.cleaned_data["new_password1"], at=now):
        return render(request, "people/no_invitation.html", status=404)
    messages.success(request, "Your pass phrase is chosen. Sign in with it.")
    return redirect(settings.LOGIN_URL)
