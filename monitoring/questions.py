"""The questions that forms of deeds have in common, and the form that a deed is made of."""

from typing import Any

from django import forms

from people.forms import WHY_OPENLY, OnceForm

MOST_WORDS = 4000
NO_DATE = {"required": "Enter a date, such as 27 3 2027.", "invalid": "Enter a real date, such as 27 3 2027."}


def words_asked(label: str, *, hint: str = "", missing: str = "", rows: int = 4) -> forms.CharField:
    """A box of words; they must be given where something is said if they are missing."""
    return forms.CharField(
        label=label, help_text=hint, max_length=MOST_WORDS, required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": missing} if missing else {},
    )  # fmt: skip


def line_asked(label: str, *, hint: str = "", missing: str = "", most: int = 200) -> forms.CharField:
    """A box for a few words; they must be given where something is said if they are missing."""
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=bool(missing),
        error_messages={"required": missing} if missing else {},
    )  # fmt: skip


def day_asked(label: str, *, hint: str = "For example, 27 3 2027.", required: bool = True) -> forms.DateField:
    """A date in three boxes."""
    return forms.DateField(
        label=label, help_text=hint, required=required, widget=forms.SelectDateWidget, error_messages=NO_DATE
    )


class DeedForm(OnceForm):
    """A form whose answers, but for its hidden key, are what its verb takes."""

    @property
    def deed(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("once", WHY_OPENLY)}
