"""What tests of quotations share: words said on a page and in a draft, and what whoever is stopped is told."""

from dataclasses import replace
from typing import Any

from django.db import transaction
from django.test import Client

from monitoring import progress
from reports import keeping
from reports.keeping import Belonging, Terms
from sources.openly import Quoted, said_openly
from sources.seals import acting_as
from tests.reports import papers
from tests.world import World

STOPPED = (
    "Your words repeat eight or more from “Letter of monitoring visit 1: Marigold”, which is under seal: “Marigold "
    "casework has drifted beyond every timescale that inspectors were shown.”. Say it in other words, or say why these "
    "may stand."
)


def an_update(world: World, person: Any, words: str, **more: str) -> Any:
    client = Client()
    client.force_login(person)
    page = client.get("/actions/1.1/update/").content.decode()
    once, version = (page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("once", "version"))
    form = {"once": once, "version": version, "news": "changed", "words": words, **more}
    return client.post("/actions/1.1/update/", form)


def draft_saying(world: World, words: str, *, by: Any = None, seal: int = 0) -> Any:
    """A draft whose first paragraph says the words, written by somebody who is not cleared unless named."""
    short = papers.short()
    first = short.sections[0]
    blocks = (replace(first.blocks[0], text=words), *first.blocks[1:])
    value = replace(short, sections=(replace(first, blocks=blocks), *short.sections[1:]))
    terms = {(0, 0): Terms(seal=seal)}
    with acting_as(by or world.finance):
        return keeping.keep(value, by=world.finance, at=world.now, belonging=Belonging(terms=terms))


def is_stopped(world: World, words: str) -> bool:
    """Whether a cleared author's update is stopped; whatever was saved is taken back."""
    try:
        with acting_as(world.director), said_openly():
            progress.update(world.started, words=words, by=world.director, at=world.now)
            transaction.set_rollback(True)
    except Quoted as quoted:
        return "“Letter of May”, which is under seal" in str(quoted)
    return False
