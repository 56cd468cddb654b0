"""Seals as people meet them: what the cleared are shown and may do, and what nobody else can tell is there."""

import re
import uuid
from typing import Any

import pytest
from django.urls import reverse

from people.models import Grant, Once
from people.roles import Role
from sources.models import Seal, SealLine, SealRead, Source
from sources.seals import acting_as
from tests.sources.browsing import DEEDS, EMPTY, UNCLEARED, at, send, words
from tests.world import World, exempt


def nameless(answer: Any) -> str:
    """The page without its name and its random keys."""
    return re.sub(r'(csrfmiddlewaretoken|once)" value="[^"]+"', "", answer.text)


@pytest.mark.parametrize("part", UNCLEARED)
def test_whoever_is_not_cleared_is_shown_the_same_empty_page_and_no_way_to_it(
    world: World, visit: Any, part: str
) -> None:
    browser = visit(getattr(world, part))
    page = browser.get("/seals/")
    assert words(page) == f"Under seal {EMPTY}"
    assert (page.status_code, "Marigold" in page.text, 'href="/seals/"' in page.text) == (200, False, False)


@pytest.mark.parametrize("part", UNCLEARED)
@pytest.mark.parametrize("deed", ["seal", *DEEDS])
def test_a_hidden_document_and_one_that_never_was_are_answered_alike(
    world: World, visit: Any, part: str, deed: str
) -> None:
    browser = visit(getattr(world, part))
    absent = reverse(deed, args=["2222222222"])
    for ask in (browser.get, lambda where: send(browser, where, reason="Because.")):
        hidden, never = ask(at(world, deed)), ask(absent)
        assert hidden.status_code == never.status_code
        assert hidden.status_code in ((403, 404, 405) if deed in ("seal", *DEEDS[:2]) else (404,))
        assert nameless(hidden) == nameless(never)


@pytest.mark.parametrize("part", ["director", "clerk"])
def test_the_cleared_see_each_document_its_terms_and_who_else_is_cleared(world: World, visit: Any, part: str) -> None:
    browser = visit(getattr(world, part))
    page = browser.get("/seals/")
    said = words(page)
    for expected in (
        "You are cleared by name on 1 document.",
        "Letter of monitoring visit 1: Marigold",
        "Confidential",
        "Confidential information: given to the Council by a government department upon terms that forbid its "
        "disclosure (Local Government Act 1972, section 100A(3)(a); SI 2012/2089, regulation 2). "
        "The terms of Ofsted’s message.",
        "Not to be disclosed until seven days have passed.",
        "ends in 6 days and 23 hours",
        "The embargo ends within a week",
        "Held: nobody can release it before the embargo ends",
        "Janet Pryce, Ruth Okafor",
    ):
        assert expected in said
    assert 'href="/seals/"' in browser.get("/dashboard/").text


def test_the_way_to_the_page_goes_with_the_clearance(world: World, visit: Any) -> None:
    browser = visit(world.clerk)
    assert "Under seal" in browser.get("/dashboard/").text
    with acting_as(world.director):
        world.seal.withdraw(world.clerk)
    assert "Under seal" not in browser.get("/dashboard/").text
    assert browser.get(at(world)).status_code == 404


def test_the_page_of_a_seal_tells_its_history_in_words(world: World, visit: Any) -> None:
    said = words(visit(world.director).get(at(world)))
    history = said[said.index("What has happened") :]
    assert history.index("Ruth Okafor cleared Janet Pryce") < history.index("Ruth Okafor sealed the document until")


def test_the_cleared_see_who_has_read_it_and_once_what_one_read_within_a_minute(world: World, visit: Any) -> None:
    with acting_as(world.director):
        reads = SealRead.objects.filter(seal=world.seal)
        before = reads.count()
    for _ in range(3):
        visit(world.clerk).get("/seals/")
    visit(world.clerk).get("/api/me/")
    with acting_as(world.director, what="A search"):
        assert reads.count() == before + 3
        list(Source.objects.all())
    shown = words(visit(world.director).get(at(world))).partition("Who has read it")[2]
    assert re.findall(r"(Janet Pryce|Ruth Okafor) \S+ \S+ \S+ at \S+ [ap]m (A search|/\S+)", shown)[:2] == [
        ("Janet Pryce", "/seals/"), ("Ruth Okafor", "A search")
    ]  # fmt: skip


def test_who_has_read_it_is_turned_in_pages_of_twenty_five(world: World, visit: Any) -> None:
    for place in range(30):
        with acting_as(world.clerk, what=f"Search {place}"):
            list(Source.objects.all())
    first, second = (words(visit(world.director).get(f"{at(world)}?page={page}")) for page in (1, 2))
    assert first.count("Janet Pryce") >= 25
    assert "Showing 1 to 25 of 3" in first
    assert "Showing 26 to 3" in second


@pytest.mark.parametrize(
    ("part", "links"),
    [
        ("director", ["propose_instant", "clear_person", "withdraw_clearance"]),
        ("clerk", ["propose_instant", "clear_person", "withdraw_clearance"]),
    ],
)
def test_before_the_embargo_ends_no_release_is_offered(world: World, visit: Any, part: str, links: list[str]) -> None:
    page = visit(getattr(world, part)).get(at(world)).text
    assert [deed for deed in DEEDS if f'"{at(world, deed)}"' in page] == links


def test_a_release_sent_early_is_refused_with_the_sentence_and_the_words_are_kept(world: World, visit: Any) -> None:
    answer = send(visit(world.director), at(world, "propose_release"), reason="They have agreed.")
    assert answer.status_code == 409
    assert "The embargo has not ended, so nobody can propose the release yet." in words(answer)
    assert "They have agreed." in answer.text
    assert "<title>Error: Propose the release" in answer.text


def test_a_director_proposes_and_a_clerk_confirms_on_the_pages(ended: World, visit: Any) -> None:
    director, clerk = visit(ended.director), visit(ended.clerk)
    assert "Propose the release" in words(director.get(at(ended)))
    assert "Confirm the release" not in words(clerk.get(at(ended)))
    page = words(director.get(at(ended)))
    assert "Release is now possible; nothing opens by itself." in page
    answer = send(director, at(ended, "propose_release"), reason="Ofsted has agreed.")
    assert (answer.status_code, answer.url) == (302, at(ended))
    assert "Ruth Okafor has proposed the release, and a clerk must confirm it" in words(clerk.get(at(ended)))
    assert "Ofsted has agreed." in words(clerk.get(at(ended, "confirm_release")))
    assert send(clerk, at(ended, "confirm_release")).status_code == 302
    page = words(clerk.get(at(ended)))
    assert "The document has been released. Everybody can see it now." in page
    assert "Released: Ruth Okafor proposed it and Janet Pryce confirmed it" in page
    assert "What you can do" not in page
    assert Source.objects.get(pk=ended.letter.pk).words == "Saffron casework is sound."


def test_the_doors_of_a_release_ask_for_the_two_roles(ended: World, visit: Any) -> None:
    with acting_as(ended.director):
        ended.seal.clear(ended.member)
    for part, deed in (("clerk", "propose"), ("director", "confirm"), ("member", "propose"), ("member", "confirm")):
        answer = visit(getattr(ended, part)).get(at(ended, f"{deed}_release"))
        assert answer.status_code == 403
        assert f"Your role does not let you {deed} the release of a sealed document." in words(answer)


def test_what_is_exempt_is_released_only_with_the_public_interest_said(world: World, visit: Any) -> None:
    with acting_as(world.director):
        seal = Seal.make(exempt(), by=world.director)
        source = Source.objects.create(
            kind="review", title="Costs", from_whom="DfE", received_on=world.today, seal=seal
        )  # fmt: skip
    where = reverse("propose_release", args=[source.reference])
    answer = send(visit(world.director), where, reason=" ")
    assert answer.status_code == 400
    assert "Say why the public interest no longer favours withholding it." in words(answer)
    assert send(visit(world.director), where, reason="The contract is signed.").status_code == 302


def test_a_form_sent_twice_is_done_once(world: World, visit: Any) -> None:
    browser, once = visit(world.director), str(uuid.uuid4())
    said = {"once": once, "person": world.member.email}
    assert [browser.post(at(world, "clear_person"), said).status_code for _ in range(2)] == [302, 302]
    with acting_as(world.director):
        assert SealLine.objects.filter(verb="clear", says__contains="Moira").count() == 1
    assert Once.is_done(once, by=world.director)


def test_an_expired_grant_offers_and_opens_no_release(ended: World, visit: Any) -> None:
    Grant.objects.filter(person=ended.director).update(ends_on=ended.today)
    browser = visit(ended.director)
    assert "Propose the release" not in words(browser.get(at(ended)))
    assert send(browser, at(ended, "propose_release"), reason="x").status_code == 403
    Grant.give(ended.director, Role.ADMINISTRATOR, by=None, at=ended.now)
    assert send(browser, at(ended, "propose_release"), reason="x").status_code == 403


def test_the_list_asks_as_often_for_one_document_as_for_twenty(
    world: World, visit: Any, django_assert_num_queries: Any
) -> None:
    browser = visit(world.director)
    with django_assert_num_queries(LIST_QUERIES):
        browser.get("/seals/")
    with acting_as(world.director):
        for number in range(20):
            seal = Seal.make(exempt(), by=world.director)
            seal.clear(world.clerk)
            Source.objects.create(
                kind="letter", title=f"Letter {number}", from_whom="Ofsted", received_on=world.today, seal=seal
            )
    with django_assert_num_queries(LIST_QUERIES):
        page = browser.get("/seals/")
    assert page.text.count('class="card"') == 21


LIST_QUERIES = 13
"""One of them records what the clerk or director was shown under seal."""


def test_a_clearance_on_what_has_no_document_shows_no_document(world: World, visit: Any) -> None:
    with acting_as(world.director):
        bare = Seal.make(exempt(), by=world.director)
        bare.clear(world.member)
    assert words(visit(world.member).get("/seals/")) == f"Under seal {EMPTY}"


@pytest.mark.parametrize("deed", ["seal", *DEEDS])
def test_no_sealed_word_stands_in_the_name_of_a_tab(world: World, visit: Any, deed: str) -> None:
    part = world.clerk if deed == "confirm_release" else world.director
    page = visit(part).get(at(world, deed))
    title = re.search(r"<title>(.*?)</title>", page.text, re.DOTALL)
    assert title is not None
    assert ("Marigold" in title[1], "Marigold" in page.text, ": monitoring visit letter" in title[1]) == (
        False, True, True,
    )  # fmt: skip
