"""What a council is asked about its rating scheme."""

from dataclasses import asdict, fields
from typing import Any

from django import forms

from monitoring.models.scheme import MEANING, NAME
from monitoring.scheme import WORST_FIRST, Scheme, objections
from monitoring.scheme_changes import merged
from people.forms import UNREAD, OnceForm

_MOST_DAYS, _MOST_CYCLES = 366, 24


def _number(label: str, hint: str, *, most: int = _MOST_DAYS) -> forms.IntegerField:
    said = f"“{label}” is a whole number from 0 to {most}. Enter one."
    return forms.IntegerField(
        label=label, help_text=hint, min_value=0, max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
    )  # fmt: skip


def _name(label: str) -> forms.CharField:
    # An empty name is refused by the rule, in its own words.
    return forms.CharField(label=label, required=False, max_length=NAME, widget=forms.TextInput(attrs=_NARROW))


def _colour(label: str) -> forms.CharField:
    hint = "As # and six digits or letters. Words on it must be readable, which is checked."
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=7, widget=forms.TextInput(attrs=_SPELT)
    )


_NARROW = {"class": "govuk-input--width-20"}
_SPELT = {"class": "govuk-input--width-5", "spellcheck": "false"}


class SchemeForm(OnceForm):
    """Every number, name, meaning and colour, and the version of the scheme that they were typed over."""

    version = forms.IntegerField(widget=forms.HiddenInput, error_messages=UNREAD)
    cycle_days = _number("Days in a board cycle", "How often the improvement board meets.")
    milestone_grace_working_days = _number(
        "Working days that a milestone may be late", "After that the action has the worst rating, before its own date."
    )
    due_soon_days = _number("Days before its due date when open milestones count", "")
    evidence_days = _number(
        "Days before its due date when an action needs evidence",
        "Without any it has the second worst rating. 0 asks for none.",
    )
    sustained_cycles = _number(
        "Board cycles that impact has to last", "Before evidence can show that it is sustained.", most=_MOST_CYCLES
    )
    unrated = _name("Name for an action that nobody rates")
    reason = forms.CharField(
        label="Why it is changed", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Kept in the history below. For example, “Agreed by the board”.",
    )  # fmt: skip

    def __init__(self, *args: Any, scheme: Scheme, version: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"version": version, **asdict(scheme)}, **kwargs)
        self.scheme = scheme
        for rating in WORST_FIRST:
            name = scheme.name(rating)
            self.fields[rating.value] = _name(f"Name of {name}")
            self.fields[f"{rating.value}_colour"] = _colour(f"Colour of {name}")
            self.fields[f"{rating.value}_meaning"] = forms.CharField(
                label=f"Your own meaning of {name}", required=False, max_length=MEANING,
                help_text=f"Left empty, the key prints: “{scheme.derived(rating)}”",
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip
        for code in ("amber", "red"):
            label = f"Board cycles of silence before {scheme.name(code)}"
            self.fields[f"stale_cycles_{code}"] = _number(label, "", most=_MOST_CYCLES)
        # As the page has them, so that what is wrong is listed in the order in which it is met.
        ratings = [bound.name for each in self.of_ratings for bound in each["fields"]]
        self.order_fields([*ratings, "unrated", *(bound.name for bound in self.thresholds), "reason"])

    def clean(self) -> dict[str, Any]:
        """As the rule has it, each sentence beside its field."""
        said = super().clean() or {}
        for rating in WORST_FIRST:
            said[f"{rating.value}_colour"] = said.get(f"{rating.value}_colour", "").lower()
        if not self.errors:
            for field, sentence in objections(self.wanted).items():
                self.add_error(field, sentence)
        return said

    @property
    def wanted(self) -> Scheme:
        """The scheme as it was typed."""
        return Scheme(**{field.name: self.cleaned_data[field.name] for field in fields(Scheme)})

    def catch_up(self, now: Scheme, *, version: int, opened: Scheme, sentence: str) -> None:
        """Show the form again over what others have made of the scheme since it was opened; nobody's change is lost."""
        mine = merged(self.wanted, opened=opened, now=now)
        self.add_error(None, sentence)
        self.renew(version=version, **asdict(mine))

    @property
    def of_ratings(self) -> list[dict[str, Any]]:
        """The fields of each rating, worst first."""
        return [
            {
                "code": rating.value,
                "word": self.scheme.name(rating),
                "colour": self.scheme.colour(rating),
                "derived": self.scheme.derived(rating),
                "own": self.scheme.own_meaning(rating),
                "fields": [self[rating.value], self[f"{rating.value}_colour"], self[f"{rating.value}_meaning"]],
            }
            for rating in WORST_FIRST
        ]

    @property
    def thresholds(self) -> list[forms.BoundField]:
        """Every number."""
        return [self[field.name] for field in fields(Scheme) if isinstance(getattr(self.scheme, field.name), int)]
