"""Loading the plan from the council's own spreadsheet: choose the file, look at what would change, confirm."""

from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from psycopg2.errors import LockNotAvailable

from improvement.models import Inspection, Plan, Refused
from improvement.timing import counted
from monitoring.models import Legend
from monitoring.sheet import shelf
from monitoring.sheet.archive import Unreadable
from monitoring.sheet.loading import NewPlan, load
from monitoring.sheet.preview import Preview, preview
from monitoring.sheet.shelf import Waiting
from monitoring.sheet_forms import FileForm, FirstFileForm, LoadForm, MeaningForm
from monitoring.views.which import moment
from people.access import allow
from people.models import Once
from people.roles import EVERYWHERE, Permission, refusal

SHOWN = 200
"""Rows of each kind on the page; the rest is counted."""
GONE = "The file is no longer kept. Choose it again."
BUSY = "The plan is being loaded already. Wait a minute, and look at the list of actions."
SLOW = "It took too long, so nothing was loaded. Try again at a quieter time, or load the plan in parts."
CHANGED = "The plan has changed since you looked, so nothing was loaded. This is what loading would do now."


@allow(Permission.LOAD_PLAN)
@require_http_methods(["GET", "POST"])
def load_plan(request: HttpRequest) -> HttpResponse:
    """Choose the file."""
    _demand(request)
    kind = FileForm if Plan.current() else FirstFileForm
    form = kind(request.POST, request.FILES) if request.method == "POST" else kind()
    if form.is_bound and form.is_valid():
        waiting = shelf.put(form.cleaned_data["file"].read(), **form.told)
        request.session["sheet"] = waiting.as_session()
        try:
            _previewed(waiting)
            return redirect("load_preview")
        except Unreadable as sentence:
            shelf.take_away(waiting)
            form.add_error("file", str(sentence))
    return _chosen(request, form)


@allow(Permission.LOAD_PLAN)
@require_http_methods(["GET", "POST"])
def load_preview(request: HttpRequest) -> HttpResponse:
    """What loading would do, and what the columns mean; POST says what they mean."""
    _demand(request)
    waiting = shelf.waiting(request.session)
    if waiting is None or waiting.content is None:
        return _gone(request)
    found = _previewed(waiting)
    form = _meaning(found, request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _shown(request, waiting, found, form, status=400 if form.is_bound else 200)
    Legend.ours().learn(columns=form.columns, dates=form.dates)
    chosen = form.cleaned_data.get("sheet", waiting.sheet)
    request.session["sheet"] = waiting.as_session() | {"sheet": chosen}
    return redirect("load_preview")


@allow(Permission.LOAD_PLAN)
@require_POST
def load_confirm(request: HttpRequest) -> HttpResponse:
    """Load the very file and the very changes that were shown, once."""
    _demand(request)
    form = LoadForm(request.POST)
    waiting = shelf.waiting(request.session)
    if not form.is_valid():
        return redirect("load_preview")
    if waiting is None:
        # A second click: the first has loaded it, and has said so.
        done = Once.is_done(form.cleaned_data["once"], by=request.user)  # type: ignore[arg-type]
        return redirect("actions") if done else _gone(request)
    if waiting.digest != form.cleaned_data["digest"] or waiting.content is None:
        return _gone(request)
    return _loaded(request, waiting, form)


@allow(Permission.LOAD_PLAN)
@require_GET
def load_progress(request: HttpRequest) -> HttpResponse:
    """How many rows of this person's file are loaded so far."""
    _demand(request)
    waiting = shelf.waiting(request.session)
    return JsonResponse({"rows": shelf.told(waiting) if waiting else 0})


def _loaded(request: HttpRequest, waiting: Waiting, form: LoadForm) -> HttpResponse:
    try:
        with transaction.atomic():
            told = _load(request, waiting, form)
    except OperationalError as error:
        sentence = BUSY if isinstance(error.__cause__, LockNotAvailable) else SLOW
        return render(request, "errors/409.html", {"sentence": sentence}, status=409)
    except Refused as sentence:
        found = _previewed(waiting)
        return _shown(request, waiting, found, _meaning(found), status=409, sentence=str(sentence))
    if form.errors:
        return redirect("load_preview")
    if told:
        shelf.take_away(waiting)
        del request.session["sheet"]
        messages.success(request, f"The plan is loaded: {told}.")
    return redirect("actions")


def _load(request: HttpRequest, waiting: Waiting, form: LoadForm) -> str:
    """What was loaded, in words; nothing where it had been loaded already."""
    now, today = moment()
    plan = Plan.current()
    if plan:
        plan.hold()
    if not form.claim(by=request.user, at=now):  # type: ignore[arg-type]
        return ""
    found = _previewed(waiting)
    if found.run.fingerprint != form.cleaned_data["fingerprint"]:
        raise Refused(CHANGED)
    told = partial(shelf.tell, waiting)
    load(found.run, plan or _new(waiting, today), by=request.user, at=now, told=told)  # type: ignore[arg-type]
    return _said(found)


def _said(found: Preview) -> str:
    told = found.run.counts()
    return f"{counted(told['made'], 'action')} made and {counted(told['changed'], 'action')} changed"


def _previewed(waiting: Waiting) -> Preview:
    legend, plan, (_, today) = Legend.ours(), Plan.current(), moment()
    return preview(
        waiting.content or b"", plan, columns=legend.columns, dates=legend.days, on=today, sheet=waiting.sheet,
        adopted_on=date.fromisoformat(waiting.adopted_on) if waiting.adopted_on else None,
    )  # fmt: skip


def _new(waiting: Waiting, today: date) -> NewPlan:
    inspection = Inspection.objects.in_bulk([waiting.inspection], field_name="reference").get(waiting.inspection)
    if inspection is None:
        raise Refused("The inspection that the plan answers is no longer here. Choose the file again, and another one.")
    adopted_on = date.fromisoformat(waiting.adopted_on) if waiting.adopted_on else today
    return NewPlan(title=waiting.title, inspection=inspection, adopted_on=adopted_on)


def _meaning(found: Preview, said: Any = None) -> MeaningForm:
    return MeaningForm(said, run=found.run, sheets=found.sheets, dates=Legend.ours().days)


def _demand(request: HttpRequest) -> None:
    """A plan is loaded whole, so the permission must reach over all of it."""
    if not request.user.may(Permission.LOAD_PLAN, on=moment()[1], scope=EVERYWHERE):  # type: ignore[union-attr]
        raise PermissionDenied(refusal(Permission.LOAD_PLAN))


def _gone(request: HttpRequest) -> HttpResponse:
    form = FileForm() if Plan.current() else FirstFileForm()
    return _chosen(request, form, sentence=GONE, status=409)


def _chosen(request: HttpRequest, form: FileForm, *, sentence: str = "", status: int = 0) -> HttpResponse:
    plan = Plan.current()
    shown = {"form": form, "plan": plan, "sentence": sentence, "unready": not plan and not Inspection.objects.exists()}
    return render(request, "monitoring/load.html", shown, status=status or (400 if form.errors else 200))


def _shown(
    request: HttpRequest, waiting: Waiting, found: Preview, form: MeaningForm, *, status: int = 200, sentence: str = ""
) -> HttpResponse:
    run = found.run
    confirm = LoadForm(initial={"digest": waiting.digest, "fingerprint": run.fingerprint})
    shown = {
        "form": form,
        "confirm": confirm,
        "found": found,
        "run": run,
        "counts": run.counts(),
        "shown": {outcome: run.of(outcome)[:SHOWN] for outcome in ("refused", "made", "changed")},
        "most": SHOWN,
        "sentence": sentence,
    }
    return render(request, "monitoring/load_preview.html", shown, status=status)
