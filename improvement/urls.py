"""The addresses of what was found."""

from django.urls import path

from improvement.views import findings

urlpatterns = [
    path("findings/", findings.findings, name="findings"),
    path("findings/<slug:reference>/", findings.finding, name="finding"),
]
