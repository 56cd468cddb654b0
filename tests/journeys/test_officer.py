"""An officer with five minutes: what needs me, one update by keyboard, and what the table of moves refuses."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

SignIn = Callable[..., Page]
Violations = Callable[[Page], list[Any]]


def test_an_officer_gives_an_update_by_keyboard_alone_without_javascript(sign_in: SignIn) -> None:
    page = sign_in("officer", javascript=False)
    expect(page).to_have_title("My actions – Children’s services improvement – Northmoor Council")
    page.get_by_role("link", name="Update 1.11").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your update")).to_be_focused()
    words = "The panel looked at ten families who came back, and wrote down why."
    page.keyboard.press("Control+A")  # with a script, the last words are chosen already, to be typed over
    page.keyboard.type(words)
    page.get_by_role("button", name="Save update").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("Saved: action 1.11")
    page.goto("/actions/1.11/")
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
