"""The addresses of what is known: my actions, the actions, the dashboard, the visits."""

from django.urls import path

from monitoring.views import action, mine, move, update

urlpatterns = [
    path("my-actions/", mine.my_actions, name="my_actions"),
    path("actions/<str:number>/", action.action, name="action"),
    path("actions/<str:number>/update/", update.update_action, name="update_action"),
    path("actions/<str:number>/moves/", move.make_move, name="make_move"),
]
