"""Visits are public; their letters are for those who are cleared on them, and for nobody else by so much as a hint."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils.dateformat import format as dated

from improvement.models import DayRange, Finding, Inspection, Judgement
from monitoring.models import Instrument, Letter, Visit
from people.models import Body, Meeting
from sources.models import Seal, Source
from sources.seals import acting_as, stamp
from tests.world import SEALED, World, exempt

CLEARED = ("director", "clerk")
OTHERS = ("officer", "lead", "finance", "member", "partner", "adviser")


def main(page: bytes | str) -> str:
    """What a page says, without the token that its sign-out button carries."""
    text = page if isinstance(page, str) else page.decode()
    return text[text.index("<main") : text.index("</main>")]


def read(visit: Any, person: Any, address: str) -> str:
    page = visit(person).get(address)
    assert page.status_code == 200
    return page.content.decode()


def address(world: World) -> str:
    return f"/visits/{world.visit.reference}/"


@pytest.mark.parametrize("part", CLEARED)
def test_the_cleared_read_the_letter_and_its_terms(world: World, visit: Any, part: str) -> None:
    page = read(visit, getattr(world, part), address(world))
    assert "Letter of monitoring visit 1: Marigold" in page
    assert SEALED in page
    assert "Not progressed" in page
    assert "(Local Government Act 1972, section 100A(3)(a); SI 2012/2089, regulation 2)" in page
    until = world.now + timedelta(days=7)
    assert f"Confidential until {dated(until, 'j F Y')} at " in page
    assert "; released only by two people" in page


@pytest.mark.parametrize("part", OTHERS)
def test_others_read_of_the_visit_and_nothing_of_its_letter(world: World, visit: Any, part: str) -> None:
    for where in (address(world), "/visits/"):
        page = read(visit, getattr(world, part), where)
        assert "The front door" in page
        assert "Contacts and thresholds." in page
        for word in (SEALED, "Marigold", "Draft received", "Confidential", "embargo", "two people"):
            assert word not in page


@pytest.mark.parametrize("part", OTHERS)
def test_a_visit_with_a_sealed_letter_looks_to_others_like_one_without_a_letter(
    world: World, visit: Any, part: str
) -> None:
    with_letter = main(read(visit, getattr(world, part), address(world)))
    with acting_as(world.director):
        Letter.objects.all().delete()
        connection.cursor().execute("DELETE FROM improvement_finding WHERE kind = 'visit'")
    assert main(read(visit, getattr(world, part), address(world))) == with_letter


def test_a_sealed_finding_and_one_that_never_was_are_answered_alike(world: World, visit: Any) -> None:
    with acting_as(world.director):
        sealed = Finding.objects.of_visits().get().reference
    assert SEALED in read(visit, world.director, f"/findings/{sealed}/")
    hidden = visit(world.member).get(f"/findings/{sealed}/")
    absent = visit(world.member).get("/findings/2222222222/")
    assert hidden.status_code == absent.status_code == 404
    assert main(hidden.content) == main(absent.content)
    assert main(visit(world.member).get("/visits/2222222222/").content) == main(absent.content)


def test_once_released_everyone_reads_the_letter(world: World, visit: Any) -> None:
    with acting_as(world.director):
        seal = Seal.make(exempt(), by=world.director)
        seal.clear(world.clerk)
        letter = Source.objects.create(
            kind="letter", title="Letter of visit 2", from_whom="Ofsted", received_on=world.today, seal=seal,
            words="Thresholds are understood.",
        )  # fmt: skip
        second = Visit.objects.create(
            inspection=world.plan.inspection, ordinal=2, starts_on=world.today, ends_on=world.today, focus="Care",
            areas="Care plans.", inspectors="Two",
        )  # fmt: skip
        Letter.objects.create(visit=second, source=letter, seal=seal, state="final", final_received_on=world.today)
    where = f"/visits/{second.reference}/"
    assert "Exempt; released only by two people" in read(visit, world.director, where)
    assert "Thresholds are understood." not in read(visit, world.member, where)
    stamp(world.director)
    seal.propose_release()
    stamp(world.clerk)
    seal.confirm_release()
    stamp(None)
    page = read(visit, world.member, where)
    assert "Thresholds are understood." in page
    assert "Final letter received" in page
    assert "released only" not in page


def test_the_list_says_whether_ofsted_publishes_and_puts_the_latest_first(world: World, visit: Any) -> None:
    Visit.objects.create(
        inspection=world.plan.inspection, ordinal=2, starts_on=world.today, ends_on=world.today, focus="Care leavers",
        areas="Housing.", inspectors="Two",
    )  # fmt: skip
    page = read(visit, world.member, "/visits/")
    assert page.index("Visit 2: Care leavers") < page.index("Visit 1: The front door")
    assert page.count("Ofsted publishes its letter.") == page.count("Ofsted does not publish its letter.") == 1


def test_the_inspection_page_gives_judgements_days_duties_and_the_history_of_intervention(
    world: World, visit: Any
) -> None:
    inspection = world.plan.inspection
    for days in (60, 40):
        on = inspection.received_on - timedelta(days=days)
        DayRange.objects.create(inspection=inspection, starts_on=on, ends_on=on + timedelta(days=4))
    Judgement.objects.create(
        inspection=inspection, key="leaders", label="The impact of leaders", grade="inadequate", position=1
    )
    Judgement.objects.create(inspection=inspection, key="care_leavers", label="Children care leavers", position=2)
    notice = world.today - timedelta(days=90)
    Instrument.objects.create(inspection=inspection, kind="notice", issued_on=notice, words="Improve within a year.")
    board = Body.objects.create(slug="board", name="Improvement board", kind="board")
    Meeting.objects.create(body=board, held_on=world.today - timedelta(days=2))
    page = read(visit, world.member, "/inspection/")
    for words in (
        "The impact of leaders", "Inadequate", "Children care leavers", "Not graded", "Northmoor Council",
        "Improvement notice", "Improve within a year.", "70 working days after receipt on",
        "Education and Inspections Act 2006, section 137", "Publish and send the statement of action",
        "First monitoring visit expected", "Review by the Department for Education", "Improvement board",
    ):  # fmt: skip
        assert words in page, words
    for on in inspection.day_ranges.values_list("starts_on", flat=True):
        assert f"{on.day} {on:%B %Y}" in page
    assert "Re-inspection" not in page
    Inspection.objects.update(published_on=inspection.received_on + timedelta(days=5))
    assert "An estimate" in read(visit, world.member, "/inspection/")


@pytest.mark.parametrize("where", ["/visits/", "/findings/", "/inspection/"])
def test_an_administrator_is_told_why_not(world: World, visit: Any, where: str) -> None:
    page = visit(world.admin).get(where)
    assert page.status_code == 403
    assert "Your role does not let you read the improvement plan." in page.content.decode()


@pytest.mark.parametrize(("where", "queries"), [("/visits/", 13), ("{visit}", 14)])  # one of them to record
def test_a_hundred_visits_or_findings_take_as_many_queries_as_three(
    world: World, visit: Any, django_assert_num_queries: Any, where: str, queries: int
) -> None:
    where = where.format(visit=address(world))
    browser = visit(world.director)
    with django_assert_num_queries(queries):
        browser.get(where)
    with acting_as(world.director):
        for n in range(2, 100):
            Visit.objects.create(
                inspection=world.plan.inspection, ordinal=n, starts_on=world.today, ends_on=world.today, focus="Care",
                areas="Care plans.", inspectors="Two",
            )  # fmt: skip
            Finding.objects.create(
                source=world.letter, seal=world.seal, theme=world.workforce, kind="visit", number=str(n), words="More.",
                polarity="mixed", position=n,
            )  # fmt: skip
    with django_assert_num_queries(queries):
        browser.get(where)
