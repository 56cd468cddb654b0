"""What is asked of whoever changes an action other than by an update: its dates, steps, waits, evidence and ratings."""

from collections.abc import Sequence
from typing import Any

from django import forms

from improvement.models import Action, Extension, Lead, Revision
from improvement.timing import written
from monitoring.ladder import Rung
from monitoring.models import Blocker, Evidence
from monitoring.scheme import WORST_FIRST, Delivery, Scheme
from people.forms import WHY_OPENLY, OnceForm
from people.models import Meeting, Person
from sources.files import ACCEPTED, MOST_BYTES

MOST_WORDS = 4000
NO_DATE = {"required": "Enter a date, such as 27 3 2027.", "invalid": "Enter a real date, such as 27 3 2027."}


def words_asked(label: str, *, hint: str = "", missing: str = "", rows: int = 4) -> forms.CharField:
    """A box of words; they must be given where something is said if they are missing."""
    return forms.CharField(
        label=label, help_text=hint, max_length=MOST_WORDS, required=bool(missing),
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": missing} if missing else {},
    )  # fmt: skip


def reason_asked() -> forms.ChoiceField:
    """Why a date moves, as a choice of the list."""
    return forms.ChoiceField(
        label="The reason in short", choices=[("", "Choose a reason"), *Revision.Reason.choices],
        error_messages={"required": "Choose the reason that fits best."},
    )  # fmt: skip


def _line(label: str, *, hint: str = "", missing: str = "", most: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=most, required=bool(missing),
        error_messages={"required": missing} if missing else {},
    )  # fmt: skip


def _day(label: str, *, hint: str = "") -> forms.DateField:
    return forms.DateField(label=label, help_text=hint, widget=forms.SelectDateWidget, error_messages=NO_DATE)


def _file(*, required: bool) -> forms.FileField:
    return forms.FileField(
        label="The file", required=required, widget=forms.FileInput(attrs={"accept": ACCEPTED}), max_length=255,
        help_text=f"PDF, Word, Excel, PNG or JPG, {MOST_BYTES // 1024**2} MB at most.",
        error_messages={"required": "Choose a file.", "empty": "That file is empty. Choose it again.",
                        "max_length": "That file’s name is too long. Give it a shorter one and choose it again."},
    )  # fmt: skip


class DeedForm(OnceForm):
    """A form whose answers, but for its hidden key, are what its verb takes."""

    @property
    def deed(self) -> dict[str, Any]:
        """As the verb takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name not in ("once", WHY_OPENLY)}


class EvidenceForm(DeedForm):
    """Something that can be shown."""

    kind = forms.ChoiceField(
        label="What kind of evidence is it?", choices=Evidence.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of evidence it is."},
    )  # fmt: skip
    title = _line("What it is", hint="For example, “Dip sample of 40 contacts”.", missing="Say what it is.")
    dated_on = _day("The day it speaks of", hint="Not the day you add it. For example, 27 3 2027.")
    words = words_asked(
        "What it shows", hint="In a sentence or two, with its numbers. Name no child.", missing="Say what it shows."
    )
    file = _file(required=False)
    link = forms.URLField(
        label="Where it can be read", required=False, max_length=500, assume_scheme="https",
        help_text="A link into the council’s own files.",
        error_messages={"invalid": "Enter a whole link, beginning with https://."},
    )  # fmt: skip


class VersionForm(DeedForm):
    """A newer version of a file."""

    file = _file(required=True)


class RungForm(DeedForm):
    """A rung of the ladder, and the evidence that reaches it or the reason why it is lost."""

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
    from_whom = _line("From whom?", hint="A person, team or partner.", missing="Say from whom.")


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

    words = _line("What will have been done?", missing="Say what will have been done.", most=300)
    due_on = _day("By when?", hint="For example, 27 3 2027.")


class OverrideForm(DeedForm):
    """A rating in place of the rule's, for a while."""

    delivery = forms.ChoiceField(
        label="Rate it", widget=forms.RadioSelect, error_messages={"required": "Choose a rating."}
    )
    until_on = _day("Until", hint="The next board by default. On the day after, the rule speaks again.")
    reason = words_asked("Why the rule does not fit", hint="The board reads it beside the rating.", missing="Say why.")

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme
        # Only delivering an action makes it blue.
        rated = [(d.value, scheme.name(d)) for d in WORST_FIRST if d != Delivery.BLUE]
        self.fields["delivery"].choices = rated  # type: ignore[attr-defined]


class EndForm(DeedForm):
    """Why a rating given by hand ends before its day."""

    reason = words_asked("Why it ends now", hint="What has changed since it was given.", missing="Say why it ends now.")


class AskForm(DeedForm):
    """A later date, asked for."""

    to_on = _day("The date you ask for", hint="For example, 27 3 2027.")
    reason = reason_asked()
    words = words_asked("Why more time is needed", missing="Say why more time is needed.")


class AmendForm(DeedForm):
    """An action put otherwise."""

    title = _line("Title", missing="Give it a title.")
    words = words_asked("What will be done", missing="Say what will be done.", rows=6)
    success = words_asked(
        "How we will know it helped", hint="What children or families would notice, and what measures it."
    )
    reason = words_asked("Why it is put otherwise", hint="Kept in its history, beside the former words.", rows=2)


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
    words = words_asked("Why", hint="Needed if the date stays. The board reads it.")
    field_order = ("once", "agreed", "meeting", "words")

    def __init__(self, *args: Any, asked: Extension, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        moves, stays = f"Agree: it moves to {written(asked.to_on)}", f"Decline: it stays {written(asked.from_on)}"
        self.fields["agreed"].choices = [("yes", moves), ("no", stays)]  # type: ignore[attr-defined]


class LedForm(DeedForm):
    """Who answers for an action: a lead of the list, or one named for the first time."""

    lead = forms.ChoiceField(
        label="Lead", required=False, help_text="The post, team or partner answerable. They need no account here."
    )
    new_lead = _line("Or another lead", hint="Named for the first time.", most=160)
    kind = forms.ChoiceField(label="Which is", choices=[("", ""), *Lead.Kind.choices], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leads = {lead.slug: lead for lead in Lead.objects.all()}
        self.fields["lead"].choices = [(slug, lead.name) for slug, lead in self.leads.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A new lead needs its kind."""
        said = super().clean() or {}
        if said.get("new_lead") and not said.get("kind"):
            self.add_error("kind", "Say whether it is a post, a team or a partner.")
        return said

    @property
    def answerable(self) -> Lead:
        """The lead that was chosen, made if it was named for the first time."""
        said = self.cleaned_data
        return Lead.called(said["new_lead"], kind=said["kind"]) if said["new_lead"] else self.leads[said["lead"]]


class LeadForm(LedForm):
    """Who answers for an action, and who updates it beside its lead."""

    updaters = forms.MultipleChoiceField(
        label="Who updates it beside its lead", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Somebody you chose can no longer update actions. Choose again."},
    )  # fmt: skip
    reason = words_asked("Why it is handed over", hint="Kept in its history.", rows=2)

    def __init__(self, *args: Any, action: Action, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.email: person for person in people}
        self.fields["updaters"].choices = [(email, _named(p)) for email, p in self.people.items()]  # type: ignore[attr-defined]
        self.initial.update(lead=action.lead.slug, updaters=[u.person.email for u in action.updaters.all()])

    @property
    def deed(self) -> dict[str, Any]:
        """As `progress.hand_over` takes it."""
        said = self.cleaned_data
        return {
            "lead": self.answerable,
            "updaters": [self.people[email] for email in said["updaters"]],
            "reason": said["reason"],
        }


def _named(person: Person) -> str:
    return f"{person.name}, {person.post}" if person.post else person.name
