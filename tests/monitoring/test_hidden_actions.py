"""An action under seal on the pages of officers, for whoever may see it and whoever may not."""

import re
from typing import Any

import pytest

from improvement.models import Answer, Finding
from sources.seals import acting_as
from tests.monitoring.browsing import sealed_action, text_of
from tests.world import SEALED, World


def _without_tokens(response: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


@pytest.mark.parametrize("page", ["", "update/", "moves/?move=start"])
def test_a_hidden_action_and_one_that_never_was_are_answered_alike(world: World, visit: Any, page: str) -> None:
    sealed_action(world)
    browser = visit(world.officer)
    hidden, never = (browser.get(f"/actions/{number}/{page}") for number in ("1.7", "1.8"))
    assert (hidden.status_code, never.status_code) == (404, 404)
    assert _without_tokens(hidden) == _without_tokens(never)


def test_a_sealed_action_is_in_nobodys_list_but_a_cleared_persons(world: World, visit: Any) -> None:
    sealed_action(world)
    assert "Marigold" not in visit(world.officer).get("/my-actions/").content.decode()
    assert SEALED in text_of(visit(world.director).get("/actions/1.7/"))


@pytest.mark.parametrize(
    ("part", "sees"),
    [("director", True), ("clerk", True), ("officer", False), ("lead", False), ("member", False)],
)
def test_a_finding_of_the_sealed_letter_stands_on_an_open_action_only_for_the_cleared(
    world: World, visit: Any, part: str, sees: bool
) -> None:
    with acting_as(world.director):
        finding = Finding.objects.of_visits().get()
        Answer.objects.create(action=world.started, finding=finding, finding_seal=world.seal)
    page = visit(getattr(world, part)).get("/actions/1.1/")
    assert (SEALED in text_of(page), "Marigold" in page.content.decode()) == (sees, sees)
