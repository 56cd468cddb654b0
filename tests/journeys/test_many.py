"""An officer who has the same to say of several actions: ticked on the list, looked at row by row, changed at once."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

SignIn = Callable[..., Page]
Violations = Callable[[Page], list[Any]]
LIST = "/actions/?theme=front-door&status=open"


def _tick(page: Page, number: str) -> None:
    page.locator(f'input[name="number"][value="{number}"]').check()


def _not_mine(page: Page) -> str:
    """An action of the list that is not the officer's."""
    page.goto(f"{LIST}&mine=yes")
    mine = set(page.locator("input[name=number]").evaluate_all("boxes => boxes.map(box => box.value)"))
    page.goto(LIST)
    listed = page.locator("input[name=number]").evaluate_all("boxes => boxes.map(box => box.value)")
    return next(number for number in listed if number not in mine)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_officer_updates_several_leaving_out_what_is_not_theirs(
    sign_in: SignIn, violations: Violations, javascript: bool
) -> None:
    page = sign_in("officer", javascript=javascript)
    other = _not_mine(page)
    for number in ("1.11", other):
        _tick(page, number)
    found = [violations(page)] if javascript else []
    page.get_by_role("button", name="Change those ticked").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change 2 actions at once")
    found += [violations(page)] if javascript else []
    page.get_by_role("button", name="Give the same update").click()
    words = f"The rota covers both teams from Monday ({'on' if javascript else 'off'})."
    page.get_by_label("The update", exact=True).fill(words)
    found += [violations(page)] if javascript else []
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("main")).to_contain_text("1 of 2 actions can’t be changed so.")
    expect(page.get_by_role("main")).to_contain_text(f"You neither lead action {other} nor update it")
    found += [violations(page)] if javascript else []
    page.get_by_role("button", name="Leave it out").click()
    page.get_by_role("button", name="Change 1 action").click()
    expect(page.get_by_role("main")).to_contain_text("1 action had the update.")
    assert page.url.endswith(LIST)
    page.goto("/actions/1.11/")
    expect(page.get_by_role("main")).to_contain_text(words)
    assert [wrong for wrong in found if wrong] == []


def test_a_lead_ticks_a_whole_page_by_keyboard_and_saves_the_view(sign_in: SignIn, violations: Violations) -> None:
    page = sign_in("lead")
    page.goto("/actions/?theme=front-door&status=in_progress&order=due")
    page.get_by_role("button", name="Tick all on this page").focus()
    page.keyboard.press("Enter")
    ticked = page.locator("input[name=number]:checked").count()
    expect(page.get_by_role("button", name=f"Change those ticked ({ticked})")).to_be_visible()
    page.get_by_role("link", name="Save this view").press("Enter")
    assert violations(page) == []
    page.get_by_label("Name of this view").fill("Under way, by date")
    page.get_by_role("button", name="Save the view").press("Enter")
    expect(page.get_by_role("link", name="Under way, by date")).to_have_attribute("aria-current", "page")
    assert violations(page) == []
    page.goto("/saved-views/")
    assert violations(page) == []
    page.get_by_role("button", name="Delete Under way, by date").press("Enter")
    expect(page.get_by_role("main")).to_contain_text("The view “Under way, by date” is deleted.")


@pytest.mark.parametrize("path", [LIST, "/together/?number=1.1&number=1.2", "/saved-views/"])
def test_pages_of_many_fit_a_narrow_screen(sign_in: SignIn, violations: Violations, path: str) -> None:
    page = sign_in("lead", width=320)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert violations(page) == []
