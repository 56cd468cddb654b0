"""What inspectors found, in their own words, and what answers it."""

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from improvement.filters import FindingFilter
from improvement.lifecycle import Status
from improvement.models import Action, Finding, Plan, Response
from improvement.permissions import theme_objection
from improvement.scope import answering, lines_read, read_by, reads_theme, themes_read
from people.access import allow
from people.days import day_of
from people.roles import Permission


@allow(Permission.READ_PLAN)
def findings(request: HttpRequest) -> HttpResponse:
    """What the plan is to answer by theme, with how many actions answer each and what was replied."""
    plan, today = Plan.current(), day_of(timezone.now())
    if plan is None:
        return render(request, "no_plan.html", {"heading": "Findings"})
    read = Finding.objects.of(plan).to_answer().among(themes_read(request.user, on=today))  # type: ignore[arg-type]
    by = answering(request.user, on=today)  # type: ignore[arg-type]
    asked = FindingFilter(request.GET, queryset=read.with_answers(by=by).by_theme(), on=today)
    shown = list(asked.qs) if asked.is_valid() else []
    themes = [(theme, list(group)) for theme, group in groupby(shown, key=lambda finding: finding.theme)]
    replies = Response.objects.latest_to(shown)
    return render(
        request,
        "improvement/findings.html",
        {
            "plan": plan,
            "form": asked.form,
            "themes": themes,
            "replies": replies,
            "today": today,
            "coverage": read.coverage(on=today, by=by),
            "shown": len(shown),
        },
    )


@allow(Permission.READ_PLAN)
def finding(request: HttpRequest, reference: str) -> HttpResponse:
    """One finding, where it was said, what was replied, the actions that answer it, and its history."""
    today = day_of(timezone.now())
    found = get_object_or_404(Finding.objects.select_related("source", "theme", "seal"), reference=reference)
    if not reads_theme(request.user, found.theme, on=today):  # type: ignore[arg-type]
        raise Http404
    tied = read_by(request.user, found.actions.in_order().select_related("theme", "lead"), on=today)  # type: ignore[arg-type]
    answers: list[Action] = []
    withdrawn: list[Action] = []
    for action in tied:
        (withdrawn if action.status == Status.WITHDRAWN else answers).append(action)
    shown = {
        "finding": found,
        "answers": answers,
        "withdrawn": withdrawn,
        "now": timezone.now(),
        "today": today,
        "reply": found.responses.select_related("by").first(),
        "lines": lines_read(request.user, found, on=today),  # type: ignore[arg-type]
        "steers": theme_objection(request.user, found.theme, deed="", on=today) is None,  # type: ignore[arg-type]
    }
    return render(request, "improvement/finding.html", shown)
