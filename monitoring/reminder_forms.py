"""What is asked about reminders: which of the optional ones somebody wants, and the council's numbers of days."""

from typing import Any

from django import forms

from monitoring.models import Reminding
from monitoring.reminding import OPTIONAL, Days
from people.forms import OnceForm

A_YEAR = 366


class WantedForm(OnceForm):
    """The reminders that a person may do without, those chosen that they get."""

    wanted = forms.MultipleChoiceField(
        label="Also remind me of", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(kind.value, kind.label) for kind in OPTIONAL],
    )  # fmt: skip

    def __init__(self, *args: Any, unwanted: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wanted"].initial = [kind.value for kind in OPTIONAL if kind.value not in unwanted]


def _days(label: str, hint: str, *, least: int) -> forms.IntegerField:
    wrong = f"Enter a number of days from {least} to {A_YEAR}."
    return forms.IntegerField(
        label=label, help_text=hint, min_value=least, max_value=A_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong),
    )  # fmt: skip


class DaysForm(OnceForm):
    """When people are told."""

    due = _days("First reminder", "Days before an action is due.", least=1)
    due_again = _days("Second reminder", "Days before it is due.", least=0)
    override = _days("A rating set by hand", "Days before it ends, to the theme lead.", least=0)
    to_lead = _days("To the theme lead", "When an action is overdue by more working days than this.", least=0)
    to_director = _days("To the director", "When an action is overdue by more working days than this.", least=1)

    def __init__(self, *args: Any, ours: Reminding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in Days.__dataclass_fields__:
            self.fields[name].initial = getattr(ours, name)

    @property
    def days(self) -> Days:
        """As the rule takes them."""
        return Days(**{name: self.cleaned_data[name] for name in Days.__dataclass_fields__})
