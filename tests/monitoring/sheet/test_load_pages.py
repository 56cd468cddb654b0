"""A director loads the plan from a spreadsheet: chooses the file, says what columns mean, sees what would change."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone

from improvement.models import Action, Inspection, Plan
from monitoring.models import Legend
from monitoring.sheet import archive
from monitoring.sheet import shelf as shelves
from people.days import day_of
from people.models import Grant, Person
from people.roles import Role
from sources.models import Source
from tests.monitoring.sheet.books import HEADINGS, book
from tests.world import World

Visit = Callable[[Any], Any]
ROW = ("1.3", "Front door", "Train every screener", "It is sound.", "Head of Learning", "", "31 March 2031", "", "")


@pytest.fixture(autouse=True)
def _shelf(tmp_path: Path) -> Iterator[None]:
    with override_settings(VAR=tmp_path):
        yield


def shelf() -> Path:
    folder: Path = settings.VAR / "sheets"
    return folder


def chosen(browser: Any, content: bytes, **more: str) -> Any:
    return browser.post("/plan/load/", {"file": SimpleUploadedFile("plan.xlsx", content), **more})


def hidden(page: str) -> dict[str, str]:
    form = page[page.index('action="/plan/load/confirm/"') :]
    found = re.findall(r'<input type="hidden" name="(once|digest|fingerprint)" value="([^"]+)"', form)
    return dict(found)


def test_a_director_sees_what_would_change_and_confirms_it(visit: Visit, world: World) -> None:
    browser = visit(world.director)
    assert chosen(browser, book(HEADINGS, ROW)).headers["Location"] == "/plan/load/preview/"
    page = browser.get("/plan/load/preview/").content.decode()
    assert "1 action made, 0 actions changed, 0 rows the same, 0 rows refused" in page
    assert Action.objects.count() == 3
    assert "<strong>Plan!E2</strong> makes a new lead, “Head of Learning”." in page
    told = hidden(page)
    assert browser.post("/plan/load/confirm/", told).headers["Location"] == "/actions/"
    assert "The plan is loaded: 1 action made and 0 actions changed." in browser.get("/actions/").content.decode()
    assert Action.objects.get(number="1.3").lines.get().by == world.director
    # A second click of the same button.
    assert browser.post("/plan/load/confirm/", told).headers["Location"] == "/actions/"
    assert Action.objects.count() == 4
    assert list(shelf().iterdir()) == []


def test_what_a_column_and_a_word_mean_is_said_once_and_remembered(visit: Visit, world: World) -> None:
    browser = visit(world.director)
    sheet = book(("Ref", "Theme", "Pledge", "Lead", "Due"), ("1.3", "Front door", "Train", "Head of Learning", "TBC"))
    chosen(browser, sheet)
    page = browser.get("/plan/load/preview/").content.decode()
    assert "No column says “Action”. Choose which column does, or name it so in the sheet." in page
    said = {"column_1": "number", "column_2": "theme", "column_3": "title", "column_4": "lead", "column_5": "due"}
    assert browser.post("/plan/load/preview/", said).status_code == 302
    assert "“TBC”, which is not a date" in browser.get("/plan/load/preview/").content.decode()
    browser.post("/plan/load/preview/", said | {"word_0": "2031-03-31"})
    told = hidden(browser.get("/plan/load/preview/").content.decode())
    browser.post("/plan/load/confirm/", told)
    assert Action.objects.get(number="1.3").due_on.isoformat() == "2031-03-31"
    assert (Legend.ours().columns, Legend.ours().dates) == ({"pledge": "title"}, {"tbc": "2031-03-31"})


def test_nothing_is_loaded_where_the_plan_changed_after_the_preview(visit: Visit, world: World) -> None:
    browser = visit(world.director)
    chosen(browser, book(HEADINGS, ("2.1", "", "", "Every shift knows.", "", "", "", "", "")))
    told = hidden(browser.get("/plan/load/preview/").content.decode())
    Action.objects.filter(number="2.1").update(success="Every shift knows.")
    response = browser.post("/plan/load/confirm/", told)
    assert (response.status_code, "The plan has changed since you looked" in response.content.decode()) == (409, True)


def test_whoever_waits_is_told_how_many_rows_are_loaded_of_their_own_file_and_of_no_other(
    visit: Visit, world: World
) -> None:
    browser, other = visit(world.director), visit(world.director)
    assert browser.get("/plan/load/progress/").json() == {"rows": 0}
    chosen(browser, book(HEADINGS, ROW))
    waiting = shelves.waiting(browser.session)
    assert waiting
    shelves.tell(waiting, 500)
    assert (browser.get("/plan/load/progress/").json(), other.get("/plan/load/progress/").json()) == (
        {"rows": 500},
        {"rows": 0},
    )
    assert visit(world.officer).get("/plan/load/progress/").status_code == 403


def test_only_the_file_that_was_shown_is_loaded(visit: Visit, world: World) -> None:
    browser = visit(world.director)
    chosen(browser, book(HEADINGS, ROW))
    told = hidden(browser.get("/plan/load/preview/").content.decode())
    [kept] = shelf().iterdir()
    kept.write_bytes(book(HEADINGS, ("1.4", *ROW[1:])))
    response = browser.post("/plan/load/confirm/", told)
    assert (response.status_code, b"The file is no longer kept. Choose it again." in response.content) == (409, True)
    assert Action.objects.count() == 3


def test_a_file_that_cannot_be_read_is_refused_with_its_sentence(visit: Visit, world: World) -> None:
    response = chosen(visit(world.director), b"\xd0\xcf\x11\xe0 old")
    assert (response.status_code, archive.OLD in response.content.decode()) == (400, True)
    assert list(shelf().iterdir()) == []


@pytest.mark.parametrize("part", ["officer", "lead", "clerk", "member", "partner", "adviser", "admin"])
def test_nobody_but_a_director_loads_a_plan(visit: Visit, world: World, part: str) -> None:
    browser = visit(getattr(world, part))
    statuses = [browser.get("/plan/load/").status_code, browser.post("/plan/load/confirm/").status_code]
    assert statuses == [403, 403]
    assert b"/plan/load/" not in browser.get("/actions/").content


@pytest.fixture
def founded(db: None) -> Person:
    """A council with a director, and nothing else yet."""
    director = Person.objects.add(email="director@northmoor.example", name="Ruth Okafor")
    Grant.give(director, Role.DIRECTOR, by=None, at=timezone.now())
    return director


def test_a_first_plan_is_made_by_loading_it(founded: Person) -> None:
    browser, today = Client(), day_of(timezone.now())
    browser.force_login(founded)
    assert "Record the inspection first." in browser.get("/plan/load/").content.decode()
    source = Source.objects.create(kind="report", title="Inspection", from_whom="Ofsted", received_on=today)
    inspection = Inspection.objects.create(
        source=source, framework="ILACS-2023", provider="Northmoor Council", received_on=today
    )
    assert "/plan/load/" in browser.get("/actions/").content.decode()
    of = {"title": "Northmoor improvement plan", "inspection": inspection.reference, "adopted_on": today.isoformat()}
    assert chosen(browser, book(HEADINGS, ROW)).status_code == 400
    assert chosen(browser, book(HEADINGS, ROW), **of).status_code == 302
    page = browser.get("/plan/load/preview/").content.decode()
    assert "makes a new theme, 1. Front door." in page
    browser.post("/plan/load/confirm/", hidden(page))
    plan = Plan.objects.get()
    assert (plan.title, plan.inspection, plan.adopted_on) == (of["title"], inspection, today)
    assert [str(action) for action in plan.actions.all()] == ["1.3 Train every screener"]
