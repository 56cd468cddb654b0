"""The end of an embargo, corrected on its pages by two people."""

import re
from datetime import date, timedelta
from typing import Any

import pytest

from people.days import start_of
from sources.models import Correction
from sources.seals import acting_as
from tests.sources.browsing import at, send, words
from tests.world import World


def test_a_sentence_alone_proposes_the_stricter_instant_which_a_person_looks_at_first(world: World, visit: Any) -> None:
    director = visit(world.director)
    said = "Findings are available from 29 March 2039. Disclosure is forbidden until after 29 March 2039."
    looked = send(director, at(world, "propose_instant"), words=said)
    assert looked.status_code == 200
    assert "“until after 29 March 2039” is read as the start of 30 March 2039 ." in words(looked)
    typed = dict(re.findall(r'name="(until_\w+)"[^>]*value="([^"]*)"', looked.text))
    assert typed == {"until_on_day": "30", "until_on_month": "3", "until_on_year": "2039", "until_at": "00:00"}
    with acting_as(world.director):
        assert not Correction.objects.exists()
    assert send(director, at(world, "propose_instant"), words=said, **typed).status_code == 302
    with acting_as(world.director):
        assert Correction.objects.get().until == start_of(date(2039, 3, 30))
        world.seal.refresh_from_db()
    assert world.seal.embargo_until == world.now + timedelta(days=7)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"words": " "}, "Quote the sentence that sets the end of the embargo."),
        ({"words": "When they say so."}, "Enter the day, because none could be read from the sentence."),
        ({"words": "x", "until_on_day": "31", "until_on_month": "2", "until_on_year": "2039"}, "Enter a real date"),
        ({"words": "until 3 May 2039", "until_at": "25:00"}, "Enter a time such as 00:00, 10:30 or 5 pm."),
    ],
)
def test_an_end_that_is_not_whole_is_asked_for_again(
    world: World, visit: Any, said: dict[str, str], sentence: str
) -> None:
    answer = send(visit(world.director), at(world, "propose_instant"), **said)
    assert answer.status_code == 400
    assert sentence in words(answer)


def test_another_person_confirms_a_corrected_end_and_sees_where_its_sentence_is_stricter(
    world: World, visit: Any
) -> None:
    clerk, director = visit(world.clerk), visit(world.director)
    softer = {"until_on_day": "29", "until_on_month": "3", "until_on_year": "2039", "until_at": "10 am"}
    send(clerk, at(world, "propose_instant"), words="Not until after 29 March 2039.", **softer)
    own = clerk.get(at(world, "confirm_instant"))
    key = re.search(r'name="key" value="([^"]+)"', own.text)
    assert key is not None
    refused = send(clerk, at(world, "confirm_instant"), key=key[1])
    assert (refused.status_code, "The person who proposed an instant cannot confirm it." in words(refused)) == (
        409,
        True,
    )
    asked = words(director.get(at(world, "confirm_instant")))
    assert "Would end 29 March 2039 at 10:00 am" in asked
    assert "is read as the start of 30 March 2039 , which is later than what is proposed." in asked
    assert send(director, at(world, "confirm_instant"), key=key[1]).status_code == 302
    page = words(director.get(at(world)))
    assert "29 March 2039 at 10:00 am" in page
    assert "Ruth Okafor confirmed that the embargo ends on 29 March 2039 at 10:00" in page


def test_what_was_proposed_since_has_to_be_read_before_it_is_confirmed(world: World, visit: Any) -> None:
    with acting_as(world.clerk):
        world.seal.propose_instant(world.now + timedelta(days=3), words="Three days.")
        first = Correction.objects.get().key
        world.seal.propose_instant(world.now + timedelta(days=2), words="Two days.")
    director = visit(world.director)
    answer = send(director, at(world, "confirm_instant"), key=first)
    assert answer.status_code == 409
    assert "Another instant has been proposed since. Read it before you confirm it." in words(answer)
    again = re.search(r'name="key" value="([^"]+)"', answer.text)
    assert again is not None
    assert send(director, at(world, "confirm_instant"), key=again[1]).status_code == 302
    nothing = director.get(at(world, "confirm_instant"))
    assert "No correction is waiting to be confirmed." in words(nothing)
