"""Histories that nobody planned, for figures that have to be right whatever happened."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from improvement.lifecycle import open_moves
from improvement.models import Action, Refused
from monitoring import progress
from monitoring.models import Evidence, Standing
from tests.world import World


def happenings(world: World, action: Action, dice: random.Random) -> Iterator[datetime]:
    """Instants of a few days, one after another, since the action came into the plan."""
    at = world.now - timedelta(days=95)
    while (at := at + timedelta(days=dice.randrange(1, 25))) < world.now:
        yield at


def live(world: World, action: Action, dice: random.Random) -> None:
    """Let an action live through a history that nobody planned."""
    for at in happenings(world, action, dice):
        action.refresh_from_db()
        by = world.director
        match dice.choice(["update", "move", "move", "revise", "climb", "block", "theme"]):
            case "update":
                progress.update(action, words="The rota was filled.", by=by, at=at)
            case "move":
                move = dice.choice(open_moves(action.status)).key
                try:
                    progress.make(action, move, by=by, at=at, reason="The board asked.")
                except Refused:
                    continue
            case "revise":
                to_on = action.due_on + timedelta(days=dice.choice([-40, 7, 60]))
                try:
                    progress.revise(action, to_on, reason="capacity", words="Two posts are vacant.", by=by, at=at)
                except Refused:
                    continue
            case "climb":
                rung = dice.choice(["none", "evidenced", "verified", "impact_shown"])
                shown = Evidence.objects.create(
                    action=action, seal=action.seal, kind="audit", title="Dip sample", dated_on=at.date(), added_at=at
                )  # fmt: skip
                try:
                    progress.climb(action, rung, evidence=shown, by=by, at=at, reason="A sample of ten.")
                except Refused:
                    continue
            case "block":
                progress.block(action, waiting_for="A data feed", from_whom="Health", by=by, at=at)
            case "theme":
                action.theme = dice.choice([world.front_door, world.workforce])
                action.position = 50 + action.pk % 1000
                action.save(update_fields=["theme", "position"])
                Standing.restate(action, at=at)


def an_action_more(world: World, dice: random.Random, n: int, **rest: Any) -> Action:
    theme = dice.choice([world.front_door, world.workforce])
    due_on = world.today + timedelta(days=dice.randrange(-60, 90))
    action = Action.objects.create(
        plan=world.plan, theme=theme, number=f"{theme.number}.{n}", position=n, title=f"Thing {n}", words="We will.",
        success="Seen.", lead=world.started.lead, starts_on=due_on - timedelta(days=90), due_on=due_on,
        first_due_on=due_on, **rest,
    )  # fmt: skip
    Standing.restate(action, at=world.now - timedelta(days=dice.randrange(20, 118)))
    return action
