"""One search over everything: it finds what is there for the reader, and not by so much as a number what is not."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from improvement.models import Action, Finding, Milestone
from monitoring import progress
from monitoring.models import Evidence, Measure, Update, Visit
from reports import keeping
from reports.asked import NOTHING, SAYS_NOTHING, TOO_LONG, TOO_SHORT, Asked, asked, tidied
from reports.models import Entry, Paper
from reports.search import Found, search
from sources.models import Seal, Source
from sources.seals import acting_as
from tests.reports.northmoor import made_ready
from tests.reports.papers import short
from tests.trust.asking import listening
from tests.world import World, confidential


def found(world: World, words: str, *, by: Any = None, kind: str = "") -> Found:
    person = by or world.member
    with acting_as(person):
        return search(words, by=person, on=world.today, kind=kind)


def headings(world: World, words: str, *, by: Any = None, kind: str = "") -> list[str]:
    person = by or world.member
    with acting_as(person):
        return [hit.heading for hit in search(words, by=person, on=world.today, kind=kind)[:25]]


ANSWER, CONSENT = "1.1 Answer every contact within a day", "1.2 Record consent on every contact"


@pytest.mark.parametrize(
    ("words", "first", "count"),
    [
        ("recording consent", CONSENT, 2),  # by its stem: the action and an update
        ('"consent on every contact"', CONSENT, 2),
        ('"contact on every consent"', None, 0),
        ("“consent on every contact”", CONSENT, 2),
        ("consent -rota", CONSENT, 1),
        ("thresh", "2.1 Brief every police shift on thresholds", 2),  # a word still being typed
        ("1.2", CONSENT, 1),
        ("a1", "Finding A1", 1),
        ("inspectors asked", None, 3),  # two findings, and two inspectors who asked nothing
        ("children", "Inspection of Northmoor children’s services", 1),
        ("nowhere", None, 0),
    ],
)
def test_words_are_found_by_their_stem_by_phrase_and_by_number(
    world: World, words: str, first: str | None, count: int
) -> None:
    if words == "inspectors asked":
        assert sorted(headings(world, words)) == ["Finding A1", "Finding R1"]
        return
    assert (headings(world, words)[:1], found(world, words).count) == ([first] if first else [], count)


def test_an_action_asked_for_by_its_number_comes_before_what_speaks_of_it(world: World) -> None:
    for _ in range(3):
        progress.update(world.overdue, words="1.1 1.1 1.1 waits for 1.1.", by=world.officer, at=world.now)
    assert headings(world, "1.1") == [ANSWER, CONSENT, CONSENT, CONSENT]


def test_everything_that_has_words_is_found_and_opens_the_page_that_shows_it(world: World, visit: Any) -> None:
    made_ready(world)
    action, by, at = world.started, world.officer, world.now
    Milestone.objects.create(action=action, words="Zebra rota", due_on=world.today, position=1)
    progress.block(action, waiting_for="Zebra budget", from_whom="Finance", by=by, at=at)
    Evidence.objects.create(action=action, kind="audit", title="Zebra audit", dated_on=world.today, added_at=at)
    progress.update(action, words="Zebra shifts agreed.", by=by, at=at)
    Measure.objects.filter(slug="decided").update(definition="Zebras decided in a day.")
    Finding.objects.filter(number="R1").update(words="Zebras were not seen.")
    Action.objects.filter(pk=world.theirs.pk).update(success="Zebras say so.")
    Source.objects.filter(kind="report").update(words="Zebras at large.")
    Visit.objects.filter(pk=world.visit.pk).update(areas="Zebras and thresholds.")
    with acting_as(world.director):
        paper = keeping.keep(short(), by=world.director, at=at)
        passage = paper.sections.order_by("position").first().passages.order_by("position").first()
        passage.text = "Zebras are on the agenda."
        passage.save()
        keeping.issue(Paper.objects.get(pk=paper.pk), by=world.director, at=at)
    browser = visit(world.member)
    page = unescape(browser.get("/search/?q=zebras").content.decode())
    hits = re.findall(r'hit--(\w+)">.*?href="([^"]+)"', page, flags=re.DOTALL)
    assert page.count("<mark>Zebra") == len(hits) - 1  # the evidence has it in its title
    section = paper.sections.order_by("position").first().number
    assert dict(hits) == {
        **dict.fromkeys(("milestone", "blocker", "update", "evidence"), "/actions/1.1/"),
        "action": "/actions/2.1/",
        "measure": "/measures/decided/",
        "finding": f"/findings/{Finding.objects.get(number='R1').reference}/",
        "document": "/inspection/",
        "visit": f"/visits/{world.visit.reference}/",
        "passage": f"/papers/{paper.reference}/#section-{section}",
    }
    for _, href in hits:
        assert browser.get(href).status_code == 200


def test_what_is_reworded_is_found_by_its_new_words_and_what_is_deleted_no_more(world: World) -> None:
    step = Milestone.objects.create(action=world.started, words="Zebra rota", due_on=world.today, position=1)
    assert headings(world, "zebra") == [ANSWER]
    step.words = "Giraffe rota"
    step.save()
    assert (headings(world, "zebra"), headings(world, "giraffe")) == ([], [ANSWER])
    step.delete()
    assert headings(world, "giraffe") == []
    assert not Entry.objects.filter(kind="milestone").exists()


def test_what_belongs_to_an_action_goes_with_it_to_another_theme(world: World) -> None:
    assert headings(world, "rota", by=world.partner) == []
    Action.objects.filter(pk=world.started.pk).update(theme=world.workforce)
    assert headings(world, "rota", by=world.partner) == [ANSWER]


@pytest.mark.parametrize("words", ["marigold", "drifted", "letter", "“beyond every timescale”", "9.9", "casework drif"])
@pytest.mark.parametrize("part", ["officer", "lead", "finance", "member", "adviser", "partner"])
def test_what_is_under_seal_is_found_by_the_cleared_alone(world: World, part: str, words: str) -> None:
    for kind in ("", "document", "finding"):
        nothing = found(world, words, by=getattr(world, part), kind=kind)
        assert (nothing.count, nothing.shares) == (0, ())
    assert bool(found(world, words, by=world.director).count) == (words != "9.9")


def test_a_hit_under_seal_says_so_and_a_letter_opens_with_its_visit(world: World, visit: Any) -> None:
    page = visit(world.director).get("/search/?q=marigold&kind=document").content.decode()
    assert f'href="/visits/{world.visit.reference}/">Letter of monitoring visit 1: Marigold</a>' in page
    assert "Confidential until" in page


def test_a_clearance_withdrawn_ends_the_finding(world: World) -> None:
    with acting_as(world.director):
        world.seal.withdraw(world.clerk)
    assert (found(world, "marigold", by=world.clerk).count, found(world, "marigold", by=world.director).count) == (0, 2)


def test_from_its_release_on_everyone_finds_what_was_sealed(world: World) -> None:
    with acting_as(world.director):
        seal = Seal.make(confidential(), by=world.director)
        seal.clear(world.clerk)
        Source.objects.create(kind="notice", title="Zebra", from_whom="DfE", received_on=world.today, seal=seal)
        assert [hit.href.startswith("/seals/") for hit in found(world, "zebra", by=world.director)[:5]] == [True]
    assert headings(world, "zebra") == []
    with acting_as(world.director):
        seal.propose_release()
    assert headings(world, "zebra") == []
    with acting_as(world.clerk):
        seal.confirm_release()
    with acting_as(world.member):
        assert [(hit.heading, hit.href) for hit in found(world, "zebra")[:5]] == [("Zebra", "/inspection/")]


def test_a_draft_is_found_by_those_who_read_drafts_until_it_is_issued(world: World) -> None:
    made_ready(world)
    with acting_as(world.director):
        paper = keeping.keep(short(), by=world.director, at=world.now)
        words = f'"{paper.sections.order_by("position").first().heading}"'
    readers = {part for part in world.everyone() if found(world, words, by=getattr(world, part), kind="paper").count}
    assert readers == {"director", "clerk", "finance"}
    with acting_as(world.director):
        keeping.issue(Paper.objects.get(pk=paper.pk), by=world.director, at=world.now)
    readers = {part for part in world.everyone() if found(world, words, by=getattr(world, part), kind="paper").count}
    assert readers == set(world.everyone()) - {"admin"}


def test_a_partner_finds_what_is_in_their_themes_and_what_they_lead(world: World) -> None:
    assert headings(world, "contact OR police OR inspectors", by=world.partner) == [
        "2.1 Brief every police shift on thresholds", "The front door", "Finding A1",
    ]  # fmt: skip
    world.started.lead = world.theirs.lead
    world.started.save()
    assert set(headings(world, "contact", by=world.partner)) == {ANSWER, "The front door"}


def test_counts_stop_at_a_hundred_and_beyond_it_the_newest_come_first(world: World, visit: Any) -> None:
    Update.objects.bulk_create(
        Update(
            action=world.started, by=world.officer, at=world.now, words="Zebra " * (1 + day % 3),
            effective_on=world.today - timedelta(days=day),
        )
        for day in range(101)
    )  # fmt: skip
    page = visit(world.member).get("/search/?q=zebra&page=2").content.decode()
    assert "Results 26 to 50 of more than 100, the newest first" in page
    assert 'aria-current="true">Everything</a>' in page
    assert ">Updates</a>" in page  # too many of everything to count those of one kind
    with acting_as(world.member):
        days = [hit.day for hit in search("zebra", by=world.member, on=world.today, deep=True)[:]]
    assert days == [world.today - timedelta(days=day) for day in range(101)]
    last = visit(world.member).get("/search/?q=zebra&page=99").content.decode()
    assert "Results 101 to 101 of more than 100" in last
    answer = visit(world.member).get("/api/search/?q=zebra&page_size=100&page=2").json()
    assert (answer["count"], answer["counted_in_full"], answer["next"]) == (100, False, None)


def test_what_is_still_to_come_stands_after_what_has_been_said(world: World) -> None:
    for ahead in (5, 40):
        due_on = world.today + timedelta(days=ahead)
        world.started.milestones.create(words="A quagga is seen", due_on=due_on, position=90 + ahead)
    for n in range(100):
        Update.objects.create(
            action=world.started, by=world.officer, at=world.now, words=f"Quagga {n}",
            effective_on=world.today - timedelta(days=n),
        )  # fmt: skip
    with acting_as(world.member):
        found = search("quagga", by=world.member, on=world.today, deep=True)[:]
    assert [(hit.day - world.today).days for hit in found] == [*range(0, -100, -1), 40, 5]


def test_a_search_for_one_kind_shows_that_kind_and_still_counts_the_others(world: World, visit: Any) -> None:
    page = visit(world.member).get("/search/?q=contact&kind=action").content.decode()
    assert "2 results" in page
    assert re.findall(r"(\w+) <span class=\"facets__n\">(\d+)", page) == [
        ("Actions", "2"), ("Updates", "2"), ("Visits", "1"),
    ]  # fmt: skip
    assert (
        "Nothing of this kind holds these words"
        in visit(world.member).get("/search/?q=contact&kind=evidence").content.decode()
    )


def test_a_snippet_marks_what_was_looked_for_and_lets_no_markup_through(world: World, visit: Any) -> None:
    Action.objects.filter(pk=world.started.pk).update(title="Is 1 <b>less</b>?")
    words = 'Is 1 < 2 & "zebra" > \ue000horse\ue001, or <img src=x onerror=alert()> not?'
    progress.update(world.started, words=words, by=world.officer, at=world.now)
    page = visit(world.member).get("/search/?q=zebra").content.decode()
    assert "1.1 Is 1 &lt;b&gt;less&lt;/b&gt;?</a>" in page
    assert (
        "Is 1 &lt; 2 &amp; &#34;<mark>zebra</mark>&#34; &gt; horse, or &lt;img src=x onerror=alert()&gt; not?</p>"
        in page
    )


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("", NOTHING), ("   ", NOTHING), ("\x00", NOTHING), ("a", TOO_SHORT), ("&", TOO_SHORT), ("''", TOO_SHORT),
        ('"', TOO_SHORT), ("- or -", SAYS_NOTHING), ("!!", TOO_SHORT), ("the", SAYS_NOTHING), ("of the", SAYS_NOTHING),
        ("-contact", SAYS_NOTHING), ("a" * 201, TOO_LONG), ("contact " * 1250, TOO_LONG),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_for_is_answered_with_a_sentence(
    world: World, visit: Any, said: str, sentence: str
) -> None:
    page = visit(world.member).get(f"/search/?q={quote(said)}")
    assert (page.status_code, sentence in unescape(page.content.decode())) == (200, True)
    answer = visit(world.member).get(f"/api/search/?q={quote(said)}")
    assert (answer.status_code, answer.json()["fields"]) == (400, {"q": [sentence]})


@pytest.mark.parametrize(
    "said",
    ["contact\x00s", "con\ttact\r\n", "'contact", '"contact', "contact & | ! ()", "contact:*", "<->", "a\\b c'd",
     "%00%", "contact or", "or contact", "()()", "\u202econtact", "\U0001f600 contact", "-", "--", "- contact"],
)  # fmt: skip
def test_no_sign_breaks_the_search(world: World, visit: Any, said: str) -> None:
    for address in ("/search/", "/api/search/"):
        assert visit(world.member).get(address, {"q": said}).status_code in (200, 400)
    assert visit(world.member).get("/search/", {"q": "contact", "page": said, "kind": said}).status_code == 200


def test_no_log_hears_what_is_looked_for(world: World, visit: Any) -> None:
    with listening() as ears:
        for address in ("/search/?q=quagga", "/search/?q=quagga&page=2", "/api/search/?q=quagga", "/search/quagga"):
            visit(world.member).get(address)
    assert [line for line in ears.heard if "q=quagga" in line] == []


@pytest.mark.parametrize("part", ["officer", "lead", "director", "clerk", "finance", "member", "adviser", "partner"])
def test_every_page_of_a_reader_has_the_search_in_its_head(world: World, visit: Any, part: str) -> None:
    page = visit(getattr(world, part)).get("/actions/").content.decode()
    assert '<form class="search" method="get" action="/search/" role="search">' in page
    assert '<label class="govuk-visually-hidden search__label" for="q">Search the plan and its papers</label>' in page


def test_whoever_reads_nothing_searches_nothing(world: World, visit: Any) -> None:
    browser = visit(world.admin)
    assert 'role="search"' not in browser.get("/people/").content.decode()
    assert (browser.get("/search/?q=contact").status_code, browser.get("/api/search/?q=contact").status_code) == (
        403,
        403,
    )


def test_the_api_answers_what_the_page_shows(world: World, visit: Any) -> None:
    answer = visit(world.member).get("/api/search/?q=consent&kind=action").json()
    assert answer == {
        "count": 1, "counted_in_full": True, "next": None, "previous": None, "results": [{
            "kind": "action", "heading": CONSENT, "within": "", "words": "We will record consent on every contact. "
            "Families say so.", "day": None, "draft": False, "terms": None,
            "page": "/actions/1.2/",
        }],
    }  # fmt: skip
    assert visit(world.member).get("/api/search/?q=consent&kind=lead").status_code == 400


def test_an_entry_is_nobodys_to_write(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(what) FROM unnest(ARRAY['INSERT', 'UPDATE', 'DELETE']) what"
            " WHERE has_table_privilege('reports_entry', what)"
        )
        assert cursor.fetchone() == (None,)


@pytest.mark.parametrize(
    ("said", "looked_for"),
    [
        ("consent", Asked("consent", "", "consent")),
        ("record cons", Asked("record cons", "record", "cons")),
        ("record co", Asked("record co")),
        ("“record cons”", Asked('"record cons"')),
        ("1.1", Asked("1.1")),
        ("record -cons", Asked("record -cons")),
    ],
)
def test_only_the_last_of_plain_words_may_be_unfinished(said: str, looked_for: Asked) -> None:
    assert asked(tidied(said)) == looked_for
