"""Every address of the API: its collections, its schema, and the page that explains it."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.routers import DefaultRouter

from improvement.api import Findings, Themes
from monitoring.api import Actions
from monitoring.watch_api import Measures, Visits
from people.collection import NothingHere
from people.meetings_api import Me, Meetings
from reports.api import Papers

router = DefaultRouter(use_regex_path=False)
router.include_format_suffixes = False
router.root_view_name = "api_root"
for name, collection in {
    "actions": Actions,
    "themes": Themes,
    "findings": Findings,
    "visits": Visits,
    "measures": Measures,
    "papers": Papers,
    "meetings": Meetings,
    "me": Me,
}.items():
    router.register(name, collection, basename=f"api-{name}")

# Names for choices that several collections call by one word.
ENUMS = {
    "FindingKindEnum": "improvement.models.Finding.Kind",
    "SourceKindEnum": "sources.models.Source.Kind",
    "TermsKindEnum": "sources.models.Seal.Kind",
    "EvidenceKindEnum": "monitoring.models.Evidence.Kind",
    "BodyKindEnum": "people.models.Body.Kind",
    "BlockKindEnum": "reports.shapes.KINDS",
}
SCHEMA = {"ENUM_NAME_OVERRIDES": ENUMS}

urlpatterns = [
    path("schema/", SpectacularJSONAPIView.as_view(custom_settings=SCHEMA), name="schema"),
    *router.urls,
    path("<path:anything>", NothingHere.as_view(), name="nothing"),
]
