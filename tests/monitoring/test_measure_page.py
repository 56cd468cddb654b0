"""The page of a measure: what it counts, and its figures month by month."""

from typing import Any

import pytest

from tests.reports.northmoor import made_ready
from tests.world import World


@pytest.mark.parametrize("part", ["officer", "lead", "director", "clerk", "finance", "member", "adviser"])
def test_readers_see_what_a_measure_counts_and_its_figures(world: World, visit: Any, part: str) -> None:
    made_ready(world)
    page = visit(getattr(world, part)).get("/measures/decided/").content.decode()
    said = ("Contacts decided in a day", "Those decided in a day.", "Decided of Received", "90.0 %. Higher is better")
    assert [words for words in (*said, ">93.0 %<", ">70.0 %<") if words not in page] == []


def test_a_measure_out_of_reach_is_answered_as_if_there_were_none(world: World, visit: Any) -> None:
    made_ready(world)
    answers = {visit(world.partner).get(f"/measures/{slug}/").status_code for slug in ("decided", "absent")}
    assert answers == {404}
