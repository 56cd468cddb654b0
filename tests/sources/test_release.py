"""Who can open a seal, when and how; what opens with it; and that the past stays as it was known."""

import random
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from improvement.models import Finding
from monitoring.models import Letter, Standing
from monitoring.position import position
from people.models import Grant, Person
from people.roles import Role
from reports.models import Paper, Passage, Section
from sources.models import Clearance, Correction, Proposal, Refused, Seal, SealLine, Source
from sources.seals import acting_as, stamp
from tests.monitoring.histories import an_action_more
from tests.world import SEALED, World, confidential

NO_DIRECTOR = "Only a director who is cleared on a document can propose its release."
NO_CLERK = "Only a clerk who is cleared on a document can confirm its release."
NO_CORRECTOR = "Only a director or clerk who is cleared on a document can correct when its embargo ends."
EARLY = "The embargo has not ended, so nobody can {} the release yet."
RELEASED = "The document has been released, and a released document is not closed or opened again."


@pytest.fixture
def over(world: World) -> World:
    """The world once its letter’s embargo has ended: two people have said that it ended a minute ago."""
    correct(world, world.now - timedelta(minutes=1), by=(world.director, world.clerk))
    return world


def correct(world: World, until: datetime, *, by: tuple[Person, Person]) -> None:
    with acting_as(by[0]):
        world.seal.propose_instant(until, words=f"Until {until}.")
        key = Correction.objects.of(world.seal)[0].key
    with acting_as(by[1]):
        world.seal.confirm_instant(key)


def refused(person: Person | None, deed: Any, *given: Any, **named: Any) -> str:
    """The sentence with which the database refuses."""
    with acting_as(person), pytest.raises(Refused) as said:
        deed(*given, **named)
    return str(said.value)


def is_open(world: World) -> bool:
    with acting_as(None):
        return Source.objects.filter(pk=world.letter.pk).exists()


def release(world: World) -> None:
    with acting_as(world.director):
        world.seal.propose_release(reason="The embargo is over.")
    with acting_as(world.clerk):
        world.seal.confirm_release()


def test_a_director_and_then_a_clerk_release_and_both_are_kept(over: World) -> None:
    assert not is_open(over)
    with acting_as(over.director):
        over.seal.propose_release(reason="The embargo is over.")
    assert not is_open(over)
    with acting_as(over.clerk):
        over.seal.confirm_release()
    assert is_open(over)
    over.seal.refresh_from_db()
    assert (over.seal.released_by, over.seal.second_by) == (over.director, over.clerk)
    assert over.seal.released_at is not None
    assert over.seal.embargo_until is not None
    assert over.seal.released_at > over.seal.embargo_until
    told = [(str(line.by), line.says, line.reason) for line in SealLine.objects.filter(seal=over.seal)][-2:]
    assert told == [
        ("Ruth Okafor", "proposed the release", "The embargo is over."),
        ("Janet Pryce", "confirmed the release", ""),
    ]


def test_a_clerk_cannot_begin_and_a_director_cannot_end(over: World) -> None:
    assert refused(over.clerk, over.seal.propose_release) == NO_DIRECTOR
    assert refused(over.clerk, over.seal.confirm_release) == "A director must propose the release first."
    with acting_as(over.director):
        over.seal.propose_release()
    assert refused(over.director, over.seal.confirm_release) == NO_CLERK
    assert not is_open(over)


def test_one_person_who_is_director_and_clerk_cannot_do_both(over: World) -> None:
    Grant.give(over.director, Role.CLERK, by=None, at=over.now)
    with acting_as(over.director):
        over.seal.propose_release()
    sentence = "The person who proposed a release cannot confirm it."
    assert refused(over.director, over.seal.confirm_release) == sentence
    assert not is_open(over)


def test_a_director_and_a_clerk_who_are_not_cleared_can_do_neither(over: World) -> None:
    Grant.give(over.member, Role.DIRECTOR, by=None, at=over.now)
    Grant.give(over.partner, Role.CLERK, by=None, at=over.now)
    assert refused(over.member, over.seal.propose_release) == NO_DIRECTOR
    with acting_as(over.director):
        over.seal.propose_release()
    assert refused(over.partner, over.seal.confirm_release) == NO_CLERK
    assert not is_open(over)


@pytest.mark.parametrize("part", ["admin", "officer", "lead", "finance", "member", "adviser", "partner"])
def test_a_clearance_without_the_role_releases_nothing_an_administrator_s_least_of_all(over: World, part: str) -> None:
    someone = getattr(over, part)
    with acting_as(over.director):
        over.seal.clear(someone)
        over.seal.propose_release()
    assert refused(someone, over.seal.propose_release) == NO_DIRECTOR
    assert refused(someone, over.seal.confirm_release) == NO_CLERK
    assert refused(someone, over.seal.propose_instant, over.now, words="Now.") == NO_CORRECTOR
    assert not is_open(over)


def test_nobody_is_told_by_a_refusal_whether_there_is_such_a_seal(world: World) -> None:
    absent = Seal(pk=5)
    for seal in (world.seal, absent):
        assert refused(world.member, seal.propose_release) == NO_DIRECTOR
        assert refused(None, seal.confirm_release) == NO_CLERK
        assert refused(world.member, seal.withdraw, world.clerk).startswith("Only someone cleared")
        assert refused(world.member, seal.clear, world.member).startswith("Only someone cleared")
        assert refused(world.member, seal.propose_instant, world.now, words="Now.") == NO_CORRECTOR


def test_before_the_end_nobody_proposes_and_nobody_confirms_what_was_proposed_before(over: World) -> None:
    with acting_as(over.director):
        over.seal.propose_release()
    correct(over, over.now + timedelta(days=2), by=(over.clerk, over.director))
    assert refused(over.director, over.seal.propose_release) == EARLY.format("propose")
    assert refused(over.clerk, over.seal.confirm_release) == EARLY.format("confirm")
    correct(over, over.now - timedelta(days=2), by=(over.clerk, over.director))
    # The proposal lapsed with the terms on which it was made.
    assert refused(over.clerk, over.seal.confirm_release) == "A director must propose the release first."
    assert not is_open(over)


@pytest.mark.parametrize(("part", "deed"), [("director", "propose_release"), ("clerk", "confirm_release")])
def test_a_role_that_ended_today_releases_nothing(over: World, part: str, deed: str) -> None:
    with acting_as(over.director):
        over.seal.propose_release()
    Grant.objects.filter(person=getattr(over, part)).update(ends_on=over.today)
    assert refused(getattr(over, part), getattr(over.seal, deed)) in (NO_DIRECTOR, NO_CLERK)
    assert not is_open(over)


@pytest.mark.parametrize("how", ["clearance", "grant", "account"])
def test_a_proposal_lapses_with_the_standing_of_whoever_made_it(over: World, how: str) -> None:
    with acting_as(over.director):
        over.seal.propose_release()
    if how == "clearance":
        with acting_as(over.clerk):
            over.seal.withdraw(over.director)
    elif how == "grant":
        Grant.objects.filter(person=over.director).update(ends_on=over.today)
    else:
        Person.objects.filter(pk=over.director.pk).update(is_active=False)
    sentence = "Whoever proposed the release is no longer a director cleared on the document. Another must propose it."
    assert refused(over.clerk, over.seal.confirm_release) == sentence
    assert not is_open(over)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE sources_seal SET released_at = now(), released_by_id = {director}, second_by_id = {clerk}",
        "UPDATE sources_seal SET embargo_until = now()",
        "UPDATE sources_source SET seal_id = 0 WHERE seal_id > 1",
        "UPDATE sources_source SET seal_id = {seal} WHERE seal_id = 0",
        "INSERT INTO sources_proposal (seal_id, by_id, at, reason) VALUES ({seal}, {director}, now(), '')",
        "DELETE FROM sources_proposal",
        "INSERT INTO sources_correction (seal_id, key, by_id, at, was_words, until, words)"
        " VALUES ({seal}, gen_random_uuid(), {director}, now(), '', now(), 'x')",
        "UPDATE sources_correction SET second_by_id = {clerk}, second_at = now()",
        "DELETE FROM sources_correction",
        "INSERT INTO sources_sealline (seal_id, at, verb, says, reason, before, after)"
        " VALUES ({seal}, now(), 'x', 'x', '', '{{}}', '{{}}')",
        "UPDATE sources_sealline SET says = 'nothing'",
        "DELETE FROM sources_sealline",
        "UPDATE sources_clearance SET withdrawn_at = NULL",
        "SELECT seal_line({seal}, 'x', 'x', 'x')",
        "SELECT take_in_hand({seal})",
        "SELECT is_cleared_as({clerk}, {seal}, ARRAY['clerk'])",
        "SET ROLE improvement_keeper",
        "SET SESSION AUTHORIZATION improvement_keeper",
    ],
)
def test_the_web_role_can_do_none_of_it_by_hand_whoever_it_acts_for(over: World, sql: str) -> None:
    stamp(over.director)
    statement = sql.format(director=over.director.pk, clerk=over.clerk.pk, seal=over.seal.pk)
    expected = r"permission denied|stays under the seal"
    with pytest.raises(DatabaseError, match=expected), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert not is_open(over)


def test_what_was_released_is_never_closed_again_nor_anything_else_done_with_its_seal(over: World) -> None:
    release(over)
    later = over.now + timedelta(days=30)
    assert [
        refused(over.director, over.seal.propose_release),
        refused(over.clerk, over.seal.confirm_release),
        refused(over.clerk, over.seal.propose_instant, later, words="Later."),
        refused(over.clerk, over.seal.confirm_instant, Correction.objects.get().key),
        refused(over.director, over.seal.clear, over.member),
        refused(over.director, over.seal.withdraw, over.clerk),
    ] == [RELEASED] * 6
    stamp(over.director)
    other = Seal.make(confidential(), by=over.director)
    with pytest.raises(DatabaseError, match="stays under the seal"), transaction.atomic():
        Source.objects.filter(pk=over.letter.pk).update(seal=other)
    assert is_open(over)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE sources_seal SET released_at = NULL, released_by_id = NULL, second_by_id = NULL WHERE id = {seal}",
        "UPDATE sources_seal SET embargo_until = now() + interval '1 day' WHERE id = {seal}",
        "UPDATE sources_seal SET kind = 'draft' WHERE id = {seal}",
        "DELETE FROM sources_seal WHERE id = {seal}",
        "INSERT INTO sources_seal (id, kind, citation, made_at) VALUES (9, 'confidential', '', now())",
        "SELECT make_seal({seal}, 'confidential', 'court', NULL, '', '', NULL, '')",
        "SELECT make_seal(0, 'confidential', 'court', NULL, '', '', NULL, '')",
        "SELECT propose_instant({seal}, now() + interval '1 day', 'Tomorrow.')",
        "SELECT confirm_instant({seal}, gen_random_uuid())",
        "SELECT propose_release({seal})",
        "SELECT withdraw_clearance({seal}, {clerk})",
        "SELECT clear_person({seal}, {member})",
        "UPDATE sources_source SET seal_id = {other} WHERE seal_id = {seal}",
        "UPDATE improvement_finding SET seal_id = {other} WHERE seal_id = {seal}",
        "UPDATE monitoring_letter SET seal_id = {other} WHERE seal_id = {seal}",
        "UPDATE improvement_finding SET seal_id = {other} WHERE seal_id = 0",
    ],
)
def test_what_was_released_is_not_closed_by_hand_nor_by_any_function(over: World, sql: str) -> None:
    release(over)
    stamp(over.director)
    other = Seal.make(confidential(), by=over.director)
    people = {"clerk": over.clerk.pk, "member": over.member.pk}
    expected = r"permission denied|stays under the seal|duplicate key|has been released"
    with pytest.raises(DatabaseError, match=expected), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(seal=over.seal.pk, other=other.pk, **people))
    assert is_open(over)


def test_a_correction_keeps_who_when_the_old_and_the_new_with_both_sentences(world: World) -> None:
    until = world.now + timedelta(days=3)
    was = world.seal.embargo_until
    correct(world, until, by=(world.clerk, world.director))
    with acting_as(world.director):
        row = Correction.objects.get()
        world.seal.refresh_from_db()
    assert (row.by, row.second_by, row.was_until, row.until) == (world.clerk, world.director, was, until)
    assert (row.was_words, row.words) == ("Not to be disclosed until seven days have passed.", f"Until {until}.")
    assert world.now <= row.at <= row.second_at
    assert (world.seal.embargo_until, world.seal.embargo_words) == (until, row.words)
    assert not Correction.objects.exists()  # nobody else can tell that there was one


def test_a_correction_takes_a_sentence_another_instant_and_another_person(world: World) -> None:
    until = world.now + timedelta(days=3)
    proposes = world.seal.propose_instant
    assert refused(world.clerk, proposes, until, words=" ") == "Quote the sentence that sets the end of the embargo."
    assert refused(world.clerk, proposes, None, words="Never.") == (
        "An embargo is corrected to another instant, never to none."
    )
    assert refused(world.clerk, proposes, world.seal.embargo_until, words=world.seal.embargo_words) == (
        "This is when the embargo ends already."
    )
    far = until.replace(year=9000)
    assert "somebody now alive" in refused(world.clerk, proposes, far, words="For ever.")
    assert refused(world.director, world.seal.confirm_instant, uuid.uuid4()) == (
        "Somebody must propose another instant first."
    )  # fmt: skip


def test_an_instant_cannot_be_confirmed_by_its_proposer_nor_once_the_proposer_is_not_cleared(world: World) -> None:
    with acting_as(world.clerk):
        world.seal.propose_instant(world.now, words="Now.")
        key = Correction.objects.get().key
    own = "The person who proposed an instant cannot confirm it."
    assert refused(world.clerk, world.seal.confirm_instant, key) == own
    with acting_as(world.director):
        world.seal.withdraw(world.clerk)
    gone = "Whoever proposed the instant is no longer cleared on the document. Another must propose it."
    assert refused(world.director, world.seal.confirm_instant, key) == gone
    with acting_as(world.director):
        world.seal.refresh_from_db()
    assert world.seal.embargo_until == world.now + timedelta(days=7)


def test_the_last_clearance_is_never_withdrawn_and_a_closed_account_does_not_count(world: World) -> None:
    last = (
        "Nobody else is cleared, and the last clearance cannot be withdrawn: nobody could see or release the document."
    )
    with acting_as(world.director):
        world.seal.withdraw(world.clerk, reason="Has left the team.")
    assert refused(world.director, world.seal.withdraw, world.director) == last
    with acting_as(world.director):
        world.seal.clear(world.clerk)
        assert Clearance.objects.filter(seal=world.seal, withdrawn_at=None).count() == 2
    Person.objects.filter(pk=world.clerk.pk).update(is_active=False)
    assert refused(world.director, world.seal.withdraw, world.director) == last
    with acting_as(world.director):
        told = [(line.says, line.reason) for line in SealLine.objects.filter(seal=world.seal)][-3:]
    assert told == [
        ("cleared Janet Pryce", ""),
        ("withdrew the clearance of Janet Pryce", "Has left the team."),
        ("cleared Janet Pryce", ""),
    ]


def test_what_a_person_no_longer_cleared_saw_they_see_no_more(world: World) -> None:
    with acting_as(world.director):
        world.seal.withdraw(world.clerk)
    with acting_as(world.clerk):
        assert not Letter.objects.exists()
        assert not Proposal.objects.exists()


def test_a_release_opens_the_letter_its_findings_and_the_passages_that_quote_it(over: World, visit: Any) -> None:
    with acting_as(over.director):
        finding = Finding.objects.of_visits().get()
        paper = Paper.objects.create(title="Progress", composed_at=over.now, state="draft")
        section = Section.objects.create(paper=paper, number="2", heading="Background", position=1)
        Passage.objects.create(section=section, position=1, kind="paragraph", text=SEALED, own_seal=over.seal)
    member = visit(over.member)
    wheres = (f"/visits/{over.visit.reference}/", f"/papers/{paper.reference}/", f"/findings/{finding.reference}/")
    assert [SEALED in member.get(where).text for where in wheres] == [False, False, False]
    release(over)
    assert [SEALED in member.get(where).text for where in wheres] == [True, True, True]
    page = member.get(wheres[0]).text
    assert "Letter of monitoring visit 1: Marigold" in page
    assert "released only by two people" not in page


def test_figures_of_the_days_before_a_release_stay_as_they_were_known(over: World) -> None:
    with acting_as(over.director):
        an_action_more(over, random.Random(1), 9, seal=over.seal)
    days = [over.today - timedelta(days=back) for back in (60, 1)]

    def known() -> list[tuple[int, int]]:
        with acting_as(over.member):
            return [(position(over.plan, on=day).total.all, Standing.objects.on(day).count()) for day in days]

    before = known()
    with acting_as(over.member):
        hidden = position(over.plan, on=over.today).total.all
    release(over)
    assert known() == before
    with acting_as(over.member):
        assert position(over.plan, on=over.today).total.all == hidden + 1
