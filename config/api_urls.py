"""Every address of the API: its collections, its schema, and the page that explains it."""

from django.urls import path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.routers import DefaultRouter

from config.api_page import api_docs
from improvement.api import Findings, Themes
from monitoring.api import Actions
from monitoring.coverage_api import Coverage
from monitoring.register_api import Resources, Risks
from monitoring.scheme_api import RatingScheme
from monitoring.watch_api import Measures, Visits
from people.collection import NothingHere
from people.meetings_api import Me, Meetings
from reports.api import Papers
from reports.search_api import Search

router = DefaultRouter(use_regex_path=False)
router.include_format_suffixes = False
router.root_view_name = "api_root"
for name, collection in {
    "actions": Actions,
    "themes": Themes,
    "findings": Findings,
    "risks": Risks,
    "resources": Resources,
    "coverage": Coverage,
    "visits": Visits,
    "measures": Measures,
    "scheme": RatingScheme,
    "papers": Papers,
    "meetings": Meetings,
    "search": Search,
    "me": Me,
}.items():
    router.register(name, collection, basename=f"api-{name}")

urlpatterns = [
    path("schema/", SpectacularJSONAPIView.as_view(), name="schema"),
    path("docs/", api_docs, name="api_docs"),
    *router.urls,
    path("<path:anything>", NothingHere.as_view(), name="nothing"),
]
