"""The addresses of what is known: my actions, the actions, the dashboard, the visits."""

from django.urls import path, register_converter

from monitoring.views import action, actions, dashboard, export, inspection, load, mine, move, update, visits
from monitoring.views.which import Number

register_converter(Number, "number")

urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("inspection/", inspection.inspection, name="inspection"),
    path("visits/", visits.visits, name="visits"),
    path("visits/<slug:reference>/", visits.visit, name="visit"),
    path("my-actions/", mine.my_actions, name="my_actions"),
    path("plan/load/", load.load_plan, name="load_plan"),
    path("plan/load/preview/", load.load_preview, name="load_preview"),
    path("plan/load/confirm/", load.load_confirm, name="load_confirm"),
    path("actions.xlsx", export.actions_xlsx, name="actions_xlsx"),
    path("actions.csv", export.actions_csv, name="actions_csv"),
    path("actions/", actions.actions, name="actions"),
    path("actions/<number:number>/", action.action, name="action"),
    path("actions/<number:number>/update/", update.update_action, name="update_action"),
    path("actions/<number:number>/moves/", move.make_move, name="make_move"),
]
