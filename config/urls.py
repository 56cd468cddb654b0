"""Every address of the product."""

from django.urls import include, path

from improvement.scope import themes_offered

handler400 = "people.views.refusals.not_understood"
handler403 = "people.views.refusals.not_allowed"
handler404 = "people.views.refusals.not_here"
handler429 = "people.views.refusals.too_many"
handler500 = "people.views.refusals.failed"

urlpatterns = [
    path("api/", include("config.api_urls")),
    path("", include("people.urls")),
    # People is beneath improvement and knows no theme, so those that a grant may reach over are handed to it here.
    path("people/", include("people.people_urls"), {"themes": themes_offered}),
    path("", include("sources.urls")),
    path("", include("improvement.urls")),
    path("", include("monitoring.urls")),
    path("", include("reports.urls")),
]
