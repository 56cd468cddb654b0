"""The addresses of signing in, and of people. What allauth looks up by name has the name that allauth gave it."""

from allauth.socialaccount.providers.openid_connect.views import callback
from allauth.socialaccount.views import login_cancelled
from django.urls import path

from people.views import home, invitation, pass_phrase, second_factor, sign

COUNCIL = {"provider_id": "council"}

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz/", home.healthz, name="healthz"),
    path("sign-in/", sign.sign_in, name="sign_in"),
    path("sign-in/", sign.sign_in, name="account_login"),
    path("sign-in/second-factor/", second_factor.show, name="mfa_authenticate"),
    path("sign-in/again/", second_factor.again, name="account_reauthenticate"),
    path("sign-in/again/second-factor/", second_factor.show_again, name="mfa_reauthenticate"),
    path("sign-in/again/passkey/", second_factor.show_passkey_again, name="mfa_reauthenticate_webauthn"),
    path("sign-in/council/", sign.by_council, COUNCIL, name="openid_connect_login"),
    path("sign-in/council/back/", callback, COUNCIL, name="openid_connect_callback"),
    path("sign-in/council/cancelled/", login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-out/", sign.sign_out, name="sign_out"),
    path("invitation/<slug:token>/", invitation.invitation, name="invitation"),
    path("pass-phrase/", pass_phrase.pass_phrase, name="pass_phrase"),
    path("second-factor/", second_factor.overview, name="mfa_index"),
    path("second-factor/app/", second_factor.add_app, name="mfa_activate_totp"),
    path("second-factor/app/remove/", second_factor.remove_app, name="mfa_deactivate_totp"),
    path("second-factor/passkeys/", second_factor.passkeys, name="mfa_list_webauthn"),
    path("second-factor/passkeys/new/", second_factor.add_passkey, name="mfa_add_webauthn"),
    path("second-factor/passkeys/<int:pk>/remove/", second_factor.remove_passkey, name="mfa_remove_webauthn"),
    path("second-factor/recovery-codes/", second_factor.recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/recovery-codes/new/", second_factor.new_codes, name="mfa_generate_recovery_codes"),
    path("second-factor/recovery-codes/file/", second_factor.codes_file, name="mfa_download_recovery_codes"),
]
