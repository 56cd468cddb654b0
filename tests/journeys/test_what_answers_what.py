"""A theme lead sees what nothing answers, adds an action that answers it, and declines another for a while."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

SignIn = Callable[..., Page]
Violations = Callable[[Page], list[Any]]


def _count(page: Page, label: str) -> int:
    tile = page.locator(".tile").filter(has_text=label)
    return int(tile.locator(".tile__number").inner_text())


def _first_unanswered(page: Page) -> None:
    page.goto("/coverage/")
    page.locator(".tile").filter(has_text="Answered by nothing").get_by_role("link").click()
    page.locator(".covered .finding__head a").first.click()


def _fill_day(page: Page, name: str, *parts: str) -> None:
    for part, value in zip(("day", "month", "year"), parts, strict=True):
        page.locator(f"[name={name}_{part}]").fill(value)


def test_a_lead_answers_what_nothing_answers_and_declines_another_for_a_while(
    sign_in: SignIn, violations: Violations
) -> None:
    page = sign_in("director")
    page.goto("/findings/")
    page.get_by_role("link", name="what answers what, and what shows it").click()
    assert violations(page) == []
    before = {label: _count(page, label) for label in ("Answered by nothing", "Declined for now", "nothing shown")}
    assert before["Answered by nothing"] >= 2

    _first_unanswered(page)
    finding = page.url
    name = page.get_by_role("heading", level=1).inner_text().rsplit(" ", 1)[-1]
    page.get_by_role("link", name="Add an action that answers it").click()
    expect(page.locator("[name=chosen]:checked")).to_have_count(1)
    page.get_by_label("Title", exact=True).fill("Meet every family that is waiting")
    page.get_by_label("What will be done").fill("Two workers will call on every family that waits, within a week.")
    page.get_by_label("How we will know it helped").fill("Families say that somebody called when it was promised.")
    page.get_by_label("Lead", exact=True).select_option(label="Head of Service, Early Help")
    _fill_day(page, "starts_on", "1", "2", "2030")
    _fill_day(page, "due_on", "1", "6", "2030")
    page.get_by_role("button", name="Add the action").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meet every family that is waiting")
    expect(page.get_by_role("main")).to_contain_text(f"said that it answers {name}")
    page.goto(finding)
    expect(page.get_by_role("main")).to_contain_text("Meet every family that is waiting")

    _first_unanswered(page)
    assert page.url != finding
    page.get_by_role("link", name="Accept or decline it").click()
    page.get_by_role("radio", name="Declined").check()
    page.get_by_label("Why").fill("The contract that it speaks of ends next year.")
    page.get_by_role("button", name="Save the reply").click()
    expect(page.get_by_role("alert")).to_contain_text("Say until when it is declined.")
    _fill_day(page, "until_on", "1", "2", "2028")
    page.get_by_role("button", name="Save the reply").click()
    expect(page.get_by_role("main")).to_contain_text("Declined until 1 February 2028.")
    assert violations(page) == []

    page.goto("/coverage/")
    after = {label: _count(page, label) for label in before}
    assert after == {
        "Answered by nothing": before["Answered by nothing"] - 2,
        "Declined for now": before["Declined for now"] + 1,
        "nothing shown": before["nothing shown"] + 1,
    }


def test_what_an_action_answers_is_said_without_a_script_on_a_narrow_screen(
    sign_in: SignIn, violations: Violations
) -> None:
    page = sign_in("lead", width=320, javascript=False)
    page.goto("/actions/1.12/findings/")
    page.get_by_label("Find by number or words").fill("consent sought")
    page.get_by_label("Find by number or words").press("Enter")
    page.get_by_role("checkbox", name=re.compile("^A1 ")).check()
    page.get_by_label("Find by number or words").fill("")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("checkbox", name=re.compile("^A1 "))).to_be_checked()
    page.get_by_role("button", name="Save what it answers").click()
    expect(page.get_by_role("main")).to_contain_text("said that it answers A1")


def test_every_page_of_coverage_is_free_of_barriers_and_fits_a_narrow_screen(
    sign_in: SignIn, violations: Violations
) -> None:
    page, found = sign_in("lead", width=320), {}
    page.goto("/coverage/?theme=front-door")
    finding = page.locator(".covered .finding__head a").first.get_attribute("href")
    paths = (
        "/coverage/", "/coverage/actions/?lack=findings", "/findings/", "/inspection/", "/actions/new/",
        "/actions/1.1/findings/", "/actions/1.1/words/", f"{finding}actions/", f"{finding}response/", str(finding),
    )  # fmt: skip
    for path in paths:
        page.goto(path)
        found[path] = (violations(page), page.evaluate("document.documentElement.scrollWidth"))
    assert found == dict.fromkeys(found, ([], 320))
