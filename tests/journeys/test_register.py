"""A lead raises a risk to an action and later finds it worse: the register shows it rising, the matrix where it is."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

SignIn = Callable[..., Page]
Violations = Callable[[Page], list[Any]]


def test_a_lead_raises_a_risk_assesses_it_higher_and_finds_it_in_the_matrix(
    sign_in: SignIn, violations: Violations
) -> None:
    page = sign_in("lead")
    page.goto("/actions/1.5/")
    page.get_by_role("link", name="Raise a risk to this action").click()
    assert violations(page) == []
    page.get_by_label("The risk in a few words").fill("Parents are asked twice for consent")
    page.get_by_label("Because of what?").fill("Two forms ask for the same thing.")
    page.get_by_label("What may happen?").fill("Parents refuse the second time.")
    page.get_by_label("With what effect on children?").fill("Help starts later.")
    expect(page.get_by_label("Actions that it bears upon")).to_have_value("1.5")
    page.get_by_label("Lead", exact=True).select_option(label="Head of Service, Front Door")
    _judge(page, likelihood="2 Unlikely", impact="1 Slight")
    page.get_by_label("What is being done about it").fill("One form from May.")
    page.get_by_role("button", name="Raise the risk").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("raised it, scored 2 (low)")
    expect(main.get_by_role("link", name=re.compile(r"^1\.5 "))).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Assess it anew").click()
    assert violations(page) == []
    _judge(page, likelihood="5 Almost certain", impact="2 Minor")
    page.get_by_role("button", name="Save the assessment").click()
    expect(main).to_contain_text("assessed it at 10 (high), up from 2")
    page.goto("/risks/")
    row = page.get_by_role("row", name="Parents are asked twice for consent")
    expect(row).to_contain_text("Rising from 2")
    assert violations(page) == []
    number = page.get_by_role("link", name="risk, likelihood 5, impact 2")
    expect(number).to_have_text(re.compile(r"^1"))
    number.click()
    expect(page.locator(".rows__link")).to_have_text(["Parents are asked twice for consent"])
    assert violations(page) == []
    page.goto("/actions/1.5/")
    expect(main.get_by_role("link", name="Parents are asked twice for consent")).to_be_visible()


def _judge(page: Page, *, likelihood: str, impact: str) -> None:
    page.get_by_role("group", name="Likelihood").get_by_label(likelihood).check()
    page.get_by_role("group", name="Impact").get_by_label(impact).check()
    review_on = timezone.localdate() + timedelta(days=60)
    review = page.get_by_role("group", name="Look at it again by")
    for part in ("Day", "Month", "Year"):
        review.get_by_label(part).fill(str(getattr(review_on, part.lower())))


def test_the_pages_of_money_are_free_of_barriers(sign_in: SignIn, violations: Violations) -> None:
    page = sign_in("director")
    found = {}
    for path in (
        "/resources/",
        "/resources/new/",
        "/risks/?state=all",
        "/risks/?level=low&theme=front-door",
        "/risks/?on=x",
    ):
        page.goto(path)
        found[path] = violations(page)
    page.goto("/resources/")
    page.locator(".rows__link").first.click()
    found["one"] = violations(page)
    assert [path for path, wrong in found.items() if wrong] == [], found


@pytest.mark.parametrize("path", ["/risks/", "/resources/", "/risks/new/", "/resources/new/"])
def test_the_pages_of_risks_fit_a_narrow_screen_without_javascript(sign_in: SignIn, path: str) -> None:
    page = sign_in("director", width=320, javascript=False)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    if page.locator(".rows__link").count():
        page.locator(".rows__link").first.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
