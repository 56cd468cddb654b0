"""What all deeds on a risk or a resource have alike: whose they are, what may be tied, and the page that asks."""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from improvement.models import Action, Lead, Plan, Theme
from improvement.scope import read_by, themes_of
from monitoring.models.tie import Tied
from monitoring.permissions import tied_objection
from monitoring.views.asking import done
from monitoring.views.which import moment


def entered(
    request: HttpRequest, form: Callable[..., Any], enter: Callable[..., Tied], *, deed: str, heading: str, kind: str
) -> HttpResponse:  # fmt: skip
    """Ask for a new record, and enter it; `kind` is the address of one."""
    plan = get_object_or_404(Plan, pk=getattr(Plan.current(), "pk", None))
    initial = {"actions": request.GET.get("action", ""), "themes": request.GET.getlist("theme")}
    given = form(request.POST or None, initial=initial, leads=leads(), **offered(request, plan))
    made: list[Tied] = []

    def make(at: Any) -> None:
        demand_one_of(request, given.cleaned_data["themes"], deed=deed)
        made.append(enter(plan, **given.deed, by=request.user, at=at))

    if done(request, given, make):
        return redirect(kind, reference=made[0].reference) if made else redirect(f"{kind}s")
    return _asked(request, given, heading, submit=heading.replace(" a ", " the "), kind=kind)


def changed(
    request: HttpRequest, record: Tied, form: Any, verb: Callable[..., object], heading: str, *, submit: str
) -> HttpResponse:  # fmt: skip
    """Ask for a change of a record that the person may change, and make it."""
    kind = str(record._meta.model_name)
    if done(request, form, lambda at: verb(**form.deed, by=request.user, at=at)):
        return redirect(kind, reference=record.reference)
    return _asked(request, form, heading, submit=submit, kind=kind, record=record)


def offered(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """The themes and actions that a record may be tied to: those that the person reads."""
    _, today = moment()
    reader: Any = request.user
    return {
        "themes": themes_of(plan, reader, on=today),
        "actions": read_by(reader, Action.objects.of(plan), on=today),
    }


def leads() -> list[Lead]:
    """Everyone who may answer for something."""
    return list(Lead.objects.all())


def demand_one_of(request: HttpRequest, themes: Iterable[Theme], *, deed: str) -> None:
    """Raise PermissionDenied with the sentence unless one of the themes is the person's to steer."""
    _, today = moment()
    if sentence := tied_objection(request.user, themes, deed=deed, on=today):  # type: ignore[arg-type]
        raise PermissionDenied(sentence)


def _asked(
    request: HttpRequest, form: Any, heading: str, *, submit: str, kind: str, record: Tied | None = None
) -> HttpResponse:  # fmt: skip
    """The page that asks, perhaps again."""
    if form.is_bound:
        form.renew()
    shown = {"form": form, "heading": heading, "submit": submit, "record": record, "kind": f"{kind}s"}
    return render(request, "monitoring/register_deed.html", shown, status=form.status)
