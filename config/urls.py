"""Every address of the product."""

from django.urls import include, path

handler400 = "people.views.refusals.not_understood"
handler403 = "people.views.refusals.not_allowed"
handler404 = "people.views.refusals.not_here"
handler500 = "people.views.refusals.failed"

urlpatterns = [
    path("api/", include("config.api_urls")),
    path("", include("people.urls")),
    path("", include("improvement.urls")),
    path("", include("monitoring.urls")),
]
