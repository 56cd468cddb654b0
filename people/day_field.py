"""A day that somebody types in three boxes."""

from datetime import date
from typing import Any

from django import forms

NO_DATE: dict[str, Any] = {
    "required": "Enter a date, such as 27 3 2027.",
    "invalid": "Enter a real date, such as 27 3 2027.",
}
EARLIEST, LATEST = 1900, 2199
"""Years within which everything that is kept here has happened or is to happen."""


class DayField(forms.DateField):
    """A date whose year was typed whole: 26 is not 2026, and would be kept as a year of the Romans."""

    widget = forms.SelectDateWidget
    default_error_messages = {**NO_DATE}

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError where its year cannot be meant."""
        day = super().to_python(value)
        if day and not EARLIEST <= day.year <= LATEST:
            raise forms.ValidationError(f"Enter the year in four figures, from {EARLIEST} to {LATEST}.")
        return day
