"""What is asked of whoever raises, judges or ties a risk, or records a resource and what it bought."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from improvement.models import Action, Lead, Theme
from improvement.timing import joined
from monitoring.models import Assessment, Resource, Risk
from monitoring.models.tie import Tied
from monitoring.questions import DeedForm, day_asked, line_asked, words_asked
from monitoring.risks import IMPACTS, LIKELIHOODS

MOST_POUNDS = 2_000_000_000


def _scored(label: str, named: dict[int, str]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, coerce=int, choices=[(n, f"{n} {name}") for n, name in named.items()],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        error_messages={"required": f"Choose the {label.lower()}."},
    )  # fmt: skip


class TiesForm(DeedForm):
    """The themes and actions that a record bears upon."""

    themes = forms.MultipleChoiceField(
        label="Themes that it bears upon", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one theme."},
    )  # fmt: skip
    actions = line_asked("Actions that it bears upon", hint="Their numbers, such as 1.4, 2.3.")

    def __init__(self, *args: Any, themes: Iterable[Theme], actions: Any, of: Tied | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.offered = {theme.slug: theme for theme in themes}
        self.read = actions
        self.fields["themes"].choices = [(slug, str(theme)) for slug, theme in self.offered.items()]  # type: ignore[attr-defined]
        if of:
            self.initial["themes"] = [tie.theme.slug for tie in of.theme_ties.select_related("theme")]  # type: ignore[attr-defined]
            tied = actions.filter(pk__in=of.actions.all()).in_order()  # type: ignore[attr-defined]
            self.initial["actions"] = ", ".join(tied.values_list("number", flat=True))

    def clean_actions(self) -> list[Action]:
        """The actions of those numbers."""
        numbers = [number for number in re.split(r"[\s,;]+", self.cleaned_data["actions"]) if number]
        found = {action.number: action for action in self.read.filter(number__in=numbers)}
        if strange := [number for number in dict.fromkeys(numbers) if number not in found]:
            raise forms.ValidationError(f"There is no action {joined(strange)}. Give the numbers that the plan gives.")
        return list(found.values())

    def clean_themes(self) -> list[Theme]:
        """The themes themselves."""
        return [self.offered[slug] for slug in self.cleaned_data["themes"]]


class ChosenLeadForm(DeedForm):
    """A record that somebody leads."""

    lead = forms.ChoiceField(label="Lead", error_messages={"required": "Choose who answers for it."})

    def __init__(self, *args: Any, leads: Sequence[Lead], **more: Any) -> None:
        super().__init__(*args, **more)
        self.leads = {lead.slug: lead for lead in leads}
        told = [(slug, lead.name) for slug, lead in self.leads.items()]
        self.fields["lead"].choices = [("", "Choose a lead"), *told]  # type: ignore[attr-defined]

    def clean_lead(self) -> Lead:
        """The lead itself."""
        return self.leads[self.cleaned_data["lead"]]


class AssessForm(DeedForm):
    """A judgement of a risk."""

    likelihood = _scored("Likelihood", LIKELIHOODS)
    impact = _scored("Impact", IMPACTS)
    words = words_asked("Why it is scored so", hint="What has happened since the last time.", rows=2)
    mitigation = words_asked("What is being done about it", missing="Say what is being done about it.")
    target = forms.IntegerField(
        label="Score that it should come down to", required=False, min_value=1, max_value=25,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}), help_text="From 1 to 25.",
    )  # fmt: skip
    review_on = day_asked("Look at it again by")

    def __init__(self, *args: Any, former: Assessment | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        for name in ("likelihood", "impact", "mitigation", "target") if former else ():
            self.initial[name] = getattr(former, name)


class RiskWords(ChosenLeadForm):
    """What a risk says."""

    title = line_asked("The risk in a few words", missing="Say what the risk is.")
    cause = words_asked("Because of what?", hint="What is so now.", missing="Say what it comes of.", rows=2)
    event = words_asked("What may happen?", missing="Say what may happen.", rows=2)
    effect = words_asked("With what effect on children?", missing="Say what would follow for children.", rows=2)
    field_order: tuple[str, ...] = ("once", "title", "cause", "event", "effect", "lead")


class RiskForm(RiskWords, TiesForm, AssessForm):
    """A new risk: what it is, what it bears upon, and its first judgement."""

    field_order = (
        "once", "title", "cause", "event", "effect", "themes", "actions", "lead", "likelihood", "impact", "words",
        "mitigation", "target", "review_on",
    )  # fmt: skip


class ReasonForm(DeedForm):
    """Why."""

    reason = words_asked("Why", hint="Kept in its history.", missing="Say why.")


class CorrectRiskForm(RiskWords, ReasonForm):
    """What a risk should have said."""

    def __init__(self, *args: Any, of: Risk, **more: Any) -> None:
        super().__init__(*args, **more)
        names = ("title", "cause", "event", "effect")
        self.initial.update({name: getattr(of, name) for name in names}, lead=of.lead.slug)


class ResourceWords(ChosenLeadForm):
    """What a resource is."""

    title = line_asked("What has been secured", hint="For example, “Practice academy”.", missing="Say what it is.")
    kind = forms.ChoiceField(
        label="How it comes", choices=Resource.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose how it comes."},
    )  # fmt: skip
    amount = forms.IntegerField(
        label="Amount in pounds", required=False, min_value=1, max_value=MOST_POUNDS,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-10"}),
        help_text="Whole pounds: a year’s, where it comes every year.",
    )  # fmt: skip
    posts = forms.DecimalField(
        label="Posts", required=False, min_value=0, max_digits=6, decimal_places=1,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "step": "0.1"}),
        help_text="Full-time equivalents, such as 4.5.",
    )  # fmt: skip
    funding = line_asked(
        "Where it comes from", hint="A budget, a reserve or a grant.", missing="Say where it comes from."
    )
    purpose = words_asked("What it is for", missing="Say what it is for.")
    secured_on = day_asked("The day it was secured")
    until_on = day_asked("Its last day", hint="Leave it empty if it has no end.", required=False)
    field_order = (
        "once", "title", "kind", "amount", "posts", "funding", "purpose", "secured_on", "until_on", "themes", "actions",
        "lead",
    )  # fmt: skip


class ResourceForm(ResourceWords, TiesForm):
    """A new resource, and what it is for."""


class CorrectResourceForm(ResourceWords, ReasonForm):
    """What should have been recorded of a resource."""

    def __init__(self, *args: Any, of: Resource, **more: Any) -> None:
        super().__init__(*args, **more)
        names = ("title", "kind", "amount", "posts", "funding", "purpose", "secured_on", "until_on")
        self.initial.update({name: getattr(of, name) for name in names}, lead=of.lead.slug)


class BuyForm(DeedForm):
    """What a resource has bought."""

    words = words_asked(
        "What it has bought", hint="People, places, time or equipment, with numbers.", missing="Say what."
    )
    bought_on = day_asked("By which day")
