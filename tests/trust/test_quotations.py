"""The seal follows the words: what repeats a sealed letter is stopped, or told to the cleared and to nobody else."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from reports import keeping
from reports.keeping import Belonging, Terms
from sources.models import Quotation, Refused, SealLine
from sources.openly import Quoted
from sources.seals import acting_as
from tests.reports import papers
from tests.world import SEALED, World

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


def test_a_cleared_author_is_told_and_keeps_their_words(world: World) -> None:
    answer = an_update(world, world.director, f"We were told: {SEALED}")
    said = answer.content.decode()
    assert answer.status_code == 409
    assert STOPPED in said
    assert f"We were told: {SEALED}</textarea>" in said
    assert "Why these words may be said here" in said
    assert not world.started.updates.filter(words__contains="Marigold").exists()


def draft_saying(world: World, words: str, *, by: Any = None, seal: int = 0) -> Any:
    """A draft whose first paragraph says the words, written by somebody who is not cleared unless named."""
    short = papers.short()
    first = short.sections[0]
    blocks = (replace(first.blocks[0], text=words), *first.blocks[1:])
    value = replace(short, sections=(replace(first, blocks=blocks), *short.sections[1:]))
    terms = {(0, 0): Terms(seal=seal)}
    with acting_as(by or world.finance):
        return keeping.keep(value, by=world.finance, at=world.now, belonging=Belonging(terms=terms))


def test_a_paper_that_repeats_the_letter_is_not_issued_whoever_wrote_it(world: World) -> None:
    draft = draft_saying(world, f"Inspectors said: {SEALED}")
    with acting_as(world.director), pytest.raises(Quoted, match="The paper repeats eight words or more from “Letter"):
        keeping.issue(draft, by=world.director, at=world.now)
    with acting_as(world.director):
        draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_paper_is_issued_with_such_words_once_somebody_cleared_says_why(world: World) -> None:
    draft = draft_saying(world, f"Inspectors said: {SEALED}")
    with acting_as(world.director):
        keeping.issue(draft, by=world.director, at=world.now, why_openly="Ofsted has read them out in public.")
        told = list(Quotation.objects.values_list("stands_in", "words", "by__name", "settled_by__name", "how"))
        line = SealLine.objects.latest("id")
    draft.refresh_from_db()
    assert draft.state == "issued"
    assert told == [
        ("reports_passage", SEALED, "Dev Nair", "Ruth Okafor", "Ofsted has read them out in public."),
    ]
    assert (line.says, line.reason) == (
        f"let words that repeat it stand: “{SEALED}”", "Ofsted has read them out in public.",
    )  # fmt: skip


@pytest.mark.parametrize("words", [f"Inspectors said: {SEALED}", "Inspectors said nothing of the kind."])
def test_whoever_is_not_cleared_on_all_that_is_held_is_refused_alike(world: World, words: str) -> None:
    draft = draft_saying(world, words)
    with acting_as(world.finance), pytest.raises(Refused, match="^A paper is issued by someone cleared on everything"):
        keeping.issue(draft, by=world.finance, at=world.now)
    with acting_as(world.director):
        draft.refresh_from_db()
    assert draft.state == "draft"
