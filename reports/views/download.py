"""A reader’s copy of a paper as a file."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render

from people.access import allow
from people.roles import Permission
from reports import pdf
from reports.copies import Copy
from reports.views.which import copy_or_404


@allow(Permission.READ_PAPERS)
def paper_html(request: HttpRequest, reference: str) -> HttpResponse:
    """The copy as one HTML file that needs no other."""
    copy = copy_or_404(reference)
    disposition = f'attachment; filename="{_named(copy, "html")}"'
    return HttpResponse(copy.html(), headers={"Content-Disposition": disposition})


@allow(Permission.READ_PAPERS)
def paper_pdf(request: HttpRequest, reference: str) -> Any:
    """The copy as a tagged PDF, printed once for as long as its words are the same."""
    copy = copy_or_404(reference)
    try:
        file = copy.pdf()
    except pdf.TooHard as why:
        return render(request, "reports/too_hard.html", {"paper": copy.paper, "sentence": str(why)}, status=503)
    return FileResponse(file.open("rb"), as_attachment=True, filename=_named(copy, "pdf"))


def _named(copy: Copy, kind: str) -> str:
    # The reference alone: a title in a file's name could tell of what it holds.
    return f"{copy.paper.reference}.{kind}"
