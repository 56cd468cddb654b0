"""What a reader may ask of the register of risks and of the list of resources: the day, and words that narrow it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters as filters

from improvement.models import Plan, Theme
from monitoring.filters import YES_NO, DayFilter
from monitoring.models import Assessment, Resource
from monitoring.risks import IMPACTS, LIKELIHOODS, Direction, Level


class OnADay(filters.FilterSet):
    """A list as at a day, perhaps of one theme."""

    on = DayFilter(label="As at")
    theme = filters.ModelChoiceFilter(
        label="Theme", method="of_theme", queryset=Theme.objects.all(), to_field_name="slug", empty_label="All themes"
    )

    def __init__(self, data: Mapping[str, Any], *, queryset: Any, today: date, plan: Plan, themes: Any = None) -> None:
        super().__init__(data, queryset=queryset)
        self.today = today
        self.filters["theme"].queryset = Theme.objects.filter(plan=plan) if themes is None else themes
        for choice in self.filters.values():
            # As in StandingFilter: what describes the API has the class's own filters make their fields.
            vars(choice).pop("_field", None)
            if isinstance(choice, filters.ChoiceFilter | filters.ModelChoiceFilter):
                choice.extra["error_messages"] = {"invalid_choice": f"Choose one of the list for “{choice.label}”."}
        self.filters["on"].extra |= {"today": today, "since": plan.adopted_on}

    @property
    def day(self) -> date | None:
        """The day asked about, or None where it, or anything else that was asked, makes no sense."""
        return (self.form.cleaned_data["on"] or self.today) if self.form.is_valid() else None


class RiskFilter(OnADay):
    """The words that the register understands, and no others; it asks for assessments."""

    state = filters.ChoiceFilter(
        label="State", choices=(("closed", "Closed"), ("all", "Open and closed")), method="as_is", empty_label="Open"
    )
    level = filters.ChoiceFilter(label="Level", choices=Level.choices, method="of_level", empty_label="Any level")
    direction = filters.ChoiceFilter(
        label="Direction", choices=Direction.choices, method="going", empty_label="Any direction"
    )
    overdue = filters.ChoiceFilter(
        label="Review overdue", choices=YES_NO, method="to_be_reviewed", empty_label="Either"
    )
    likelihood = filters.ChoiceFilter(
        label="Likelihood", choices=[(n, f"{n} {name}") for n, name in LIKELIHOODS.items()], empty_label="Any"
    )
    impact = filters.ChoiceFilter(
        label="Impact", choices=[(n, f"{n} {name}") for n, name in IMPACTS.items()], empty_label="Any"
    )

    class Meta:
        model = Assessment
        fields = ()

    def filter_queryset(self, queryset: Any) -> Any:
        """The assessments that stood on the day and that the words pick, the worst first."""
        assert self.day is not None
        found = queryset.on(self.day)
        if not self.form.cleaned_data["state"]:
            found = found.open()
        return super().filter_queryset(found).worst_first()

    def of_theme(self, found: Any, name: str, value: Theme) -> Any:
        """Those that bear upon the theme."""
        return found.filter(risk__themes=value)

    def as_is(self, found: Any, name: str, value: str) -> Any:
        """Closed, or all."""
        return found.closed() if value == "closed" else found

    def of_level(self, found: Any, name: str, value: str) -> Any:
        """Whose score comes to the level."""
        return found.of_level(Level(value))

    def going(self, found: Any, name: str, value: str) -> Any:
        """Whose score went so."""
        return found.going(Direction(value))

    def to_be_reviewed(self, found: Any, name: str, value: str) -> Any:
        """Whose review was due before the day, or was not."""
        return found.filter(**{"review_on__lt" if value == "yes" else "review_on__gte": self.day})


class ResourceFilter(OnADay):
    """The words that the list of resources understands, and no others."""

    kind = filters.ChoiceFilter(label="How it comes", choices=Resource.Kind.choices, empty_label="Any way")
    state = filters.ChoiceFilter(
        label="State", choices=(("current", "Still coming"), ("ended", "Ended")), method="as_is", empty_label="All"
    )

    class Meta:
        model = Resource
        fields = ()

    def filter_queryset(self, queryset: Any) -> Any:
        """Those secured by the day that the words pick, the newest first."""
        assert self.day is not None
        return super().filter_queryset(queryset.secured_by(self.day)).newest_first()

    def of_theme(self, found: Any, name: str, value: Theme) -> Any:
        """Those for the theme."""
        return found.filter(themes=value)

    def as_is(self, found: Any, name: str, value: str) -> Any:
        """Ended by the day, or not."""
        assert self.day is not None
        return found.ended(on=self.day) if value == "ended" else found.current(on=self.day)
