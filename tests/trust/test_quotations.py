"""The seal follows the words: what repeats a sealed letter is stopped, or told to the cleared and to nobody else."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from monitoring import progress
from people.models import Token
from reports import keeping
from reports.keeping import Belonging, Terms
from sources.models import Quotation, Refused, Seal, SealLine, Source
from sources.openly import Quoted
from sources.seals import acting_as
from tests.reports import papers
from tests.trust.addresses import KEY
from tests.trust.asking import Stage
from tests.trust.quotations import FIFTY, INNOCENT, LETTER, REPORT
from tests.trust.scene import UNCLEARED
from tests.trust.wondering import Wish, both
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


@pytest.fixture
def letter(world: World) -> Seal:
    """A letter of ten sentences under a seal of its own, and an open report that says a part of one of them."""
    with acting_as(world.director):
        of = {"from_whom": "Ofsted", "received_on": world.today}
        Source.objects.create(kind="report", title="Earlier report", words=REPORT, **of)
        seal = Seal.make(kind="confidential", citation="Section 100A(3)", by=world.director)
        Source.objects.create(kind="letter", title="Letter of May", words=LETTER, seal=seal, **of)
    return seal


def is_stopped(world: World, words: str) -> bool:
    """Whether a cleared author's update is stopped; whatever was saved is taken back."""
    try:
        with acting_as(world.director), transaction.atomic():
            progress.update(world.started, words=words, by=world.director, at=world.now)
            transaction.set_rollback(True)
    except DatabaseError as error:
        assert "“Letter of May”, which is under seal" in str(error)
        return True
    return False


def test_fifty_quotations_are_stopped_and_at_most_one_of_fifty_innocent_texts(world: World, letter: Seal) -> None:
    assert (len(set(FIFTY)), len(set(INNOCENT))) == (50, 50)
    assert [words for words in FIFTY if not is_stopped(world, words)] == []
    assert [words for words in INNOCENT if is_stopped(world, words)] == []


def test_fifty_quotations_are_stopped_on_the_page_and_by_the_api(world: World, letter: Seal) -> None:
    browser = Client()
    browser.force_login(world.director)
    page = browser.get("/actions/1.1/update/").content.decode()
    form = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("once", "version")}
    pages = [browser.post("/actions/1.1/update/", {**form, "news": "changed", "words": said}) for said in FIFTY]
    key = {"Authorization": f"Token {Token.make(world.director, at=world.now)}"}
    api = [
        Client().post("/api/actions/1.1/updates/", {"words": said}, "application/json", headers=key) for said in FIFTY
    ]
    assert {answer.status_code for answer in (*pages, *api)} == {409}
    assert {"Your words repeat eight or more from “Letter of May”" in answer.json()["detail"] for answer in api} == {
        True
    }
    assert world.started.updates.count() == 1


def test_fifty_quotations_are_stopped_at_issue_whoever_wrote_them(world: World, letter: Seal) -> None:
    drafts = [draft_saying(world, said) for said in FIFTY]
    for draft in drafts:
        with acting_as(world.director), pytest.raises(Quoted, match="The paper repeats eight words or more from"):
            keeping.issue(draft, by=world.director, at=world.now)


def test_whoever_is_not_cleared_is_told_nothing_and_the_cleared_are_told(world: World) -> None:
    answer = an_update(world, world.officer, f"We were told: {SEALED}")
    assert answer.status_code == 302
    with acting_as(world.director):
        told = set(Quotation.objects.unsettled().values_list("stands_in", "words", "by__name"))
    assert told == {
        ("monitoring_update", SEALED, "Asha Mellor"),
        ("improvement_actionline", SEALED, "Asha Mellor"),
    }
    for other in (None, world.officer, world.finance, world.admin):
        with acting_as(other):
            assert Quotation.objects.count() == 0


SAID = "Abel casework drifted beyond every time-scale that the inspectors had been shown."


@pytest.fixture
def one_seals_it(scratch: tuple[Stage, Stage]) -> tuple[Stage, Stage]:
    """Two worlds, in the first of which alone the words are under seal."""
    for stage, words in zip(scratch, (SAID, "Something else is said here, and of another matter."), strict=True):
        with stage.lit(), acting_as(stage.scene.world.director):
            Source.objects.filter(reference="letter2222").update(words=words)
    return scratch


FORM = {"once": KEY, "version": "3", "news": "changed", "words": SAID}
SAVES = (
    ("/actions/1.1/update/", FORM, None),
    ("/actions/1.1/update/", FORM | {"say_openly": "Because it is known."}, None),
    ("/actions/1.1/moves/", {"once": KEY, "move": "deliver", "reason": SAID}, None),
    ("/papers/compose222/sections/1/", {"once": KEY, "opened": "", "new": SAID, "draws_on": "open"}, None),
    ("/api/actions/1.1/updates/", {}, {"words": SAID}),
    ("/api/actions/1.1/moves/", {}, {"move": "deliver", "reason": SAID, "say_openly": "Because it is known."}),
)


def test_to_the_uncleared_saving_sealed_words_is_like_saving_any_others(one_seals_it: tuple[Stage, Stage]) -> None:
    saved = set()
    for part in UNCLEARED:
        for path, form, said in SAVES:
            wish = Wish(part, "POST", path, form=tuple(form.items()), json=json.dumps(said) if said else None)
            one, other = both(one_seals_it, wish)
            assert (wish, one.whole) == (wish, other.whole)
            saved |= {path} if one.status in (201, 302) and "sign-in" not in one.header("Location") else set()
    assert saved >= {path for path, _, _ in SAVES if "papers" not in path}
    for path, form, said in SAVES[::4]:
        wish = Wish("director", "POST", path, form=tuple(form.items()), json=json.dumps(said) if said else None)
        one, other = both(one_seals_it, wish)
        assert (one.status, other.status) == (409, 201 if said else 302)
