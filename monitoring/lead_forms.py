"""What is asked of whoever says who answers for an action, and who updates it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from improvement.models import Action, Lead
from monitoring.questions import DeedForm, OverForm, line_asked, words_asked
from people.models import Person

WHICH_KIND = "Say whether it is a post, a team or a partner."
NO_LEAD = "Choose who leads it, or name another lead."
UNDER_SEAL = "This action is under seal, and everybody sees the list of leads. Choose one who is there already."


class LedForm(DeedForm):
    """Who answers for an action: a lead of the list, or one named for the first time."""

    sometimes = ("lead", "new_lead", "kind")
    lead = forms.ChoiceField(
        label="Lead", required=False, help_text="The post, team or partner answerable. They need no account here."
    )
    new_lead = line_asked("Or another lead", hint="Only if it is not in the list.", most=160)
    kind = forms.ChoiceField(
        label="What the other lead is", help_text="Only if you named another.", required=False,
        choices=[("", "Choose what it is"), *Lead.Kind.choices],
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.leads = {lead.slug: lead for lead in Lead.objects.all()}
        self.fields["lead"].choices = [(slug, lead.name) for slug, lead in self.leads.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A new lead needs its kind."""
        said = super().clean() or {}
        if said.get("new_lead") and not said.get("kind"):
            self.add_error("kind", WHICH_KIND)
        return said

    @property
    def answerable(self) -> Lead:
        """The lead that was chosen, made if it was named for the first time."""
        said = self.cleaned_data
        return Lead.called(said["new_lead"], kind=said["kind"]) if said["new_lead"] else self.leads[said["lead"]]


class LeadForm(LedForm, OverForm):
    """Who answers for an action, and who updates it beside its lead."""

    updaters = forms.MultipleChoiceField(
        label="Who updates it beside its lead", required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small many"}),
        error_messages={"invalid_choice": "Somebody you chose can no longer update actions. Choose again."},
    )  # fmt: skip
    reason = words_asked("Why it is handed over", hint="Kept in its history.", rows=2)

    def __init__(self, *args: Any, action: Action, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, action=action, **kwargs)
        self.people = {person.email: person for person in people}
        self.fields["updaters"].choices = [(email, _named(p)) for email, p in self.people.items()]  # type: ignore[attr-defined]
        self.initial.update(lead=action.lead.slug, updaters=[u.person.email for u in action.updaters.all()])

    def clean_new_lead(self) -> str:
        """Everybody sees who leads what, and would wonder what somebody leads that they do not see."""
        named: str = self.cleaned_data["new_lead"]
        if named and not self.action.seal.is_open:
            raise forms.ValidationError(UNDER_SEAL)
        return named

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
