"""The clock: around the end of an embargo nobody sees anything by it; before it nothing can be done, from it on it can.

Nine instants around each of three ends, written out by hand in UTC: the seed's end at the turn of 29 to 30 March 2019,
a day before summer time begins; an hour that comes twice in October; and a midnight in summer, an hour before UTC's.
"""

import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings

from monitoring.models import Letter, Visit
from sources.embargo import proposal
from sources.models import Source
from sources.seals import acting_as
from tests.conftest import FAST_HASHERS
from tests.trust.timekeeping import Clock, server_with_a_clock
from tests.world import World, build, confidential

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="libfaketime is loaded as Linux loads a library")
WORD = "Quillwort"
READERS, CLEARED = ("officer", "lead", "finance", "member", "adviser", "partner"), ("director", "clerk")
EARLY = "The embargo has not ended, so nobody can propose the release yet."


@dataclass(frozen=True)
class End:
    """The sentence that sets an end, the end itself, and what lies around it."""

    sentence: str
    until: str
    around: dict[str, str]


ENDS = {
    "march": End(
        "Findings are available from 29 March 2019; they must not be disclosed until after 29 March 2019.",
        "2019-03-30 00:00:00",
        {
            "a day before, which is where “from 29 March” would open it": "2019-03-29 00:00:00",
            "its midnight by a server’s clock at UTC+14": "2019-03-29 10:00:00",
            "an hour before, its midnight as summer time": "2019-03-29 23:00:00",
            "a second before": "2019-03-29 23:59:59",
            "the end, its midnight in UTC too": "2019-03-30 00:00:00",
            "a second after": "2019-03-30 00:00:01",
            "an hour after": "2019-03-30 01:00:00",
            "a day after": "2019-03-31 00:00:00",
            "as the clocks go forward": "2019-03-31 01:00:00",
        },
    ),
    "october": End(
        "Not to be disclosed before 1.30 am on 27 October 2019.",
        "2019-10-27 01:30:00",
        {
            "a day before": "2019-10-26 01:30:00",
            "its time by a server’s clock at UTC+14": "2019-10-26 11:30:00",
            "an hour before, when London’s clocks show 1.30 for the first time": "2019-10-27 00:30:00",
            "as the clocks go back": "2019-10-27 01:00:00",
            "a second before": "2019-10-27 01:29:59",
            "the end, when they show it again, and its time in UTC": "2019-10-27 01:30:00",
            "a second after": "2019-10-27 01:30:01",
            "an hour after": "2019-10-27 02:30:00",
            "a day after": "2019-10-28 01:30:00",
        },
    ),
    "midsummer": End(
        "This letter is under embargo until after 23 June 2019.",
        "2019-06-23 23:00:00",
        {
            "a day before": "2019-06-22 23:00:00",
            "its midnight by a server’s clock at UTC+14": "2019-06-23 10:00:00",
            "an hour before": "2019-06-23 22:00:00",
            "a second before": "2019-06-23 22:59:59",
            "the end": "2019-06-23 23:00:00",
            "a second after": "2019-06-23 23:00:01",
            "an hour after, its midnight in UTC": "2019-06-24 00:00:00",
            "its midnight by a clock in New York": "2019-06-24 04:00:00",
            "a day after": "2019-06-24 23:00:00",
        },
    ),
}
CASES = [pytest.param(end, then, id=f"{end}: {why}") for end in ENDS for why, then in ENDS[end].around.items()]


def instant(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


@dataclass
class Sealed:
    """The world, and its letter under seal for each end."""

    clock: Clock
    world: World
    letters: dict[str, Source]
    visits: dict[str, Visit]


@pytest.fixture(scope="module")
def sealed(django_db_setup: None, django_db_blocker: Any) -> Iterator[Sealed]:
    """Northmoor as it stood on 1 March 2019, on a server whose clock we set."""
    with django_db_blocker.unblock(), server_with_a_clock() as clock:
        with (
            clock.at(datetime(2019, 3, 1, 9, tzinfo=UTC)),
            override_settings(PASSWORD_HASHERS=FAST_HASHERS),
            transaction.atomic(),
        ):
            world = build()
            visits = {end: _visit(world, number) for number, end in enumerate(ENDS, start=2)}
            letters = {end: _letter(world, end, visits[end]) for end in ENDS}
        yield Sealed(clock, world, letters, visits)


def _visit(world: World, ordinal: int) -> Visit:
    return Visit.objects.create(
        inspection=world.plan.inspection, ordinal=ordinal, starts_on=world.today, ends_on=world.today,
        focus="Thresholds", areas="Consent.", inspectors="Two inspectors",
    )  # fmt: skip


def _letter(world: World, end: str, visit: Visit) -> Source:
    reading = proposal(ENDS[end].sentence)
    assert reading is not None
    with acting_as(world.director):
        letter = Letter.receive(
            visit, state="draft", terms=confidential(until=reading.until, words=ENDS[end].sentence),
            cleared=[world.clerk], title=f"{WORD} {end}", from_whom="Ofsted", received_on=world.today,
            words=f"{WORD} drifted.", by=world.director, at=world.now,
        )  # fmt: skip
        return letter.source


@pytest.fixture(autouse=True)
def _database_within_reach(django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


class Browsers(dict[str, Client]):
    """Everybody who reads, signed in at the instant."""

    def __init__(self, world: World) -> None:
        for part in (*READERS, *CLEARED):
            self[part] = Client()
            self[part].force_login(getattr(world, part))

    def send(self, part: str, where: str, **said: str) -> Any:
        """What becomes of a form that somebody sends."""
        return self[part].post(where, {"once": str(uuid.uuid4()), **said})

    def seeing(self, *pages: str) -> set[str]:
        """Who finds a word of the letter there."""
        return {part for part, browser in self.items() for page in pages if WORD in browser.get(page).text}


@pytest.mark.parametrize("end", ENDS)
def test_the_sentence_is_read_as_the_instant_that_was_worked_out_by_hand(end: str) -> None:
    reading = proposal(ENDS[end].sentence)
    assert reading is not None
    assert reading.until == instant(ENDS[end].until)
    assert len(set(ENDS[end].around.values())) == 9


@pytest.mark.parametrize(("end", "then"), CASES)
def test_time_opens_nothing_and_two_people_only_from_the_end_on(sealed: Sealed, end: str, then: str) -> None:
    reference = sealed.letters[end].reference
    pages = (f"/visits/{sealed.visits[end].reference}/", f"/documents/{reference}/")
    release = f"/seals/{reference}/release/"
    with sealed.clock.at(instant(then)), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            assert cursor.fetchone() == (instant(then),)
        people = Browsers(sealed.world)
        assert people.seeing(*pages) == {*CLEARED}
        proposed = people.send("director", release, reason="It has ended.")
        assert WORD not in people["member"].get(pages[0]).text
        confirmed = people.send("clerk", f"{release}second/")
        if instant(then) < instant(ENDS[end].until):
            assert (proposed.status_code, EARLY in proposed.text, confirmed.status_code) == (409, True, 409)
            assert people.seeing(*pages) == {*CLEARED}
        else:
            assert (proposed.status_code, confirmed.status_code) == (302, 302)
            assert people.seeing(*pages) == {*READERS, *CLEARED}
        transaction.set_rollback(True)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
@pytest.mark.parametrize("end", ENDS)
def test_the_time_zone_of_a_session_changes_nothing(sealed: Sealed, end: str, zone: str) -> None:
    until, reference = instant(ENDS[end].until), sealed.letters[end].reference
    for then, status in ((until - timedelta(seconds=1), 409), (until, 302)):
        with sealed.clock.at(then, zone=zone), transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SHOW TimeZone")
                assert cursor.fetchone() == (zone,)
            people = Browsers(sealed.world)
            assert people.send("director", f"/seals/{reference}/release/", reason="It ended.").status_code == status
            transaction.set_rollback(True)
