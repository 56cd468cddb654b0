"""Risks and resources by the API: what the pages show, to whom they show it."""

from typing import Any

import pytest

from tests.monitoring.test_risk_pages import a_register
from tests.monitoring.test_risks import a_resource, a_risk, judged
from tests.world import World


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["Rose", "Overdue", "Front", "Slight"]),
        ("?overdue=true", ["Overdue"]),
        ("?direction=rising&level=very_high", ["Rose"]),
        ("?state=closed", ["Gone"]),
    ],
)
def test_the_api_lists_what_the_register_shows(world: World, visit: Any, asked: str, shown: list[str]) -> None:
    a_register(world)
    answer = visit(world.member).get(f"/api/risks/{asked}").json()
    assert [row["title"] for row in answer["results"]] == shown


def test_the_api_tells_a_risk_whole_and_how_it_was_judged(world: World, visit: Any) -> None:
    risk = a_risk(world)
    risk.assess(**judged(world, 4, 4, target=8), by=world.director, at=world.now)
    browser, here = visit(world.member), f"/api/risks/{risk.reference}/"
    told = browser.get(here).json()
    said = {
        name: told[name] for name in ("reference", "themes", "actions", "score", "was", "level", "direction", "target")
    }
    assert said == {
        "reference": risk.reference, "themes": ["workforce"], "actions": ["2.1"], "score": 16, "was": 12,
        "level": "very_high", "direction": "rising", "target": 8,
    }  # fmt: skip
    judgements = browser.get(f"{here}assessments/").json()["results"]
    assert [(row["score"], row["direction"]) for row in judgements] == [(16, "rising"), (12, "new")]


def test_the_api_tells_a_resource_and_what_it_bought(world: World, visit: Any) -> None:
    resource = a_resource(world)
    resource.buy(words="Three workers.", bought_on=world.today, by=world.director, at=world.now)
    browser = visit(world.member)
    [listed] = browser.get("/api/resources/?kind=recurring&theme=front-door").json()["results"]
    whole = browser.get(f"/api/resources/{resource.reference}/").json()
    assert (listed["amount"], listed["posts"]) == (240000, "4.5")
    assert whole == listed | {"actions": ["1.1"]}
    assert whole["bought"] == [{"words": "Three workers.", "bought_on": world.today.isoformat()}]


def test_a_word_that_makes_no_sense_is_told_what_there_is(world: World, visit: Any) -> None:
    answer = visit(world.member).get("/api/risks/?likelihood=9")
    assert (answer.status_code, answer.json()["fields"]) == (
        400,
        {"likelihood": ["There is no such choice. Choose one of: 1, 2, 3, 4, 5."]},
    )


def test_a_partner_asks_for_no_risk_of_another_theme(world: World, visit: Any) -> None:
    risk = a_risk(world, themes=[world.front_door], actions=[])
    browser = visit(world.partner)
    assert browser.get("/api/risks/").json()["results"] == []
    assert browser.get(f"/api/risks/{risk.reference}/").status_code == 404
    assert browser.get("/api/risks/?theme=front-door").status_code == 400


def test_a_word_that_the_api_does_not_know_is_refused(world: World, visit: Any) -> None:
    assert visit(world.member).get("/api/risks/?levl=high").status_code == 400
