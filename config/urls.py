"""Every address of the product."""

from django.urls import include, path

from config.gallery import gallery
from improvement.scope import themes_offered
from reports.whereabouts import places_of
from sources.views.seals import seal

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
    # Sources knows no page above it, so where words that repeat a document stand is handed to it here.
    path("seals/<slug:reference>/", seal, {"whereabouts": places_of}, name="seal"),
    path("", include("improvement.urls")),
    path("", include("monitoring.urls")),
    path("", include("reports.urls")),
    path("gallery/", gallery, name="gallery"),
]
