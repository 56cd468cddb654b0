"""An officer with five minutes: what needs me, one update by keyboard, and what the table of moves refuses."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

SignIn = Callable[..., Page]
Violations = Callable[[Page], list[Any]]


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_officer_updates_the_action_that_most_needs_it_by_keyboard_alone(
    sign_in: SignIn, violations: Violations, javascript: bool
) -> None:
    page = sign_in("officer", javascript=javascript)
    expect(page).to_have_title("My actions – Children’s services improvement – Northmoor Council")
    begin = page.get_by_role("link", name="Begin with")
    number = begin.inner_text().removeprefix("Begin with ").strip()
    begin.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your update")).to_be_focused()
    words = f"The rota for {number} was agreed with the teams this morning ({'on' if javascript else 'off'})."
    if not javascript:  # with it, the last words are chosen already, to be typed over
        page.keyboard.press("Control+A")
    page.keyboard.type(words)
    page.get_by_role("button", name="Save update").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text(f"Saved: action {number}")
    page.goto(f"/actions/{number}/")
    expect(page.get_by_role("main")).to_contain_text(words)


def test_every_page_on_an_officers_way_is_free_of_barriers(sign_in: SignIn, violations: Violations) -> None:
    page = sign_in("officer")
    found = {"/my-actions/": violations(page)}
    for path in ("/actions/1.11/", "/actions/1.11/update/", "/actions/", "/actions/?delivery=red", "/actions/9.9/"):
        page.goto(path)
        found[path] = violations(page)
    assert [path for path, wrong in found.items() if wrong] == [], found


def test_an_empty_update_keeps_the_officer_on_the_page_with_a_sentence(sign_in: SignIn, violations: Violations) -> None:
    page = sign_in("officer")
    page.goto("/actions/1.11/update/")
    page.get_by_role("button", name="Save update").click()
    expect(page).to_have_title(re.compile(r"^Error: Update 1\.11 "))
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []


def test_a_lead_cannot_close_what_nobody_has_verified(sign_in: SignIn, violations: Violations) -> None:
    page = sign_in("lead")
    page.goto("/actions/1.5/moves/?move=close")
    expect(page.get_by_role("main")).to_contain_text("only once its evidence is verified")
    assert violations(page) == []
    page.goto("/actions/1.5/")
    expect(page.get_by_role("main")).to_contain_text("Delivered")


@pytest.mark.parametrize("path", ["/my-actions/", "/actions/1.11/", "/actions/1.11/update/"])
def test_an_officers_pages_fit_a_narrow_screen(sign_in: SignIn, path: str) -> None:
    page = sign_in("officer", width=320)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
