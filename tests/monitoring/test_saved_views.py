"""A person's own views of the list of actions: what is kept, who sees it, and what becomes of it."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest

from improvement.models import Theme
from monitoring.models import SavedView
from monitoring.models.saved_view import MOST
from tests.world import World


def text(response: Any) -> str:
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
    return unescape(re.sub(r" ([.,:;)])", r"\1", words))


def save(browser: Any, name: str, query: str, **more: str) -> Any:
    return browser.post("/saved-views/", {"once": str(uuid4()), "name": name, "query": query, **more})


def kept() -> list[tuple[str, dict[str, str]]]:
    return list(SavedView.objects.values_list("name", "words"))


def test_a_view_is_saved_from_the_list_and_opened_from_it(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    assert "Save this view" not in text(browser.get("/actions/"))
    assert "Save this view" in text(browser.get("/actions/?late=yes&order=due"))
    form = browser.get("/saved-views/?late=yes&order=due").content.decode()
    assert 'name="query" value="late=yes&amp;order=due"' in form
    saved = save(browser, "  What is late ", "late=yes&order=due&page=3&seal=1")
    assert (saved.status_code, saved.url) == (302, "/actions/?late=yes&order=due&page=3&seal=1")
    assert kept() == [("What is late", {"late": "yes", "order": "due"})]
    page = browser.get("/actions/?late=yes&order=due").content.decode()
    assert '<a class="govuk-link" href="/actions/?late=yes&amp;order=due" aria-current="page">What is late</a>' in page
    assert "Save this view" not in page


def test_a_view_is_its_persons_own(world: World, visit: Any) -> None:
    save(visit(world.officer), "Mine", "mine=yes")
    view = SavedView.objects.get()
    others = visit(world.lead)
    assert "Saved views:" not in text(others.get("/actions/"))
    assert others.get(f"/saved-views/{view.reference}/").status_code == 404
    assert others.post(f"/saved-views/{view.reference}/delete/").status_code == 404
    assert "You have saved no view" in text(others.get("/saved-views/"))
    assert save(others, "Mine", "mine=yes").status_code == 302


@pytest.mark.parametrize(
    ("name", "query", "sentence"),
    [
        ("", "late=yes", "Give the view a name."),
        ("x" * 61, "late=yes", "at most 60 characters"),
        ("Whole", "", "This is the whole list in its own order."),
        ("Whole", "page=2&nothing=known", "This is the whole list in its own order."),
        ("Lost", "status=lost", "The list does not understand what this view asks for."),
        ("Wrong", "due_from=2027-02-01&due_to=2027-01-01", "The list does not understand what this view asks for."),
        ("LATE", "stale=yes", "You have a view called “LATE” already."),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is_kept(
    world: World, visit: Any, name: str, query: str, sentence: str
) -> None:  # fmt: skip
    browser = visit(world.officer)
    save(browser, "Late", "late=yes")
    answer = save(browser, name, query)
    assert (answer.status_code, sentence in text(answer)) == (400, True)
    assert kept() == [("Late", {"late": "yes"})]


def test_there_are_twenty_and_no_more(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    for n in range(MOST):
        save(browser, f"View {n}", "late=yes")
    answer = save(browser, "One more", "late=yes")
    assert "You have saved 20 views, which is as many as there can be. Delete one first." in text(answer)
    assert len(kept()) == 20


def test_a_view_sent_twice_is_saved_once(world: World, visit: Any) -> None:
    browser, once = visit(world.officer), str(uuid4())
    assert [save(browser, "Late", "late=yes", once=once).status_code for _ in range(2)] == [302, 302]
    assert len(kept()) == 1


def test_a_view_is_always_todays_unless_it_names_another_day(world: World, visit: Any) -> None:
    browser, yesterday = visit(world.officer), world.today - timedelta(days=1)
    save(browser, "Today", f"late=yes&on={world.today}")
    save(browser, "Then", f"late=yes&on={yesterday}")
    assert dict(kept()) == {"Today": {"late": "yes"}, "Then": {"late": "yes", "on": str(yesterday)}}


def test_a_view_is_renamed_and_deleted(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    save(browser, "Late", "late=yes")
    save(browser, "Stale", "stale=yes")
    late = SavedView.objects.get(name="Late")
    taken = browser.post(f"/saved-views/{late.reference}/", {"once": str(uuid4()), "name": "stale"})
    assert (taken.status_code, "You have a view called “stale” already." in text(taken)) == (400, True)
    browser.post(f"/saved-views/{late.reference}/", {"once": str(uuid4()), "name": "late"})
    page = text(browser.get("/saved-views/"))
    assert "late Overdue: Yes Rename" in page
    assert "The view “late” is deleted." in text(browser.post(f"/saved-views/{late.reference}/delete/", follow=True))
    assert [name for name, _ in kept()] == ["Stale"]


def test_a_view_whose_theme_is_gone_says_so_and_fails_nobody(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    save(browser, "Care", "theme=workforce")
    Theme.objects.filter(slug="workforce").update(slug="people")
    page = browser.get("/actions/?theme=workforce")
    assert page.status_code == 200
    assert "The view “Care” no longer makes sense, because something that it asks for is gone." in text(page)
    assert "It no longer makes sense" in text(browser.get("/saved-views/"))
