"""The register and its matrix, the pages of one risk and one resource, what can be done there, and who may."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from monitoring.models import Resource, Risk
from monitoring.sheet.register import RISK_HEADINGS
from tests.monitoring.test_risks import WORDS, a_resource, a_risk, judged
from tests.world import World


def titles(page: Any) -> list[str]:
    """The risks or resources that a list shows, in its order."""
    return re.findall(r'rows__link" href="[^"]*">([^<]*)<', page.content.decode())


def a_register(world: World) -> None:
    """Four open risks of as many scores and one closed; the first has risen, the second’s review is overdue."""
    rose = a_risk(world, title="Rose", **judged(world, 3, 4))
    rose.assess(**judged(world, 4, 5), by=world.director, at=world.now - timedelta(days=2))
    a_risk(world, title="Overdue", **judged(world, 3, 4, review_on=world.today - timedelta(days=3)))
    a_risk(world, title="Front", themes=[world.front_door], actions=[world.started], **judged(world, 2, 3))
    a_risk(world, title="Slight", **judged(world, 1, 1))
    gone = a_risk(world, title="Gone", **judged(world, 5, 5))
    gone.close(reason="It has passed.", by=world.director, at=world.now - timedelta(days=1))


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["Rose", "Overdue", "Front", "Slight"]),
        ("level=high", ["Overdue"]),
        ("level=very_high", ["Rose"]),
        ("direction=rising", ["Rose"]),
        ("overdue=yes", ["Overdue"]),
        ("theme=front-door", ["Front"]),
        ("state=closed", ["Gone"]),
        ("state=all", ["Gone", "Rose", "Overdue", "Front", "Slight"]),
        ("likelihood=3&impact=4", ["Overdue"]),
    ],
)
def test_the_register_is_narrowed_by_what_is_asked_the_worst_first(
    world: World, visit: Any, asked: str, shown: list[str]
) -> None:
    a_register(world)
    assert titles(visit(world.member).get(f"/risks/?{asked}")) == shown


@pytest.mark.parametrize("asked", ["", "state=all", "level=very_high", "theme=workforce", "direction=new"])
def test_a_number_of_the_matrix_opens_exactly_the_risks_that_it_counts(world: World, visit: Any, asked: str) -> None:
    a_register(world)
    browser = visit(world.member)
    page = browser.get(f"/risks/?{asked}")
    cells = re.findall(r'matrix__count" href="([^"]*)">(\d+)<', page.content.decode())
    opened = [titles(browser.get("/risks/" + href.replace("&amp;", "&"))) for href, _ in cells]
    assert [len(rows) for rows in opened] == [int(n) for _, n in cells]
    assert sorted(title for rows in opened for title in rows) == sorted(titles(page))


def test_a_former_day_shows_the_register_as_it_then_was(world: World, visit: Any) -> None:
    a_register(world)
    day = (world.today - timedelta(days=3)).isoformat()
    page = visit(world.member).get(f"/risks/?on={day}")
    assert titles(page) == ["Gone", "Overdue", "Rose", "Front", "Slight"]


def test_a_partner_reads_only_the_risks_of_their_themes_and_there_only_their_actions(world: World, visit: Any) -> None:
    a_risk(world, title="Front", themes=[world.front_door], actions=[world.started])
    both = a_risk(
        world, title="Both", themes=[world.front_door, world.workforce], actions=[world.started, world.theirs]
    )
    a_resource(world)
    both.tie(
        themes=[world.front_door, world.workforce], actions=[world.theirs, world.overdue], by=world.lead, at=world.now
    )
    browser = visit(world.partner)
    assert titles(browser.get("/risks/")) == ["Both"]
    page = browser.get(f"/risks/{both.reference}/").content.decode()
    assert ("/actions/2.1/" in page, "/actions/1.2/" in page, "action 1.2" in page) == (True, False, False)
    assert "action 1.2" in visit(world.member).get(f"/risks/{both.reference}/").content.decode()
    assert titles(browser.get("/resources/")) == []
    front = Risk.objects.get(title="Front")
    found = [browser.get(f"/risks/{front.reference}/"), browser.get(f"/resources/{Resource.objects.get().reference}/")]
    assert [page.status_code for page in found] == [404, 404]
    rows = browser.get("/risks.csv").content.decode("utf-8-sig").splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == ["Both"]


@pytest.mark.parametrize(
    ("part", "opens"),
    [("lead", 200), ("director", 200), ("officer", 403), ("member", 403), ("partner", 403), ("clerk", 403)],
)
def test_leads_and_directors_raise_risks_and_record_resources(world: World, visit: Any, part: str, opens: int) -> None:
    browser = visit(getattr(world, part))
    assert [browser.get(path).status_code for path in ("/risks/new/", "/resources/new/")] == [opens, opens]
    assert ("Raise a risk" in browser.get("/risks/").content.decode()) is (opens == 200)


def asked_of_a_risk(world: World, **other: Any) -> dict[str, Any]:
    """The form of a new risk, filled in."""
    review_on = world.today + timedelta(days=40)
    return WORDS | {
        "once": uuid.uuid4(), "lead": world.started.lead.slug, "themes": ["front-door"], "actions": "1.1",
        "likelihood": "3", "impact": "4", "mitigation": "Rota shared.", "review_on_day": review_on.day,
        "review_on_month": review_on.month, "review_on_year": review_on.year, **other,
    }  # fmt: skip


def test_a_lead_raises_a_risk_once_however_often_it_is_sent(world: World, visit: Any) -> None:
    browser, form = visit(world.lead), asked_of_a_risk(world)
    first, second = browser.post("/risks/new/", form), browser.post("/risks/new/", form)
    risk = Risk.objects.get()
    assert (first.url, second.url) == (f"/risks/{risk.reference}/", "/risks/")
    assert (list(risk.themes.all()), list(risk.actions.all())) == ([world.front_door], [world.started])
    assert [line.by for line in risk.lines.all()] == [world.lead]


@pytest.mark.parametrize(
    ("other", "answer", "sentence"),
    [
        ({"actions": "1.1, 9.9"}, 400, "There is no action 9.9. Give the numbers that the plan gives."),
        ({"themes": []}, 400, "Choose at least one theme."),
        ({"target": "20"}, 409, "The target is what the score should come down to: from 1 to 12."),
        ({"review_on_year": "2019"}, 409, "by which it will be looked at again."),
        ({"title": ""}, 400, "Say what the risk is."),
    ],
)
def test_a_risk_that_does_not_hold_together_stays_on_its_form_with_the_sentence(
    world: World, visit: Any, other: dict[str, Any], answer: int, sentence: str
) -> None:
    page = visit(world.lead).post("/risks/new/", asked_of_a_risk(world, **other))
    assert (page.status_code, sentence in page.content.decode()) == (answer, True)
    assert not Risk.objects.exists()


def test_a_lead_raises_no_risk_of_a_theme_that_is_not_theirs(world: World, visit: Any) -> None:
    page = visit(world.lead).post("/risks/new/", asked_of_a_risk(world, themes=["workforce"], actions="2.1"))
    assert page.status_code == 403
    assert "Raising a risk is for the lead of one of its themes or a director. Ask one." in page.content.decode()
    assert not Risk.objects.exists()


def test_every_deed_on_a_risk_is_asked_on_its_page(world: World, visit: Any) -> None:
    risk = a_risk(world, themes=[world.front_door], actions=[])
    browser, here = visit(world.lead), f"/risks/{risk.reference}/"
    assessed = {name: value for name, value in asked_of_a_risk(world, likelihood="5").items() if name not in WORDS}
    corrected = WORDS | {"lead": "police", "title": "Agency", "reason": "Plainer"}
    for address, form in (
        ("assessment/", assessed),
        ("ties/", {"themes": ["front-door", "workforce"], "actions": "1.2 2.1"}),
        ("correction/", corrected),
        ("closing/", {"reason": "It has passed."}),
        ("reopening/", {"reason": "It came back."}),
    ):
        assert browser.get(f"{here}{address}").status_code == 200
        assert browser.post(f"{here}{address}", form | {"once": uuid.uuid4()}).url == here
    assert [line.verb for line in risk.lines.all()] == ["raise", "assess", "tie", "correct", "close", "reopen"]
    page = browser.get(here).content.decode()
    assert "assessed it at 20 (very high), up from 12" in page
    assert "tied it to the theme “Workforce”, action 1.2 and action 2.1" in page


def test_every_deed_on_a_resource_is_asked_on_its_page(world: World, visit: Any) -> None:
    secured = world.today - timedelta(days=9)
    day = {f"secured_on_{part}": getattr(secured, part) for part in ("day", "month", "year")}
    new = day | {
        "title": "Practice academy", "kind": "one_off", "amount": "90000", "posts": "1.5", "funding": "A grant",
        "purpose": "Training", "lead": "police", "themes": ["front-door"], "actions": "",
    }  # fmt: skip
    browser = visit(world.lead)
    made = browser.post("/resources/new/", new | {"once": uuid.uuid4()})
    resource = Resource.objects.get()
    here = f"/resources/{resource.reference}/"
    assert made.url == here
    bought = {f"bought_on_{part}": getattr(world.today, part) for part in ("day", "month", "year")}
    for address, form in (
        ("purchases/", bought | {"words": "Twelve places."}),
        ("ties/", {"themes": ["front-door"], "actions": "1.1"}),
        ("correction/", new | {"amount": "95000", "reason": "The invoice says so"}),
    ):
        assert browser.get(f"{here}{address}").status_code == 200
        assert browser.post(f"{here}{address}", form | {"once": uuid.uuid4()}).url == here
    assert [line.verb for line in resource.lines.all()] == ["secure", "buy", "tie", "correct"]
    page = browser.get(here).content.decode()
    assert [words in page for words in ("£95,000", "Twelve places.", "corrected its amount")] == [True] * 3
    totals = browser.get("/resources/").content.decode()
    sums = re.search(r'<dl class="sums">.*?</dl>', totals, re.DOTALL)
    assert sums
    assert re.findall(r">(£?[\d.,]+)<", sums[0]) == ["£95,000", "1.5"]


def test_an_actions_page_shows_its_risks_and_resources(world: World, visit: Any) -> None:
    risk = a_risk(world, themes=[world.front_door], actions=[world.started])
    resource = a_resource(world)
    page = visit(world.member).get("/actions/1.1/").content.decode()
    assert [f"/risks/{risk.reference}/" in page, f"/resources/{resource.reference}/" in page] == [True, True]
    assert f"/risks/{risk.reference}/" not in visit(world.member).get("/actions/1.2/").content.decode()


def test_a_download_holds_what_the_list_shows_and_no_formula(world: World, visit: Any) -> None:
    a_register(world)
    a_risk(world, title="=HYPERLINK(1)", **judged(world, 5, 5))
    browser = visit(world.member)
    rows = browser.get("/risks.csv?level=very_high").content.decode("utf-8-sig").splitlines()
    assert rows[0] == ",".join(RISK_HEADINGS)
    assert [row.split(",")[0] for row in rows[1:]] == ["'=HYPERLINK(1)", "Rose"]
    a_resource(world)
    sent = [browser.get(path) for path in ("/risks.xlsx", "/resources.xlsx", "/resources.csv")]
    assert [page["Content-Disposition"].split('"')[1].split("-")[0] for page in sent] == [
        "risks",
        "resources",
        "resources",
    ]
    assert [page.content[:2] for page in sent[:2]] == [b"PK", b"PK"]


@pytest.mark.parametrize("path", ["/risks/", "/resources/", "/risks.csv", "/actions/2.1/"])
def test_thirty_risks_take_as_many_queries_as_one(world: World, visit: Any, path: str) -> None:
    browser, taken = visit(world.member), []
    browser.get(path)
    for n in (1, 2, 27):
        for _ in range(n):
            a_risk(world, themes=[world.workforce, world.front_door]).assess(
                **judged(world), by=world.director, at=world.now
            )
            resource = a_resource(world, themes=[world.workforce], actions=[world.theirs])
            resource.buy(words="One.", bought_on=world.today, by=world.director, at=world.now)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(path).status_code == 200
        taken.append(len(asked))
    assert taken == [taken[0]] * 3
