"""A person's own second factors: setting one up, showing it, and taking it away; each change leaves its line."""

from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY as SHOWN
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import ReauthenticateView
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from people.models import PersonLine
from people.second_factor import before_any_factor, before_the_second, has_one
from people.sign_forms import NOT_TAKEN


class AddApp(totp.ActivateTOTPView):
    """An app that makes codes."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Once its first code is right."""
        response = super().form_valid(form)
        return _added(self.request, "an app that makes codes", response, kind="totp")


class RemoveApp(totp.DeactivateTOTPView):
    """No app any more."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Whereupon recovery codes go too, unless there is a passkey."""
        return _removed(self.request, "the app that makes codes", super().form_valid(form))


class AddPasskey(webauthn.AddWebAuthnView):
    """A passkey: a key that a device keeps."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Once the browser has made it."""
        name, response = form.cleaned_data["name"], super().form_valid(form)
        return _added(self.request, f"the passkey “{name}”", response, kind="webauthn")


class RemovePasskey(webauthn.RemoveWebAuthnView):
    """No such passkey any more."""

    def form_valid(self, form: Any) -> HttpResponse:
        """Whereupon recovery codes go too, unless there is another factor."""
        name = self.object.wrap().name
        return _removed(self.request, f"the passkey “{name}”", super().form_valid(form))


class ShowPasskeyAgain(webauthn.ReauthenticateWebAuthnView):
    """A passkey, of somebody who is signed in."""

    def form_invalid(self, form: Any) -> HttpResponse:
        """To be shown again, for another challenge."""
        messages.error(self.request, NOT_TAKEN)
        return redirect(self.request.get_full_path())


class NewCodes(codes.GenerateRecoveryCodesView):
    """Recovery codes in place of the former ones."""

    def form_valid(self, form: Any) -> HttpResponse:
        """None of the former is good any more."""
        response = super().form_valid(form)
        _write(self.request, "made new recovery codes")
        messages.success(self.request, "These are your new recovery codes. The former ones are worth nothing now.")
        return response


def _added(request: Any, what: str, response: HttpResponse, *, kind: str) -> HttpResponse:
    # Whoever has just set one up has shown it.
    record_authentication(request, request.user, method="mfa", type=kind)
    _write(request, f"added a second factor: {what}")
    messages.success(request, "Your second factor is set up. You will be asked for it when you sign in.")
    return response


def _removed(request: Any, what: str, response: HttpResponse) -> HttpResponse:
    _write(request, f"removed a second factor: {what}")
    if not has_one(request.user):
        # Whoever must have one has to set one up before anything else.
        request.session[SHOWN] = [record for record in request.session.get(SHOWN, []) if record["method"] != "mfa"]
    messages.success(request, "The second factor has been removed.")
    return response


def _write(request: HttpRequest, says: str) -> None:
    person: Any = request.user
    PersonLine.write(person, says, by=person, at=timezone.now())


def _for_whoever_has_signed_in(view: Any) -> Any:
    view.permission = None
    return view


show = before_the_second(base.AuthenticateView.as_view())
again = _for_whoever_has_signed_in(before_the_second(ReauthenticateView.as_view()))
show_again = _for_whoever_has_signed_in(before_the_second(base.ReauthenticateView.as_view()))
show_passkey_again = _for_whoever_has_signed_in(before_the_second(ShowPasskeyAgain.as_view()))
overview = _for_whoever_has_signed_in(before_any_factor(base.IndexView.as_view()))
add_app = _for_whoever_has_signed_in(before_any_factor(AddApp.as_view()))
remove_app = _for_whoever_has_signed_in(RemoveApp.as_view())
add_passkey = _for_whoever_has_signed_in(before_any_factor(AddPasskey.as_view()))
passkeys = _for_whoever_has_signed_in(webauthn.ListWebAuthnView.as_view())
remove_passkey = _for_whoever_has_signed_in(RemovePasskey.as_view())
recovery_codes = _for_whoever_has_signed_in(codes.ViewRecoveryCodesView.as_view())
new_codes = _for_whoever_has_signed_in(NewCodes.as_view())
codes_file = _for_whoever_has_signed_in(codes.DownloadRecoveryCodesView.as_view())
