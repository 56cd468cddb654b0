"""A passkey in a real browser, whose authenticator is a virtual one: made, asked for at the door, and removed."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Northmoor

Violations = Callable[[Page], list[Any]]


def test_an_adviser_signs_in_with_a_passkey(northmoor: Northmoor, browser: Browser, violations: Violations) -> None:
    # Browsers keep passkeys for names, not for numbers.
    context = browser.new_context(base_url=northmoor.address.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": device})

    _sign_in(page, northmoor)
    page.get_by_role("link", name="Your sign-in").click()
    assert violations(page) == []
    page.get_by_role("link", name="Add passkeys").click()
    page.get_by_label("What to call it").fill("Work laptop")
    assert violations(page) == []
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Sign out").click()

    _sign_in(page, northmoor)
    expect(page.get_by_role("heading", name="Your second factor")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    page.goto("/second-factor/passkeys/")
    page.get_by_role("link", name="Remove work laptop").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("You have no passkey")).to_be_visible()
    page.goto("/second-factor/app/")
    assert violations(page) == []
    context.close()
    assert complaints == []


def _sign_in(page: Page, northmoor: Northmoor) -> None:
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill("adviser@northmoor.example")
    page.get_by_label("Password", exact=True).fill(northmoor.passwords["adviser"])
    page.get_by_role("button", name="Sign in").click()
