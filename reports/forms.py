"""What is asked of a director who composes a paper or edits a section."""

from datetime import date
from typing import Any

from django import forms

from improvement.timing import joined, written
from monitoring.models import Visit
from people.days import days
from people.forms import OnceForm
from people.models import Meeting
from reports.compose import Commission
from reports.editing import Added
from reports.models import Passage
from reports.paper import Kind
from sources.models import Seal
from sources.seals import OPEN

MOST_WORDS = 8000


class ComposeForm(OnceForm):
    """Which visit, for which meeting, with the figures of which day."""

    visit = forms.ChoiceField(
        label="What is the paper about?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose a visit, or the plan’s progress.",
            "invalid_choice": "Choose one of these.",
        },
    )
    meeting = forms.ChoiceField(
        label="Which meeting does it go to?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a meeting.", "invalid_choice": "Choose one of these meetings."},
    )
    as_at = forms.DateField(
        label="With figures as at",
        input_formats=("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"}),
        error_messages={"required": "Enter the day that the figures speak of."},
    )

    def __init__(
        self, *args: Any, visits: list[Visit], meetings: list[Meeting], adopted_on: date, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.visits = {visit.reference: visit for visit in visits}
        self.meetings = {meeting.held_on.isoformat(): meeting for meeting in meetings}
        self.adopted_on, self.today = adopted_on, today
        self._offer()

    def _offer(self) -> None:
        seen = [(key, f"{v}: {days(v.starts_on, v.ends_on)}") for key, v in self.visits.items()]
        self.fields["visit"].choices = [*seen, ("none", "Progress of the plan, without a visit")]  # type: ignore[attr-defined]
        held = [(key, f"{m.body}, {written(m.held_on)}") for key, m in self.meetings.items()]
        self.fields["meeting"].choices = held  # type: ignore[attr-defined]
        self.fields["as_at"].initial = self.today
        self.fields[
            "as_at"
        ].help_text = f"Any day from {written(self.adopted_on)}, when the plan was adopted, to today."
        wrong = f"Enter a real date for “With figures as at”, such as {written(self.today)}."
        self.fields["as_at"].error_messages["invalid"] = wrong

    def clean_as_at(self) -> date:
        """A day that the plan knows."""
        as_at: date = self.cleaned_data["as_at"]
        if as_at > self.today:
            raise forms.ValidationError(f"{written(as_at)} is still to come. Choose today or an earlier day.")
        if as_at < self.adopted_on:
            raise forms.ValidationError(
                f"The plan was adopted on {written(self.adopted_on)}. Choose that day or a later one."
            )
        return as_at

    def clean(self) -> dict[str, Any]:
        """A paper on a visit speaks of a day after it."""
        said = super().clean() or self.cleaned_data
        visit = self.visits.get(said.get("visit", ""))
        if visit and (as_at := said.get("as_at")) and as_at < visit.ends_on:
            self.add_error("as_at", f"The visit ended on {written(visit.ends_on)}. Choose that day or a later one.")
        return said

    @property
    def commission(self) -> Commission:
        """As `compose` takes it."""
        said = self.cleaned_data
        return Commission(
            meeting=self.meetings[said["meeting"]], visit=self.visits.get(said["visit"]), as_at=said["as_at"]
        )


NAMES = {
    Kind.HEADING: "Heading",
    Kind.PARAGRAPH: "Paragraph",
    Kind.BULLET: "Bullet",
    Kind.CHART: "Finding of the chart",
}


class SectionForm(OnceForm):
    """A box for each passage of the section, and one for words to be put in."""

    opened = forms.CharField(
        widget=forms.HiddenInput, error_messages={"required": "Nothing was saved yet. Save again."}
    )

    def __init__(self, *args: Any, passages: list[Passage], opened: str, seals: list[Seal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passages, self.seals = passages, {str(place): seal for place, seal in enumerate(seals, start=1)}
        self.fields["opened"].initial = opened
        for place, passage in enumerate(passages):
            if passage.kind != Kind.TABLE:
                self.fields[f"words_{place}"] = _box(passage)
        self._offer_addition()

    def _offer_addition(self) -> None:
        self.fields["new"] = forms.CharField(
            label="Words to put in",
            help_text="Leave a blank line between paragraphs. Begin a line with a dash to make it a bullet.",
            max_length=MOST_WORDS,
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
        )
        places = [(str(place), f"After {_called(passage)}") for place, passage in enumerate(self.passages[:-1])]
        self.fields["after"] = forms.ChoiceField(
            label="Where they go", required=False, choices=[("", "At the end of the section"), *places]
        )
        if self.seals:
            held = [(key, f"Yes: they stay under its seal ({_said(seal)})") for key, seal in self.seals.items()]
            self.fields["draws_on"] = forms.ChoiceField(
                label="Do the words that you put in draw on a document that is not for publication?",
                required=False,
                widget=forms.RadioSelect,
                choices=[("open", "No: everybody may read them once the paper is issued"), *held],
                error_messages={"invalid_choice": "Choose one of these."},
            )

    def clean(self) -> dict[str, Any]:
        """Whoever knows what is sealed has to say whether new words rest on it."""
        said = super().clean() or self.cleaned_data
        if said.get("new", "").strip() and self.seals and not said.get("draws_on"):
            self.add_error("draws_on", "Say whether the words that you put in draw on a document not for publication.")
        return said

    @property
    def words(self) -> dict[int, str]:
        """What the boxes hold, by the places of their passages."""
        said = self.cleaned_data
        return {place: said[f"words_{place}"] for place in range(len(self.passages)) if f"words_{place}" in said}

    @property
    def added(self) -> Added:
        """What is put in, where, and under which seal."""
        said = self.cleaned_data
        seal = self.seals.get(said.get("draws_on") or "")
        after = said.get("after") or ""
        return Added(words=said.get("new", ""), after=int(after) if after else None, seal=seal.pk if seal else OPEN)


def _box(passage: Passage) -> forms.CharField:
    rows = max(2, min(12, len(passage.text) // 85 + 1))
    notes = [f"From: {passage.origin}." if passage.origin else ""]
    if not passage.own_seal.is_open:
        notes.append("Not for publication: these words keep their seal.")
    field = forms.CharField(
        label=_called(passage),
        help_text=" ".join(filter(None, notes)),
        initial=passage.text,
        required=False,
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": f"{_called(passage)} is too long: keep it below {MOST_WORDS:,} letters."},
    )
    del field.widget.attrs["maxlength"]  # a count under every box of a section would be noise
    return field


def _called(passage: Passage) -> str:
    name = NAMES.get(Kind(passage.kind), "Table")
    if passage.number:
        return f"{name} {passage.number}"
    start = passage.text or (passage.table or {}).get("caption", "")
    words = start.split()[:6]
    return f"{name} “{' '.join(words)}{'…' if len(start.split()) > 6 else ''}”"


def _said(seal: Seal) -> str:
    until = f"embargo until {written(seal.embargo_until.date())}" if seal.embargo_until else ""
    return joined([words for words in (seal.get_kind_display().lower(), until) if words])
