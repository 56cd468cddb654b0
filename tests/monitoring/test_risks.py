"""What a risk and a resource remember: every deed one line, what it said before, and how it stood on a former day."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from improvement.models import Action, Refused
from monitoring.models import Assessment, Resource, Risk
from monitoring.risks import Direction, Level, direction, level
from sources.models import Seal
from sources.seals import acting_as
from tests.world import World, confidential

WORDS: dict[str, Any] = {
    "title": "Agency social workers leave together",
    "cause": "Contracts end in one month",
    "event": "a team is left with half its workers",
    "effect": "children lose the person they know",
}


WHY = "Say why it is corrected: what it said before stays in its history."
NOTHING = "Nothing has been changed. Correct what is wrong, or go back."


def judged(world: World, likelihood: int = 3, impact: int = 4, **other: Any) -> dict[str, Any]:
    """An assessment as the verb takes it."""
    return {
        "likelihood": likelihood, "impact": impact, "mitigation": "Notice dates are spread over the quarter.",
        "review_on": world.today + timedelta(days=30), **other,
    }  # fmt: skip


def a_risk(world: World, *, days_ago: int = 40, **other: Any) -> Risk:
    """A risk of the workforce, tied to action 2.1, raised by the director."""
    at = world.now - timedelta(days=days_ago)
    asked: dict[str, Any] = WORDS | {
        "lead": world.theirs.lead, "themes": [world.workforce], "actions": [world.theirs], "by": world.director,
        "at": at, **judged(world), **other,
    }  # fmt: skip
    return Risk.enter(world.plan, **asked)


def a_resource(world: World, **other: Any) -> Resource:
    """Money and posts for the front door."""
    asked: dict[str, Any] = {
        "title": "Front door team", "kind": "recurring", "amount": 240_000, "posts": Decimal("4.5"),
        "funding": "The budget of the year", "purpose": "Answering every contact within a day",
        "secured_on": world.today - timedelta(days=60), "until_on": None, "lead": world.started.lead,
        "themes": [world.front_door], "actions": [world.started], "by": world.director, "at": world.now, **other,
    }  # fmt: skip
    return Resource.secure(world.plan, **asked)


def says(record: Any) -> list[tuple[str, str, str]]:
    """Its history."""
    return [(line.verb, line.says, line.reason) for line in record.lines.all()]


def test_every_deed_on_a_risk_is_one_line_of_its_history(world: World) -> None:
    risk = a_risk(world)
    at = {"by": world.director, "at": world.now}
    risk.assess(**judged(world, 4, 4, words="Two gave notice."), **at)
    risk.tie(themes=[world.workforce, world.front_door], actions=[], **at)
    risk.correct(reason="A plainer name", title="Agency workers leave", lead=world.started.lead, **at)
    risk.close(reason="All posts are filled.", **at)
    risk.reopen(reason="Three more gave notice.", **at)
    assert says(risk) == [
        ("raise", "raised it, scored 12 (high)", ""),
        ("assess", "assessed it at 16 (very high), up from 12", "Two gave notice."),
        ("tie", "tied it to the theme “Front door” and untied it from action 2.1", ""),
        ("correct", "corrected its title and lead", "A plainer name"),
        ("close", "closed it", "All posts are filled."),
        ("reopen", "reopened it", "Three more gave notice."),
    ]
    corrected = risk.lines.get(verb="correct")
    assert (corrected.before["title"], corrected.after["title"]) == (WORDS["title"], "Agency workers leave")


def test_every_deed_on_a_resource_is_one_line_of_its_history(world: World) -> None:
    resource = a_resource(world)
    at = {"by": world.director, "at": world.now}
    resource.buy(words="Three workers began.", bought_on=world.today, **at)
    resource.correct(reason="The grant was larger", amount=250_000, **at)
    secured_on = f"{resource.secured_on.day} {resource.secured_on:%B %Y}"
    assert [(verb, said) for verb, said, _ in says(resource)] == [
        ("secure", f"recorded it as secured on {secured_on}"),
        ("buy", f"said what it had bought by {world.today.day} {world.today:%B %Y}"),
        ("correct", "corrected its amount"),
    ]
    assert resource.lines.get(verb="correct").before == {"amount": "240000"}


@pytest.mark.parametrize(
    ("verb", "given", "sentence"),
    [
        ("assess", {"mitigation": ""}, "Say what is being done about it: the committee reads it beside the score."),
        ("close", {"reason": " "}, "Say why it is closed: because it has passed, or because it has happened."),
        ("reopen", {"reason": "It came back"}, "This risk is open already."),
        ("correct", {"reason": "So", "title": WORDS["title"]}, NOTHING),
        ("correct", {"reason": "", "title": "New"}, WHY),
        ("tie", {"themes": [], "actions": []}, "Choose at least one theme that it bears upon."),
    ],
)  # fmt: skip
def test_a_deed_on_a_risk_that_cannot_stand_is_refused_and_leaves_no_line(
    world: World, verb: str, given: dict[str, Any], sentence: str
) -> None:
    risk = a_risk(world)
    told = judged(world) | given if verb == "assess" else given
    with pytest.raises(Refused) as refused, transaction.atomic():
        getattr(risk, verb)(**told, by=world.director, at=world.now)
    assert (str(refused.value), len(says(risk))) == (sentence, 1)


def test_a_closed_risk_is_neither_assessed_nor_closed_again(world: World) -> None:
    risk = a_risk(world)
    risk.close(reason="It has passed.", by=world.director, at=world.now)
    for deed in (lambda: risk.assess(**judged(world), by=None, at=world.now),
                 lambda: risk.close(reason="Again", by=None, at=world.now)):  # fmt: skip
        with pytest.raises(Refused, match="This risk was closed on"):
            deed()


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"amount": None, "posts": None}, "Give an amount in pounds, or how many posts it pays for, or both."),
        ({"kind": "time_limited"}, "Say until when you have it, since it is for a limited time."),
        ({"themes": []}, "Choose at least one theme that it bears upon."),
    ],
)
def test_a_resource_that_does_not_hold_together_is_refused(world: World, other: dict[str, Any], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        a_resource(world, **other)
    assert str(refused.value) == sentence


def test_a_former_day_shows_the_risks_as_they_stood(world: World) -> None:
    risk = a_risk(world, days_ago=40)
    at = lambda days: {"by": world.director, "at": world.now - timedelta(days=days)}  # noqa: E731
    risk.assess(**judged(world, 4, 4), **at(30))
    risk.close(reason="It has passed.", **at(20))
    risk.reopen(reason="It came back.", **at(10))
    risk.assess(**judged(world, 2, 2), **at(5))

    def on(days: int) -> list[tuple[int, str, bool]]:
        rows = Assessment.objects.on(world.today - timedelta(days=days))
        return [(row.score, row.direction, row in rows.open()) for row in rows]

    assert [on(days) for days in (50, 40, 30, 20, 10, 0)] == [
        [], [(12, "new", True)], [(16, "rising", True)], [(16, "rising", False)], [(16, "rising", True)],
        [(4, "falling", True)],
    ]  # fmt: skip


def test_the_words_of_a_queryset_say_what_the_rule_says(world: World) -> None:
    for likelihood in range(1, 6):
        for impact in range(1, 6):
            risk = a_risk(world, title=f"{likelihood}{impact}", likelihood=likelihood, impact=impact)
            risk.assess(**judged(world, 3, 3), by=None, at=world.now)
    for rows in (Assessment.objects.all(), Assessment.objects.on(world.today)):
        by_level = {of: {row.pk for row in rows.of_level(of)} for of in Level}
        assert by_level == {of: {row.pk for row in rows if level(row.score) == of} for of in Level}
        by_way = {way: {row.pk for row in rows.going(way)} for way in Direction}
        assert by_way == {
            way: {row.pk for row in rows if direction(row.score, before=row.was) == way} for way in Direction
        }


def test_a_risk_of_a_sealed_action_stands_under_its_seal_and_an_open_one_is_not_tied_to_it(world: World) -> None:
    with acting_as(world.director):
        seal = Seal.make(confidential(), by=world.director)
        sealed = Action.objects.create(
            plan=world.plan, theme=world.workforce, number="2.9", position=9, title="A second team",
            words="Said by none.", success="It is.", lead=world.theirs.lead, starts_on=world.today, due_on=world.today,
            first_due_on=world.today, seal=seal,
        )  # fmt: skip
        hidden = a_risk(world, actions=[sealed, world.theirs])
        assert {hidden.seal_id, *hidden.assessments.values_list("seal_id", flat=True)} == {seal.pk}
        shown = a_risk(world, title="Rents", cause="Dear", event="Leases", effect="Fewer", mitigation="None yet.")
        with transaction.atomic(), pytest.raises(Refused, match=r"Action 2\.9 is under seal"):
            shown.tie(themes=[world.workforce], actions=[sealed], by=world.director, at=world.now)
    with acting_as(world.officer):
        assert list(Risk.objects.all()) == [shown]
        assert Assessment.objects.on(world.today).count() == 1


def test_what_is_released_was_not_on_the_register_of_the_days_before(world: World) -> None:
    with acting_as(world.director):
        seal = Seal.make(confidential(), by=world.director)
        sealed = Action.objects.create(
            plan=world.plan, theme=world.workforce, number="2.9", position=9, title="A second team",
            words="Said by none.", success="It is.", lead=world.theirs.lead, starts_on=world.today, due_on=world.today,
            first_due_on=world.today, seal=seal,
        )  # fmt: skip
        risk, resource = a_risk(world, actions=[sealed]), a_resource(world, actions=[sealed])
        seal.clear(world.clerk)
        seal.propose_release()
    with acting_as(world.clerk):
        seal.confirm_release()
    for reader, then in ((world.member, 0), (world.director, 1)):
        with acting_as(reader):
            days = (world.today, 1), (world.today - timedelta(days=1), then)
            for day, n in days:
                assert (Assessment.objects.on(day).filter(risk=risk).count(), day) == (n, day)
                assert (Resource.objects.secured_by(day).filter(pk=resource.pk).count(), day) == (n, day)
