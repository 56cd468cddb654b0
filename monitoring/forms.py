"""What an officer is asked when giving an update or making a move."""

from typing import Any

from django import forms

from improvement.lifecycle import MOVES, Move, Status, objection
from improvement.models import Action, Milestone
from improvement.timing import written
from people.forms import UNREAD, OnceForm

CHANGED, SAME = "changed", "same"
MOST_WORDS = 4000
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
    words = forms.CharField(
        label="Your update",
        help_text="What has changed and how you know, or why nothing has. The board reads this.",
        max_length=MOST_WORDS,
        required=False,  # the deed itself says what is missing
        widget=forms.Textarea(attrs={"rows": 5}),
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
        self.still_open = {str(m.position): m for m in action.milestones.all() if m.done_on is None}
        self._offer_milestones()
        self._offer_moves(moves)

    def _offer_milestones(self) -> None:
        self.fields["milestones"].choices = [(key, _step(m)) for key, m in self.still_open.items()]  # type: ignore[attr-defined]
        if not self.still_open and "milestones" not in self.data:
            del self.fields["milestones"]

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
        return said["news"] == CHANGED and bool(self.last_words) and said["words"].strip() == self.last_words

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

    reason = forms.CharField(
        label="Why?",
        help_text="The board will read it in the action’s history.",
        max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

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
