"""Themes and findings by the API: what inspectors said, and what answers it, as far as the reader may see."""

from typing import Any

import pytest

from improvement.models import Answer, Finding
from sources.seals import acting_as
from tests.world import SEALED, World


def _recommendation(world: World) -> dict[str, Any]:
    return {
        "reference": Finding.objects.get(number="R1").reference,
        "number": "R1",
        "kind": "recommendation",
        "polarity": "needs_improvement",
        "words": "What inspectors asked of front door.",
        "paragraph": None,
        "theme": "front-door",
        "answered_by": 1,
    }


def _numbers(answer: Any) -> list[str]:
    return [finding["number"] for finding in answer.json()["results"]]


def test_a_theme_is_shown_by_its_slug(visit: Any, world: World) -> None:
    theme = {"slug": "front-door", "number": 1, "title": "Front door", "aim": "Families get help at the first call."}
    member = visit(world.member)
    assert member.get("/api/themes/front-door/").json() == theme
    assert [shown["slug"] for shown in member.get("/api/themes/").json()["results"]] == ["front-door", "workforce"]


def test_a_partner_reads_its_own_theme_and_the_others_answer_like_what_never_was(visit: Any, world: World) -> None:
    partner = visit(world.partner)
    assert [shown["slug"] for shown in partner.get("/api/themes/").json()["results"]] == ["workforce"]
    assert partner.get("/api/themes/front-door/").content == partner.get("/api/themes/no-such/").content
    assert _numbers(partner.get("/api/findings/")) == ["A1"]
    hidden = partner.get(f"/api/findings/{_recommendation(world)['reference']}/")
    absent = partner.get("/api/findings/nothing222/")
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    assert hidden.status_code == 404


def test_a_finding_is_listed_in_the_inspectors_words(visit: Any, world: World) -> None:
    shown = visit(world.member).get("/api/findings/?theme=front-door").json()["results"]
    assert shown == [_recommendation(world)]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("", ["R1", "A1"]),
        ("kind=area", ["A1"]),
        ("theme=workforce", ["A1"]),
        ("answered=yes", ["R1"]),
        ("answered=no", ["A1"]),
        ("q=workforce", ["A1"]),
    ],
)
def test_findings_are_narrowed_by_the_words_of_the_page(
    visit: Any, world: World, asked: str, numbers: list[str]
) -> None:
    assert _numbers(visit(world.member).get(f"/api/findings/?{asked}")) == numbers


@pytest.mark.parametrize("word", ["source__words__startswith", "seal", "ordering", "fields", "format", "id"])
def test_findings_cannot_be_asked_by_any_other_word(visit: Any, world: World, word: str) -> None:
    answer = visit(world.member).get("/api/findings/", {word: "M"})
    sentence = "This word is not known. What can be asked here: answered, kind, page, page_size, q, theme."
    assert (answer.status_code, answer.json()["fields"]) == (400, {word: [sentence]})


def test_a_finding_is_read_with_its_document_and_the_actions_that_answer_it(visit: Any, world: World) -> None:
    listed = _recommendation(world)
    report = world.plan.inspection.source
    assert visit(world.member).get(f"/api/findings/{listed['reference']}/").json() == listed | {
        "source": {
            "reference": report.reference,
            "kind": "report",
            "title": "Inspection of Northmoor children’s services",
            "from_whom": "Ofsted",
            "dated_on": None,
            "received_on": report.received_on.isoformat(),
        },
        "answers": ["1.1"],
        "responses": [],
    }


def test_that_an_action_answers_a_sealed_finding_is_shown_to_the_cleared_alone(visit: Any, world: World) -> None:
    with acting_as(world.director):
        sealed = Finding.objects.of_visits().get()
        Answer.objects.create(action=world.started, finding=sealed, finding_seal=world.seal)
    shown = {
        part: visit(getattr(world, part)).get("/api/actions/1.1/").json()["findings"]
        for part in ("director", "officer", "member")
    }
    open_one = _recommendation(world)["reference"]
    assert (shown["officer"], shown["member"]) == ([open_one], [open_one])
    assert set(shown["director"]) == {open_one, sealed.reference}
    assert visit(world.director).get(f"/api/findings/{sealed.reference}/").json()["words"] == SEALED
    assert visit(world.officer).get(f"/api/findings/{sealed.reference}/").status_code == 404
