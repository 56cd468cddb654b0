"""The pages in process: the whole stack of middleware, the stamped transaction and the template, without a socket."""

import itertools
import json
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import Resolver404, resolve

from benchmarks.load import Loaded
from benchmarks.measuring import Figure, Goal, Work, compare, timed
from improvement.models import Action
from monitoring.models import Standing
from monitoring.position import position
from people.models import Person
from sources.seals import acting_as

LIST = "actions/?theme=theme-2&status=in_progress"
WORDS = "Two of the three posts are filled; the third is advertised until the end of the month."


def signed_in(person: Person) -> Client:
    """A browser of the person's."""
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(person)
    return browser


def figures(loaded: Loaded, *, rounds: int) -> Iterator[Figure]:
    """Each page against its bare view."""
    director, officer = signed_in(loaded.director), signed_in(loaded.officer)
    yield _mine(officer, rounds=rounds)
    yield _list(director, rounds=rounds)
    yield _action(director, rounds=rounds)
    yield _update(officer, loaded, rounds=rounds)
    yield _dashboard(director, loaded, rounds=rounds)
    if answered("/api/actions/"):
        yield _json(director, rounds=rounds)


def answered(address: str) -> bool:
    """Whether the product has the address."""
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def _mine(browser: Client, *, rounds: int) -> Figure:
    ours, bare = got(browser, "/my-actions/"), got(browser, "/bare/my-actions/")
    return compare(
        "My actions, in the order of what needs me", ours, bare, rounds=rounds, goals=(Goal(most=4, of="ratio"),)
    )


def _list(browser: Client, *, rounds: int) -> Figure:
    goals = (Goal(most=4, of="ratio"),)
    return compare(
        "Action list, filtered, 25 rows", got(browser, f"/{LIST}", rows=25), got(browser, f"/bare/{LIST}"),
        rounds=rounds, goals=goals,
    )  # fmt: skip


def _action(browser: Client, *, rounds: int) -> Figure:
    longest = Action.objects.order_by("-version", "number").values_list("number", flat=True)[0]
    ours, bare = f"/actions/{longest}/", f"/bare/actions/{longest}/"
    return compare("One action, whole", got(browser, ours), got(browser, bare), rounds=rounds)


def _update(browser: Client, loaded: Loaded, *, rounds: int) -> Figure:
    updates, address = Updating(browser, loaded.officer), "actions/{}/update/"
    return compare(
        "An update given", updates.through(f"/{address}"), updates.through(f"/bare/{address}"), rounds=rounds,
        goals=(Goal(most=2, of="ratio"),),
    )  # fmt: skip


def _dashboard(browser: Client, loaded: Loaded, *, rounds: int) -> Figure:
    address = f"dashboard/?on={loaded.today - timedelta(days=100)}"
    goals = (Goal(most=3, of="ratio"), Goal(most=5, of="sql"))
    return compare(
        "Dashboard of a past day, 24 months", got(browser, f"/{address}"), got(browser, f"/bare/{address}"),
        rounds=rounds, goals=goals,
    )  # fmt: skip


def _json(browser: Client, *, rounds: int) -> Figure:
    fields = [json.loads(browser.get(f"{where}/api/{LIST}").content)["results"] for where in ("", "/bare")]
    if fields[0] != fields[1]:
        raise AssertionError("The API and its bare view do not give the same fields.")
    return compare(
        "The same as JSON", got(browser, f"/api/{LIST}"), got(browser, f"/bare/api/{LIST}"), rounds=rounds,
        goals=(Goal(most=2, of="ratio"),),
    )  # fmt: skip


def got(browser: Client, address: str, *, rows: int | None = None) -> Work:
    """Opening a page, which must answer, and with so many rows."""

    def get() -> None:
        page = browser.get(address)
        if page.status_code != 200 or (rows and page.content.count(b'class="rows__row"') != rows):
            raise AssertionError(f"{address} answered {page.status_code}, or not with {rows} rows.")

    return get


class Updating:
    """Gives an officer's actions one update after another, the versions known beforehand."""

    def __init__(self, browser: Client, officer: Person) -> None:
        self.browser = browser
        self.versions = versions_of(officer)
        self.turn = itertools.cycle(self.versions)

    def through(self, address: str) -> Work:
        """Sending the form there, which must be kept."""

        def post() -> None:
            number = next(self.turn)
            answer = self.browser.post(address.format(number), form(self.versions[number]))
            if answer.status_code != 302:
                raise AssertionError(f"The update of {number} answered {answer.status_code}.")
            self.versions[number] += 1

        return post


def versions_of(officer: Person) -> dict[str, int]:
    """The actions that an officer updates, by number."""
    return dict(Action.objects.mine(officer).order_by("number").values_list("number", "version"))


def form(version: int) -> dict[str, Any]:
    """What the update's page sends."""
    # Other words each time: the last ones said again are refused.
    words = f"{WORDS} It is the change after number {version}."
    return {"once": str(uuid.uuid4()), "version": version, "news": "changed", "words": words, "move": ""}


def as_at(loaded: Loaded) -> Callable[[], float]:
    """Milliseconds of the counts of a past day and their trend, as SQL and sums alone."""

    def read() -> float:
        with acting_as(loaded.director):
            return timed(lambda: position(loaded.plan, on=loaded.today - timedelta(days=100)))

    return read


def standings() -> int:
    """How many standings there are."""
    return Standing.objects.count()
