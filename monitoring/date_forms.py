"""What is asked of whoever asks for a later date, answers, or moves one."""

from collections.abc import Sequence
from typing import Any

from django import forms

from improvement.models import Extension, Revision
from improvement.timing import written
from monitoring.questions import DeedForm, day_asked, words_asked
from people.models import Meeting


def reason_asked() -> forms.ChoiceField:
    """Why a date moves, as a choice of the list."""
    return forms.ChoiceField(
        label="The reason in short", choices=[("", "Choose a reason"), *Revision.Reason.choices],
        error_messages={"required": "Choose the reason that fits best."},
    )  # fmt: skip


class AskForm(DeedForm):
    """A later date, asked for."""

    to_on = day_asked("The date you ask for")
    reason = reason_asked()
    words = words_asked("Why more time is needed", missing="Say why more time is needed.")


class AtMeeting(DeedForm):
    """Something that may have been agreed at a meeting."""

    def __init__(self, *args: Any, meetings: Sequence[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meetings = {f"{m.body.slug} {m.held_on.isoformat()}": m for m in meetings}
        told = [(key, str(meeting)) for key, meeting in self.meetings.items()]
        self.fields["meeting"] = forms.ChoiceField(
            label="Where it was agreed", required=False, choices=[("", "At no meeting"), *told]
        )

    @property
    def deed(self) -> dict[str, Any]:
        """With the meeting itself."""
        return super().deed | {"meeting": self.meetings.get(self.cleaned_data["meeting"])}


class ReviseForm(AskForm, AtMeeting):
    """Another date, by whoever may agree to it."""


class AnswerForm(AtMeeting):
    """Whether the date moves as it was asked."""

    agreed = forms.ChoiceField(
        label="Your answer", widget=forms.RadioSelect,
        error_messages={"required": "Choose whether the date moves."},
    )  # fmt: skip
    sometimes = ("words",)
    words = words_asked("Why", hint="Needed if the date stays. The board reads it.")
    field_order = ("once", "agreed", "meeting", "words")

    def __init__(self, *args: Any, asked: Extension, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves, stays = f"Agree: it moves to {written(asked.to_on)}", f"Decline: it stays {written(asked.action.due_on)}"
        self.fields["agreed"].choices = [("yes", moves), ("no", stays)]  # type: ignore[attr-defined]
