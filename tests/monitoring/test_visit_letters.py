"""The letter of a visit: recorded from the visit's page, moved on its way, and known to nobody else while sealed."""

import uuid
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from monitoring.correspondence import FOLLOWED_BY, Stage, objection
from monitoring.models import Letter, Visit
from people.models import Grant
from people.roles import Role
from sources.models import SourceLine
from sources.seals import acting_as
from tests.sources.browsing import words
from tests.world import SEALED, World

SENT = {
    "state": "draft", "title": "Letter of monitoring visit 2", "from_whom": "Ofsted", "text": "Tamarisk drifted.",
    "received_on_day": "2", "received_on_month": "3", "received_on_year": "2019", "terms": "confidential",
    "basis": "department", "ends": "never",
}  # fmt: skip
DAY = {"on_day": "4", "on_month": "3", "on_year": "2019"}


@pytest.fixture
def second(world: World) -> Visit:
    """A visit whose letter has not come."""
    return Visit.objects.create(
        inspection=world.plan.inspection, ordinal=2, starts_on=world.today, ends_on=world.today, focus="Thresholds",
        areas="Consent.", inspectors="Two inspectors",
    )  # fmt: skip


def at(visit: Visit, name: str = "visit") -> str:
    return reverse(name, args=[visit.reference])


def post(browser: Any, where: str, **said: Any) -> Any:
    return browser.post(where, {"once": uuid.uuid4(), **said})


@pytest.mark.parametrize(
    ("stage", "to", "sentence"),
    [
        *((stage, to, None) for stage, follow in FOLLOWED_BY.items() for to in follow),
        (
            "draft",
            "published",
            "This letter is at “Draft received”. What can come next is “Accuracy comments sent” or “Final letter "
            "received”.",
        ),
        ("commented", "draft", "This letter is at “Accuracy comments sent”. What can come next is “Final letter "
            "received”."),
        ("published", "never", "This letter is at “Published by Ofsted”, and nothing comes after that."),
        ("final", "x", "This letter is at “Final letter received”. What can come next is “Published by Ofsted” or "
            "“Never to be published by Ofsted”."),
    ],
)  # fmt: skip
def test_a_letter_goes_its_way_and_no_other(stage: str, to: str, sentence: str | None) -> None:
    assert objection(stage, to) == sentence


def test_every_stage_has_its_row() -> None:
    assert set(FOLLOWED_BY) == set(Stage)


def test_a_letter_is_recorded_from_its_visit_under_a_seal_in_one_go(world: World, visit: Any, second: Visit) -> None:
    clerk = visit(world.clerk)
    assert at(second, "receive_letter") in clerk.get(at(second)).text
    answer = post(clerk, at(second, "receive_letter"), **SENT, cleared=[world.director.email])
    assert (answer.status_code, answer.url) == (302, at(second))
    for part in ("clerk", "director"):
        page = words(visit(getattr(world, part)).get(at(second)))
        assert "Letter of monitoring visit 2 Confidential; released only by two people" in page
        assert "Tamarisk drifted." in page
    for part in ("officer", "lead", "finance", "member", "adviser", "partner"):
        page = words(visit(getattr(world, part)).get(at(second)))
        assert ("Tamarisk" in page, "Letter of monitoring" in page) == (False, False)
    with acting_as(world.clerk):
        letter = Letter.objects.select_related("source", "seal").get(visit=second)
    assert (letter.state, letter.draft_received_on, letter.final_received_on) == ("draft", date(2019, 3, 2), None)
    assert (letter.seal_id, letter.source.kind) == (letter.source.seal_id, "letter")


def test_a_final_letter_can_come_without_its_draft(world: World, visit: Any, second: Visit) -> None:
    post(visit(world.clerk), at(second, "receive_letter"), **(SENT | {"state": "final", "terms": "public"}))
    letter = Letter.objects.get(visit=second)
    assert (letter.seal_id, letter.state, letter.final_received_on) == (0, "final", date(2019, 3, 2))


def test_to_a_director_who_is_not_cleared_a_hidden_letter_and_none_are_one(
    world: World, visit: Any, second: Visit
) -> None:
    Grant.give(world.member, Role.DIRECTOR, by=None, at=world.now)
    browser = visit(world.member)
    for where in (world.visit, second):
        assert at(where, "receive_letter") in browser.get(at(where)).text
        assert browser.get(at(where, "receive_letter")).status_code == 200
        assert post(browser, at(where, "move_letter"), to="final", **DAY).status_code == 404


def test_whoever_is_cleared_says_how_far_the_letter_has_come(world: World, visit: Any) -> None:
    with acting_as(world.director):
        world.seal.clear(world.partner)
    where = at(world.visit)
    clerk, partner = visit(world.clerk), visit(world.partner)
    assert "How far has the letter come?" in words(clerk.get(where))
    assert post(clerk, f"{where}letter/moves/", to="commented", **DAY).status_code == 302
    answer = post(partner, f"{where}letter/moves/", to="final", words="Marigold,\r\nat last.", **DAY)
    assert answer.status_code == 302
    page = words(clerk.get(where))
    assert "Where it is Final letter received" in page
    assert "Final received 4 March 2019" in page
    assert "Marigold, at last." in page
    with acting_as(world.clerk):
        lines = SourceLine.objects.filter(source=world.letter)
        told = [(f"{line.by} {line.says}", line.before, line.after) for line in lines]
    assert told == [
        (
            "Janet Pryce recorded “Accuracy comments sent”, 4 March 2019",
            {"state": "draft"},
            {"state": "commented", "on": "2019-03-04"},
        ),
        (
            "Supt Neil Hargreave recorded “Final letter received”, 4 March 2019",
            {"state": "commented", "words": SEALED},
            {"state": "final", "on": "2019-03-04", "words": "Marigold,\nat last."},
        ),
    ]
    with acting_as(world.member):
        assert not SourceLine.objects.exists()  # nobody else can tell that there was one


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"to": "published"}, "Choose what can come next."),
        ({"to": ""}, "Choose how far it has come."),
        ({"to": "final", "on_day": "31", "on_month": "2"}, "Enter a real date, such as 27 3 2027."),
        ({"to": "final", "on_year": "2199"}, "Enter a day that has come."),
    ],
)
def test_a_stage_that_cannot_be_is_asked_for_again(
    world: World, visit: Any, said: dict[str, str], sentence: str
) -> None:
    answer = post(visit(world.clerk), at(world.visit, "move_letter"), **(DAY | said))
    assert (answer.status_code, sentence in words(answer)) == (400, True)


def test_how_far_an_open_letter_has_come_is_said_by_whoever_records_documents(
    world: World, visit: Any, second: Visit
) -> None:
    post(visit(world.clerk), at(second, "receive_letter"), **(SENT | {"terms": "public"}))
    member = visit(world.member)
    assert "How far has the letter come?" not in words(member.get(at(second)))
    assert post(member, at(second, "move_letter"), to="final", **DAY).status_code == 403
    assert post(visit(world.director), at(second, "move_letter"), to="final", **DAY).status_code == 302
    assert Letter.objects.get(visit=second).state == "final"


def test_a_letter_recorded_anew_under_a_seal_is_what_the_cleared_are_shown(
    world: World, visit: Any, second: Visit
) -> None:
    clerk = visit(world.clerk)
    post(clerk, at(second, "receive_letter"), **(SENT | {"terms": "public", "text": "Given out by mistake."}))
    post(clerk, at(second, "receive_letter"), **SENT)
    assert "Tamarisk drifted." in words(clerk.get(at(second)))
    assert "Given out by mistake." in words(visit(world.member).get(at(second)))
