"""A reader's copy of a paper as a file."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from people.access import allow
from people.roles import Permission
from reports import pdf
from reports.views.which import copy_or_404


@allow(Permission.READ_PAPERS)
def paper_html(request: HttpRequest, reference: str) -> HttpResponse:
    """The copy as one HTML file that needs no other."""
    copy = copy_or_404(reference)
    return HttpResponse(copy.html(), headers={"Content-Disposition": _named(copy.paper.reference, "html")})


@allow(Permission.READ_PAPERS)
def paper_pdf(request: HttpRequest, reference: str) -> HttpResponseBase:
    """The copy as a tagged PDF, printed once for as long as its words are the same."""
    copy = copy_or_404(reference)
    try:
        file = copy.pdf()
    except pdf.TooHard as why:
        return render(request, "reports/too_hard.html", {"paper": copy.paper, "sentence": str(why)}, status=503)
    disposition = {"Content-Disposition": _named(copy.paper.reference, "pdf")}
    return FileResponse(file.open("rb"), content_type="application/pdf", headers=disposition)


def _named(reference: str, kind: str) -> str:
    # The reference alone: a title in a file's name could tell of what it holds.
    return f'attachment; filename="{reference}.{kind}"'
