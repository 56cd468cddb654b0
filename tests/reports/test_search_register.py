"""Risks and resources are found by their words, by whoever reads them."""

from typing import Any

import pytest

from reports.search import search
from tests.monitoring.test_risks import a_resource, a_risk, judged
from tests.world import World


@pytest.fixture
def kept(world: World) -> World:
    """A risk and a resource of either theme, each with words of its own."""
    risk = a_risk(world, title="Rents rise", cause="Landlords sell", actions=[])
    risk.assess(**judged(world, mitigation="Lodgings with hosts"), by=world.director, at=world.now)
    a_risk(world, title="Calls unanswered", cause="Telephones fail", themes=[world.front_door], actions=[])
    bought = a_resource(world, title="Academy", purpose="Lessons in chronologies")
    bought.buy(words="Forty tablets", bought_on=world.today, by=world.director, at=world.now)
    return world


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("rents", [("risk", "Rents rise")]),
        ("landlords", [("risk", "Rents rise")]),
        ("lodgings", [("assessment", "Rents rise")]),
        ("chronologies", [("resource", "Academy")]),
        ("tablets", [("purchase", "Academy")]),
    ],
)
def test_a_risk_and_a_resource_are_found_by_any_of_their_words(
    kept: World, visit: Any, words: str, found: list[tuple[str, str]]
) -> None:
    hits = search(words, by=kept.member, on=kept.today)[0:9]
    assert [(hit.kind, hit.heading) for hit in hits] == found
    assert {visit(kept.member).get(hit.href).status_code for hit in hits} == {200}


def test_a_partner_finds_the_risks_of_their_themes_alone(kept: World) -> None:
    for words, found in (("rents", 1), ("lodgings", 1), ("telephones", 0), ("academy", 0), ("tablets", 0)):
        assert (words, search(words, by=kept.partner, on=kept.today).count) == (words, found)


def test_a_search_is_narrowed_to_risks_and_to_resources(kept: World) -> None:
    shares = {
        share.facet.value: share.n
        for share in search("lodgings or rents or academy", by=kept.member, on=kept.today).shares
    }
    assert shares == {"risk": 2, "resource": 1}
    assert search("lodgings or academy", by=kept.member, on=kept.today, kind="resource").count == 1
