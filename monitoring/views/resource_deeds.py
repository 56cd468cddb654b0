"""What can be done with a resource: each deed a page that asks, and becomes one line of its history."""

from django.http import HttpRequest, HttpResponse

from monitoring import register_forms as ask
from monitoring.models import Resource
from monitoring.views.deeds import asked_and_sent
from monitoring.views.register_deeds import changed, demand_one_of, entered, leads, offered
from monitoring.views.resources import resource_called
from people.access import allow
from people.roles import Permission


@allow(Permission.STEER_THEME)
@asked_and_sent
def secure_resource(request: HttpRequest) -> HttpResponse:
    """Record what has been secured."""
    told = {"deed": "Recording a resource", "heading": "Record a resource", "kind": "resource"}
    return entered(request, ask.ResourceForm, Resource.secure, **told)


@allow(Permission.STEER_THEME)
@asked_and_sent
def buy(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what it has bought."""
    resource = _to_change(request, reference, deed="Saying what a resource bought")
    form = ask.BuyForm(request.POST or None)
    return changed(request, resource, form, resource.buy, "Record what it has bought", submit="Save")


@allow(Permission.STEER_THEME)
@asked_and_sent
def tie_resource(request: HttpRequest, reference: str) -> HttpResponse:
    """Say what it is for."""
    resource = _to_change(request, reference, deed="Tying a resource")
    form = ask.TiesForm(request.POST or None, of=resource, **offered(request, resource.plan))
    return changed(request, resource, form, resource.tie, "Choose what it bears upon", submit="Save")


@allow(Permission.STEER_THEME)
@asked_and_sent
def correct_resource(request: HttpRequest, reference: str) -> HttpResponse:
    """Put right what was recorded."""
    resource = _to_change(request, reference, deed="Correcting a resource")
    form = ask.CorrectResourceForm(request.POST or None, of=resource, leads=leads())
    return changed(request, resource, form, resource.correct, "Correct the resource", submit="Save the correction")


def _to_change(request: HttpRequest, reference: str, *, deed: str) -> Resource:
    """The resource, held while it is changed, if the deed is the person's to do."""
    resource = resource_called(request, reference, to_change=request.method == "POST")
    demand_one_of(request, resource.themes.all(), deed=deed)
    return resource
