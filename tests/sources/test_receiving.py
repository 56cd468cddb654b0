"""Documents as they come in: what is asked of whoever records one, what is kept, and who sees it."""

import re
import uuid
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from people.days import start_of
from people.models import Grant
from people.roles import Role
from sources.models import Clearance, Seal, SealLine, Source
from sources.seals import acting_as
from tests.sources.browsing import words
from tests.world import World

SENTENCES = "Findings are available from 29 March 2039. Disclosure is forbidden until after 29 March 2039."
LETTER = {
    "kind": "review", "title": "Review of progress: Tamarisk", "from_whom": "Department for Education",
    "received_on_day": "2", "received_on_month": "3", "received_on_year": "2019", "text": "Tamarisk\r\n\r\nwords.",
}  # fmt: skip
CONFIDENTIAL = LETTER | {"terms": "confidential", "basis": "department", "ends": "never"}
EXEMPT = LETTER | {"terms": "exempt", "paragraph": "3", "public_interest": "Tenders would suffer.", "ends": "never"}


def send(browser: Any, **said: Any) -> Any:
    return browser.post("/seals/new/", {"once": uuid.uuid4(), **said})


def kept(world: World) -> Source:
    return Source.objects.select_related("seal").get(title="Review of progress: Tamarisk")


def test_what_is_public_is_recorded_and_everybody_who_reads_can_read_it(world: World, visit: Any) -> None:
    answer = send(visit(world.clerk), **LETTER, terms="public")
    with acting_as(None):
        source = kept(world)
    assert (answer.status_code, answer.url) == (302, reverse("document", args=[source.reference]))
    assert (source.seal_id, source.words, source.received_on) == (0, "Tamarisk\n\nwords.", date(2019, 3, 2))
    page = words(visit(world.member).get(answer.url))
    assert "Department for Education review from Department for Education Review of progress: Tamarisk" in page
    assert "Tamarisk words." in page
    assert "Janet Pryce recorded the document" in page


def test_what_is_withheld_is_seen_by_whoever_recorded_it_and_by_those_whom_they_named(world: World, visit: Any) -> None:
    answer = send(visit(world.clerk), **EXEMPT, cleared=[world.director.email, world.finance.email])
    assert answer.status_code == 302
    for part in ("clerk", "director", "finance"):
        page = words(visit(getattr(world, part)).get(answer.url))
        assert "Exempt; released only by two people" in page
        assert "(financial or business affairs). Tenders would suffer." in page
    for part in ("officer", "lead", "member", "adviser", "partner"):
        assert visit(getattr(world, part)).get(answer.url).status_code == 404
    with acting_as(world.clerk):
        source = kept(world)
        assert (source.seal.paragraph, source.seal.embargo_until) == (3, None)
        told = [f"{line.by} {line.says}" for line in SealLine.objects.filter(seal=source.seal)]
        assert told == [
            "Janet Pryce sealed the document",
            "Janet Pryce cleared Ruth Okafor",
            "Janet Pryce cleared Dev Nair",
        ]
        assert [f"{line.by} {line.says}" for line in source.lines.all()] == ["Janet Pryce recorded the document"]


def test_the_stricter_of_two_readings_is_shown_before_it_is_sealed_and_what_was_typed_is_kept(
    world: World, visit: Any
) -> None:
    clerk = visit(world.clerk)
    said = CONFIDENTIAL | {"ends": "set", "words": SENTENCES, "cleared": [world.director.email, world.finance.email]}
    looked = send(clerk, **said)
    assert looked.status_code == 200
    assert "“until after 29 March 2039” is read as the start of 30 March 2039 ." in words(looked)
    with acting_as(world.clerk):
        assert not Source.objects.filter(title__contains="Tamarisk").exists()
    ticked = re.findall(r'<input[^>]*name="cleared"[^>]*value="([^"]+)"[^>]*checked', looked.text)
    assert sorted(ticked) == ["director@northmoor.example", "finance@northmoor.example"]
    typed = dict(re.findall(r'name="(until_\w+)"[^>]*value="([^"]*)"', looked.text))
    assert typed == {"until_on_day": "30", "until_on_month": "3", "until_on_year": "2039", "until_at": "00:00"}
    assert send(clerk, **said, **typed).status_code == 302
    with acting_as(world.clerk):
        seal = kept(world).seal
    assert (seal.embargo_until, seal.embargo_words) == (start_of(date(2039, 3, 30)), SENTENCES)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind": ""}, "Choose what kind of document it is."),
        ({"title": " "}, "Enter its title."),
        ({"from_whom": ""}, "Enter who gave it to the council."),
        ({"received_on_day": ""}, "Enter a real date, such as 27 3 2027."),
        ({"received_on_year": "2199"}, "Enter a day that has come."),
        ({"terms": ""}, "Choose whether the public may see it."),
        ({"basis": ""}, "Choose on what basis it is confidential."),
        ({"terms": "exempt"}, "Choose the paragraph of Schedule 12A that it falls under."),
        (
            {"terms": "exempt", "paragraph": "2", "public_interest": "  "},
            "Say why the public interest in withholding it outweighs that in disclosing it.",
        ),
        ({"ends": ""}, "Choose whether it says when it may be disclosed."),
        ({"ends": "set"}, "Quote the sentence that sets the end of the embargo."),
        ({"ends": "set", "words": "Some day."}, "Enter the day, because none could be read from the sentence."),
        ({"cleared": ["nobody@northmoor.example"]}, "Choose people from the list."),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_kept(
    world: World, visit: Any, change: dict[str, Any], sentence: str
) -> None:
    answer = send(visit(world.clerk), **(CONFIDENTIAL | change))
    assert (answer.status_code, sentence in words(answer)) == (400, True)
    assert "Tamarisk" in answer.text
    with acting_as(world.clerk):
        assert not Source.objects.filter(title__contains="Tamarisk").exists()
        assert Seal.objects.exclude(kind__in=("open", "draft")).count() == 1


def test_an_end_that_nobody_now_alive_may_see_is_refused_and_nothing_is_kept(world: World, visit: Any) -> None:
    end = {"ends": "set", "words": "Never.", "until_on_day": "1", "until_on_month": "1", "until_on_year": "2999"}
    answer = send(visit(world.clerk), **(CONFIDENTIAL | end))
    assert answer.status_code == 409
    assert "An embargo ends at an instant that somebody now alive may see." in words(answer)
    with acting_as(world.clerk):
        assert not Source.objects.filter(title__contains="Tamarisk").exists()


def test_a_letter_of_twenty_thousand_characters_is_kept_whole(world: World, visit: Any) -> None:
    text = "\r\n\r\n".join("Inspectors found “this”, and that it’s so. " * 9 for _ in range(60))
    assert len(text) > 20_000
    answer = send(visit(world.clerk), **(CONFIDENTIAL | {"text": text}))
    assert answer.status_code == 302
    with acting_as(world.clerk):
        assert kept(world).words == text.replace("\r\n", "\n").strip()


def test_what_belongs_to_other_terms_than_those_chosen_is_not_kept(world: World, visit: Any) -> None:
    send(visit(world.clerk), **(EXEMPT | {"basis": "court", "words": "Until 3 May 2039.", "citation": "Order 9"}))
    with acting_as(world.clerk):
        seal = kept(world).seal
    assert (seal.basis, seal.embargo_until, seal.embargo_words, seal.citation) == ("", None, "", "Order 9")


def test_a_form_sent_twice_records_one_document(world: World, visit: Any) -> None:
    browser, once = visit(world.clerk), uuid.uuid4()
    answers = [browser.post("/seals/new/", {"once": once, **CONFIDENTIAL}) for _ in range(2)]
    with acting_as(world.clerk):
        assert [answer.url for answer in answers] == [reverse("document", args=[kept(world).reference]), "/seals/"]
        assert Clearance.objects.filter(seal=kept(world).seal).count() == 1


@pytest.mark.parametrize("part", ["officer", "lead", "finance", "member", "adviser", "partner", "admin"])
def test_only_directors_and_clerks_record_documents(world: World, visit: Any, part: str) -> None:
    browser = visit(getattr(world, part))
    assert [browser.get("/seals/new/").status_code, send(browser, **CONFIDENTIAL).status_code] == [403, 403]
    assert "/seals/new/" not in browser.get("/seals/").text


def test_a_clerk_who_is_cleared_on_nothing_finds_the_way(world: World, visit: Any) -> None:
    Grant.give(world.member, Role.CLERK, by=None, at=world.now)
    browser = visit(world.member)
    assert 'href="/seals/new/"' in browser.get("/visits/").text
    assert 'href="/seals/new/"' in browser.get("/seals/").text
    page = words(browser.get("/seals/new/"))
    for heading in ("The document", "On what terms", "If it is withheld: until when", "If it is withheld: who may see"):
        assert heading in page


def test_no_sealed_word_stands_in_the_name_of_the_tab_of_a_document(world: World, visit: Any) -> None:
    page = visit(world.director).get(reverse("document", args=[world.letter.reference]))
    title = re.search(r"<title>(.*?)</title>", page.text, re.DOTALL)
    assert title is not None
    assert ("Marigold" in page.text, "Marigold" in title[1]) == (True, False)


def test_what_was_released_says_that_it_is_recorded_anew_to_be_withheld_again(world: World, visit: Any) -> None:
    with acting_as(world.director):
        send(visit(world.director), **CONFIDENTIAL, cleared=[world.clerk.email])
        source = kept(world)
        source.seal.propose_release()
    with acting_as(world.clerk):
        source.seal.confirm_release()
    page = words(visit(world.clerk).get(reverse("seal", args=[source.reference])))
    assert "What has been released is never closed again." in page
