"""The addresses of signing in, and of people."""

from django.urls import path

from people.views import home, invitation, pass_phrase, sign

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz/", home.healthz, name="healthz"),
    path("sign-in/", sign.sign_in, name="sign_in"),
    path("sign-out/", sign.sign_out, name="sign_out"),
    path("invitation/<slug:token>/", invitation.invitation, name="invitation"),
    path("pass-phrase/", pass_phrase.pass_phrase, name="pass_phrase"),
]
