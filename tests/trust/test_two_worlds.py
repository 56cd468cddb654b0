"""Two worlds alike but for what is sealed answer the uncleared alike, byte by byte; nothing at all is masked."""

import os
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.trust.asking import Stage
from tests.trust.report import Report
from tests.trust.scene import UNCLEARED
from tests.trust.wondering import Wish, both, seen_of, wishes

PAIRS = int(os.environ.get("TRUST_PAIRS", "2000"))
ONE_PDF_IN = 50


def test_no_byte_tells_the_uncleared_which_of_two_worlds_they_are_in(
    worlds: tuple[Stage, Stage], report: Report
) -> None:
    places = seen_of(worlds)
    today = worlds[0].scene.world.today
    prints = [place.path for place in places if place.pattern.endswith(".pdf")]
    with report.of("S2 two worlds") as count:
        count.states.add("5 v 8 sealed rows of everything")

        def alike(wish: Wish) -> None:
            one, other = both(worlds, wish)
            count.requests += 2
            count.roles.add(wish.part)
            count.leaks += one.whole != other.whole
            assert (wish, one.whole) == (wish, other.whole)

        for number in range(PAIRS // ONE_PDF_IN):
            alike(Wish(UNCLEARED[number % len(UNCLEARED)], "GET", prints[number // 3 % len(prints)]))

        @seed(PAIRS)
        @settings(
            max_examples=PAIRS - PAIRS // ONE_PDF_IN, deadline=None, database=None,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate, Phase.shrink],
        )  # fmt: skip
        @given(wishes(places, today))
        def whatever_is_asked(wish: Any) -> None:
            alike(wish)

        whatever_is_asked()
    assert count.requests >= 2 * PAIRS
    assert count.roles == set(UNCLEARED)


def test_the_two_worlds_differ_for_the_cleared(worlds: tuple[Stage, Stage]) -> None:
    paths = (
        "/actions/", "/dashboard/", "/visits/", "/inspection/", "/papers/", "/findings/", "/api/measures/",
        "/search/?q=worsened",
    )  # fmt: skip
    unlike = []
    for path in paths:
        one, other = both(worlds, Wish("director", "GET", path))
        assert (one.status, other.status) == (200, 200)
        unlike += [path] if one.whole != other.whole else []
    assert unlike == list(paths)
