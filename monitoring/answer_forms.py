"""What is asked of whoever says what answers a finding: a reply, a requirement, an action, ticks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from improvement.models import Finding, Response, Theme
from monitoring.lead_forms import NO_LEAD, LedForm
from monitoring.pick_form import Offer, PickForm
from monitoring.questions import DeedForm, day_asked, words_asked


class ResponseForm(DeedForm):
    """Accepted, accepted in part, or declined."""

    reply = forms.ChoiceField(
        label="What the council says to it", choices=Response.Reply.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose whether it is accepted, accepted in part or declined."},
    )  # fmt: skip
    sometimes = ("reason", "until_on")
    reason = words_asked("Why", hint="Needed unless it is accepted whole. Inspectors and the board will read it.")
    until_on = day_asked(
        "Until when", required=False,
        hint="Needed unless it is accepted whole. After that day it is to be looked at again. For example, 27 3 2027.",
    )  # fmt: skip


class RequirementForm(DeedForm):
    """One requirement of a notice."""

    number = forms.CharField(
        label="Its number", max_length=12, help_text="N and a figure, as actions will name it: N1, N2.",
        validators=[RegexValidator(r"^[Nn][0-9]{1,3}$", "Give it N and a figure, such as N3.")],
        error_messages={"required": "Give it a number, such as N3."},
    )  # fmt: skip
    words = words_asked(
        "What the notice requires", hint="In the notice’s own words.", missing="Give the requirement’s words.", rows=5
    )
    theme = forms.ChoiceField(
        label="The theme that takes it up", error_messages={"required": "Choose the theme that takes it up."}
    )

    def __init__(self, *args: Any, themes: Sequence[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.themes = {theme.slug: theme for theme in themes}
        choices = [("", "Choose a theme"), *((slug, str(theme)) for slug, theme in self.themes.items())]
        self.fields["theme"].choices = choices  # type: ignore[attr-defined]

    @property
    def deed(self) -> dict[str, Any]:
        """As `Finding.require` takes it."""
        said = super().deed
        return said | {"number": said["number"].upper(), "theme": self.themes[said["theme"]]}


class AddForm(LedForm, PickForm):
    """An action that is not in the plan yet."""

    theme = forms.ChoiceField(label="Theme", error_messages={"required": "Choose its theme."})
    title = forms.CharField(
        label="Title", max_length=200, help_text="What will be done, in a line.",
        error_messages={"required": "Give it a title."},
    )  # fmt: skip
    words = words_asked("What will be done", missing="Say what will be done.", rows=5)
    success = words_asked(
        "How we will know it helped", hint="What children or families would notice, and what measures it.",
        missing="Say how anyone will know that it helped.",
    )  # fmt: skip
    starts_on = day_asked("Starts")
    due_on = day_asked("Due", hint="For example, 27 6 2027.")
    field_order = (
        "once", "was", "theme", "title", "words", "success", "lead", "new_lead", "kind", "starts_on", "due_on", "q",
        "chosen",
    )  # fmt: skip

    def __init__(self, *args: Any, themes: Sequence[Theme], offered: Sequence[Offer], **kwargs: Any) -> None:
        super().__init__(*args, offered=offered, **kwargs)
        self.themes = {theme.slug: theme for theme in themes}
        told = [(slug, str(theme)) for slug, theme in self.themes.items()]
        self.fields["theme"].choices = told if len(told) == 1 else [("", "Choose a theme"), *told]  # type: ignore[attr-defined]
        self.fields["lead"].help_text = "The post, team or partner answerable. Choose one, or name another below."
        leads = [("", "Choose a lead"), *((slug, lead.name) for slug, lead in self.leads.items())]
        self.fields["lead"].choices = leads  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody has to lead it."""
        said = super().clean()
        if not said.get("lead") and not said.get("new_lead"):
            self.add_error("lead", NO_LEAD)
        return said

    def promised(self, findings: dict[str, Finding]) -> dict[str, Any]:
        """As `promising.promise` takes it."""
        said = self.cleaned_data
        plain: dict[str, str | date] = {n: said[n] for n in ("title", "words", "success", "starts_on", "due_on")}
        return plain | {
            "theme": self.themes[said["theme"]],
            "lead": self.answerable,
            "findings": [findings[reference] for reference in said["chosen"]],
        }
