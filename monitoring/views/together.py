"""Changing many actions at once: which, what is done to them all, how each row would change, and the deed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from improvement.models import Plan, Refused
from monitoring import listing
from monitoring import together_forms as ask
from monitoring.filters import StandingFilter
from monitoring.models import Scheme, our_calendar
from monitoring.together.deeds import Chosen
from monitoring.together.looked_at import MOST, SOME_REFUSED, chosen_of, do, preview
from monitoring.views.which import latest_meetings, moment, next_board_on
from people.access import allow
from people.roles import Permission, refusal
from sources.openly import Quoted, said_openly

NONE_CHOSEN = "No action is chosen. Tick the actions on the list that you want to change together."
TOO_MANY = f"Up to {MOST} actions can be changed at once, and the list has more. Narrow it by its filters first."
NOT_TODAYS = "Only the list as it stands today can be changed. Let go of the day that it shows."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One of the deeds as it is offered: its words, whose it is, its form and what the form must know."""

    heading: str
    hint: str
    form: type[ask.ChosenForm]
    needs: Permission = Permission.STEER_THEME
    given: Callable[[Any, date], dict[str, Any]] = lambda person, on: {}


ASKED = {
    "update": Asked(
        heading="Give the same update", hint="The same words for each, or why nothing has changed.",
        form=ask.UpdateForm, needs=Permission.UPDATE_OWN,
    ),
    "moves": Asked(
        heading="Make the same move", hint="Start, deliver, send back, close, withdraw or reopen.",
        form=ask.MoveForm, needs=Permission.UPDATE_OWN,
        given=lambda person, on: {"steers": person.may(Permission.STEER_THEME, on=on)},
    ),
    "date": Asked(
        heading="Move the due dates", hint="By a number of working days, or all to one date.", form=ask.DateForm,
        given=lambda person, on: {"meetings": latest_meetings(on), "calendar": our_calendar().lenient()},
    ),
    "lead": Asked(
        heading="Hand them over", hint="To another post, team or partner.", form=ask.LeadForm,
    ),
    "rating": Asked(
        heading="Set their ratings aside", hint="Rate them by your judgement for a while.", form=ask.RatingForm,
        given=lambda person, on: {"scheme": Scheme.ours().as_rule(), "initial": {"until_on": next_board_on(on)}},
    ),
}  # fmt: skip


@allow(Permission.UPDATE_OWN)
@require_safe
def together(request: HttpRequest) -> HttpResponse:
    """What can be done with the actions ticked on the list, or with all that it lists."""
    _, today = moment()
    numbers, sentence = _listed(request) if "all" in request.GET else (request.GET.getlist("number")[:MOST], "")
    chosen = chosen_of(_by(request), numbers, on=today) if numbers else []
    return _offered(request, chosen, request.GET.get("list", ""), sentence=sentence)


@allow(Permission.UPDATE_OWN)
@require_http_methods(["GET", "POST"])
def together_deed(request: HttpRequest, deed: str) -> HttpResponse:
    """One deed for all of them: what is asked, what it would do row by row, and doing it."""
    asked, (_, today) = ASKED.get(deed), moment()
    if asked is None:
        raise Http404
    if not _by(request).may(asked.needs, on=today):
        raise PermissionDenied(refusal(asked.needs))
    if request.method == "GET":
        return redirect("actions")
    chosen = chosen_of(_by(request), request.POST.get("chosen", "").split()[:MOST], on=today)
    if not chosen:
        return _offered(request, [], request.POST.get("list", ""), status=409)
    form = _form(request, asked, chosen)
    step = request.POST.get("step", "")
    if step == "ask" or not form.is_bound or not form.is_valid():
        return _shown(request, asked, form, chosen)
    if step != "confirm":
        return _previewed(request, asked, form, chosen)
    return _confirmed(request, asked, form)


def _confirmed(request: HttpRequest, asked: Asked, form: Any) -> HttpResponse:
    now, today = moment()
    numbers = form.cleaned_data["chosen"].split()[:MOST]
    try:
        with said_openly(form.why_openly):
            if form.claim(by=_by(request), at=now):
                n = do(form.wanted, numbers, mark=request.POST.get("mark", ""), by=_by(request), at=now)
                messages.success(request, form.wanted.done(n))
    except Quoted as quoted:
        form.ask_why_openly(str(quoted))
        return _shown(request, asked, form, chosen_of(_by(request), numbers, on=today))
    except Refused as refused:
        chosen = chosen_of(_by(request), numbers, on=today)
        return _previewed(request, asked, form, chosen, sentence=str(refused))
    if form.errors:
        return _shown(request, asked, form, chosen_of(_by(request), numbers, on=today))
    return _back(form.cleaned_data["list"])


def _listed(request: HttpRequest) -> tuple[list[str], str]:
    """The numbers of all that the list shows, or the sentence that says why they can't be changed together."""
    plan, (_, today) = Plan.current(), moment()
    if plan is None:
        return [], NONE_CHOSEN
    read, words = listing.standings_read_by(_by(request), plan, on=today), QueryDict(request.GET.get("list", ""))
    asked = StandingFilter(
        words, queryset=read, today=today, plan=plan, scheme=Scheme.ours(), reader=_by(request)
    )  # fmt: skip
    if asked.day != today:
        return [], NOT_TODAYS
    numbers = list(asked.qs.values_list("action__number", flat=True)[: MOST + 1])
    return ([], TOO_MANY) if len(numbers) > MOST else (numbers, "")


def _form(request: HttpRequest, asked: Asked, chosen: list[Chosen]) -> Any:
    """What the deed asks, empty at first, about those of the chosen that the person reads."""
    _, today = moment()
    first = request.POST.get("step") == "ask" and "once" not in request.POST
    given = asked.given(_by(request), today)
    about = {"chosen": " ".join(each.action.number for each in chosen), "list": request.POST.get("list", "")}
    initial = {**given.pop("initial", {}), **about}
    return asked.form(None if first else request.POST, initial=initial, **given)


def _offered(
    request: HttpRequest, chosen: list[Chosen], listed: str, *, sentence: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    _, today = moment()
    shown = {
        "chosen": chosen,
        "numbers": " ".join(each.action.number for each in chosen),
        "list": listed,
        "sentence": sentence or NONE_CHOSEN,
        "deeds": [(key, asked) for key, asked in ASKED.items() if _by(request).may(asked.needs, on=today)],
    }
    return render(request, "monitoring/together.html", shown, status=409 if sentence else status)


def _shown(request: HttpRequest, asked: Asked, form: Any, chosen: list[Chosen]) -> HttpResponse:
    """The page that asks, perhaps again."""
    if form.is_bound:
        form.renew()
    shown = {"asked": asked, "form": form, "chosen": chosen, "list": form["list"].value() or ""}
    return render(request, "monitoring/together_ask.html", shown, status=form.status)


def _previewed(
    request: HttpRequest, asked: Asked, form: Any, chosen: list[Chosen], *, sentence: str = ""
) -> HttpResponse:  # fmt: skip
    _, today = moment()
    found = preview(form.wanted, chosen, person=_by(request), on=today)
    shown = {
        "asked": asked,
        "form": form,
        "found": found,
        "sentence": sentence if sentence != SOME_REFUSED or found.refused else "",
        "numbers": " ".join(each.action.number for each in chosen),
        "left": " ".join(row.action.number for row in found.changed),
        "names": Scheme.ours().as_rule().name,
        "list": form.cleaned_data["list"],
    }
    return render(request, "monitoring/together_preview.html", shown, status=409 if sentence else 200)


def _back(listed: str) -> HttpResponseRedirect:
    """To the list as it was, its words taken apart and put together again so that they lead nowhere else."""
    words = QueryDict(listed).urlencode()
    return HttpResponseRedirect(reverse("actions") + (f"?{words}" if words else ""))


def _by(request: HttpRequest) -> Any:
    """Whoever has come in by the door."""
    return request.user
