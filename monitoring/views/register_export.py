"""The register of risks and the list of resources as spreadsheets: the same filters, day and reader as the pages."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from improvement.models import Plan
from monitoring import register
from monitoring.sheet import export
from monitoring.sheet import register as sheet
from monitoring.views import resources, risks
from people.access import allow
from people.roles import Permission
from sources.models import Seal

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow(Permission.READ_PLAN)
@require_safe
def risks_xlsx(request: HttpRequest) -> HttpResponse:
    """The register as an Excel workbook."""
    return _risks(request, "xlsx")


@allow(Permission.READ_PLAN)
@require_safe
def risks_csv(request: HttpRequest) -> HttpResponse:
    """The register as a csv."""
    return _risks(request, "csv")


@allow(Permission.READ_PLAN)
@require_safe
def resources_xlsx(request: HttpRequest) -> HttpResponse:
    """The resources as an Excel workbook."""
    return _resources(request, "xlsx")


@allow(Permission.READ_PLAN)
@require_safe
def resources_csv(request: HttpRequest) -> HttpResponse:
    """The resources as a csv."""
    return _resources(request, "csv")


def _risks(request: HttpRequest, kind: str) -> HttpResponse:
    plan = Plan.current()
    asked = risks.asked_for(request, plan) if plan else None
    if asked is None or asked.day is None:
        return _back(request, "risks")
    told = sheet.risk_rows(register.with_risks(asked.qs), held=Seal.objects.held())
    return _sent(
        told, kind, name=sheet.filename("risks", on=asked.day), title="Risks", headings=sheet.RISK_HEADINGS,
        widths=sheet.RISK_WIDTHS,
    )  # fmt: skip


def _resources(request: HttpRequest, kind: str) -> HttpResponse:
    plan = Plan.current()
    asked = resources.asked_for(request, plan) if plan else None
    if asked is None or asked.day is None:
        return _back(request, "resources")
    told = sheet.resource_rows(register.with_purchases(asked.qs, on=asked.day), held=Seal.objects.held())
    return _sent(
        told, kind, name=sheet.filename("resources", on=asked.day), title="Resources",
        headings=sheet.RESOURCE_HEADINGS, widths=sheet.RESOURCE_WIDTHS,
    )  # fmt: skip


def _back(request: HttpRequest, name: str) -> HttpResponse:
    """The page says what is wrong with what was asked."""
    return redirect(f"{reverse(name)}?{request.GET.urlencode()}")


def _sent(told: Any, kind: str, *, name: str, title: str, headings: Any, widths: Any) -> HttpResponse:
    if kind == "csv":
        file, content_type = export.as_csv(told, headings=headings), "text/csv; charset=utf-8"
    else:
        file = export.as_workbook(told, title=title, headings=headings, widths=widths)
        content_type = _WORKBOOK
    disposition = f'attachment; filename="{name}.{kind}"'
    return HttpResponse(file, content_type=content_type, headers={"Content-Disposition": disposition})
