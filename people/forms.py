"""What an administrator is asked about a person and a role, and an invited person about their pass phrase."""

import json
import uuid
from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.http import QueryDict

from people.day_field import DayField
from people.models import Once, Person, SentOtherwise
from people.roles import EVERYWHERE, Reach, Role
from people.roster import Scopes

UNREAD = {"required": "Nothing was saved. Save again.", "invalid": "Nothing was saved. Save again."}
"""A hidden field came back empty or spoilt: the form is made good, and has only to be sent again."""
PLAIN = RegexValidator(r"^[^/@\"]+@[^/@]+$", "Enter an e-mail address such as name@northmoor.example.")
"""An account's page has its e-mail address in its own address."""


WHY_OPENLY = "say_openly"
SAVED_BEFORE = (
    "You saved this page once already, and what stands on it now is not saved. "
    "Look at what you saved then; if this is to be saved as well, save again."
)
_OF_THE_PAGE = frozenset({"once", "csrfmiddlewaretoken"})


class OnceForm(forms.Form):
    """A form that carries the key by which it is acted on only once."""

    once = forms.UUIDField(widget=forms.HiddenInput, error_messages=UNREAD)
    sometimes: tuple[str, ...] = ()
    """Fields that what else was said asks for, as their hints say: none of them is called optional."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = uuid.uuid4()
        if WHY_OPENLY in self.data:
            self._offer_a_reason()

    def claim(self, *, by: Person, at: datetime) -> bool:
        """Whether what it asks is yet to be done.

        What was done already under its key with other words than these is not done again, and the form says so: a page
        that is gone back to still has its key, and the words put right on it must not be thrown away.
        """
        try:
            return Once.claim(self.cleaned_data["once"], sent=self._sent, by=by, at=at)
        except SentOtherwise:
            self.add_error("once", SAVED_BEFORE)
            return False

    @property
    def _sent(self) -> str:
        """All that was sent, but for what stands for the page and not for the words on it."""
        data, files = cast("QueryDict", self.data), cast("dict[str, UploadedFile]", self.files)
        said = sorted((name, data.getlist(name)) for name in data if name not in _OF_THE_PAGE)
        sent = sorted((name, file.name, file.size) for name, file in files.items())
        return json.dumps([said, sent])

    @property
    def why_openly(self) -> str:
        """Why words that repeat a text under seal may be said: asked of nobody whose words do not."""
        return str(self.cleaned_data.get(WHY_OPENLY, "")).strip()

    @property
    def is_stopped(self) -> bool:
        """Whether its words were stopped because they repeat a text under seal."""
        return WHY_OPENLY in self.errors

    def ask_why_openly(self, sentence: str) -> None:
        """Show the form again with the sentence that stopped it, and a box to answer it in."""
        self._offer_a_reason()
        self.add_error(WHY_OPENLY, sentence)

    def _offer_a_reason(self) -> None:
        self.fields[WHY_OPENLY] = forms.CharField(
            label="Why these words may be said here", required=False, max_length=1000,
            help_text="Leave it empty and change your words, or give the reason, which is kept with the seal.",
            widget=forms.Textarea(attrs={"rows": 3}),
        )  # fmt: skip

    @property
    def status(self) -> int:
        """Of the page that shows it: 409 where the deed or its words were refused, 400 where it was not typed whole."""
        refused = self.is_stopped or (self.is_bound and self.non_field_errors())
        return 409 if refused else 400 if self.errors else 200

    def renew(self, **hidden: object) -> None:
        """Before it is shown again: what was typed stays, what was hidden is made good."""
        if "once" in self.errors:
            hidden["once"] = uuid.uuid4()
        again: Any = self.data
        again = again.copy()
        for name, value in hidden.items():
            again[name] = str(value)
        self.data = again


class RoleForm(OnceForm):
    """A role, what it reaches over, and for how long."""

    role = forms.ChoiceField(
        label="Role",
        choices=[("", "Choose a role"), *Role.choices],
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose a role from the list."},
    )
    scope = forms.ChoiceField(
        label="What it reaches over",
        help_text="A theme lead or a partner has one theme, and an officer may; a clerk, say, may have one body. "
        "Most others have everything.",
        error_messages={"required": "Choose what it reaches over.", "invalid_choice": "Choose it from the list."},
    )
    starts_on = DayField(label="Starts on", required=False, help_text="Leave empty for today.")
    ends_on = DayField(
        label="Ends on", required=False,
        help_text="The first day without the role. A partner’s or an adviser’s ends within a year; "
        "leave it empty where another’s has no end.",
    )  # fmt: skip

    def __init__(self, *args: Any, scopes: Scopes, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = _grouped(scopes)  # type: ignore[attr-defined]
        self.fields["scope"].initial = EVERYWHERE

    @property
    def appointment(self) -> dict[str, Any]:
        """As `appointments.appoint` takes it."""
        said = self.cleaned_data
        days = {"starts_on": said["starts_on"], "ends_on": said["ends_on"]}
        return {"role": Role(said["role"]), "scope": said["scope"], **days}


def _grouped(scopes: Scopes) -> list[tuple[str, Any]]:
    """Everything by itself, then themes and bodies, so that nobody takes one for the other."""
    kinds = {"Themes": f"{Reach.THEME}:", "Bodies": f"{Reach.BODY}:"}
    groups = {name: [each for each in scopes if each[0].startswith(kind)] for name, kind in kinds.items()}
    return [*(each for each in scopes if each[0] == EVERYWHERE), *((name, of) for name, of in groups.items() if of)]


class NewPersonForm(RoleForm):
    """A person and their first role."""

    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter the person’s name."})
    email = forms.EmailField(
        label="E-mail address", help_text="They sign in with it.", max_length=254, validators=[PLAIN],
        error_messages={"required": "Enter the person’s e-mail address."},
    )  # fmt: skip
    post = forms.CharField(label="Post", max_length=160, required=False, help_text="As their colleagues know it.")
    field_order = ("once", "name", "email", "post", "role", "scope", "starts_on", "ends_on")

    @property
    def person(self) -> dict[str, str]:
        """As `admission.admit` takes it."""
        return {name: self.cleaned_data[name] for name in ("name", "email", "post")}


class ChosenPhraseForm(SetPasswordForm):
    """The pass phrase that an invited person chooses, twice."""

    error_messages = {"password_mismatch": "The two pass phrases are not the same. Type both again."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("new_password1", "Your pass phrase"), ("new_password2", "Your pass phrase again")):
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].error_messages["required"] = f"Enter {label[0].lower()}{label[1:]}."
        words = "At least 12 characters. Four or five words that only you would put together."
        self.fields["new_password1"].help_text = words


class EndForm(OnceForm):
    """Which of the person's roles."""

    named = forms.CharField(widget=forms.HiddenInput, max_length=140, error_messages=UNREAD)
