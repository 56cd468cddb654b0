"""What is asked of whoever records a visit's letter, or how far it has come."""

from datetime import date
from typing import Any

from django import forms

from monitoring.correspondence import FOLLOWED_BY, Stage
from people.forms import NO_DATE, OnceForm
from sources.receipt import ReceiveForm, plain


class LetterForm(ReceiveForm):
    """A visit's letter as it came, draft or final."""

    kind = None  # type: ignore[assignment]
    state = forms.ChoiceField(
        label="Which letter is it?", widget=forms.RadioSelect, initial=Stage.DRAFT,
        choices=[(Stage.DRAFT, "The draft, sent for accuracy comments"), (Stage.FINAL, "The final letter")],
        error_messages={"required": "Choose which letter it is."},
    )  # fmt: skip

    @property
    def received(self) -> dict[str, Any]:
        """As `Letter.receive` takes it."""
        return super().received | {"state": self.cleaned_data["state"]}


class StageForm(OnceForm):
    """How far a letter has come, and on which day."""

    to = forms.ChoiceField(
        label="How far has the letter come?", widget=forms.RadioSelect,
        error_messages={"required": "Choose how far it has come.", "invalid_choice": "Choose what can come next."},
    )  # fmt: skip
    on = forms.DateField(
        label="On which day?", widget=forms.SelectDateWidget,
        error_messages=NO_DATE | {"required": "Enter the day."},
    )  # fmt: skip
    words = forms.CharField(
        label="The final letter’s words", required=False, strip=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Only where they are not those of the draft. The draft’s are kept in the history.",
    )  # fmt: skip

    def __init__(self, *args: Any, stage: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        follow = FOLLOWED_BY[Stage(stage)]
        self.today = today
        self.fields["to"].choices = [(each.value, each.label) for each in follow]  # type: ignore[attr-defined]
        self.fields["on"].initial = today
        if Stage.FINAL not in follow:
            del self.fields["words"]

    def clean_on(self) -> date:
        """Nothing has come before its day."""
        if self.cleaned_data["on"] > self.today:
            raise forms.ValidationError("Enter a day that has come.")
        return self.cleaned_data["on"]

    @property
    def move(self) -> dict[str, Any]:
        """As `Letter.move` takes it; words come with a final letter alone."""
        said = self.cleaned_data
        words = plain(said.get("words", "")) if said["to"] == Stage.FINAL else ""
        return {"to": said["to"], "on": said["on"], "words": words}
