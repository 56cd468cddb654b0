"""The first update of the month, by keyboard alone; and two officers who write at the same time."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

SignIn = Callable[..., Page]
Violations = Callable[[Page], list[Any]]


class Keys:
    """A keyboard that counts its presses, words apart."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.presses = 0

    def press(self, key: str) -> None:
        self.presses += 1
        self.page.keyboard.press(key)

    def tab_to(self, name: re.Pattern[str]) -> None:
        """Tab until something of this name has the focus."""
        for _ in range(40):
            if name.search(
                self.page.evaluate("document.activeElement.innerText || document.activeElement.value || ''")
            ):
                return
            self.press("Tab")
        raise AssertionError(f"Nothing called {name.pattern} was reached.")


def test_the_first_updates_of_the_month_take_a_dozen_keys_each_and_one_follows_the_other(
    sign_in: SignIn, violations: Violations
) -> None:
    page = sign_in("officer")
    keys = Keys(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("My actions")
    keys.press("Tab")  # the link that skips the head of the page
    keys.press("Enter")
    keys.tab_to(re.compile("^Begin with "))
    keys.press("Enter")
    told = []
    for words in ("Both teams have the new rota from today.", "The panel meets on Thursday and has our paper."):
        expect(page.get_by_label("Your update")).to_be_focused()
        told.append(page.url)
        page.keyboard.type(words)
        keys.tab_to(re.compile("^Save update$"))
        keys.press("Enter")
        expect(page.locator("#saved, #saved-before")).to_have_text(re.compile("^Saved: action "))
        assert violations(page) == []
    assert (len(set(told)), page.url in told) == (2, False)
    assert keys.presses <= 24, f"Two updates took {keys.presses} keys."


def test_two_officers_who_write_at_once_both_keep_their_words(sign_in: SignIn, violations: Violations) -> None:
    first, second = sign_in("lead"), sign_in("officer")
    for page in (first, second):
        page.goto("/actions/1.6/update/")
    first.get_by_label("Your update").fill("The lead writes that training is booked.")
    first.get_by_role("button", name="Save update").click()
    expect(first.get_by_role("main")).to_contain_text("Saved: action 1.6")
    second.get_by_label("Your update").fill("The officer writes that two teams have been trained.")
    second.get_by_role("button", name="Save update").click()
    theirs = second.get_by_role("region", name="What they said while you were writing")
    expect(theirs).to_contain_text("The lead writes that training is booked.")
    mine = second.get_by_label("Your update")
    expect(mine).to_have_value("The officer writes that two teams have been trained.")
    left, right = mine.bounding_box(), theirs.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"], "The two texts do not stand side by side."
    assert violations(second) == []
    second.get_by_role("button", name="Save mine too").click()
    second.goto("/actions/1.6/")
    expect(second.get_by_role("main")).to_contain_text("The lead writes that training is booked.")
    expect(second.get_by_role("main")).to_contain_text("The officer writes that two teams have been trained.")
