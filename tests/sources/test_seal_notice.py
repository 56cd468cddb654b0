"""What every page tells those who can release a document whose embargo is about to end."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sources.models import Correction
from sources.seals import acting_as
from tests.sources.browsing import UNCLEARED
from tests.world import World


def navigation(browser: Client, where: str = "/meetings/") -> str:
    page = browser.get(where).text
    found = re.search(r"Under seal[^<]*", page)
    return " ".join(found[0].split()) if found else ""


@pytest.mark.parametrize(
    ("ends_in", "said"),
    [
        (timedelta(days=8), "Under seal"),
        (timedelta(days=6), "Under seal (1 needs you)"),
        (timedelta(hours=2), "Under seal (1 needs you)"),
        (timedelta(hours=-2), "Under seal (1 needs you)"),
    ],
)
def test_from_a_week_before_the_end_every_page_tells_those_who_can_release_it(
    world: World, visit: Any, ends_in: timedelta, said: str
) -> None:
    with acting_as(world.director):
        world.seal.clear(world.member)
        world.seal.propose_instant(world.now + ends_in, words="As agreed.")
        key = Correction.objects.get().key
    with acting_as(world.clerk):
        world.seal.confirm_instant(key)
    shown = {part: navigation(visit(getattr(world, part))) for part in ("director", "clerk", "member", *UNCLEARED[:3])}
    assert shown == {"director": said, "clerk": said, "member": "Under seal", **dict.fromkeys(UNCLEARED[:3], "")}


def test_two_documents_need_their_reader_until_they_are_released(ended: World, visit: Any) -> None:
    clerk = visit(ended.clerk)
    assert navigation(clerk) == "Under seal (2 need you)"
    with acting_as(ended.director):
        ended.seal.propose_release()
    with acting_as(ended.clerk):
        ended.seal.confirm_release()
    assert navigation(clerk) == "Under seal (1 needs you)"


def test_the_notice_costs_the_cleared_one_query_and_nobody_else_any(world: World, visit: Any) -> None:
    def asked(part: str) -> list[str]:
        browser = visit(getattr(world, part))
        with CaptureQueriesContext(connection) as queries:
            browser.get("/meetings/")
        return [query["sql"] for query in queries if "sources_clearance" in query["sql"]]

    assert {part: len(asked(part)) for part in ("director", *UNCLEARED)} == {
        "director": 1,
        **dict.fromkeys(UNCLEARED, 0),
    }
