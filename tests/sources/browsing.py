"""What tests of the pages of seals share: where they are, what is sent, and the words that are shown."""

import re
import uuid
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.world import World

UNCLEARED = ("officer", "lead", "finance", "member", "partner", "adviser", "admin")
DEEDS = (
    "propose_release", "confirm_release", "propose_instant", "confirm_instant", "clear_person", "withdraw_clearance",
)  # fmt: skip
EMPTY = "Nothing is under seal that you are cleared to see."


def words(answer: Any) -> str:
    """The page's words, without its markup."""
    main = re.search(r"<main.*?</main>", answer.text, re.DOTALL)
    assert main is not None
    return " ".join(re.sub(r"<[^>]+>", " ", main[0]).replace("&#39;", "’").split())


def at(world: World, deed: str = "seal") -> str:
    return reverse(deed, args=[world.letter.reference])


def send(browser: Client, where: str, **said: Any) -> Any:
    return browser.post(where, {"once": uuid.uuid4(), **said})
