"""The page of the rating scheme: who may settle it, what saving does, and that nobody's change is lost."""

import re
import uuid
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from improvement.models import Action, Refused
from monitoring import progress, settling
from monitoring.models import Overtaken, Scheme, SchemeLine, Standing, Unreached
from monitoring.scheme import PUBLISHED
from monitoring.scheme import Scheme as Rule
from people.days import day_of
from people.models import Person
from sources.models import SealRead
from sources.seals import acting_as
from tests.world import World

PAGE = "/settings/ratings/"


def _typed(*, version: int = 1, **changed: object) -> dict[str, object]:
    return {"once": uuid.uuid4(), "version": version, "reason": "", **asdict(PUBLISHED), **changed}


def _text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("admin", 200),
        ("director", 200),
        ("lead", 403),
        ("officer", 403),
        ("clerk", 403),
        ("member", 403),
        ("partner", 403),
    ],
)
def test_only_an_administrator_or_a_director_settles_it(visit_as: Any, world: World, part: str, status: int) -> None:
    assert visit_as(getattr(world, part)).get(PAGE).status_code == status


def test_the_page_shows_nothing_of_the_plan(visit_as: Any, world: World) -> None:
    shown = _text(visit_as(world.admin).get(PAGE))
    assert [words for words in ("Answer every contact", "Front door", world.plan.title) if words in shown] == []


def test_saving_renames_a_rating_says_so_and_leaves_one_line(visit_as: Any, world: World) -> None:
    answer = visit_as(world.admin).post(PAGE, _typed(amber="At risk", reason="Agreed by the board"), follow=True)
    assert answer.redirect_chain == [(PAGE, 302)]
    assert (
        "Saved: you settled the rating scheme: the name of amber from “Amber” to “At risk”. "
        "Ratings follow it from today; earlier days keep theirs."
    ) in _text(answer)
    assert list(SchemeLine.objects.values_list("by__name", "verb", "says", "reason", "before", "after", "version")) == [
        (
            "Sam Ridley",
            "settle",
            "settled the rating scheme: the name of amber from “Amber” to “At risk”",
            "Agreed by the board",
            {"amber": "Amber"},
            {"amber": "At risk"},
            2,
        )
    ]


def test_every_list_prints_the_new_word_from_today_and_not_before(visit_as: Any, world: World) -> None:
    visit_as(world.admin).post(PAGE, _typed(red="Off track"))
    client = visit_as(world.officer)
    page = _text(client.get("/actions/"))
    assert ("Off track" in page, "Its due date" in page, " Red " in page) == (True, True, False)
    assert "Off track" in _text(client.get("/my-actions/"))
    yesterday = world.today - timedelta(days=1)
    assert list(Standing.objects.on(yesterday).filter(late=True).values_list("because", flat=True)) == [
        because for because in Standing.objects.on(yesterday).filter(late=True).values_list("because", flat=True)
        if because.startswith("Red: its due date")
    ]  # fmt: skip
    assert Standing.objects.on(yesterday).filter(late=True).count() == 1


def test_a_second_click_settles_nothing_twice(visit_as: Any, world: World) -> None:
    typed = _typed(amber="At risk")
    answers = [visit_as(world.admin).post(PAGE, typed).status_code for _ in range(2)]
    assert (answers, SchemeLine.objects.count()) == ([302, 302], 1)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"red_colour": "#7e7e7e"}, "Choose a darker or a lighter colour."),
        ({"red": ""}, "Give it a name: colour alone tells nothing to somebody who cannot see it."),
        (
            {"due_soon_days": "soon"},
            "“Days before its due date when open milestones count” is a whole number from 0 to 366. Enter one.",
        ),
        ({"stale_cycles_red": 1}, "Give more than 1: an action without an update turns Amber first, and Red after it."),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    visit_as: Any, world: World, changed: dict[str, object], sentence: str
) -> None:
    answer = visit_as(world.admin).post(PAGE, _typed(**changed))
    assert (answer.status_code, _text(answer).count(sentence), Scheme.ours().as_rule()) == (400, 2, PUBLISHED)


def test_saving_what_was_there_is_refused(visit_as: Any, world: World) -> None:
    answer = visit_as(world.admin).post(PAGE, _typed())
    assert (answer.status_code, "Nothing has been changed." in _text(answer)) == (409, True)


def test_the_second_of_two_sees_what_the_first_changed_and_neither_loses_anything(visit_as: Any, world: World) -> None:
    visit_as(world.director).post(PAGE, _typed(amber="At risk", due_soon_days=7))
    answer = visit_as(world.admin).post(PAGE, _typed(green="On track", due_soon_days=21))
    assert answer.status_code == 409
    assert (
        "Somebody was quicker. Ruth Okafor settled the rating scheme: due soon from 14 days to 7 days; the name of "
        "amber from “Amber” to “At risk”. What you changed is kept below. Look it over, and save again."
    ) in _text(answer)
    again = dict(
        re.findall(r'name="(version|amber|green|due_soon_days)" type="\w+" value="([^"]*)"', _attributes(answer))
    )
    assert again == {"version": "2", "amber": "At risk", "green": "On track", "due_soon_days": "21"}
    visit_as(world.admin).post(PAGE, _typed(**again))
    assert Scheme.ours().as_rule() == Rule(amber="At risk", green="On track", due_soon_days=21)


def _attributes(answer: Any) -> str:
    """Every input with its name, type and value in one order."""
    found = []
    for tag in re.findall(r"<input[^>]*>", answer.content.decode()):
        said = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        found.append(f'name="{said.get("name")}" type="{said.get("type")}" value="{said.get("value", "")}"')
    return "\n".join(found)


def test_the_deed_itself_refuses_an_old_version_and_a_bad_scheme(world: World) -> None:
    now = timezone.now()
    settling.settle(Rule(due_soon_days=7), seen=1, by=world.admin, at=now)
    with pytest.raises(Overtaken, match="Somebody was quicker"):
        settling.settle(Rule(due_soon_days=9), seen=1, by=world.admin, at=now)
    with pytest.raises(Refused, match="Give at least 1"):
        settling.settle(Rule(cycle_days=0), seen=2, by=world.admin, at=now)
    assert (Scheme.ours().as_rule(), Scheme.as_seen(1)) == (Rule(due_soon_days=7), PUBLISHED)


def test_colours_alone_restate_nothing(world: World) -> None:
    before = list(Standing.objects.order_by("pk").values_list("pk", flat=True))
    settling.settle(Rule(red_colour="#800080"), seen=1, by=world.admin, at=timezone.now())
    assert list(Standing.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_asking_for_evidence_turns_an_action_amber_until_there_is_some(world: World) -> None:
    now = timezone.now()

    def stands() -> tuple[str, bool]:
        standing = Standing.objects.filter(action=world.started).on(day_of(now)).get()
        return standing.delivery, "there is no evidence yet" in standing.because

    assert stands() == ("green", False)
    settling.settle(Rule(evidence_days=90), seen=1, by=world.admin, at=now)
    assert stands() == ("amber", True)
    progress.show(
        world.started, kind="audit", title="Sample", words="Seen", dated_on=world.today, by=world.officer, at=now
    )
    assert stands() == ("green", False)


def test_pages_are_drawn_in_the_council_s_colours_where_it_has_any(visit_as: Any, world: World) -> None:
    client = visit_as(world.officer)
    assert (client.get("/ratings.css").content, client.get("/ratings.css")["Content-Type"]) == (
        b"",
        "text/css; charset=utf-8",
    )
    settling.settle(Rule(red_colour="#800080"), seen=1, by=world.admin, at=timezone.now())
    assert client.get("/ratings.css").content.decode() == (
        ":root{--rating-red-fill:#800080;--rating-red-ink:#ffffff;--rating-red-strong:#800080;"
        "--rating-red-soft:#f0e0f0;--rating-red-deep:#800080;}"
    )
    assert '<link rel="stylesheet" href="/ratings.css">' in client.get("/actions/").content.decode()


def test_the_key_is_printed_wherever_ratings_are(visit_as: Any, world: World) -> None:
    settling.settle(Rule(amber="At risk", amber_meaning="Look closer."), seen=1, by=world.admin, at=timezone.now())
    client = visit_as(world.officer)
    pages = ("/dashboard/", "/actions/", "/actions/1.1/", "/my-actions/")
    assert [(page, "At risk Look closer." in _text(client.get(page))) for page in pages] == [(p, True) for p in pages]


def test_the_api_tells_the_scheme(visit_as: Any, world: World) -> None:
    settling.settle(Rule(red="Off track", evidence_days=14), seen=1, by=world.admin, at=timezone.now())
    told = visit_as(world.officer).get("/api/scheme/").json()
    assert {name: value for name, value in told.items() if name != "ratings"} == {
        "cycle_days": 42, "stale_cycles_amber": 1, "stale_cycles_red": 2, "milestone_grace_working_days": 10,
        "due_soon_days": 14, "evidence_days": 14, "sustained_cycles": 2,
    }  # fmt: skip
    assert [(each["rating"], each["name"], each["colour"]) for each in told["ratings"]] == [
        ("red", "Off track", "#a51d17"),
        ("amber", "Amber", "#f3b23c"),
        ("green", "Green", "#19653b"),
        ("blue", "Blue", "#23548f"),
        ("none", "Not rated", None),
    ]
    assert visit_as(world.admin).get("/api/scheme/").status_code == 403


def _sealed_action(world: World) -> Action:
    due_on = world.today + timedelta(days=20)
    with acting_as(world.director):
        action = Action.objects.create(
            plan=world.plan, theme=world.front_door, number="1.9", position=9, title="Marigold", words="Marigold.",
            success="Marigold.", lead=world.started.lead, status="in_progress", seal=world.seal,
            starts_on=world.today - timedelta(days=40), due_on=due_on, first_due_on=due_on,
        )  # fmt: skip
        Standing.restate(action, at=world.now)
    return action


def _rated(action: Action, person: Person, *, on: date) -> list[str]:
    with acting_as(person):
        return [standing.delivery for standing in action.standings.on(on)]


def test_what_the_settler_may_not_see_is_rated_anew_before_whoever_may_see_it_is_shown_anything(
    visit_as: Any, world: World
) -> None:
    sealed, today = _sealed_action(world), world.today
    settling.settle(replace(PUBLISHED, cycle_days=28), seen=1, by=world.admin, at=world.now)
    for part in (world.admin, world.officer):
        visit_as(part).get("/actions/")
    assert _rated(sealed, world.director, on=today) == ["green"]
    assert "Marigold" in _text(visit_as(world.director).get("/actions/?delivery=amber"))
    assert _rated(sealed, world.director, on=today) == ["amber"]
    with acting_as(world.director):
        assert Unreached.objects.count() == 0


def test_whoever_is_shown_nothing_by_it_has_read_nothing_by_it(visit_as: Any, world: World) -> None:
    sealed = _sealed_action(world)
    settling.settle(replace(PUBLISHED, cycle_days=28), seen=1, by=world.admin, at=world.now)
    visit_as(world.director).get("/ratings.css")
    assert _rated(sealed, world.director, on=world.today) == ["amber"]
    with acting_as(world.director):
        assert "/ratings.css" not in SealRead.objects.values_list("what", flat=True)


def test_of_what_was_not_reached_only_those_who_may_see_the_action_know(world: World) -> None:
    sealed = _sealed_action(world)
    with acting_as(world.admin):
        settling.settle(replace(PUBLISHED, cycle_days=28), seen=1, by=world.admin, at=world.now)
        seen = [Unreached.objects.count(), Unreached.take(9)]
    assert seen == [0, []]
    with acting_as(world.director):
        assert [noted.action_id for noted in Unreached.objects.all()] == [sealed.pk]


def test_what_the_settler_may_see_is_rated_at_once_and_colours_leave_nothing_to_reach(world: World) -> None:
    sealed = _sealed_action(world)
    settling.settle(replace(PUBLISHED, red_colour="#800080"), seen=1, by=world.admin, at=world.now)
    with acting_as(world.director):
        assert Unreached.objects.count() == 0
        settling.settle(replace(PUBLISHED, cycle_days=28), seen=2, by=world.director, at=world.now)
        assert Unreached.objects.count() == 0
    assert _rated(sealed, world.director, on=world.today) == ["amber"]
