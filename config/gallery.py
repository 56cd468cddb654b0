"""The gallery: every component with sample values, for whoever builds pages or settles the council's colours."""

from datetime import UTC, date, datetime

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from improvement.models import Response
from improvement.responses import Reply
from monitoring.dashboard import Figure, Line
from monitoring.pick_form import Offer, PickForm
from people.access import allow
from people.roles import Permission

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


OFFERS = [
    Offer(value="1.4", name="1.4", words="Answer every contact within a day", group="Help and protection", near=True),
    Offer(
        value="1.5", name="1.5", words="Hold strategy discussions with police", group="Help and protection",
        note="Northmoor Police, in progress",
    ),
    Offer(value="5.2", name="5.2", words="Fill every team manager’s post", group="Workforce"),
]  # fmt: skip
REPLIES = [
    Response(reply=Reply.ACCEPTED, at=DATES["moment"]),
    Response(
        reply=Reply.DECLINED, at=DATES["moment"], until_on=DATES["far"],
        reason="The contract is let until May; it is looked at again before it is let anew.",
    ),
]  # fmt: skip

RATED = [("Help and protection", 4, 5, 7, 3, 1), ("Workforce", 3, 3, 2, 1, 2)]


@allow(Permission.SETTLE_SCHEME)
def gallery(request: HttpRequest) -> HttpResponse:
    samples = {
        "dates": DATES,
        "page": Paginator(range(231), 25).page(4),
        "choices": SampleChoices(),
        "form": SampleForm({}) if "wrong" in request.GET else SampleForm(initial={"due_on": DATES["near"]}),
        "key_form": forms.Form(),
        "pick": PickForm(offered=OFFERS, ticked=["1.4"]),
        "replies": REPLIES,
        "lines": [
            (_line("Help and protection", 4, 5, 7, 3, 1), "#theme"),
            (_line("Workforce", 3, 3, 2, 1, 2), "#theme"),
        ],
        "total": _line("All themes", 7, 8, 9, 4, 3),
    }
    return render(request, "gallery.html", samples)


def _line(title: str, *rated: int) -> Line:
    def figure(n: int) -> Figure:
        return Figure(n, "")

    delivery, few = tuple(map(figure, rated)), figure(rated[0] // 2)
    return Line(
        title=title, query="", worst="red", all=figure(sum(rated)), delivery=delivery, late=few, stale=few,
        rung=delivery, status=(),
    )  # fmt: skip
