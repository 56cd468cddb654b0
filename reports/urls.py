"""The addresses of papers and of the meetings that they go to."""

from datetime import date

from django.urls import path, register_converter

from reports.views import audit, compose, download, edit, meetings, papers, search


class Day:
    """A day in an address: 2026-12-08."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """ValueError, and so no page, for a day that never was."""
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """As it is read."""
        return value.isoformat()


register_converter(Day, "day")

urlpatterns = [
    path("search/", search.search, name="search"),
    path("audit/", audit.audit, name="audit"),
    path("papers/", papers.papers, name="papers"),
    path("papers/new/", compose.compose_paper, name="compose_paper"),
    path("papers/<slug:reference>/", papers.paper, name="paper"),
    path("papers/<slug:reference>/sections/<str:number>/", edit.edit_section, name="edit_section"),
    path("papers/<slug:reference>/paper.html", download.paper_html, name="paper_html"),
    path("papers/<slug:reference>/paper.pdf", download.paper_pdf, name="paper_pdf"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/<slug:body>/<day:on>/", meetings.meeting, name="meeting"),
]
