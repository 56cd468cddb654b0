"""The addresses of what is known: my actions, the actions, the dashboard, the visits."""

from django.urls import path, register_converter

from monitoring.views import action, actions, dashboard, inspection, letters, measures, mine, move, update, visits
from monitoring.views.which import Number

register_converter(Number, "number")

urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("inspection/", inspection.inspection, name="inspection"),
    path("visits/", visits.visits, name="visits"),
    path("visits/<slug:reference>/", visits.visit, name="visit"),
    path("visits/<slug:reference>/letter/", letters.receive_letter, name="receive_letter"),
    path("visits/<slug:reference>/letter/moves/", letters.move_letter, name="move_letter"),
    path("measures/<slug:slug>/", measures.measure, name="measure"),
    path("my-actions/", mine.my_actions, name="my_actions"),
    path("actions/", actions.actions, name="actions"),
    path("actions/<number:number>/", action.action, name="action"),
    path("actions/<number:number>/update/", update.update_action, name="update_action"),
    path("actions/<number:number>/moves/", move.make_move, name="make_move"),
]
