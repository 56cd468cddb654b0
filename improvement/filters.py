"""The words that a list of findings understands, and no others."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters as filters

from improvement.models import Finding
from improvement.models.finding import TO_ANSWER


class FindingFilter(filters.FilterSet):
    """By kind, by whether anything answers them, and by their words."""

    q = filters.CharFilter(label="Words", field_name="words", lookup_expr="icontains", max_length=100)
    kind = filters.ChoiceFilter(
        label="Kind",
        choices=[(kind.value, kind.label) for kind in TO_ANSWER],
        empty_label="All that is to be answered",
    )
    answered = filters.ChoiceFilter(
        label="Answered",
        choices=[("yes", "By at least one action"), ("declined", "Declined for now"), ("no", "By nothing")],
        method="said",
        empty_label="Either",
    )

    class Meta:
        model = Finding
        fields = ()

    def __init__(self, data: Mapping[str, Any], *, queryset: Any, on: date) -> None:
        super().__init__(data, queryset=queryset)
        self.on = on

    def said(self, found: Any, name: str, value: str) -> Any:
        """By whether an action answers it, or a reason stands in its place."""
        if value == "yes":
            return found.answered()
        return found.declined(on=self.on) if value == "declined" else found.unanswered(on=self.on)
