"""The council's rating scheme: its page of settings, and the style that draws ratings in its colours."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from improvement.models import Refused
from monitoring import settling
from monitoring.colours import stylesheet
from monitoring.models import Overtaken, Scheme, SchemeLine
from monitoring.scheme_forms import SchemeForm
from monitoring.views.which import moment
from people.access import allow, demand
from people.roles import EVERYWHERE, Permission
from people.second_factor import before_the_second
from sources.openly import Quoted, said_openly


@allow(Permission.SETTLE_SCHEME)
@require_http_methods(["GET", "POST"])
def rating_scheme(request: HttpRequest) -> HttpResponse:
    """The settings with the key that they make, and every change of them. It shows nothing of the plan itself."""
    demand(request.user, Permission.SETTLE_SCHEME, scope=EVERYWHERE)
    held = Scheme.ours()
    form = SchemeForm(request.POST or None, scheme=held.as_rule(), version=held.version)
    if form.is_bound and form.is_valid() and _settled(request, form):
        return redirect("rating_scheme")
    shown = {"form": form, "scheme": held.as_rule(), "lines": SchemeLine.objects.latest_first()}
    return render(request, "monitoring/rating_scheme.html", shown, status=form.status)


@before_the_second
@require_safe
def ratings_css(request: HttpRequest) -> HttpResponse:
    """The council's own colours, where it has settled any, for every page that a signed-in person sees."""
    return HttpResponse(stylesheet(Scheme.ours().as_rule().own_colours), content_type="text/css; charset=utf-8")


ratings_css.permission = None  # type: ignore[attr-defined]


def _settled(request: HttpRequest, form: SchemeForm) -> bool:
    """Whether it is settled, now or before by the same form; if not, nothing is, and the form says why."""
    now, _ = moment()
    by: Any = request.user
    seen = form.cleaned_data["version"]
    try:
        with said_openly(form.why_openly):
            if form.claim(by=by, at=now):
                line = settling.settle(form.wanted, seen=seen, by=by, at=now, reason=form.cleaned_data["reason"])
                messages.success(
                    request, f"Saved: you {line.says}. Ratings follow it from today; earlier days keep theirs."
                )
    except Overtaken as overtaken:
        held = Scheme.ours()
        form.catch_up(held.as_rule(), version=held.version, opened=Scheme.as_seen(seen), sentence=str(overtaken))
    except Refused as refused:
        form.add_error(None, str(refused))
    except Quoted as quoted:
        form.ask_why_openly(str(quoted))
    return not form.errors
