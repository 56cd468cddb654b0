"""What is asked of whoever changes many actions at once: which, what is done to them all, and why."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from improvement.lifecycle import MOVES, Who
from improvement.models import Lead
from improvement.working_days import Calendar
from monitoring.date_forms import AtMeeting, reason_asked
from monitoring.deed_forms import OverrideForm
from monitoring.forms import CHANGED, SAME, reason_missing
from monitoring.models import Update
from monitoring.questions import words_asked
from monitoring.together.deeds import GiveUpdate, HandOver, MakeMove, MoveDate, SetAside
from people.day_field import DayField
from people.forms import UNREAD, OnceForm

LONGEST = 120
"""Working days by which many dates are moved at once: half a year."""
BY, TO = "by", "to"


class ChosenForm(OnceForm):
    """A form about the actions that somebody has chosen, and the list that they were chosen on."""

    chosen = forms.CharField(widget=forms.HiddenInput, error_messages=UNREAD)
    list = forms.CharField(widget=forms.HiddenInput, required=False)

    @property
    def carried(self) -> Iterable[tuple[str, str]]:
        """What was typed, to be sent again with the confirmation."""
        parts = {f"{name}_{part}" for name in self.fields for part in ("day", "month", "year")}
        names = (parts | self.fields.keys()) - {"chosen"}
        data: Any = self.data
        return [(name, value) for name in data if name in names for value in data.getlist(name)]


class UpdateForm(ChosenForm):
    """The same update for each."""

    news = forms.ChoiceField(
        label="What is there to say?", widget=forms.RadioSelect, initial=CHANGED,
        choices=[(CHANGED, "Something has changed"), (SAME, "No change, because…")],
        error_messages={"required": "Choose whether something has changed."},
    )  # fmt: skip
    words = words_asked(
        "The update", hint="The same words for each of these actions. The board reads them.",
        missing=Update.objection("") or "", rows=5,
    )  # fmt: skip

    @property
    def wanted(self) -> GiveUpdate:
        """As a deed."""
        said = self.cleaned_data
        return GiveUpdate(words=said["words"], no_change=said["news"] == SAME)


class MoveForm(ChosenForm):
    """The same move for each, with its reason."""

    move = forms.ChoiceField(
        label="Which move?", widget=forms.RadioSelect, error_messages={"required": "Choose a move."}
    )
    sometimes = ("reason",)
    reason = words_asked("Why?", hint="Needed for all but Start and Deliver. The board reads it in each history.")

    def __init__(self, *args: Any, steers: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [move for move in MOVES.values() if steers or move.made_by == Who.UPDATER]
        self.fields["move"].choices = [(move.key, move.label) for move in offered]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A move that needs a reason has one."""
        said = super().clean() or {}
        move = MOVES.get(said.get("move", ""))
        if move and move.needs_reason and not said.get("reason"):
            self.add_error("reason", reason_missing(move))
        return said

    @property
    def wanted(self) -> MakeMove:
        """As a deed."""
        return MakeMove(move=MOVES[self.cleaned_data["move"]], reason=self.cleaned_data["reason"])


class LeadForm(ChosenForm):
    """Another lead for each."""

    lead = forms.ModelChoiceField(
        label="The new lead", queryset=Lead.objects.all(), to_field_name="slug", empty_label="Choose a lead",
        help_text="The post, team or partner answerable. Who updates the actions beside their lead stays.",
        error_messages={"required": "Choose a lead.", "invalid_choice": "Choose a lead from the list."},
    )  # fmt: skip
    reason = words_asked("Why they are handed over", hint="Kept in the history of each.", rows=2)

    @property
    def wanted(self) -> HandOver:
        """As a deed."""
        return HandOver(lead=self.cleaned_data["lead"], reason=self.cleaned_data["reason"])


class DateForm(ChosenForm, AtMeeting):
    """Other due dates, by so many working days or all to one day, by whoever may agree to it."""

    sometimes = ("days", "to_on")
    how = forms.ChoiceField(
        label="How do the dates move?", widget=forms.RadioSelect, initial=BY,
        choices=[(BY, "Each by the same number of working days"), (TO, "All to the same date")],
        error_messages={"required": "Choose how the dates move."},
    )  # fmt: skip
    days = forms.IntegerField(
        label="Working days later", required=False, min_value=1, max_value=LONGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        help_text="Only if each moves by the same number.",
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Enter a whole number of working days from 1 to {LONGEST}."
        ),
    )  # fmt: skip
    to_on = DayField(
        label="The new date", required=False, help_text="Only if all move to the same date. For example, 27 3 2027."
    )
    reason = reason_asked()
    words = words_asked("Why the dates move", missing="Say why the dates move.")
    field_order = ("once", "how", "days", "to_on", "reason", "words", "meeting")

    def __init__(self, *args: Any, calendar: Calendar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calendar = calendar

    def clean(self) -> dict[str, Any]:
        """What was chosen has its number or its date."""
        said = super().clean() or {}
        if said.get("how") == BY and not said.get("days") and "days" not in self.errors:
            self.add_error("days", f"Enter a whole number of working days from 1 to {LONGEST}.")
        if said.get("how") == TO and not said.get("to_on") and "to_on" not in self.errors:
            self.add_error("to_on", "Enter a date, such as 27 3 2027.")
        return said

    @property
    def wanted(self) -> MoveDate:
        """As a deed."""
        said = self.cleaned_data
        to_on: date | None = said["to_on"] if said["how"] == TO else None
        return MoveDate(
            to_on=to_on, days=said["days"] or 0, reason=said["reason"], words=said["words"],
            meeting=self.meetings.get(said["meeting"]), calendar=self.calendar,
        )  # fmt: skip


class RatingForm(ChosenForm, OverrideForm):
    """The same rating in place of the rule's for each."""

    @property
    def wanted(self) -> SetAside:
        """As a deed."""
        said = self.cleaned_data
        return SetAside(delivery=said["delivery"], until_on=said["until_on"], reason=said["reason"], scheme=self.scheme)
