"""Five hundred actions changed at once, in the whole stack: the page that shows each row before, and the deed."""

import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from statistics import median
from typing import Any

from django.test import Client

from benchmarks.load import Loaded
from benchmarks.measuring import Figure, Goal, percentile, timed
from benchmarks.pages import WORDS, signed_in
from improvement.models import Action
from monitoring.together.looked_at import MOST
from sources.models import Source
from sources.seals import acting_as
from sources.terms import Basis, Terms

GOAL = 2000
"""Milliseconds of the one request that changes them."""
HELD = "Inspectors found that case {0} waited {0} days for a visit, and that nobody had told the family why it did. "


def figures(loaded: Loaded, *, rounds: int, now: datetime) -> Iterator[Figure]:
    """The same update given to them, the watch over quotations having a letter of four thousand letters to compare."""
    with acting_as(loaded.director):
        terms = Terms(kind="confidential", basis=Basis.DEPARTMENT, citation="The terms of Ofsted’s message")
        Source.receive(
            terms=terms, by=loaded.director, at=now, kind="letter", title="A letter", from_whom="Ofsted",
            received_on=loaded.today, words="".join(HELD.format(n) for n in range(40)),
        )  # fmt: skip
    browser, numbers = signed_in(loaded.director), _numbers()
    looked: list[float] = []
    done = [_once(browser, numbers, looked=looked) for _ in range(rounds)]
    yield _figure(f"{MOST} of {loaded.actions:,} actions, looked at row by row", looked)
    yield _figure(f"{MOST} of {loaded.actions:,} actions updated at once", done, Goal(most=GOAL, of="median"))


def _numbers() -> str:
    return " ".join(Action.objects.order_by("pk").values_list("number", flat=True)[:MOST])


def _once(browser: Client, numbers: str, *, looked: list[float]) -> float:
    sent: dict[str, Any] = {"once": str(uuid.uuid4()), "chosen": numbers, "news": "changed", "words": WORDS}
    pages: list[Any] = []
    looked.append(timed(lambda: pages.append(browser.post("/together/update/", sent))))
    mark = re.search(r'name="mark" value="(\w+)"', pages[0].content.decode())
    assert mark, "The preview shows no row that would change."
    return timed(lambda: _confirmed(browser, sent | {"step": "confirm", "mark": mark[1]}))


def _confirmed(browser: Client, sent: dict[str, Any]) -> None:
    answer = browser.post("/together/update/", sent)
    if answer.status_code != 302:
        raise AssertionError(f"Changing {MOST} actions at once answered {answer.status_code}.")


def _figure(name: str, times: list[float], *goals: Goal) -> Figure:
    return Figure(name=name, median=median(times), p95=percentile(times, 95), goals=goals)
