"""A finding accepted, accepted in part or declined: the rule, until when it holds, and the same in the database."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from improvement.answered import Answered
from improvement.models import Finding, Refused, Response
from improvement.responses import Reply, holds, is_declined, objection, sentence
from monitoring.visiting import next_number
from sources.seals import acting_as
from tests.world import World

ON = date(2026, 3, 7)
LATER = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("reply", "reason", "until_on", "said"),
    [
        ("accepted", "", None, None),
        ("accepted", "", LATER, None),
        ("part", "Not for one office.", LATER, None),
        ("declined", "Its contract ends.", LATER, None),
        ("part", " ", LATER, "Say why it is accepted in part: inspectors and the board will ask."),
        ("declined", "", LATER, "Say why it is declined: inspectors and the board will ask."),
        (
            "declined",
            "So.",
            None,
            "Say until when it is declined. After that day it is to be looked at again.",
        ),
        (
            "declined",
            "So.",
            ON,
            "7 March 2026 is not to come any more. Choose a later day, on which it is looked at again.",
        ),
        ("part", "So.", date(2030, 1, 1), "Choose a day within 3 years, so that somebody looks at it again."),
    ],
)
def test_a_reply_has_its_reason_and_its_end(reply: str, reason: str, until_on: date | None, said: str | None) -> None:
    assert objection(reply, reason=reason, until_on=until_on, on=ON) == said


@given(st.sampled_from(Reply), st.none() | st.dates(), st.dates())
def test_a_reason_stands_in_an_actions_place_only_while_it_is_declined(
    reply: Reply, until_on: date | None, on: date
) -> None:
    assert is_declined(reply, until_on=until_on, on=on) is (reply == Reply.DECLINED and holds(until_on, on=on))
    assert ("looked at again" in sentence(reply, until_on=until_on, on=on)) is not holds(until_on, on=on)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (Answered(), "no finding"),
        (Answered(recommendations=1), "1 recommendation"),
        (
            Answered(recommendations=10, areas=28, requirements=6),
            "10 recommendations, 28 wider areas for improvement and 6 requirements of notices",
        ),
        (Answered(areas=1, requirements=1), "1 wider area for improvement and 1 requirement of a notice"),
    ],
)
def test_what_was_asked_is_said_kind_by_kind(counts: Answered, words: str) -> None:
    assert counts.words == words


def _decline(world: World, *, days: int, reply: str = "declined") -> Finding:
    finding = Finding.objects.get(number="A1")
    Response.give(
        finding, reply, reason="The contract ends.", until_on=world.today + timedelta(days=days), by=world.director,
        at=world.now,
    )  # fmt: skip
    return finding


@pytest.mark.parametrize("reply", list(Reply))
@pytest.mark.parametrize("after", [0, 1, 10, 11, 400])
def test_the_database_counts_as_declined_what_the_rule_does(world: World, reply: Reply, after: int) -> None:
    finding, on = _decline(world, days=10, reply=reply), world.today + timedelta(days=after)
    latest = Response.objects.latest_to([finding])[finding.pk]
    declined = set(Finding.objects.to_answer().declined(on=on))
    assert (finding in declined) is latest.stands(on=on)
    assert (finding in set(Finding.objects.to_answer().unanswered(on=on))) is not latest.stands(on=on)
    counted = Finding.objects.of(world.plan).to_answer().coverage(on=on)
    assert (counted.asked, counted.answered, counted.declined) == (2, 1, len(declined))


def test_the_latest_reply_counts_and_every_former_one_is_kept(world: World) -> None:
    finding = _decline(world, days=10)
    Response.give(finding, "accepted", reason="", until_on=None, by=world.director, at=world.now)
    assert Response.objects.latest_to([finding])[finding.pk].reply == "accepted"
    assert [str(response) for response in finding.responses.all()] == ["Accepted", "Declined"]
    assert [line.says for line in finding.lines.all()] == [
        f"declined it until {world.today + timedelta(days=10):%-d %B %Y}",
        "accepted it",
    ]


def test_no_reply_can_be_changed_or_taken_back(world: World) -> None:
    finding = _decline(world, days=10)
    for deed in (lambda: finding.responses.update(reason="Another."), lambda: finding.responses.get().delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            deed()


def test_the_database_itself_wants_a_reason_and_an_end(world: World) -> None:
    finding = Finding.objects.get(number="A1")
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        Response.objects.create(finding=finding, reply="declined", reason="", by=world.director, at=world.now)


def test_a_requirement_is_taken_up_once_under_its_number(world: World) -> None:
    notice = world.plan.inspection.source
    made = Finding.require(
        notice, number="N1", words="Do so.", theme=world.workforce, by=world.clerk, at=world.now
    )  # fmt: skip
    assert (made.kind, made.seal_id, [str(line) for line in made.lines.all()]) == (
        "requirement",
        notice.seal_id,
        [f"Janet Pryce took it up from “{notice.title}” under Workforce"],
    )
    with pytest.raises(Refused, match="The plan has a requirement N1 already"):
        Finding.require(notice, number="N1", words="Or so.", theme=world.front_door, by=world.clerk, at=world.now)


def test_a_requirement_under_seal_keeps_no_number_from_an_open_one(world: World) -> None:
    open_one = world.plan.inspection.source
    asked = {"words": "Do so.", "theme": world.workforce, "by": world.director, "at": world.now}
    with acting_as(world.director):
        Finding.require(world.letter, number="N1", **asked)
        assert (next_number(open_one), next_number(world.letter)) == ("N1", "N2")
        made = Finding.require(open_one, number="N1", **asked)
        with transaction.atomic(), pytest.raises(Refused, match="The plan has a requirement N1 already"):
            Finding.require(world.letter, number="N1", **asked)
    with acting_as(world.member):
        assert list(Finding.objects.requirements()) == [made]
