"""The ladder climbed: evidence put forward, verified by somebody else, and taken back when it no longer holds."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from playwright.sync_api import Page, expect

from people.days import day_of

SignIn = Callable[..., Page]
Violations = Callable[[Page], list[Any]]
SAMPLE = "Dip sample of 30 decisions"


def _put_forward(page: Page, *, dated_on: date) -> None:
    page.get_by_role("link", name="Add evidence").click()
    page.get_by_role("radio", name="Case audit").check()
    page.get_by_label("What it is").fill(SAMPLE)
    for part, typed in (("Day", dated_on.day), ("Month", dated_on.month), ("Year", dated_on.year)):
        page.get_by_label(part, exact=True).fill(str(typed))
    page.get_by_label("What it shows").fill("In 27 of 30 the school had been rung before the decision was made.")
    page.get_by_role("button", name="Add the evidence").click()


def _record(page: Page, rung: str, *, evidence: str = "", reason: str = "") -> None:
    page.get_by_role("radio", name=f"{rung}. ").check()
    if evidence:
        choices = page.get_by_label("The evidence that shows it")
        chosen = next(words for words in choices.locator("option").all_inner_texts() if words.startswith(evidence))
        choices.select_option(label=chosen)
    page.get_by_label("Why").fill(reason)
    page.get_by_role("button", name="Record the impact").click()


def test_evidence_is_put_forward_verified_by_another_and_taken_back_with_a_reason(
    sign_in: SignIn, violations: Violations
) -> None:
    officer, lead = sign_in("officer"), sign_in("lead")
    officer.goto("/actions/1.7/")
    impact = officer.get_by_role("region", name="Impact")
    expect(impact).to_contain_text("Next: evidenced. Whoever may update the action records it on evidence")
    _put_forward(officer, dated_on=day_of(datetime.now(UTC)) - timedelta(days=10))
    officer.get_by_role("link", name="Record how far impact is shown").click()
    assert violations(officer) == []
    _record(officer, "Evidenced", evidence=SAMPLE)
    expect(impact).to_contain_text("Next: verified. A theme lead or director who neither leads nor updates it")
    officer.get_by_role("link", name="Record how far impact is shown").click()
    expect(officer.get_by_role("main")).to_contain_text(
        "“Verified” is for the lead of the theme “Front door and early help” or a director. Ask one."
    )
    assert violations(officer) == []

    lead.goto("/actions/1.7/impact/")
    assert violations(lead) == []
    _record(lead, "Verified", evidence=SAMPLE, reason="I read ten of the thirty.")
    ladder = lead.get_by_role("list").filter(has_text="on the impact ladder").last
    expect(ladder.get_by_role("listitem").first).to_contain_text("Graham Thwaite, on Dip sample of 30 decisions.")
    expect(ladder.get_by_role("listitem").first).to_contain_text("Why: I read ten of the thirty.")
    assert violations(lead) == []

    lead.get_by_role("link", name="Record how far impact is shown").click()
    _record(lead, "Evidenced")
    expect(lead.get_by_role("alert")).to_contain_text("Say why the impact falls back to “Evidenced”")
    assert violations(lead) == []
    _record(lead, "Evidenced", reason="Two of the ten were not the school’s own word.")
    expect(ladder.get_by_role("listitem").first).to_contain_text("Fell back to evidenced")
    expect(ladder.get_by_role("listitem").first).to_contain_text("Two of the ten were not the school’s own word.")
    assert violations(lead) == []


def test_whoever_leads_an_action_is_told_who_may_verify_it(sign_in: SignIn, violations: Violations) -> None:
    director, lead = sign_in("director"), sign_in("lead")
    director.goto("/actions/1.6/lead/")
    director.get_by_label("Lead", exact=False).first.select_option(label="Assistant Director, Help and Protection")
    director.get_by_role("button", name="Save the change").click()
    lead.goto("/actions/1.6/impact/")
    expect(lead.get_by_role("main")).to_contain_text(
        "You lead or update this action, so “Verified” is for a theme lead or director who does neither. Ask one."
    )
    assert lead.get_by_role("radio", name="Verified. ").count() == 0
    assert violations(lead) == []


def test_the_ladder_is_climbed_without_javascript_on_a_narrow_screen(sign_in: SignIn) -> None:
    page = sign_in("officer", width=320, javascript=False)
    page.goto("/actions/1.11/")
    page.get_by_role("link", name="Record how far impact is shown").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    _record(page, "Evidenced", evidence="Panel findings on 80 repeat referrals")
    expect(page.get_by_role("region", name="Impact")).to_contain_text("Evidenced")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
