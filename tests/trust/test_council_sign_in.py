"""S14: the council's own sign-in, tried with a real OpenID Connect provider that runs beside the test."""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import oidc_provider_mock
import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client

from people.models import Person, PersonLine
from tests.signing import code, with_an_app
from tests.world import World

NO_ACCOUNT = "there is no open account here for the e-mail address that it gave"
NOT_TRUSTED = "did not bring you back in a way that we can trust"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The council's sign-in, on a port of this machine's own."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with oidc_provider_mock.run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def council(settings: Any, provider: str) -> dict[str, Any]:
    """Our settings, as the environment would make them."""
    app = {
        "provider_id": "council",
        "name": "your council account",
        "client_id": "improvement",
        "secret": "a secret of the test",
        "settings": {"server_url": provider, "verified_email": False},
    }
    settings.OIDC_SERVER_URL = provider
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return app["settings"]  # type: ignore[return-value]


def _known(provider: str, subject: str, **claims: Any) -> None:
    httpx.put(f"{provider}/users/{quote(subject)}", json=claims).raise_for_status()


def _there(browser: Client, subject: str, *, begin: str = "/sign-in/council/") -> str:
    """Off to the provider and through its page; answers with where it sends the browser back to."""
    away = browser.get(begin).headers["Location"]
    answer = httpx.post(away, data={"sub": subject})
    back = urlsplit(answer.headers["Location"])
    assert (back.netloc, back.path) == ("testserver", "/sign-in/council/back/")
    return f"{back.path}?{back.query}"


def _through(browser: Client, subject: str, **more: str) -> Any:
    return browser.get(_there(browser, subject, **more))


def test_the_way_in_is_on_the_page_only_where_there_is_one(world: World, settings: Any) -> None:
    page = Client().get("/sign-in/?next=/actions/").text
    assert (
        '<a class="govuk-link" href="/sign-in/council/?next=%2Factions%2F">sign in with your council account</a>'
        in page
    )
    settings.OIDC_SERVER_URL, settings.SOCIALACCOUNT_PROVIDERS = "", {"openid_connect": {"APPS": []}}
    assert "/sign-in/council/" not in Client().get("/sign-in/").text
    assert [Client().get(path).status_code for path in ("/sign-in/council/", "/sign-in/council/back/")] == [404, 404]


def test_somebody_who_has_an_account_is_let_in_and_known_from_then_on(world: World, provider: str) -> None:
    _known(provider, "s-1", email="Officer@Northmoor.example", email_verified=True, name="A. Mellor")
    browser = Client()
    begun = browser.get("/sign-in/council/?next=/actions/1.1/").headers["Location"]
    asked = {name: value[0] for name, value in parse_qs(urlsplit(begun).query).items()}
    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    answer = _through(browser, "s-1", begin="/sign-in/council/?next=/actions/1.1/")
    assert (answer.status_code, answer.url) == (302, "/actions/1.1/")
    assert "Asha Mellor" in browser.get("/actions/1.1/").text
    # Joined by what the directory calls the person, so that a change of address changes nothing.
    _known(provider, "s-1", email="asha@elsewhere.example", email_verified=False)
    assert _through(Client(), "s-1").url == "/"
    world.officer.refresh_from_db()
    assert world.officer.has_usable_password()
    assert (SocialAccount.objects.count(), SocialToken.objects.count()) == (1, 0)
    lines = PersonLine.objects.filter(person=world.officer).values_list("says", flat=True)
    assert list(lines)[1:] == ["signed in by the council’s own sign-in first"]


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@northmoor.example", "email_verified": True},
        {"email": "officer@northmoor.example", "email_verified": False},
        {"email": "officer@northmoor.example"},
        {"email": "", "email_verified": True},
        {"email": "partner@northmoor.example", "email_verified": True},
        {},
    ],
)
def test_somebody_without_an_open_account_is_refused_and_none_is_made(
    world: World, provider: str, claims: dict[str, Any]
) -> None:
    Person.objects.filter(email="partner@northmoor.example").update(is_active=False)
    _known(provider, "s-2", **claims)
    before, browser = Person.objects.count(), Client()
    answer = _through(browser, "s-2")
    assert (answer.status_code, NO_ACCOUNT in answer.text) == (403, True)
    assert browser.get("/my-actions/").status_code == 302
    assert (Person.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_an_account_that_was_joined_and_is_now_closed_is_refused(world: World, provider: str) -> None:
    _known(provider, "s-3", email="officer@northmoor.example", email_verified=True)
    _through(Client(), "s-3")
    Person.objects.filter(pk=world.officer.pk).update(is_active=False)
    answer = _through(Client(), "s-3")
    assert (answer.status_code, NO_ACCOUNT in answer.text) == (403, True)


def test_the_council_may_vouch_for_its_own_addresses(world: World, provider: str, council: dict[str, Any]) -> None:
    _known(provider, "s-4", email="lead@northmoor.example")
    council["verified_email"] = True
    assert _through(Client(), "s-4").url == "/"


@pytest.mark.parametrize(
    "forged",
    [
        "", "?code=x", "?state=x", "?code=x&state=x", "?error=server_error&state=x", "?error=access_denied",
        "?code=x&state=", "?code[]=x&state[]=y", "?code=%00&state=%00", "?state=x&id_token=a.b.c",
    ],
)  # fmt: skip
def test_a_forged_return_is_refused_with_a_page_of_ours(world: World, forged: str) -> None:
    browser = Client()
    browser.get("/sign-in/council/")
    answer = browser.get(f"/sign-in/council/back/{forged}")
    assert (answer.status_code, NOT_TRUSTED in answer.text) == (401, True)
    assert browser.get("/my-actions/").status_code == 302


def test_a_return_is_good_once_and_only_in_the_browser_that_went_away(world: World, provider: str) -> None:
    _known(provider, "s-5", email="officer@northmoor.example", email_verified=True)
    browser, thief = Client(), Client()
    back = _there(browser, "s-5")
    thief.get("/sign-in/council/")
    assert thief.get(back).status_code == 401
    assert browser.get(back).status_code == 302
    browser.post("/sign-out/")
    assert browser.get(back).status_code == 401


def test_a_code_that_is_not_the_providers_is_refused(world: World, provider: str) -> None:
    browser = Client()
    back = _there(browser, "s-5")
    state = parse_qs(urlsplit(back).query)["state"][0]
    answer = browser.get(f"/sign-in/council/back/?code=made-up&state={state}")
    assert (answer.status_code, NOT_TRUSTED in answer.text) == (401, True)


def test_whoever_stops_there_is_told_that_they_are_not_signed_in(world: World) -> None:
    browser = Client()
    away = browser.get("/sign-in/council/").headers["Location"]
    back = urlsplit(httpx.post(away, data={"action": "deny"}).headers["Location"])
    state = parse_qs(urlsplit(away).query)["state"][0]  # which this provider forgets when it refuses
    answer = browser.get(f"{back.path}?{back.query}&state={state}", follow=True)
    assert answer.redirect_chain == [("/sign-in/council/cancelled/", 302)]
    assert "You have not signed in" in answer.text


def test_a_provider_that_does_not_answer_is_said_to_have_not(world: World, council: dict[str, Any]) -> None:
    council["server_url"] = "http://localhost:1"
    answer = Client().get("/sign-in/council/")
    assert (answer.status_code, "or did not answer" in answer.text) == (502, True)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_it_leads_nowhere_but_here(world: World, provider: str, elsewhere: str) -> None:
    _known(provider, "s-6", email="officer@northmoor.example", email_verified=True)
    assert _through(Client(), "s-6", begin=f"/sign-in/council/?next={quote(elsewhere)}").url == "/"


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_it_is_for_signing_in_and_cannot_be_made_to_join_anothers_account(
    world: World, visit: Any, provider: str, process: str
) -> None:
    _known(provider, "s-7", email="stranger@northmoor.example", email_verified=True)
    browser = visit(world.officer)
    answer = _through(browser, "s-7", begin=f"/sign-in/council/?process={process}&next=/actions/")
    assert (answer.status_code, SocialAccount.objects.count()) == (403, 0)


def test_our_second_factor_is_asked_for_after_it(world: World, provider: str, settings: Any) -> None:
    settings.SECOND_FACTOR_COMPULSORY = True
    _known(provider, "s-8", email="director@northmoor.example", email_verified=True)
    browser = Client()
    assert _through(browser, "s-8").url == "/"
    assert browser.get("/").url == "/second-factor/"
    # Even one who was joined to the directory alone sets one up without a pass phrase of ours.
    assert browser.get("/second-factor/app/").status_code == 200
    secret = with_an_app(world.director)
    again = Client()
    assert _through(again, "s-8", begin="/sign-in/council/?next=/dashboard/").url == "/sign-in/second-factor/"
    assert again.post("/sign-in/second-factor/", {"code": code(secret)}).url == "/dashboard/"


def test_where_the_councils_own_proves_both_it_is_enough(world: World, provider: str, settings: Any) -> None:
    settings.SECOND_FACTOR_COMPULSORY = settings.OIDC_PROVES_SECOND_FACTOR = True
    _known(provider, "s-9", email="director@northmoor.example", email_verified=True)
    with_an_app(world.director)
    browser = Client()
    assert _through(browser, "s-9").url == "/"
    assert browser.get("/dashboard/").status_code == 200
