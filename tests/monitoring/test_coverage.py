"""What answers what: how far each finding is answered, counts that open their rows, and what answers nothing."""

import csv
import io
import re
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from improvement.models import Action, Answer, Finding, Response
from monitoring import progress
from monitoring.covering import Cover, cover
from monitoring.ladder import Rung
from sources.models import Source
from sources.seals import acting_as
from tests.world import SEALED, World

SHOWN = re.compile(r'id="f-\w+"[^>]*>[^<]* ([A-Z]\d+)</a>\s+<span class="cover cover--(\w+)"')


def _shown(page: Any) -> list[tuple[str, str]]:
    return SHOWN.findall(page.content.decode())


def _plain(page: Any) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode())


@pytest.mark.parametrize(
    ("rungs", "has_evidence", "is_declined", "found"),
    [
        ([], False, False, Cover.NOTHING),
        ([], False, True, Cover.DECLINED),
        (["none"], False, False, Cover.PROMISED),
        (["none"], False, True, Cover.PROMISED),
        (["none", "none"], True, False, Cover.SHOWN),
        (["evidenced", "none"], False, False, Cover.SHOWN),
        (["none", "verified"], True, False, Cover.VERIFIED),
        (["sustained"], False, False, Cover.VERIFIED),
    ],
)
def test_a_finding_is_answered_as_far_as_its_best_action_shows(
    rungs: list[str], has_evidence: bool, is_declined: bool, found: Cover
) -> None:
    assert cover(rungs, has_evidence=has_evidence, is_declined=is_declined) == found


def test_more_is_never_less() -> None:
    order = list(Cover)
    for rungs, more, evidence, declined in product(
        ([], ["none"], ["evidenced"], ["verified"]), Rung.values, (False, True), (False, True)
    ):
        now = cover(rungs, has_evidence=evidence, is_declined=declined)
        then = cover([*rungs, more], has_evidence=evidence, is_declined=declined)
        assert order.index(then) >= order.index(now)


def _requirement(world: World, number: str = "N1", **more: Any) -> Finding:
    notice, _ = Source.objects.get_or_create(
        kind="notice", title="Improvement notice", from_whom="The Secretary of State", received_on=world.today
    )
    wanted = {"words": "The council must report each month.", "theme": world.workforce} | more
    return Finding.require(notice, number=number, **wanted, by=world.clerk, at=world.now)


def test_a_finding_rises_from_nothing_to_verified_as_it_is_answered_and_shown(world: World, visit: Any) -> None:
    browser = visit(world.member)
    assert _shown(browser.get("/coverage/")) == [("R1", "promised"), ("A1", "nothing")]
    shown = progress.show(
        world.started, kind="audit", title="Dip sample", words="37 of 40.", dated_on=world.today, by=world.officer,
        at=world.now,
    )  # fmt: skip
    assert _shown(browser.get("/coverage/"))[0] == ("R1", "shown")
    for rung, by in (("evidenced", world.officer), ("verified", world.lead)):
        progress.climb(world.started, rung, evidence=shown, by=by, at=world.now)
    assert _shown(browser.get("/coverage/"))[0] == ("R1", "verified")
    progress.make(world.started, "withdraw", by=world.director, at=world.now, reason="Merged.")
    assert _shown(browser.get("/coverage/"))[0] == ("R1", "nothing")


def _decline(world: World, *, days_ago: int, for_days: int) -> None:
    at = world.now - timedelta(days=days_ago)
    until_on = world.today - timedelta(days=days_ago - for_days)
    a1 = Finding.objects.get(number="A1")
    Response.give(a1, "declined", reason="The contract ends.", until_on=until_on, by=world.director, at=at)


@pytest.mark.parametrize("address", ["/coverage/?cover={}", "/findings/?answered={}"])
def test_what_is_declined_is_unanswered_again_when_its_day_has_passed(world: World, visit: Any, address: str) -> None:
    browser, held, nothing = visit(world.member), "declined", "nothing" if "cover" in address else "no"
    _decline(world, days_ago=30, for_days=29)
    assert "A1</a>" not in browser.get(address.format(held)).content.decode()
    page = browser.get(address.format(nothing)).content.decode()
    assert "A1</a>" in page
    assert "which has passed. It is to be looked at again." in page
    _decline(world, days_ago=30, for_days=30)
    assert "A1</a>" in browser.get(address.format(held)).content.decode()
    assert "A1</a>" not in browser.get(address.format(nothing)).content.decode()


def test_every_count_opens_exactly_the_rows_that_it_counts(world: World, visit: Any) -> None:
    _requirement(world)
    browser = visit(world.member)
    page = browser.get("/coverage/").content.decode()
    links = re.findall(r'href="(/coverage/\??[^"#]*)#rows">(?:\s*<span class="tile__number">)?(\d+)', page)
    assert len(links) == 6 + 6 * 4 + 6 * 3  # tiles; three kinds, two themes, and a total of each
    for address, n in links:
        assert len(_shown(browser.get(address.replace("&amp;", "&")))) == int(n), address


def test_a_partner_is_shown_its_own_themes_and_counted_nothing_else(world: World, visit: Any) -> None:
    page = visit(world.partner).get("/coverage/")
    assert _shown(page) == [("A1", "nothing")]
    assert "front door" not in page.content.decode().casefold()
    listed = visit(world.partner).get("/coverage/actions/?lack=findings").content.decode()
    assert re.findall(r'href="/actions/([\d.]+)/"', listed) == ["2.1"]


def test_what_stands_under_seal_is_absent_and_uncounted(world: World, visit: Any) -> None:
    before = _plain(visit(world.member).get("/coverage/"))
    with acting_as(world.director):
        sealed = Source.objects.create(
            kind="notice", title="Marigold notice", from_whom="Somebody", received_on=world.today, seal=world.seal
        )
        Finding.require(
            sealed, number="N7", words=SEALED, theme=world.workforce, by=world.director, at=world.now
        )  # fmt: skip
        hidden = Action.objects.create(
            plan=world.plan, theme=world.workforce, number="2.9", position=9, title="Marigold", words="We will.",
            success="", lead=world.started.lead, starts_on=world.today, due_on=world.today, first_due_on=world.today,
            seal=world.seal,
        )  # fmt: skip
        Answer.say(hidden, [Finding.objects.get(number="A1")], by=world.director, at=world.now)
    assert _shown(visit(world.director).get("/coverage/")) == [
        ("R1", "promised"),
        ("A1", "promised"),
        ("N7", "nothing"),
    ]
    assert _plain(visit(world.member).get("/coverage/")) == before
    for address in ("/coverage.csv", "/coverage/actions/?lack=success", "/findings/", "/inspection/", "/audit/"):
        page = visit(world.lead).get(address).content.decode()
        assert not {"Marigold", "N7", "2.9"} & set(re.findall(r"[\w.]+", page)), address


def test_actions_that_answer_nothing_or_say_no_success_are_listed(world: World, visit: Any) -> None:
    Action.objects.filter(pk=world.theirs.pk).update(success=" ")
    browser = visit(world.member)
    page = browser.get("/coverage/").content.decode()
    assert "Actions that answer nothing: 2" in page
    assert "Actions that do not say how anyone will know that they helped: 1" in page
    for lack, numbers in (("findings", ["1.2", "2.1"]), ("success", ["2.1"])):
        listed = browser.get(f"/coverage/actions/?lack={lack}").content.decode()
        assert re.findall(r'class="govuk-link" href="/actions/([\d.]+)/"', listed) == numbers


@pytest.mark.parametrize("words", ["cover=perhaps", "kind=visit", "theme=back-doors", "document=absent"])
def test_what_the_page_does_not_understand_is_said(world: World, visit: Any, words: str) -> None:
    page = visit(world.member).get(f"/coverage/?{words}")
    assert "There is a problem" in page.content.decode()
    assert _shown(page) == []
    assert visit(world.member).get(f"/coverage.csv?{words}")["Location"] == f"/coverage/?{words}"


def test_thirty_findings_take_as_many_queries_as_three(
    world: World, visit: Any, django_assert_num_queries: Any
) -> None:
    _requirement(world)
    browser = visit(world.member)
    with django_assert_num_queries(16):
        browser.get("/coverage/")
    for n in range(2, 30):
        finding = _requirement(world, f"N{n}", words=f"The council must do thing {n}.")
        Answer.say(world.theirs, [*world.theirs.findings.all(), finding], by=world.director, at=world.now)
    with django_assert_num_queries(16):
        assert len(_shown(browser.get("/coverage/"))) == 20
    assert len(_shown(browser.get("/coverage/?page=2"))) == 11


def test_a_download_holds_the_rows_of_the_page_and_no_formula(world: World, visit: Any) -> None:
    _requirement(world, words="=1+1 must not be reckoned.")
    Answer.say(world.theirs, Finding.objects.filter(number="N1"), by=world.director, at=world.now)
    file = visit(world.member).get("/coverage.csv?theme=workforce")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [(row["Finding"], row["How it is answered"], row["Action"], row["Words"][:6]) for row in rows] == [
        ("A1", "Answered by nothing", "", "What i"),
        ("N1", "Answered, nothing shown", "2.1", "'=1+1 "),
    ]
    book = visit(world.member).get("/coverage.xlsx")
    assert book["Content-Disposition"] == f'attachment; filename="coverage-{world.today}.xlsx"'


def test_the_api_tells_the_same(world: World, visit: Any) -> None:
    r1 = Finding.objects.select_related("source").get(number="R1")
    assert visit(world.member).get("/api/coverage/?cover=promised").json()["results"] == [
        {
            "reference": r1.reference,
            "number": "R1",
            "kind": "recommendation",
            "words": r1.words,
            "theme": "front-door",
            "document": r1.source.reference,
            "cover": "promised",
            "reply": None,
            "answers": [
                {
                    "number": "1.1",
                    "title": "Answer every contact within a day",
                    "lead": "Head of Service, Front Door",
                    "status": "in_progress",
                    "rating": world.started.standings.on(world.today).get().delivery,
                    "rung": "none",
                    "evidence": 0,
                }
            ],
        }
    ]
    assert visit(world.partner).get("/api/coverage/").json()["count"] == 1
    assert visit(world.member).get("/api/coverage/?cover=x").json()["fields"] == {"cover": ["There is no such choice."]}
