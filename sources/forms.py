"""What is asked of whoever releases a document, corrects its embargo, or says who is cleared on it."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django import forms

from people.days import LONDON
from people.forms import UNREAD, OnceForm
from people.models import Person
from sources.embargo import Reading, instant, proposal
from sources.models import Correction, Seal

CLOCK = ("%H:%M", "%H.%M", "%I:%M %p", "%I.%M %p", "%I:%M%p", "%I.%M%p", "%I%p", "%I %p")
OF_EXEMPT = (
    "Why the public interest no longer favours withholding it, in all the circumstances of the case "
    "(Local Government Act 1972, Schedule 12A, paragraph 10)."
)
OF_CONFIDENTIAL = "What its terms now allow, or who has agreed."


class ReleaseForm(OnceForm):
    """Why a document can be released, which the law asks of what is exempt."""

    reason = forms.CharField(
        label="Why it can be released", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why the public interest no longer favours withholding it."},
    )  # fmt: skip

    def __init__(self, *args: Any, seal: Seal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_exempt = seal.kind == Seal.Kind.EXEMPT
        self.fields["reason"].required = is_exempt
        self.fields["reason"].help_text = OF_EXEMPT if is_exempt else OF_CONFIDENTIAL


class SecondForm(OnceForm):
    """Nothing but the deed."""


class ConfirmInstantForm(OnceForm):
    """Which correction was read."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages=UNREAD)

    def show(self, correction: Correction | None) -> None:
        """Before it is shown, perhaps again: it names what the page shows."""
        key = str(correction.key) if correction else ""
        self.initial["key"] = key
        again: Any = self.data
        self.data = {**again.dict(), "key": key} if self.is_bound else again


class InstantForm(OnceForm):
    """When an embargo ends: the sentence first, read for whoever leaves the day empty, who then looks at it."""

    words = forms.CharField(
        label="The sentence that sets the end, quoted",
        help_text="As the document has it. Where it says so twice, quote both: the stricter is proposed.",
        max_length=1000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Quote the sentence that sets the end of the embargo."},
    )  # fmt: skip
    until_on = forms.DateField(
        label="The day it ends", required=False, widget=forms.SelectDateWidget,
        help_text="Leave the day and time empty to have them read from the sentence. For example, 30 3 2027.",
        error_messages={"invalid": "Enter a real date, such as 30 3 2027."},
    )  # fmt: skip
    until_at = forms.TimeField(
        label="The time it ends", required=False, input_formats=CLOCK,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-10"}),
        help_text="By the clock in London. “From” a day is 00:00 on it, “until” a day is 00:00 on the next.",
        error_messages={"invalid": "Enter a time such as 00:00, 10:30 or 5 pm."},
    )  # fmt: skip
    reading: Reading | None = None
    """What was read from the sentence, still to be looked at."""

    def clean_words(self) -> str:
        """On one line, as it is quoted."""
        return " ".join(self.cleaned_data["words"].split())

    def clean(self) -> dict[str, Any]:
        """Read the sentence where no day was typed."""
        said = self.cleaned_data
        if not self.errors and said["until_on"] is None:
            self.reading = proposal(said["words"])
            if self.reading is None:
                self.add_error("until_on", "Enter the day, because none could be read from the sentence.")
        return said

    def awaits_a_look(self) -> bool:
        """Whether an end was read from the sentence; if so it is now typed in, for a person to look at."""
        if not (self.is_bound and self.is_valid() and self.reading):
            return False
        again: Any = self.data
        here, typed = self.reading.until.astimezone(LONDON), again.copy()
        for part in ("day", "month", "year"):
            typed[f"until_on_{part}"] = str(getattr(here, part))
        typed["until_at"] = f"{here:%H:%M}"
        self.data = typed
        return True

    @property
    def until(self) -> datetime:
        """The instant that was typed."""
        return instant(self.cleaned_data["until_on"], self.cleaned_data["until_at"] or time.min)


class PersonForm(OnceForm):
    """A named person, and why."""

    # Not a choice of those offered: whoever was cleared by the first of two sendings is not offered at the second.
    person = forms.CharField(label="Person", widget=forms.Select, error_messages={"required": "Choose a person."})
    reason = forms.CharField(label="Why", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(person.email, f"{person}, {person.post or person.email}") for person in people]
        self.fields["person"].widget.choices = [("", "Choose a person"), *named]

    def clean_person(self) -> Person:
        """The person of the address."""
        person = Person.objects.filter(email=self.cleaned_data["person"], is_active=True).first()
        if person is None:
            raise forms.ValidationError("Choose a person from the list.")
        return person
