"""What tests of an action’s pages share: what a reader reads, and what a browser would send."""

import re
import uuid
from datetime import timedelta
from html import unescape
from typing import Any

from django.test import Client

from improvement.models import Action, Milestone, Updater
from monitoring.models import Standing
from sources.seals import acting_as
from tests.world import SEALED, World


def text_of(response: Any) -> str:
    """What a reader reads: no tags, no runs of blanks."""
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))
    return re.sub(r" ([.,:;)])", r"\1", unescape(text))


def title_of(response: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode())
    assert found
    return unescape(found[1])


def hidden_in(response: Any) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode())
    return {name: value for name, value in fields if name != "csrfmiddlewaretoken"}


def moved(browser: Client, number: str, move: str, *, reason: str = "") -> Any:
    given = hidden_in(browser.get(f"/actions/{number}/moves/?move={move}")) or {"once": str(uuid.uuid4())}
    return browser.post(f"/actions/{number}/moves/", given | {"move": move, "reason": reason})


def with_milestones(world: World) -> None:
    for position, words in enumerate(("Agree the rota", "Train both teams"), start=1):
        due_on = world.today + timedelta(days=10 * position)
        Milestone.objects.create(action=world.started, words=words, due_on=due_on, position=position)


def sealed_action(world: World) -> Action:
    with acting_as(world.director):
        action = Action.objects.create(
            plan=world.plan, theme=world.front_door, number="1.7", position=7, title=SEALED, words=SEALED,
            success="Nobody knows yet.", lead=world.started.lead, starts_on=world.today, due_on=world.today,
            first_due_on=world.today, seal=world.seal,
        )  # fmt: skip
        Updater.objects.create(action=action, person=world.officer, seal=world.seal)
        Standing.restate(action, at=world.now)
    return action
