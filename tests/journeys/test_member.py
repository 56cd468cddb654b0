"""A board member reads the dashboard: as at any day, each number opening exactly the rows that it counts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from people.days import day_of

SignIn = Callable[..., Page]
Violations = Callable[[Page], list[Any]]


@pytest.mark.parametrize("days_ago", [0, 100, 300])
def test_a_member_opens_the_overdue_and_red_of_any_day_and_finds_as_many_rows(
    sign_in: SignIn, violations: Violations, days_ago: int
) -> None:
    page = sign_in("member")
    day = day_of(timezone.now()) - timedelta(days=days_ago)
    for what in ("Red", "Overdue", "Green"):
        page.goto(f"/dashboard/?on={day}")
        tile = page.locator(".tile").filter(has_text=what)
        number = int(tile.locator(".tile__number").inner_text())
        if number == 0:
            continue
        tile.get_by_role("link").click()
        expect(page.get_by_role("main")).to_contain_text(f"{number} action")
        shown = page.locator("table tbody tr").count()
        assert shown == min(number, 25)
    assert violations(page) == []


def test_every_page_a_member_reads_is_free_of_barriers_and_fits_a_narrow_screen(
    sign_in: SignIn, violations: Violations
) -> None:
    page = sign_in("member", width=320)
    found = {}
    for path in ("/dashboard/", "/findings/", "/inspection/", "/visits/", "/papers/", "/meetings/"):
        page.goto(path)
        found[path] = (violations(page), page.evaluate("document.documentElement.scrollWidth"))
    assert found == dict.fromkeys(found, ([], 320))


def test_a_member_is_told_what_to_do_about_a_day_that_is_not_one(sign_in: SignIn) -> None:
    page = sign_in("member")
    page.goto("/dashboard/?on=yesterday")
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_member_finds_no_trace_of_the_letter_under_embargo(sign_in: SignIn) -> None:
    page = sign_in("member")
    page.goto("/visits/")
    page.get_by_role("link", name="Visit 3").click()
    text = page.get_by_role("main").inner_text()
    assert "Visit 3" in text or "visit 3" in text
    for word in ("embargo", "confidential", "sealed", "Letter of monitoring visit 3", "three or more homes"):
        assert word not in text
