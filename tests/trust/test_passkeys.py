"""S14: a passkey is good for the place that it was made for, once, and as it was made."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from people.sign_forms import NOT_TAKEN
from tests.signing import Passkey, sign_in, with_an_app
from tests.trust.second_steps import lines_of, options_in
from tests.world import World


def test_a_passkey_is_made_and_signs_in_and_is_removed(world: World, compulsory: None) -> None:
    device, browser = Passkey(), Client()
    sign_in(browser, world.clerk)
    made = device.made(options_in(browser.get("/second-factor/passkeys/new/").text))
    answer = browser.post("/second-factor/passkeys/new/", {"name": "Work laptop", "credential": made})
    assert answer.url == "/second-factor/recovery-codes/"
    assert "Work laptop" in browser.get("/second-factor/passkeys/").text
    assert browser.get("/dashboard/").status_code == 200

    again = Client()
    sign_in(again, world.clerk)
    shown = device.used(options_in(again.get("/sign-in/second-factor/").text))
    assert again.post("/sign-in/second-factor/", {"credential": shown}).url == "/"
    assert again.get("/dashboard/").status_code == 200
    replayed = Client()
    sign_in(replayed, world.clerk)
    assert replayed.post("/sign-in/second-factor/", {"credential": shown}).status_code == 200

    key = Authenticator.objects.get(type="webauthn")
    assert "Remove the passkey “Work laptop”" in again.get(f"/second-factor/passkeys/{key.pk}/remove/").text
    assert again.post(f"/second-factor/passkeys/{key.pk}/remove/").url == "/second-factor/passkeys/"
    assert Authenticator.objects.count() == 0
    assert again.get("/dashboard/").url == "/second-factor/"
    assert lines_of(world.clerk) == [
        "added a second factor: the passkey “Work laptop”",
        "removed a second factor: the passkey “Work laptop”",
    ]


@pytest.mark.parametrize("origin", ["https://evil.example", "http://testserver", "https://testserver.evil.example"])
def test_a_passkey_is_not_taken_from_another_place(world: World, origin: str) -> None:
    browser = Client()
    sign_in(browser, world.officer)
    made = Passkey(origin).made(options_in(browser.get("/second-factor/passkeys/new/").text))
    assert browser.post("/second-factor/passkeys/new/", {"name": "x", "credential": made}).status_code == 200
    assert Authenticator.objects.count() == 0


def test_a_passkey_that_was_tampered_with_is_refused(world: World) -> None:
    device, browser = Passkey(), Client()
    sign_in(browser, world.officer)
    made = json.loads(device.made(options_in(browser.get("/second-factor/passkeys/new/").text)))
    for worse in _worse(made):
        assert NOT_TAKEN in browser.post("/second-factor/passkeys/new/", {"credential": worse}).text
    made = device.made(options_in(browser.get("/second-factor/passkeys/new/").text))
    browser.post("/second-factor/passkeys/new/", {"credential": made})
    assert "used last" not in browser.get("/second-factor/passkeys/").text

    for again, path in ((Client(), "/sign-in/second-factor/"), (browser, "/sign-in/again/passkey/")):
        sign_in(again, world.officer)
        shown = json.loads(device.used(options_in(again.get(path).text)))
        for worse in [*_worse(shown)][:9]:
            assert NOT_TAKEN in again.post(path, {"credential": worse}, follow=True).text
    shown = device.used(options_in(browser.get("/sign-in/again/passkey/").text))
    there = "/sign-in/again/passkey/?next=/second-factor/recovery-codes/"
    assert browser.post(there, {"credential": shown}).url == "/second-factor/recovery-codes/"


def _worse(credential: dict[str, Any]) -> Iterator[str]:
    """Every part of what the browser sends left out, shortened, and made something else."""
    for name, value in credential["response"].items():
        for other in (None, value[:-9], value[:40], "AAAA" + value[4:], value[::-1], 7):
            yield json.dumps(credential | {"response": credential["response"] | {name: other}})


@pytest.mark.parametrize("said", ["", "{}", "[]", "null", '{"id": 1}', "not json", '{"rawId": "x", "response": {}}'])
def test_nonsense_in_place_of_a_passkey_is_refused(world: World, said: str) -> None:
    with_an_app(world.officer)
    browser = Client()
    sign_in(browser, world.officer)
    browser.get("/sign-in/second-factor/")
    assert browser.post("/sign-in/second-factor/", {"credential": said}).status_code == 200
    lead = Client()
    sign_in(lead, world.lead)
    assert lead.post("/second-factor/passkeys/new/", {"credential": said}).status_code == 200
    assert Authenticator.objects.filter(type="webauthn").count() == 0
