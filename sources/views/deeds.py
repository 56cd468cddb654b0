"""What the cleared do with a seal: release it by two, correct its end by two, and say who is cleared."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from people.access import allow
from people.forms import OnceForm
from people.roles import Permission
from sources.clearing import Document, correction_waiting, people_to_clear, stricter
from sources.forms import ConfirmInstantForm, InstantForm, PersonForm, ReleaseForm, SecondForm, WordsForm
from sources.models import Refused
from sources.views.seals import found, reader

asked_and_sent = require_http_methods(["GET", "POST"])


def done(request: HttpRequest, form: OnceForm, deed: Callable[[], object]) -> bool:
    """Whether it is done, now or before by the same form; if not, nothing is, and the form says why."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        with transaction.atomic():
            if form.claim(by=reader(request), at=timezone.now()):
                deed()
    except Refused as refused:
        form.add_error(None, str(refused))
    return not form.errors


def shown(request: HttpRequest, form: OnceForm, page: str, told: dict[str, Any]) -> HttpResponse:
    """The page that asks, perhaps again."""
    form.renew()
    return render(request, page, {"form": form, **told}, status=form.status)


@allow(Permission.PROPOSE_RELEASE)
@asked_and_sent
def propose_release(request: HttpRequest, reference: str) -> HttpResponse:
    """The first signature of a release."""
    document = found(request, reference)
    form = ReleaseForm(request.POST or None, seal=document.seal)
    if done(request, form, lambda: document.seal.propose_release(reason=form.cleaned_data["reason"])):
        return _back(request, document, "The release has been proposed. A clerk who is cleared can confirm it.")
    return _shown(request, document, form, "propose_release")


@allow(Permission.CONFIRM_RELEASE)
@asked_and_sent
def confirm_release(request: HttpRequest, reference: str) -> HttpResponse:
    """The second signature, which releases it."""
    document = found(request, reference)
    form = SecondForm(request.POST or None)
    if done(request, form, document.seal.confirm_release):
        return _back(request, document, "The document has been released. Everybody can see it now.")
    return _shown(request, document, form, "confirm_release")


@asked_and_sent
def propose_instant(request: HttpRequest, reference: str) -> HttpResponse:
    """When the embargo should end, with the sentence that sets it; what is read from it is looked at first."""
    document = found(request, reference)
    form = InstantForm(request.POST or None)
    if not form.awaits_a_look() and done(
        request, form, lambda: document.seal.propose_instant(form.until, words=form.cleaned_data["words"])
    ):
        return _back(request, document, "The correction has been proposed. Another cleared person must confirm it.")
    return _shown(request, document, form, "propose_instant")


@asked_and_sent
def confirm_instant(request: HttpRequest, reference: str) -> HttpResponse:
    """Another person's agreement to the corrected end."""
    document = found(request, reference)
    correction = correction_waiting(document)
    form = ConfirmInstantForm(request.POST or None)
    if done(request, form, lambda: document.seal.confirm_instant(form.cleaned_data["key"])):
        return _back(request, document, "The end of the embargo has been corrected.")
    form.show(correction)
    more = {"correction": correction, "stricter": stricter(correction)}
    return _shown(request, document, form, "confirm_instant", more)


@asked_and_sent
def clear_person(request: HttpRequest, reference: str) -> HttpResponse:
    """Let a named person see the document."""
    document = found(request, reference)
    form = PersonForm(request.POST or None, people=people_to_clear(document))
    if done(
        request, form, lambda: document.seal.clear(form.cleaned_data["person"], reason=form.cleaned_data["reason"])
    ):
        return _back(request, document, f"{form.cleaned_data['person']} is cleared.")
    return _shown(request, document, form, "clear_person")


@asked_and_sent
def withdraw_clearance(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a clearance back, perhaps one's own."""
    document = found(request, reference)
    form = PersonForm(request.POST or None, people=[clearance.person for clearance in document.cleared])
    if not done(
        request, form, lambda: document.seal.withdraw(form.cleaned_data["person"], reason=form.cleaned_data["reason"])
    ):
        return _shown(request, document, form, "withdraw_clearance")
    if form.cleaned_data["person"] == request.user:
        messages.success(request, "Your own clearance has been withdrawn.")
        return redirect("seals")
    return _back(request, document, f"{form.cleaned_data['person']} is no longer cleared.")


@asked_and_sent
def let_words_stand(request: HttpRequest, reference: str) -> HttpResponse:
    """Say why words that repeat the document may stand."""
    document = found(request, reference)
    form = WordsForm(request.POST or None, seal=document.seal, initial={"words": request.GET.get("words")})
    if done(
        request, form,
        lambda: document.seal.let_words_stand(form.cleaned_data["words"], reason=form.cleaned_data["reason"]),
    ):  # fmt: skip
        return _back(request, document, "The words may stand, and why is written in the seal’s history.")
    return _shown(request, document, form, "let_words_stand")


def _back(request: HttpRequest, document: Document, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("seal", reference=document.source.reference)


def _shown(
    request: HttpRequest, document: Document, form: OnceForm, deed: str, more: dict[str, Any] | None = None
) -> HttpResponse:
    return shown(request, form, f"sources/{deed}.html", {"document": document, **(more or {})})
