"""The words that a list of findings understands, and no others."""

from typing import Any

import django_filters as filters

from improvement.models import Finding


class FindingFilter(filters.FilterSet):
    """By kind, by whether anything answers them, and by their words."""

    q = filters.CharFilter(label="Words", field_name="words", lookup_expr="icontains", max_length=100)
    kind = filters.ChoiceFilter(
        label="Kind",
        choices=[(kind.value, kind.label) for kind in (Finding.Kind.RECOMMENDATION, Finding.Kind.AREA)],
        empty_label="Recommendations and wider areas",
    )
    answered = filters.ChoiceFilter(
        label="Answered",
        choices=[("yes", "By at least one action"), ("no", "By nothing")],
        method="said",
        empty_label="Either",
    )

    class Meta:
        model = Finding
        fields = ()

    def said(self, found: Any, name: str, value: str) -> Any:
        """By whether an action answers it."""
        return found.answered() if value == "yes" else found.unanswered()
