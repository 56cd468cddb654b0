"""What is asked of whoever shows, judges, rates or words an action, or adds to its steps and waits."""

from collections.abc import Sequence
from typing import Any

from django import forms

from improvement.models import Action
from improvement.timing import written
from monitoring.ladder import Rung
from monitoring.models import Blocker, Evidence
from monitoring.questions import WEB, DeedForm, OverForm, day_asked, line_asked, words_asked
from monitoring.scheme import RATED_BY_HAND, Scheme
from people.forms import OnceForm
from sources.files import ACCEPTED, MOST_BYTES


def _file(*, required: bool) -> forms.FileField:
    return forms.FileField(
        label="The file", required=required, widget=forms.FileInput(attrs={"accept": ACCEPTED}), max_length=255,
        help_text=f"PDF, Word, Excel, PNG or JPG, {MOST_BYTES // 1024**2} MB at most.",
        error_messages={"required": "Choose a file.", "empty": "That file is empty. Choose it again.",
                        "max_length": "That file’s name is too long. Give it a shorter one and choose it again."},
    )  # fmt: skip


class WebField(forms.URLField):
    """A link to a page."""

    default_validators = [WEB]


class EvidenceForm(DeedForm):
    """Something that can be shown."""

    kind = forms.ChoiceField(
        label="What kind of evidence is it?", choices=Evidence.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of evidence it is."},
    )  # fmt: skip
    title = line_asked("What it is", hint="For example, “Dip sample of 40 contacts”.", missing="Say what it is.")
    dated_on = day_asked("The day it speaks of", hint="Not the day you add it. For example, 27 3 2027.")
    words = words_asked(
        "What it shows", hint="In a sentence or two, with its numbers. Name no child.", missing="Say what it shows."
    )
    file = _file(required=False)
    link = WebField(
        label="Where it can be read", required=False, max_length=500, assume_scheme="https",
        help_text="A link into the council’s own files.",
        error_messages={"invalid": "Enter a whole link, beginning with https://."},
    )  # fmt: skip


class VersionForm(DeedForm):
    """A newer version of a file."""

    file = _file(required=True)


class RungForm(DeedForm):
    """A rung of the ladder, and the evidence that reaches it or the reason why it is lost."""

    sometimes = ("evidence", "reason")
    rung = forms.ChoiceField(
        label="Impact", widget=forms.RadioSelect, error_messages={"required": "Choose how far impact is shown."}
    )
    evidence = forms.ChoiceField(
        label="The evidence that shows it", required=False,
        help_text="To go up a rung. Add the evidence to the action first if it is not in the list.",
    )  # fmt: skip
    reason = words_asked("Why", hint="What you checked; or, to go down a rung, what no longer holds.")

    def __init__(self, *args: Any, action: Action, rungs: Sequence[Rung], not_yours: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not_yours:
            self.fields["rung"].error_messages["invalid_choice"] = not_yours
        self.shown = {shown.reference: shown for shown in action.evidence.all()}
        self.fields["rung"].choices = [(r.value, f"{r.label}. {r.meaning}") for r in rungs]  # type: ignore[attr-defined]
        told = [(reference, f"{e.title} ({written(e.dated_on)})") for reference, e in self.shown.items()]
        self.fields["evidence"].choices = [("", "None"), *told]  # type: ignore[attr-defined]

    @property
    def deed(self) -> dict[str, Any]:
        """With the evidence itself."""
        return super().deed | {"evidence": self.shown.get(self.cleaned_data["evidence"])}


class WaitForm(DeedForm):
    """What an action waits for, and from whom."""

    waiting_for = words_asked("What is it waiting for?", missing="Say what it is waiting for.", rows=2)
    from_whom = line_asked("From whom?", hint="A person, team or partner.", missing="Say from whom.")


class WaitOverForm(OnceForm):
    """Which wait is over."""

    wait = forms.ChoiceField(
        label="What has come?", widget=forms.RadioSelect,
        error_messages={"required": "Choose what has come.", "invalid_choice": "That wait is over already."},
    )  # fmt: skip

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waits = enumerate(action.blockers.all(), start=1)
        self.waits: dict[str, Blocker] = {str(n): wait for n, wait in waits if wait.cleared_on is None}
        told = [(n, f"{wait.waiting_for} From {wait.from_whom}") for n, wait in self.waits.items()]
        self.fields["wait"].choices = told  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Blocker:
        """The wait itself."""
        return self.waits[self.cleaned_data["wait"]]


class StepForm(DeedForm):
    """A milestone."""

    words = line_asked("What will have been done?", missing="Say what will have been done.", most=300)
    due_on = day_asked("By when?")


class OverrideForm(DeedForm):
    """A rating in place of the rule's, for a while."""

    delivery = forms.ChoiceField(
        label="Rate it", widget=forms.RadioSelect, error_messages={"required": "Choose a rating."}
    )
    until_on = day_asked("Until", hint="The next board by default. On the day after, the rule speaks again.")
    reason = words_asked("Why the rule does not fit", hint="The board reads it beside the rating.", missing="Say why.")

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        rated = [(delivery.value, scheme.name(delivery)) for delivery in RATED_BY_HAND]
        self.fields["delivery"].choices = rated  # type: ignore[attr-defined]


class EndForm(DeedForm):
    """Why a rating given by hand ends before its day."""

    reason = words_asked("Why it ends now", hint="What has changed since it was given.", missing="Say why it ends now.")


class AmendForm(OverForm):
    """An action put otherwise."""

    title = line_asked("Title", missing="Give it a title.")
    words = words_asked("What will be done", missing="Say what will be done.", rows=6)
    success = words_asked(
        "How we will know it helped", hint="What children or families would notice, and what measures it."
    )
    reason = words_asked("Why it is put otherwise", hint="Kept in its history, beside the former words.", rows=2)
