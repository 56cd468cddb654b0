"""Choosing among many: ticks by group, looked through by number or words without losing what is ticked already."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from monitoring.questions import DeedForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """Something that can be ticked."""

    value: str
    name: str
    words: str
    group: str
    note: str = ""
    near: bool = False
    """Whether it is likely to be meant, so that its group stands open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What is offered under one heading, each with whether it is ticked."""

    heading: str
    offers: tuple[tuple[Offer, bool], ...]
    is_open: bool

    @property
    def ticked(self) -> int:
        """How many are."""
        return sum(ticked for _, ticked in self.offers)


class Former(forms.MultipleChoiceField):
    """What was ticked when the page was drawn, whatever has become of it."""

    def valid_value(self, value: str) -> bool:
        """Any."""
        return True


class PickForm(DeedForm):
    """Only what its reader ticked or unticked is changed: what a colleague changed meanwhile stays as it is."""

    q = forms.CharField(label="Find by number or words", required=False, max_length=100)
    chosen = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Something that you ticked is no longer here. Look again."},
    )  # fmt: skip
    was = Former(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args: Any, offered: Sequence[Offer], ticked: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["chosen"].choices = [(offer.value, offer.name) for offer in offered]  # type: ignore[attr-defined]
        self.initial.update(chosen=list(ticked), was=list(ticked))

    def full_clean(self) -> None:
        """Whoever only looks for something has not finished, and is told of no fault."""
        if self.is_looking:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    @property
    def is_looking(self) -> bool:
        """Whether the list is only to be looked through."""
        return "look" in self.data

    @property
    def come(self) -> set[str]:
        """What was ticked."""
        return set(self.cleaned_data["chosen"]) - set(self.cleaned_data["was"])

    @property
    def gone(self) -> set[str]:
        """What was unticked."""
        return set(self.cleaned_data["was"]) - set(self.cleaned_data["chosen"])

    @property
    def groups(self) -> list[Group]:
        """What is shown: whatever is ticked, and of the rest what holds the words looked for."""
        ticked, sought = set(self["chosen"].value() or ()), str(self["q"].value() or "").casefold().split()
        shown: dict[str, list[Offer]] = {}
        for offer in self.offered:
            if offer.value in ticked or all(word in f"{offer.name} {offer.words}".casefold() for word in sought):
                shown.setdefault(offer.group, []).append(offer)
        return [
            Group(
                heading=heading, offers=tuple((offer, offer.value in ticked) for offer in offers),
                is_open=bool(sought) or any(offer.near or offer.value in ticked for offer in offers),
            )
            for heading, offers in shown.items()
        ]  # fmt: skip
