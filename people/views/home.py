"""Where a person begins, and how a machine learns that we can serve."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from people.days import day_of
from people.models import Council
from people.roles import Permission

FIRST_PAGES = (
    (Permission.UPDATE_OWN, "my_actions"),
    (Permission.READ_DASHBOARD, "dashboard"),
    (Permission.READ_PAPERS, "papers"),
    (Permission.MANAGE_PEOPLE, "people"),
)


def home(request: HttpRequest) -> HttpResponse:
    """The first of these pages that the person's roles open."""
    today = day_of(timezone.now())
    for permission, page in FIRST_PAGES:
        if request.user.may(permission, on=today):  # type: ignore[union-attr]
            return redirect(page)
    raise PermissionDenied("You have no role in this service today. Ask your administrator to give you one.")


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """“ok”, once the database answers about a table of ours."""
    Council.objects.exists()
    return HttpResponse("ok", content_type="text/plain")
