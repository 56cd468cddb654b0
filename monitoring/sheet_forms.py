"""What a director is asked when loading a plan: the file, what its columns and words mean, and whether to load it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from improvement.models import Inspection
from monitoring.filters import FORMATS
from monitoring.sheet.archive import MOST_BYTES, TOO_BIG
from monitoring.sheet.columns import Means, meaning, plain_heading
from monitoring.sheet.promise import DryRun
from people.forms import OnceForm

_NO_DATE = {"invalid": "Enter a real date, such as 27/3/2027."}


def _day(**told: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(input_formats=FORMATS, widget=widget, error_messages=_NO_DATE, **told)


class FileForm(forms.Form):
    """Which file."""

    file = forms.FileField(
        label="Spreadsheet",
        help_text="An Excel workbook (xlsx) or a csv file, up to 5 MB. You will see what would change before it does.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty. Choose another."},
    )

    def clean_file(self) -> Any:
        """Refuse what is too big before it is read."""
        if self.cleaned_data["file"].size > MOST_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return self.cleaned_data["file"]

    @property
    def told(self) -> dict[str, str]:
        """What goes with the file."""
        return {}


class FirstFileForm(FileForm):
    """Which file, and of which plan it is the first."""

    title = forms.CharField(
        label="Title of the plan", max_length=200, error_messages={"required": "Give the plan a title."}
    )
    inspection = forms.ModelChoiceField(
        label="The inspection that it answers", queryset=Inspection.objects.none(), to_field_name="reference",
        empty_label="Choose one", error_messages={"required": "Choose the inspection that the plan answers."},
    )  # fmt: skip
    adopted_on = _day(label="Adopted on", help_text="The day on which the council adopts or adopted the plan.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspection"].queryset = Inspection.objects.all()  # type: ignore[attr-defined]

    @property
    def told(self) -> dict[str, str]:
        """The plan to be made."""
        said = self.cleaned_data
        return {
            "title": said["title"], "inspection": said["inspection"].reference,
            "adopted_on": said["adopted_on"].isoformat(),
        }  # fmt: skip


class MeaningForm(forms.Form):
    """What each column means, and which day each word in the place of a date stands for."""

    def __init__(self, *args: Any, run: DryRun, sheets: Sequence[str], dates: dict[str, date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings: dict[str, str] = {}
        self.words: dict[str, str] = {}
        if len(sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label="Sheet", choices=[(name, name) for name in sheets], initial=run.sheet
            )
        for column in run.columns:
            self.headings[f"column_{column.at}"] = column.heading
            self.fields[f"column_{column.at}"] = forms.ChoiceField(
                label=f"{column.letter}: {column.heading[:80]}", required=False, choices=_CHOICES,
                initial=column.means or "",
            )  # fmt: skip
        for place, words in enumerate(dict.fromkeys((*run.unread, *dates))):
            self.words[f"word_{place}"] = words
            self.fields[f"word_{place}"] = _day(
                label=f"“{words}” stands for", required=False, initial=dates.get(words),
                help_text="A day of your choice, or leave it empty and the rows are refused.",
            )  # fmt: skip

    @property
    def columns(self) -> dict[str, str]:
        """What was said of headings that does not go without saying."""
        said = {heading: self.cleaned_data[name] for name, heading in self.headings.items()}
        return {plain_heading(heading): means for heading, means in said.items() if means != (meaning(heading) or "")}

    @property
    def dates(self) -> dict[str, date]:
        """The words for which a day was given."""
        return {words: self.cleaned_data[name] for name, words in self.words.items() if self.cleaned_data[name]}


_CHOICES = [("", "Nobody has said yet"), *((means.value, means.label) for means in Means if means != Means.TERMS)]


class LoadForm(OnceForm):
    """Whether to load it: the very file and the very changes that were shown."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)
    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
