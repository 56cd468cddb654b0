"""`draw_lifecycle`: writes docs/lifecycle.md from the table of moves, so that the picture can't drift from the rule."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from improvement.lifecycle import MOVES, diagram

HEADING = """# The life of an action

Drawn from the table in `improvement/lifecycle.py` by `manage.py draw_lifecycle`; a test fails when the two differ.
The database holds everyone to the same table, by a trigger.

```mermaid
{diagram}```

| move | from | to | made by | reason | impact |
|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    rows = [
        f"| {move.label} | {' or '.join(sorted(status.label for status in move.leaves))} | {move.arrives.label} "
        f"| {move.made_by.label} | {'needed' if move.needs_reason else 'not needed'} "
        f"| {'verified or higher' if move.needs_rung else 'any'} |"
        for move in MOVES.values()
    ]
    return HEADING.format(diagram=diagram()) + "\n".join(rows) + "\n"


class Command(BaseCommand):
    help = "Draws docs/lifecycle.md from the table of moves."

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page."""
        (settings.BASE_DIR / "docs" / "lifecycle.md").write_text(page(), "utf-8")
