"""The addresses of what is under seal; a document is known by its reference, which cannot be guessed.

The page of one is in `config/urls.py`, which hands it what the storeys above know.
"""

from django.urls import path

from sources.views import deeds, receiving, seals

urlpatterns = [
    path("seals/", seals.seals, name="seals"),
    path("seals/new/", receiving.receive, name="receive"),
    path("documents/<slug:reference>/", receiving.document, name="document"),
    path("seals/<slug:reference>/release/", deeds.propose_release, name="propose_release"),
    path("seals/<slug:reference>/release/second/", deeds.confirm_release, name="confirm_release"),
    path("seals/<slug:reference>/embargo/", deeds.propose_instant, name="propose_instant"),
    path("seals/<slug:reference>/embargo/second/", deeds.confirm_instant, name="confirm_instant"),
    path("seals/<slug:reference>/words/", deeds.let_words_stand, name="let_words_stand"),
    path("seals/<slug:reference>/clearances/", deeds.clear_person, name="clear_person"),
    path("seals/<slug:reference>/clearances/withdraw/", deeds.withdraw_clearance, name="withdraw_clearance"),
]
