"""A file of evidence, sent as a file and never shown in the page's own name."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404

from improvement.models import Action, Plan
from improvement.scope import read_by
from monitoring.models import Exhibit
from monitoring.views.which import moment
from people.access import allow
from people.roles import Permission
from sources import store


@allow(Permission.READ_PLAN)
def exhibit(request: HttpRequest, reference: str, version: int) -> Any:
    """The version asked for, as an attachment; one whose content is gone from the disk is not here."""
    _, today = moment()
    read = read_by(request.user, Action.objects.of(Plan.current()), on=today)  # type: ignore[arg-type]
    found = get_object_or_404(Exhibit.objects.of(read), evidence__reference=reference, version=version)
    try:
        content = store.path_of(found.digest).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(content, as_attachment=True, filename=found.name, content_type=found.media_type)
