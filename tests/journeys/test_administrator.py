"""An administrator gives a rating the council's own name and colour, and every page prints it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

SignIn = Callable[..., Page]
Violations = Callable[[Page], list[Any]]


def test_an_administrator_renames_a_rating_and_the_dashboard_and_a_list_print_the_new_word(
    sign_in: SignIn, violations: Violations
) -> None:
    page = sign_in("admin")
    page.get_by_role("link", name="Ratings", exact=True).click()
    assert violations(page) == []
    page.get_by_label("Colour of Amber").fill("#808080")
    page.get_by_label("Name of Amber").fill("At risk")
    page.get_by_role("button", name="Save the ratings").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a darker or a lighter colour.")
    assert violations(page) == []
    page.get_by_label("Colour of Amber").fill("#7b2d8b")
    page.get_by_role("button", name="Save the ratings").click()
    expect(page.get_by_role("main")).to_contain_text("the name of amber from “Amber” to “At risk”")
    assert violations(page) == []
    board = sign_in("director")
    board.goto("/dashboard/")
    expect(board.get_by_role("heading", name="Delivery and impact by theme").or_(board.locator("main"))).to_be_visible()
    expect(board.locator(".tile--amber")).to_contain_text("At risk")
    assert board.locator(".trend__part--amber").first.evaluate("e => getComputedStyle(e).fill") == "rgb(123, 45, 139)"
    assert violations(board) == []
    board.locator(".tile--amber a").click()
    expect(board.locator(".rating--amber").first).to_have_text("At risk")
    expect(board.get_by_role("cell", name="Amber")).to_have_count(0)
    assert violations(board) == []
