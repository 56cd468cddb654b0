"""A person's own views of the list of actions: saved under a name, renamed, deleted."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from improvement.models import Plan, Refused
from monitoring import listing
from monitoring.filters import StandingFilter
from monitoring.models import SavedView, Scheme, Standing
from monitoring.view_forms import ViewForm, ViewNameForm
from monitoring.views.which import moment
from people.access import allow
from people.roles import Permission

NO_SENSE = "The list does not understand what this view asks for. Go back to the list, put it right, and save it then."


@allow(Permission.READ_PLAN)
@require_http_methods(["GET", "POST"])
def saved_views(request: HttpRequest) -> HttpResponse:
    """All that the person has saved, and the form that saves what the list is asked; POST saves it."""
    form = ViewForm(request.POST or None, initial={"query": request.GET.urlencode()})
    if _done(request, form, lambda name: _keep(request, name, asked=form.cleaned_data["query"])):
        return HttpResponseRedirect(f"{reverse('actions')}?{QueryDict(form.cleaned_data['query']).urlencode()}")
    shown = {"views": _told(request), "form": form, "may_save": form.is_bound or request.GET}
    return render(request, "monitoring/saved_views.html", shown, status=form.status)


@allow(Permission.READ_PLAN)
@require_http_methods(["GET", "POST"])
def rename_view(request: HttpRequest, reference: str) -> HttpResponse:
    """Another name for a view."""
    view = _mine(request, reference)
    form = ViewNameForm(request.POST or None, initial={"name": view.name})
    if _done(request, form, view.rename):
        return redirect("saved_views")
    return render(request, "monitoring/rename_view.html", {"view": view, "form": form}, status=form.status)


@allow(Permission.READ_PLAN)
@require_POST
def delete_view(request: HttpRequest, reference: str) -> HttpResponse:
    """The view goes; the actions that it listed stay as they are."""
    view = _mine(request, reference)
    view.delete()
    messages.success(request, f"The view “{view.name}” is deleted.")
    return redirect("saved_views")


def _done(request: HttpRequest, form: Any, deed: Callable[[str], object]) -> bool:
    """Whether it is done, now or before by the same form; if not, nothing is, and the form says why."""
    if not form.is_bound or not form.is_valid():
        return False
    now, _ = moment()
    by: Any = request.user
    try:
        with transaction.atomic():
            if form.claim(by=by, at=now):
                deed(form.cleaned_data["name"])
    except Refused as refused:
        form.add_error("name", str(refused))
    return not form.errors


def _keep(request: HttpRequest, name: str, *, asked: str) -> None:
    by: Any = request.user
    words, (_, today) = QueryDict(asked), moment()
    understood = _understood(request, today)(words)
    if understood is None or understood.day is None:
        raise Refused(NO_SENSE)
    kept = listing.words_of(understood.form, words)
    if understood.form.cleaned_data["on"] == today:
        del kept["on"]  # the view of today is the view of every day
    SavedView.keep(by, name=name, words=kept)
    messages.success(request, f"This view is saved as “{name}”.")


def _told(request: HttpRequest) -> list[tuple[SavedView, list[str]]]:
    """Each view with what it asks for, in words; with none where it no longer makes sense."""
    _, today = moment()
    understood = _understood(request, today)
    views = SavedView.objects.of(request.user)
    return [(view, _in_words(understood(view.words), view, today)) for view in views]


def _in_words(asked: StandingFilter | None, view: SavedView, today: date) -> list[str]:
    return listing.in_words(asked.form, view.words, today=today) if asked and asked.day else []


def _understood(request: HttpRequest, today: date) -> Callable[[Mapping[str, Any]], StandingFilter | None]:
    """What the list makes of some words; nothing where there is no plan."""
    by: Any = request.user
    plan, scheme, none = Plan.current(), Scheme.ours(), Standing.objects.none()

    def understand(words: Mapping[str, Any]) -> StandingFilter | None:
        if plan is None:
            return None
        return StandingFilter(words, queryset=none, today=today, plan=plan, scheme=scheme, reader=by)

    return understand


def _mine(request: HttpRequest, reference: str) -> SavedView:
    return get_object_or_404(SavedView.objects.of(request.user), reference=reference)
