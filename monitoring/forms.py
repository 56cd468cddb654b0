"""What is asked when an update is given or a move made, and when a visit’s letter is recorded or comes further."""

from datetime import date
from functools import cached_property
from typing import Any

from django import forms

from improvement.lifecycle import MOVES, Move, Status, objection
from improvement.models import Action, Milestone
from improvement.timing import written
from monitoring.correspondence import FOLLOWED_BY, Stage
from monitoring.questions import words_asked
from people.day_field import DayField
from people.forms import UNREAD, OnceForm
from sources.receipt import ReceiveForm, plain

CHANGED, SAME = "changed", "same"
LAST_WORDS_AGAIN = "These are the last words as they were. Say what has changed, or choose “No change, because…”."
MEANT = {"start": "Started: the work is under way", "deliver": "Delivered: it is done"}
"""What an update can also do, in an updater's words."""


class UpdateForm(OnceForm):
    """What has changed or why nothing has, the milestones reached, and perhaps a move."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, error_messages=UNREAD)
    news = forms.ChoiceField(
        label="What is there to say?",
        choices=[(CHANGED, "Something has changed"), (SAME, "No change, because…")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose whether something has changed."},
    )
    # The deed itself says what is missing.
    words = words_asked(
        "Your update", hint="What has changed and how you know, or why nothing has. The board reads this.", rows=5
    )
    milestones = forms.MultipleChoiceField(
        label="Milestones reached",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "A milestone that you chose has been marked done already. Look again."},
    )
    move = forms.ChoiceField(label="Where the action stands now", required=False, widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, action: Action, moves: tuple[Move, ...], last_words: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.action = action
        self.last_words = self.fields["words"].initial = last_words
        self.fields["version"].initial = action.version
        self.fields["news"].initial = CHANGED
        self.fields["milestones"].choices = self._steps  # type: ignore[attr-defined]
        self._offer_moves(moves)

    @cached_property
    def still_open(self) -> dict[str, Milestone]:
        """The milestones that can be ticked: asked for where the form is shown, or where one was."""
        return {str(m.position): m for m in self.action.milestones.all() if m.done_on is None}

    @property
    def asks_for_milestones(self) -> bool:
        """Whether there are any to tick, or one was ticked that there is no more."""
        return bool(self.still_open) or "milestones" in self.data

    def _steps(self) -> list[tuple[str, str]]:
        return [(key, _step(m)) for key, m in self.still_open.items()]

    def _offer_moves(self, moves: tuple[Move, ...]) -> None:
        stays = f"Still {Status(self.action.status).label.lower()}"
        offered = [("", stays), *((move.key, MEANT[move.key]) for move in moves if move.key in MEANT)]
        self.fields["move"].choices = offered  # type: ignore[attr-defined]
        if asked := MOVES.get(self.data.get("move", "")):
            sentence = objection(self.action.status, asked, reason="") or "That move is not yours to make."
            self.fields["move"].error_messages["invalid_choice"] = sentence
        elif not moves:
            del self.fields["move"]

    @property
    def says_nothing_new(self) -> bool:
        """Whether the last words, which stand in the box to begin from, were sent as they were."""
        said = self.cleaned_data
        return said["news"] == CHANGED and bool(self.last_words) and said["words"].split() == self.last_words.split()

    @property
    def behind(self) -> int:
        """How many changes have been made to the action since this form was opened."""
        opened_at = self.cleaned_data.get("version") if self.is_bound else None
        return max(0, self.action.version - opened_at) if opened_at else 0

    @property
    def reached(self) -> list[Milestone]:
        """The milestones ticked."""
        return [self.still_open[key] for key in self.cleaned_data.get("milestones", [])]

    @property
    def deed(self) -> dict[str, Any]:
        """As `progress.update` takes it."""
        said = self.cleaned_data
        return {"words": said["words"], "no_change": said["news"] == SAME, "move": said.get("move", "")}


class MoveForm(OnceForm):
    """Why a move is made."""

    reason = words_asked("Why?", hint="The board will read it in the action’s history.")

    def __init__(self, *args: Any, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = move.needs_reason
        self.fields["reason"].error_messages["required"] = reason_missing(move)


def reason_missing(move: Move) -> str:
    """The table's own sentence for a move without its reason."""
    whence = next(status for status in Status if status in move.leaves)
    return objection(whence, move, reason="", rung=next(iter(move.needs_rung), "none")) or ""


def _step(milestone: Milestone) -> str:
    return f"{milestone.words} (due {written(milestone.due_on)})"


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
    on = DayField(label="On which day?", error_messages={"required": "Enter the day."})
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
