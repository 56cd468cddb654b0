"""Choosing one's own pass phrase: whoever was given one should not keep it."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from people.models import PersonLine


@require_http_methods(["GET", "POST"])
def pass_phrase(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of it; all of the person's sessions end, this one too."""
    form = OwnPhraseForm(request.user, request.POST or None)
    if form.is_bound and form.is_valid():
        with transaction.atomic():
            person: Any = form.save()
            PersonLine.write(person, "chose a new pass phrase", by=person, at=timezone.now())
        logout(request)
        messages.success(
            request, "Your pass phrase has been changed, and you are signed out everywhere. Sign in with it."
        )
        return redirect("sign_in")
    return render(request, "people/pass_phrase.html", {"form": form}, status=400 if form.is_bound else 200)


# Whoever has signed in may come in: people.unsaved.SignedIn holds this door, and no role is asked.
pass_phrase.permission = None  # type: ignore[attr-defined]


class OwnPhraseForm(PasswordChangeForm):
    """The phrase that is had, and twice the one that is wanted."""

    error_messages = {
        "password_incorrect": "That is not your pass phrase. Type it again.",
        "password_mismatch": "The two new pass phrases are not the same. Type both again.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (
            ("old_password", "Your pass phrase now"),
            ("new_password1", "Your new pass phrase"),
            ("new_password2", "Your new pass phrase again"),
        ):
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].error_messages["required"] = f"Enter {label[0].lower()}{label[1:]}."
        self.fields[
            "new_password1"
        ].help_text = "At least 12 characters. Four or five words that only you would put together."

    def clean_old_password(self) -> str:
        """The phrase now, counted among the guesses at the account like one on the sign-in page."""
        phrase: str = self.cleaned_data["old_password"]
        if not get_adapter().reauthenticate(self.user, phrase):
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return phrase
