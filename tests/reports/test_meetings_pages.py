"""The meetings: which papers go to them, by when notice is due, and an embargo in the way, for the cleared alone."""

from datetime import date, timedelta

import pytest

from improvement.models import BankHoliday
from people.days import start_of
from people.models import Body, Meeting, Membership
from reports import keeping
from reports.meetings import clash, sitting
from sources.models import Seal, Source
from sources.seals import acting_as
from tests.reports.northmoor import composed, made_ready
from tests.world import World

READERS = ("officer", "lead", "director", "clerk", "finance", "member", "partner", "adviser")


def text_of(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("part", READERS)
def test_every_reader_of_papers_sees_the_meetings(world: World, visit, part: str) -> None:
    page = text_of(visit(getattr(world, part)).get("/meetings/"))
    day = f"{world.meeting.held_on.day} {world.meeting.held_on:%B %Y}"
    assert f">{day}</time>" in page
    assert "5 clear working days before the meeting on" in page
    assert "SI 2012/2089, regulation" in page


def test_the_administrator_does_not(world: World, visit) -> None:
    assert visit(world.admin).get("/meetings/").status_code == 403


def test_the_days_of_notice_are_those_of_the_rules(world: World, visit) -> None:
    """R12: 2 April 2019 had to be told of by 4 March and its agenda published by 25 March."""
    BankHoliday.objects.create(day=date(2019, 4, 19), name="Good Friday", listed_on=world.today)
    seed = Meeting(body=world.meeting.body, held_on=date(2019, 4, 2))
    notices = [(notice.kind.value, notice.due_on) for notice in sitting(seed, on=date(2019, 3, 1)).notices]
    assert notices == [("forward_plan", date(2019, 3, 4)), ("agenda", date(2019, 3, 25))]
    address = f"/meetings/executive/{world.meeting.held_on.isoformat()}/"
    page = text_of(visit(world.clerk).get(address))
    assert "Give notice of the key decision in the forward plan" in page
    assert "Publish the agenda and reports" in page


@pytest.mark.parametrize(
    ("part", "cleared"), [("clerk", True), ("director", True), ("finance", False), ("member", False)]
)
def test_an_embargo_in_the_way_is_told_to_the_cleared_alone(world: World, visit, part: str, cleared: bool) -> None:
    browser = visit(getattr(world, part))
    soon = Meeting.objects.create(body=world.meeting.body, held_on=world.today + timedelta(days=3))
    for page in ("/meetings/", f"/meetings/executive/{soon.held_on.isoformat()}/"):
        found = text_of(browser.get(page))
        assert ("An embargo stands in the way" in found, "Marigold" in found, "embargo" in found.lower()) == (
            cleared,
        ) * 3


def test_the_day_of_the_agenda_and_the_day_of_the_meeting_are_asked_apart(world: World) -> None:
    until = start_of(date(2019, 3, 30))
    letter = Source(title="The letter", seal=Seal(embargo_until=until, embargo_words="Not until after 29 March 2019."))

    def says(agenda_on, meeting_on):
        return clash(letter, agenda_on=agenda_on, meeting_on=meeting_on)

    assert "and ends before the meeting" in says(date(2019, 3, 25), date(2019, 4, 2))
    assert "in force on the day of the meeting" in says(date(2019, 3, 21), date(2019, 3, 29))
    assert says(date(2019, 3, 30), date(2019, 4, 8)) is None


def test_a_meeting_lists_its_papers_drafts_for_those_who_read_them(world: World, visit) -> None:
    made_ready(world)
    draft = composed(world)
    address = f"/meetings/executive/{world.meeting.held_on.isoformat()}/"
    seen = {part: draft.reference in text_of(visit(getattr(world, part)).get(address)) for part in READERS}
    assert seen == {part: part in ("director", "clerk", "finance") for part in READERS}
    with acting_as(world.director):
        keeping.issue(draft, by=world.director, at=world.now)
    assert draft.reference in text_of(visit(world.member).get(address))


def test_a_meeting_shows_who_sits(world: World, visit) -> None:
    Membership.objects.create(body=world.meeting.body, name="Cllr Ada Poole", seat="Leader of the Council")
    page = text_of(visit(world.member).get(f"/meetings/executive/{world.meeting.held_on.isoformat()}/"))
    assert ("Cllr Ada Poole" in page, "Leader of the Council" in page) == (True, True)


@pytest.mark.parametrize(
    "address", ["/meetings/executive/2026-02-30/", "/meetings/executive/1999-01-01/", "/meetings/nobody/2026-12-08/"]
)
def test_a_meeting_that_never_was_is_not_found(world: World, visit, address: str) -> None:
    assert visit(world.clerk).get(address).status_code == 404


def test_the_diary_asks_as_often_for_two_meetings_as_for_forty(world: World, visit, django_assert_num_queries) -> None:
    browser = visit(world.clerk)
    board = Body.objects.create(slug="board", name="Improvement Board", kind="board")
    browser.get("/meetings/")
    for count in (3, 40):
        Meeting.objects.bulk_create(
            Meeting(body=board, held_on=world.today + timedelta(days=count * 10 + n - count * 5)) for n in range(count)
        )
        with django_assert_num_queries(DIARY_QUERIES):
            browser.get("/meetings/")


DIARY_QUERIES = 16
"""One of them records that the reader, who is cleared, was shown papers under seal."""
