"""The gallery: every component with sample values, for whoever builds pages and for the tests."""

from datetime import UTC, date, datetime

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

DATES = {
    "first": date(2025, 12, 1),
    "past": date(2026, 3, 2),
    "near": date(2026, 3, 12),
    "far": date(2026, 5, 7),
    "moment": datetime(2026, 3, 7, 9, 30, tzinfo=UTC),
}
THEMES = [
    ("", "Choose a theme"),
    ("Practice", [("protection", "Help and protection"), ("care", "Children in care")]),
    ("Leading", [("leadership", "Leadership and governance"), ("workforce", "Workforce")]),
]


class SampleChoices(forms.Form):
    theme_chosen = forms.ChoiceField(label="Theme", choices=THEMES, required=False)
    words_sought = forms.CharField(label="Words", required=False)


class SampleForm(forms.Form):
    move = forms.ChoiceField(
        label="What has happened?",
        choices=[("deliver", "It is delivered"), ("none", "No change, because…")],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="Your update",
        help_text="What has changed since the last update, and how you know.",
        max_length=600,
        widget=forms.Textarea,
    )
    notes = forms.CharField(label="Notes", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    theme = forms.ChoiceField(label="Theme", choices=THEMES)
    due_on = forms.DateField(label="Due date", help_text="For example, 27 3 2026", widget=forms.SelectDateWidget)
    kinds = forms.MultipleChoiceField(
        label="Kinds of evidence",
        required=False,
        choices=[("audit", "Audit"), ("voice", "Voice of the child")],
        widget=forms.CheckboxSelectMultiple,
    )
    agreed = forms.BooleanField(label="A second person has agreed", required=False)
    evidence = forms.FileField(label="Evidence", required=False)
    email = forms.EmailField(label="Email address", error_messages={"required": "Enter an email address."})


def gallery(request: HttpRequest) -> HttpResponse:
    page = Paginator(range(231), 25).page(4)
    samples = {"dates": DATES, "page": page, "choices": SampleChoices(), "form": sample_form(request)}
    return render(request, "gallery.html", samples)


def sample_form(request: HttpRequest) -> SampleForm:
    return SampleForm(request.POST) if request.method == "POST" else SampleForm(initial={"due_on": DATES["near"]})
