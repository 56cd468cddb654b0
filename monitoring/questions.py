"""The questions that forms of deeds have in common, and the form that a deed is made of."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import URLValidator

from improvement.models import Action, ActionLine
from people.day_field import DayField
from people.forms import UNREAD, WHY_OPENLY, OnceForm

MOST_WORDS = 4000
WEB = URLValidator(schemes=["http", "https"], message="Enter a whole link, beginning with https://.")
"""A link that a browser opens as a page, and no other kind."""
_NOT_ASKED = frozenset({"once", "version", WHY_OPENLY})
TOO_LONG = {"max_length": "Use at most %(limit_value)d characters: there are %(show_value)d."}


class WordsField(forms.CharField):
    """A box of words: a line break, which a browser sends as two characters, is the one that whoever types it sees."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """With line breaks of one character, before they are counted."""
        return (super().to_python(value) or "").replace("\r\n", "\n")


def _faults(missing: str) -> dict[str, str]:
    return TOO_LONG | ({"required": missing} if missing else {})


def words_asked(label: str, *, hint: str = "", missing: str = "", rows: int = 4) -> forms.CharField:
    """A box of words; they must be given where something is said if they are missing."""
    return WordsField(
        label=label, help_text=hint, max_length=MOST_WORDS, required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}), error_messages=_faults(missing),
    )  # fmt: skip


def line_asked(label: str, *, hint: str = "", missing: str = "", most: int = 200) -> forms.CharField:
    """A box for a few words; they must be given where something is said if they are missing."""
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=bool(missing),
        error_messages=_faults(missing),
    )  # fmt: skip


def day_asked(label: str, *, hint: str = "For example, 27 3 2027.", required: bool = True) -> forms.DateField:
    """A date in three boxes."""
    return DayField(label=label, help_text=hint, required=required)


class DeedForm(OnceForm):
    """A form whose answers, but for its hidden key, are what its verb takes."""

    @property
    def deed(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name not in _NOT_ASKED}


class OverForm(DeedForm):
    """A form typed over what an action says: of two people who do so at once, the second is told and loses no word."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, error_messages=UNREAD)

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action = action
        self.fields["version"].initial = action.version

    @property
    def behind(self) -> int:
        """How many changes have been made to the action since this form was opened."""
        opened_at = self.cleaned_data.get("version") if self.is_bound else None
        return max(0, self.action.version - opened_at) if opened_at else 0

    def left_alone(self, since: Sequence[ActionLine]) -> dict[str, str]:
        """What others have changed and this person has not, as it now is: to save again must not put it back.

        What the page had when it was opened is what stood before the earliest change since.
        """
        former: dict[str, str] = {}
        for line in since:
            former |= line.before
        return {
            name: str(getattr(self.action, name))
            for name, words in former.items()
            if name in self.cleaned_data and self.cleaned_data[name] == words
        }
