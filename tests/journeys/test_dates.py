"""A later date: asked for by whoever carries the action out, agreed at a meeting, and the first one never lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from people.days import day_of, written

SignIn = Callable[..., Page]
Violations = Callable[[Page], list[Any]]
WHY = "The seventh academy trust cannot send its attendance until its software is changed in the spring."


def _first_agreed_for(page: Page) -> str:
    return page.locator("dt", has_text="First agreed for").locator("xpath=following-sibling::dd[1]").inner_text()


def test_an_officer_asks_for_a_later_date_and_the_lead_agrees_at_a_meeting(
    sign_in: SignIn, violations: Violations
) -> None:
    officer, lead, to_on = sign_in("officer"), sign_in("lead"), day_of(datetime.now(UTC)) + timedelta(days=120)
    officer.goto("/actions/1.7/")
    first = _first_agreed_for(officer)
    officer.get_by_role("link", name="Ask for a later date").click()
    assert violations(officer) == []
    for part, typed in (("Day", to_on.day), ("Month", to_on.month), ("Year", to_on.year)):
        officer.get_by_label(part, exact=True).fill(str(typed))
    officer.get_by_label("The reason in short").select_option(label="Waiting for a partner")
    officer.get_by_label("Why more time is needed").fill(WHY)
    officer.get_by_role("button", name="Ask the theme lead").click()
    facts = officer.get_by_role("region", name="Whose, and by when")
    expect(facts).to_contain_text(f"Asha Mellor has asked for {written(to_on)}; it waits for an answer.")
    assert officer.get_by_role("link", name="Ask for a later date").count() == 0
    assert violations(officer) == []

    lead.goto("/extensions/")
    expect(lead.get_by_role("table", name="Waiting for an answer")).to_contain_text(WHY)
    assert violations(lead) == []
    lead.get_by_role("link", name="Answer the request for 1.7").click()
    assert violations(lead) == []
    lead.get_by_role("radio", name=f"Agree: it moves to {written(to_on)}").check()
    lead.get_by_label("Where it was agreed").select_option(index=1)
    lead.get_by_role("button", name="Answer", exact=True).click()
    facts = lead.get_by_role("region", name="Whose, and by when")
    expect(facts).to_contain_text(written(to_on))
    assert _first_agreed_for(lead) == first
    expect(facts).to_contain_text("moved twice")
    expect(facts.get_by_role("listitem").last).to_contain_text(f"waiting for a partner. {WHY}")
    expect(facts.get_by_role("listitem").last).to_contain_text("Graham Thwaite")
    expect(facts.get_by_role("listitem").last).to_contain_text("agreed at")
    assert violations(lead) == []

    lead.goto("/extensions/")
    answered = lead.get_by_role("table", name="Answered")
    expect(answered).to_contain_text("Agreed by Graham Thwaite")
    expect(answered).to_contain_text("first agreed for")
    expect(answered).to_contain_text("moved twice so far")
    expect(answered).to_contain_text("working days")
    assert violations(lead) == []
