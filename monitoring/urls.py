"""The addresses of what is known: my actions, the actions, the dashboard, the visits."""

from django.urls import path, register_converter

from monitoring.views import (
    action,
    actions,
    dashboard,
    deeds,
    exhibits,
    export,
    extensions,
    inspection,
    letters,
    load,
    measures,
    mine,
    move,
    outbox,
    reminders,
    update,
    visits,
)
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
    path("plan/load/", load.load_plan, name="load_plan"),
    path("plan/load/preview/", load.load_preview, name="load_preview"),
    path("plan/load/confirm/", load.load_confirm, name="load_confirm"),
    path("actions.xlsx", export.actions_xlsx, name="actions_xlsx"),
    path("actions.csv", export.actions_csv, name="actions_csv"),
    path("actions/", actions.actions, name="actions"),
    path("actions/<number:number>/", action.action, name="action"),
    path("actions/<number:number>/update/", update.update_action, name="update_action"),
    path("actions/<number:number>/moves/", move.make_move, name="make_move"),
    path("actions/<number:number>/evidence/", deeds.add_evidence, name="add_evidence"),
    path("actions/<number:number>/evidence/<slug:reference>/", deeds.add_version, name="add_version"),
    path("evidence/<slug:reference>/<int:version>/", exhibits.exhibit, name="exhibit"),
    path("actions/<number:number>/impact/", deeds.set_impact, name="set_impact"),
    path("actions/<number:number>/waits/", deeds.add_wait, name="add_wait"),
    path("actions/<number:number>/waits/over/", deeds.end_wait, name="end_wait"),
    path("actions/<number:number>/milestones/", deeds.add_milestone, name="add_milestone"),
    path("actions/<number:number>/rating/", deeds.override_rating, name="override_rating"),
    path("actions/<number:number>/extension/", deeds.ask_extension, name="ask_extension"),
    path("actions/<number:number>/extension/answer/", deeds.answer_extension, name="answer_extension"),
    path("actions/<number:number>/revision/", deeds.revise_date, name="revise_date"),
    path("actions/<number:number>/lead/", deeds.hand_over, name="hand_over"),
    path("extensions/", extensions.extensions, name="extensions"),
    path("reminders/", reminders.reminders, name="reminders"),
    path("reminders/outbox/", outbox.outbox, name="outbox"),
    path("reminders/outbox/send/", outbox.send_now, name="send_reminders"),
]
