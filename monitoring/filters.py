"""What a reader may ask of a list or a dashboard: the day, and for a list the words that narrow and order it."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, QuerySet, Value, When

from improvement.lifecycle import Status
from improvement.models import Lead, Plan, Theme
from improvement.timing import written
from monitoring.ladder import Rung
from monitoring.models import Scheme, Standing
from monitoring.position import RATINGS
from monitoring.scheme import UNRATED

YES_NO = (("yes", "Yes"), ("no", "No"))
ORDERS = (("due", "Due date"), ("rating", "Worst rating first"))
BY_PLAN = "As the plan numbers them"
FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y")


def day_objection(day: date, *, today: date, since: date) -> str | None:
    """Why the plan cannot be shown as at the day, or None if it can."""
    if day > today:
        return f"{written(day)} is still to come. Choose {written(today)}, which is today, or an earlier day."
    if day < since:
        return f"The plan was adopted on {written(since)}. Choose that day or a later one."
    return None


class Day(forms.DateField):
    """The day asked about; none given is today."""

    def __init__(self, *, today: date, since: date, label: str = "As at", required: bool = False) -> None:
        super().__init__(
            label=label,
            required=required,
            input_formats=FORMATS,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": f"Enter a real date for “{label}”, such as {written(today)}."},
        )
        self.limits = partial(day_objection, today=today, since=since)

    def prepare_value(self, value: Any) -> Any:
        """However it was written, a date field of a browser understands only one way."""
        try:
            return self.to_python(value)
        except ValidationError:
            return value

    def validate(self, value: Any) -> None:
        """Refuse a day that the plan has not reached or did not know."""
        super().validate(value)
        if value and (sentence := self.limits(value)):
            raise ValidationError(sentence)


class DayForm(forms.Form):
    """The form above a dashboard."""

    def __init__(self, data: Mapping[str, Any], *, today: date, plan: Plan) -> None:
        # Where no day is asked for, today stands in the field, so that the reader sees which day is shown.
        super().__init__({"on": data.get("on") or today.isoformat()})
        self.today = today
        self.fields["on"] = Day(today=today, since=plan.adopted_on)

    @property
    def day(self) -> date | None:
        """The day to show, or None where what was asked for cannot be shown."""
        return (self.cleaned_data["on"] or self.today) if self.is_valid() else None


class DayFilter(filters.Filter):
    """The day, of which every other word speaks; the standings of it are picked first."""

    field_class = Day

    def filter(self, qs: Any, value: Any) -> Any:
        """Nothing: see `StandingFilter.filter_queryset`."""
        return qs


class StandingFilter(filters.FilterSet):
    """The words that a list of actions understands, and no others."""

    q = filters.CharFilter(label="Number, or words of the title", method="words", max_length=100)
    on = DayFilter(label="As at")
    theme = filters.ModelChoiceFilter(
        label="Theme", queryset=Theme.objects.all(), to_field_name="slug", empty_label="All themes"
    )
    delivery = filters.ChoiceFilter(label="Delivery", method="rated", empty_label="Any rating")
    rung = filters.ChoiceFilter(label="Impact", choices=Rung.choices, empty_label="Any step")
    status = filters.ChoiceFilter(label="Status", choices=Status.choices, empty_label="Any status")
    late = filters.ChoiceFilter(label="Overdue", choices=YES_NO, method="said", empty_label="Either")
    stale = filters.ChoiceFilter(label="Without a recent update", choices=YES_NO, method="said", empty_label="Either")
    lead = filters.ModelChoiceFilter(
        label="Lead",
        field_name="action__lead",
        queryset=Lead.objects.all(),
        to_field_name="slug",
        empty_label="Any lead",
    )
    order = filters.ChoiceFilter(label="Order", choices=ORDERS, method="ordered", empty_label=BY_PLAN)

    class Meta:
        model = Standing
        fields = ()

    def __init__(self, data: Mapping[str, Any], *, queryset: Any, today: date, plan: Plan, scheme: Scheme) -> None:
        super().__init__(data, queryset=queryset)
        self.today = today
        words = scheme.as_rule()
        self.names = {rating: words.name(rating) for rating in RATINGS}
        self.filters["delivery"].extra["choices"] = [(rating, self.names[rating]) for rating in RATINGS]
        self.filters["theme"].queryset = Theme.objects.filter(plan=plan)
        for choice in self.filters.values():
            # Whoever describes the API has the class's own filters make their fields, and ours are copies of those.
            vars(choice).pop("_field", None)
            if isinstance(choice, filters.ChoiceFilter | filters.ModelChoiceFilter):
                choice.extra["error_messages"] = {"invalid_choice": f"Choose one of the list for “{choice.label}”."}
        self.filters["on"].extra |= {"today": today, "since": plan.adopted_on}

    @property
    def day(self) -> date | None:
        """The day asked about, or None where it, or anything else that was asked, makes no sense."""
        return (self.form.cleaned_data["on"] or self.today) if self.form.is_valid() else None

    def filter_queryset(self, queryset: QuerySet[Standing]) -> Any:
        """The standings of the day that the words pick, in their order."""
        assert self.day is not None
        found = super().filter_queryset(queryset.on(self.day))  # type: ignore[attr-defined]
        return found if found.query.order_by else found.in_order()

    def words(self, found: Any, name: str, value: str) -> Any:
        """By number where a number begins so, else by the title."""
        return found.filter(Q(action__number__istartswith=value) | Q(action__title__icontains=value))

    def rated(self, found: Any, name: str, value: str) -> Any:
        """By delivery rating; a withdrawn action has none."""
        return found.filter(delivery="" if value == UNRATED else value)

    def said(self, found: Any, name: str, value: str) -> Any:
        """By what is so, or is not."""
        return found.filter(**{name: value == "yes"})

    def ordered(self, found: Any, name: str, value: str) -> Any:
        """By date, or by rating; then as the plan numbers them."""
        if value == "due":
            return found.order_by("due_on", "place")
        worst = Case(*(When(delivery=rating, then=Value(at)) for at, rating in enumerate(RATINGS)), default=Value(9))
        return found.order_by(worst, "due_on", "place")
