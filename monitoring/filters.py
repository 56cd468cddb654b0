"""What a reader may ask of a list or a dashboard: the day, and for a list the words that narrow and order it."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

import django_filters as filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Case, Q, QuerySet, Value, When
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from improvement.lifecycle import OPEN, Status
from improvement.models import Answer, Finding, Lead, Plan, Theme
from improvement.scope import themes_read
from improvement.timing import written
from monitoring.ladder import Rung
from monitoring.models import Scheme, Standing
from monitoring.position import RATINGS
from monitoring.scheme import UNRATED
from people.models import Person
from sources.models import Source

YES_NO = (("yes", "Yes"), ("no", "No"))
STILL_OPEN = ("open", "Open (not closed or withdrawn)")
STATUSES = (STILL_OPEN, *Status.choices)
MINE = (("yes", "Those I lead or update"),)
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


class AnyDay(forms.DateField):
    """A date as a browser's own field gives it, or as people write it."""

    def __init__(self, *, label: str, such_as: str = "27 March 2027", **rest: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        wrong = {"invalid": f"Enter a real date for “{label}”, such as {such_as}."}
        super().__init__(label=label, input_formats=FORMATS, widget=widget, error_messages=wrong, **rest)

    def prepare_value(self, value: Any) -> Any:
        """However it was written, a date field of a browser understands only one way."""
        try:
            return self.to_python(value)
        except ValidationError:
            return value


class Day(AnyDay):
    """The day asked about; none given is today."""

    def __init__(self, *, today: date, since: date, label: str = "As at", required: bool = False) -> None:
        super().__init__(label=label, such_as=written(today), required=required)
        self.limits = partial(day_objection, today=today, since=since)

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


class DueFilter(filters.DateFilter):
    """A day from which, or up to which, actions fall due."""

    field_class = AnyDay


class AtOnce(ModelChoiceIterator):
    """Choices read by one question: Django's own opens a cursor for them, fetches and closes it, which is three."""

    def __iter__(self) -> Iterator[tuple[Any, str]]:
        yield "", self.field.empty_label
        yield from map(self.choice, self.queryset)


class OneOf(ModelChoiceField):
    """A choice of records."""

    iterator = AtOnce


class OneOfFilter(filters.ModelChoiceFilter):
    """By one of some records."""

    field_class = OneOf


class AskedForm(forms.Form):
    """The words of a list, which must make sense together."""

    def clean(self) -> dict[str, Any]:
        """What falls due from a day falls due by another after it."""
        said = super().clean() or {}
        first, last = said.get("due_from"), said.get("due_to")
        if first and last and last < first:
            self.add_error(
                "due_to", f"{written(last)} is before {written(first)}. Give a later day for “Due to”, or an earlier "
                "one for “Due from”."
            )  # fmt: skip
        return said


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
    theme = OneOfFilter(label="Theme", queryset=Theme.objects.all(), to_field_name="slug", empty_label="All themes")
    delivery = filters.ChoiceFilter(label="Delivery", method="rated", empty_label="Any rating")
    rung = filters.ChoiceFilter(label="Impact", choices=Rung.choices, empty_label="Any step")
    status = filters.ChoiceFilter(label="Status", choices=STATUSES, method="standing_at", empty_label="Any status")
    late = filters.ChoiceFilter(label="Overdue", choices=YES_NO, method="said", empty_label="Either")
    stale = filters.ChoiceFilter(label="Without a recent update", choices=YES_NO, method="said", empty_label="Either")
    due_from = DueFilter(label="Due from", field_name="due_on", lookup_expr="gte")
    due_to = DueFilter(label="Due to", field_name="due_on", lookup_expr="lte")
    mine = filters.ChoiceFilter(label="Whose", choices=MINE, method="ours", empty_label="Everybody’s")
    lead = OneOfFilter(
        label="Lead",
        field_name="action__lead",
        queryset=Lead.objects.all(),
        to_field_name="slug",
        empty_label="Any lead",
    )
    source = OneOfFilter(
        label="Answers a finding of", queryset=Source.objects.none(), to_field_name="reference", method="answering",
        empty_label="Any document, or none",
    )  # fmt: skip
    order = filters.ChoiceFilter(label="Order", choices=ORDERS, method="ordered", empty_label=BY_PLAN)

    class Meta:
        model = Standing
        fields = ()
        form = AskedForm

    def __init__(
        self, data: Mapping[str, Any], *, queryset: Any, today: date, plan: Plan, scheme: Scheme, reader: Person
    ) -> None:  # fmt: skip
        super().__init__(data, queryset=queryset)
        self.today = today
        self.reader = reader
        words = scheme.as_rule()
        self.names = {rating: words.name(rating) for rating in RATINGS}
        self.filters["delivery"].extra["choices"] = [(rating, self.names[rating]) for rating in RATINGS]
        self.filters["theme"].queryset = Theme.objects.filter(plan=plan)
        findings = Finding.objects.of(plan).among(themes_read(reader, on=today))
        # What is withheld is left out even for the cleared, or to open the list would be to read it (sources/reads.py).
        documents = Source.objects.told().filter(pk__in=findings.order_by().values("source"))
        self.filters["source"].queryset = documents.only("reference", "title", "seal")
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

    def standing_at(self, found: Any, name: str, value: str) -> Any:
        """By status, or by any that is still open."""
        return found.filter(status__in=OPEN) if value == STILL_OPEN[0] else found.filter(status=value)

    def ours(self, found: Any, name: str, value: str) -> Any:
        """Those that the reader leads or updates."""
        return found.mine(self.reader)

    def answering(self, found: Any, name: str, value: Source) -> Any:
        """By whether a finding of the document is answered."""
        return found.filter(action__in=Answer.objects.filter(finding__source=value).values("action"))

    def said(self, found: Any, name: str, value: str) -> Any:
        """By what is so, or is not."""
        return found.filter(**{name: value == "yes"})

    def ordered(self, found: Any, name: str, value: str) -> Any:
        """By date, or by rating; then as the plan numbers them."""
        if value == "due":
            return found.order_by("due_on", "place")
        worst = Case(*(When(delivery=rating, then=Value(at)) for at, rating in enumerate(RATINGS)), default=Value(9))
        return found.order_by(worst, "due_on", "place")
