"""A clearance given and withdrawn on its pages."""

from typing import Any

import pytest

from tests.sources.browsing import DEEDS, EMPTY, at, send, words
from tests.world import World


def test_a_named_person_is_cleared_and_the_clearance_withdrawn(world: World, visit: Any) -> None:
    clerk, member = visit(world.clerk), visit(world.member)
    answer = send(clerk, at(world, "clear_person"), person=world.member.email, reason="Chairs the board.")
    assert (answer.status_code, answer.url) == (302, at(world))
    page = words(member.get(at(world)))
    assert "Janet Pryce cleared Cllr Moira Kent" in page
    assert "Chairs the board." in page
    assert [deed for deed in DEEDS if f'"{at(world, deed)}"' in member.get(at(world)).text] == [
        "clear_person",
        "withdraw_clearance",
    ]
    assert send(clerk, at(world, "withdraw_clearance"), person=world.member.email).status_code == 302
    assert member.get(at(world)).status_code == 404
    assert words(member.get("/seals/")) == f"Under seal {EMPTY}"


def test_whoever_withdraws_their_own_clearance_is_back_at_the_empty_list(world: World, visit: Any) -> None:
    clerk = visit(world.clerk)
    answer = send(clerk, at(world, "withdraw_clearance"), person=world.clerk.email)
    assert (answer.status_code, answer.url) == (302, "/seals/")
    assert (
        words(clerk.get("/seals/"))
        == f"Done: Your own clearance has been withdrawn. Under seal Record a document {EMPTY}"
    )


@pytest.mark.parametrize(
    ("deed", "person", "status", "sentence"),
    [
        ("clear_person", "", 400, "Choose a person."),
        ("clear_person", "nobody@northmoor.example", 400, "Choose a person from the list."),
        ("clear_person", "clerk@northmoor.example", 409, "Janet Pryce is cleared already."),
        ("withdraw_clearance", "member@northmoor.example", 409, "This person is not cleared on the document."),
    ],
)
def test_a_clearance_that_cannot_be_given_or_taken_is_refused_with_a_sentence(
    world: World, visit: Any, deed: str, person: str, status: int, sentence: str
) -> None:
    answer = send(visit(world.director), at(world, deed), person=person)
    assert (answer.status_code, sentence in words(answer)) == (status, True)
