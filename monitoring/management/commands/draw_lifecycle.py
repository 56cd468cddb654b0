"""`draw_lifecycle`: writes docs/lifecycle.md from the two tables of moves, so that no picture drifts from its rule."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from improvement import lifecycle
from monitoring import ladder

PAGE = """# The life of an action

Drawn from the tables in `improvement/lifecycle.py` and `monitoring/ladder.py` by `manage.py draw_lifecycle`; a test
fails when they differ. The database holds everyone to the same tables, by triggers.

## Its status

```mermaid
{moves_drawn}```

| move | from | to | made by | reason | impact |
|---|---|---|---|---|---|
{moves}

## Its ladder of impact

One rung up at a time, each on its own evidence; or down to any rung below, with a reason (dotted).

```mermaid
{steps_drawn}```

| to | from | recorded by | needs |
|---|---|---|---|
{steps}

| rung | what it means |
|---|---|
{rungs}
"""


def page() -> str:
    """The whole page."""
    return PAGE.format(
        moves_drawn=lifecycle.diagram(),
        moves="\n".join(map(_move, lifecycle.MOVES.values())),
        steps_drawn=ladder.diagram(),
        steps="\n".join(map(_step, (*ladder.UPS, *ladder.FALLS))),
        rungs="\n".join(f"| {rung.label} | {rung.meaning} |" for rung in ladder.Rung),
    )


def _move(move: lifecycle.Move) -> str:
    return (
        f"| {move.label} | {' or '.join(sorted(status.label for status in move.leaves))} | {move.arrives.label} "
        f"| {move.made_by.label} | {'needed' if move.needs_reason else 'not needed'} "
        f"| {'verified or higher' if move.needs_rung else 'any'} |"
    )


def _step(step: ladder.Step) -> str:
    leaves = " or ".join(rung.label for rung in ladder.Rung if rung in step.leaves)
    to = step.arrives.label if step.accepts else f"Back to {step.arrives.label.lower()}"
    return f"| {to} | {leaves} | {step.made_by.label} | {ladder.asks(step)} |"


class Command(BaseCommand):
    help = "Draws docs/lifecycle.md from the tables of moves."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page."""
        (settings.BASE_DIR / "docs" / "lifecycle.md").write_text(page(), "utf-8")
