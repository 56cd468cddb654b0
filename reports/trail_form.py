"""What a reader may ask of the page that tells what has been done: whose deeds, and of which day."""

from typing import Any

from django import forms

from people.models import Person


class TrailForm(forms.Form):
    """Both may be left open."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.order_by("name", "email"), to_field_name="email", required=False, label="Done by",
        empty_label="Anybody", error_messages={"invalid_choice": "Choose a person of the list, or “Anybody”."},
    )  # fmt: skip
    on = forms.DateField(
        required=False, label="On", widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Enter a real date for “On”, such as 7 March 2026."},
        input_formats=("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"),
    )  # fmt: skip

    def asked(self) -> dict[str, Any]:
        """What was chosen, as the query takes it."""
        return {"by": self.cleaned_data["person"], "on": self.cleaned_data["on"]}
