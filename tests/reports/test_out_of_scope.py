"""A grant over one theme or one body: what it reads (R16), and every deed beyond it refused with the same sentence."""

import json
import re
import uuid
from typing import Any

import pytest

from improvement.models import Action, Updater
from people.models import Body, Grant, Meeting, Person
from people.roles import GUESTS, Permission, Role, out_of_reach, refusal
from reports import keeping
from reports.editing import mark_of, passages_of
from reports.models import Paper
from sources.seals import acting_as
from tests.reports.northmoor import composed, made_ready
from tests.world import World

ELSEWHERE = {
    "officer": "theme:workforce", "lead": "theme:workforce", "partner": "theme:workforce",
    "director": "body:improvement-board", "clerk": "body:improvement-board", "clearing": "body:improvement-board",
    "member": "body:improvement-board", "adviser": "body:improvement-board", "administrator": "all",
}  # fmt: skip
"""Of each role, a grant that reaches neither the front door nor the Executive."""
THE_THEME = out_of_reach("the theme “Front door”")
THE_BODY = out_of_reach("the papers of the body “Executive”")
NOT_TO_UPDATE, NOT_TO_COMPOSE = refusal(Permission.UPDATE_OWN), refusal(Permission.COMPOSE_PAPERS)
THE_LEADS = "“Withdraw” is for the lead of the theme “Front door” or a director. Ask one."
UPDATERS = ("officer", "lead", "director", "partner")


@pytest.fixture
def ready(world: World) -> World:
    made_ready(world)
    return world


def _with(role: str, scope: str, world: World) -> Person:
    """Somebody with this one grant, who updates the action, so that nothing but the scope is in the way."""
    person = Person.objects.add(email="somebody@northmoor.example", name="Some Body")
    ends_on = world.partner.grants.get().ends_on if Role(role) in GUESTS else None
    Grant.give(person, Role(role), by=world.admin, at=world.now, scope=scope, ends_on=ends_on)
    Updater.objects.create(action=world.started, person=person)
    return person


UPDATE = "/actions/1.1/update/", {"version": 1, "news": "changed", "words": "It went well."}
WITHDRAW = "/actions/1.1/moves/", {"move": "withdraw", "reason": "No longer wanted."}
EDIT = "/papers/{paper}/sections/1/", {"opened": "{opened}", "new": "More words."}
COMPOSE = "/papers/new/", {"visit": "none", "meeting": "{meeting}", "as_at": "{today}"}
BY_API = {"updates": {"words": "It went well."}, "moves": {"move": "withdraw", "reason": "No longer wanted."}}
DEEDS: dict[str, tuple[tuple[str, dict[str, Any]], str, tuple[str, ...], str]] = {
    "update": (UPDATE, THE_THEME, UPDATERS, NOT_TO_UPDATE),
    "withdraw": (WITHDRAW, THE_LEADS, UPDATERS, NOT_TO_UPDATE),
    "edit": (EDIT, THE_BODY, ("director",), NOT_TO_COMPOSE),
    "compose": (COMPOSE, THE_BODY, ("director",), NOT_TO_COMPOSE),
}
"""What is sent, the sentence for a role that may do it elsewhere, those roles, and the sentence for all others."""


def _state() -> tuple[Any, ...]:
    versions = Action.objects.order_by("number").values_list("number", "version", "status")
    return *versions, *Paper.objects.values_list("reference", "version")


@pytest.mark.parametrize("role", ELSEWHERE)
@pytest.mark.parametrize("deed", DEEDS)
def test_every_deed_out_of_scope_is_refused_alike(visit: Any, ready: World, deed: str, role: str) -> None:
    (path, said), out, may_elsewhere, never = DEEDS[deed]
    draft = composed(ready)
    with acting_as(ready.director):
        opened = mark_of(passages_of(draft.sections.get(number="1")))
        before = _state()
    told = {"paper": draft.reference, "opened": opened, "meeting": ready.meeting.held_on, "today": ready.today}
    sent = {name: str(value).format_map(told) for name, value in said.items()}
    answer = visit(_with(role, ELSEWHERE[role], ready)).post(path.format_map(told), {"once": str(uuid.uuid4()), **sent})
    words = re.findall(r'<p class="govuk-body">([^<]+)</p>', answer.content.decode())
    assert (answer.status_code, words[0]) == (403, out if role in may_elsewhere else never)
    with acting_as(ready.director):
        assert _state() == before


@pytest.mark.parametrize("role", ELSEWHERE)
def test_the_api_refuses_deeds_out_of_scope_in_the_same_words(visit: Any, world: World, role: str) -> None:
    before = _state()
    browser = visit(_with(role, ELSEWHERE[role], world))
    said = {}
    for deed, sent in BY_API.items():
        answer = browser.post(f"/api/actions/1.1/{deed}/", json.dumps(sent), content_type="application/json")
        said[deed] = (answer.status_code, answer.json()["detail"])
    never = refusal(Permission.READ_PLAN)
    assert said == {
        "updates": (403, THE_THEME if role in UPDATERS else never if role == "administrator" else NOT_TO_UPDATE),
        "moves": (403, never if role == "administrator" else THE_LEADS),
    }
    assert _state() == before


def test_a_director_of_one_body_composes_and_edits_its_papers(visit: Any, ready: World) -> None:
    browser = visit(_with("director", "body:executive", ready))
    sent = {"visit": "none", "meeting": str(ready.meeting.held_on), "as_at": str(ready.today)}
    answer = browser.post("/papers/new/", {"once": str(uuid.uuid4()), **sent})
    assert answer.status_code == 302
    assert "Edit section" in browser.get(answer.headers["Location"]).content.decode()
    assert browser.get(f"{answer.headers['Location']}sections/1/").status_code == 200


def test_meetings_out_of_reach_are_not_offered(visit: Any, ready: World) -> None:
    other = Body.objects.create(slug="cabinet", name="Cabinet Committee", kind=Body.Kind.EXECUTIVE)
    Meeting.objects.create(body=other, held_on=ready.meeting.held_on.replace(year=ready.meeting.held_on.year + 1))
    page = visit(_with("director", "body:cabinet", ready)).get("/papers/new/").content.decode()
    assert ("Cabinet Committee, " in page, "Executive, " in page) == (True, False)


READS = {
    "officer theme:workforce": (200, 200, 200, 404),
    "lead theme:workforce": (200, 200, 200, 404),
    "partner theme:workforce": (404, 200, 200, 404),
    "director body:improvement-board": (200, 200, 200, 200),
    "clerk body:improvement-board": (200, 200, 200, 200),
    "clearing body:improvement-board": (200, 200, 200, 200),
    "member body:improvement-board": (200, 200, 200, 404),
    "adviser body:improvement-board": (200, 200, 200, 404),
    "administrator all": (403, 403, 403, 403),
}
"""Who reads an action of the front door, one of workforce, and a paper and a draft that go to the Executive."""


@pytest.mark.parametrize("held", READS)
def test_a_scope_says_what_may_be_done_and_only_a_partners_what_is_read(visit: Any, ready: World, held: str) -> None:
    paper, draft = composed(ready, visit=None), composed(ready)
    with acting_as(ready.director):
        keeping.issue(paper, by=ready.director, at=ready.now)
    person = _with(*held.split(), ready)  # type: ignore[arg-type]
    Updater.objects.filter(person=person).delete()
    places = ("/actions/1.1/", "/actions/2.1/", f"/papers/{paper.reference}/", f"/papers/{draft.reference}/")
    assert tuple(visit(person).get(place).status_code for place in places) == READS[held]
