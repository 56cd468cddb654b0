"""What an action answers: said at once, told in both histories, and what is under seal neither lost nor told of."""

from typing import Any

import pytest

from improvement.models import Action, ActionLine, Answer, Finding, FindingLine
from sources.seals import acting_as
from tests.world import World


def _findings(*numbers: str) -> list[Finding]:
    return list(Finding.objects.filter(number__in=numbers).select_related("seal").order_by("position"))


def _told(of: Any) -> list[str]:
    return [str(line) for line in of.lines.order_by("id")]


def test_what_it_answers_is_these_and_no_others(world: World) -> None:
    before = world.started.version
    assert Answer.say(world.started, _findings("A1"), by=world.lead, at=world.now)
    assert [finding.number for finding in world.started.findings.all()] == ["A1"]
    assert _told(world.started)[-1] == "Tom Varley said that it answers A1 and said that it no longer answers R1"
    [r1, a1] = _findings("R1", "A1")
    assert _told(r1) == ["Tom Varley said that action 1.1 no longer answers it"]
    assert _told(a1) == ["Tom Varley said that action 1.1 answers it"]
    assert world.started.version == before + 1


def test_where_nothing_changes_nothing_is_told(world: World) -> None:
    before = (world.started.version, ActionLine.objects.count(), FindingLine.objects.count())
    assert not Answer.say(world.started, _findings("R1"), by=world.lead, at=world.now)
    assert (world.started.version, ActionLine.objects.count(), FindingLine.objects.count()) == before


def _tie_to_the_letter(world: World) -> Finding:
    with acting_as(world.director):
        sealed = Finding.objects.select_related("seal").get(source=world.letter)
        now = list(world.started.findings.select_related("seal"))
        Answer.say(world.started, [*now, sealed], by=world.director, at=world.now)
    return sealed


def test_a_tie_under_seal_survives_whoever_does_not_see_it(world: World) -> None:
    sealed = _tie_to_the_letter(world)
    with acting_as(world.lead):
        Answer.say(world.started, _findings("A1"), by=world.lead, at=world.now)
        assert set(world.started.findings.values_list("number", flat=True)) == {"A1"}
    with acting_as(world.director):
        assert set(world.started.findings.values_list("pk", flat=True)) == {sealed.pk, _findings("A1")[0].pk}


def test_an_open_actions_history_and_version_tell_nothing_of_a_finding_under_seal(world: World) -> None:
    before = (_told(world.started), world.started.version)
    sealed = _tie_to_the_letter(world)
    with acting_as(world.lead):
        again = Action.objects.get(pk=world.started.pk)
        assert (_told(again), again.version) == before
        assert FindingLine.objects.filter(finding_id=sealed.pk).count() == 0
    with acting_as(world.director):
        assert _told(sealed) == ["Ruth Okafor said that action 1.1 answers it"]


def test_an_open_findings_history_tells_nothing_of_an_action_under_seal(world: World) -> None:
    [a1] = _findings("A1")
    with acting_as(world.director):
        hidden = Action.objects.create(
            plan=world.plan, theme=world.workforce, number="2.9", position=9, title="Marigold", words="We will.",
            success="Seen.", lead=world.started.lead, starts_on=world.today, due_on=world.today,
            first_due_on=world.today, seal=world.seal,
        )  # fmt: skip
        Answer.say(hidden, [a1], by=world.director, at=world.now)
        assert (_told(a1), _told(hidden)) == (
            ["Ruth Okafor said that action 2.9 answers it"],
            ["Ruth Okafor said that it answers A1"],
        )
    for part in ("lead", "member", "admin"):
        with acting_as(getattr(world, part)):
            assert _told(a1) == []


@pytest.mark.parametrize("name", ["title", "words", "success"])
def test_an_action_put_otherwise_keeps_its_former_words(world: World, name: str) -> None:
    before = getattr(world.started, name)
    world.started.amend(reason="The board asked.", by=world.lead, at=world.now, **{name: "Put otherwise."})
    line = world.started.lines.order_by("id").last()
    assert (line.verb, line.reason, line.before, line.after) == (
        "amend",
        "The board asked.",
        {name: before},
        {name: "Put otherwise."},
    )
