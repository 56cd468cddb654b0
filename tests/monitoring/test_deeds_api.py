"""Adding an action by the API, and all else that is done to one: the deeds, permissions and refusals of the pages."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from improvement.models import Action, Finding
from monitoring import progress
from people.models import Meeting, Once
from tests.world import World

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
SAMPLE = {"kind": "audit", "title": "Dip sample of 40", "words": "36 were answered within a day."}


def _send(who: Client, path: str, said: Any, method: str = "POST", **headers: str) -> Any:
    headers = {"If-Match": "*"} | headers
    return who.generic(method, f"/api/actions/{path}", json.dumps(said), "application/json", headers=headers)


def _day(world: World, days: int) -> str:
    return (world.today + timedelta(days=days)).isoformat()


def _new(world: World, **more: Any) -> dict[str, Any]:
    return {
        "theme": "front-door", "title": "Answer every call", "words": "Two more people.", "success": "No queue.",
        "lead": "police", "starts_on": _day(world, 0), "due_on": _day(world, 90), **more,
    }  # fmt: skip


def _state(world: World) -> tuple[object, ...]:
    action = Action.objects.get(pk=world.started.pk)
    kept = (action.milestones, action.blockers, action.revisions, action.extensions, action.overrides, action.evidence)
    counts = [each.count() for each in kept]
    return action.version, action.title, action.lead, counts, Action.objects.count(), Once.objects.count()


def test_an_action_is_added_under_the_next_number_of_its_theme(visit: Any, world: World) -> None:
    finding = Finding.objects.get(number="R1")
    answer = _send(visit(world.lead), "", _new(world, findings=[finding.reference]))
    assert (answer.status_code, answer["Location"], answer["ETag"].partition(".")[0]) == (
        201,
        "/api/actions/1.3/",
        '"2',
    )
    shown = visit(world.member).get(answer["Location"]).json()
    assert {name: shown[name] for name in ("number", "title", "status", "findings", "lead")} == {
        "number": "1.3",
        "title": "Answer every call",
        "status": "not_started",
        "findings": [finding.reference],
        "lead": {"slug": "police", "name": "Northmoor Police"},
    }


def test_an_action_may_be_led_by_whoever_is_named_for_the_first_time(visit: Any, world: World) -> None:
    said = _new(world, lead="", new_lead="Family hubs", kind="team")
    assert _send(visit(world.director), "", said).json()["lead"]["name"] == "Family hubs"


def test_an_action_sent_twice_under_one_key_is_added_once_and_answered_again(visit: Any, world: World) -> None:
    lead, key = visit(world.lead), {"Idempotency-Key": "one"}
    first, again = (_send(lead, "", _new(world), **key) for _ in range(2))
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert _send(lead, "", _new(world, title="Another"), **key).status_code == 422
    assert Action.objects.filter(theme=world.front_door).count() == 3


@pytest.mark.parametrize(
    ("part", "more", "code", "sentence"),
    [
        ("officer", {}, 403, "Adding an action is for the lead of the theme “Front door” or a director. Ask one."),
        ("lead", {"theme": "workforce"}, 403,
         "Adding an action is for the lead of the theme “Workforce” or a director. Ask one."),
        ("lead", {"theme": "back-doors"}, 400,
         "“theme”: The plan has no such theme. Its themes are at /api/themes/."),
        ("partner", {}, 400, "“theme”: The plan has no such theme. Its themes are at /api/themes/."),
        ("lead", {"lead": ""}, 400, "“lead”: Choose who leads it, or name another lead."),
        ("lead", {"lead": "nobody"}, 400,
         "“lead”: There is no such lead. Give the slug of one that leads an action, or name another in “new_lead”."),
        ("lead", {"lead": "", "new_lead": "Hubs"}, 400, "“kind”: Say whether it is a post, a team or a partner."),
        ("lead", {"findings": ["nothing222"]}, 400, "“findings”: The plan takes up no finding nothing222."),
        ("lead", {"due_on": "2020-01-01"}, 409,
         "The action would be due before it starts. Put one of the two dates right."),
        ("lead", {"due_on": "1 May"}, 400, "“due_on”: Give a day as text, such as 2027-03-27."),
    ],
)  # fmt: skip
def test_an_action_that_cannot_be_added_is_refused_whole(
    visit: Any, world: World, part: str, more: Any, code: int, sentence: str
) -> None:
    before = _state(world)
    answer = _send(visit(getattr(world, part)), "", _new(world, **more), **{"Idempotency-Key": "one"})
    assert (answer.status_code, answer.json()["detail"]) == (code, sentence)
    assert _state(world) == before


def test_steps_and_waits_are_added_and_ended_by_their_numbers(visit: Any, world: World) -> None:
    officer = visit(world.officer)
    step = {"words": "Rota agreed with health.", "due_on": _day(world, 30)}
    assert _send(officer, "1.1/milestones/", step).status_code == 201
    wait = {"waiting_for": "The rota of the police.", "from_whom": "Northmoor Police"}
    assert _send(officer, "1.1/blockers/", wait).status_code == 201
    assert _send(officer, "1.1/blockers/over/", {"blocker": 1}).status_code == 201
    done = _send(officer, "1.1/updates/", {"words": "The rota is agreed.", "reached": [1]}).json()
    today = _day(world, 0)
    assert (done["milestones"], done["blockers"]) == (
        [step | {"number": 1, "done_on": today}],
        [wait | {"number": 1, "since_on": today, "cleared_on": today}],
    )


def test_a_date_moves_with_its_reason_and_the_meeting_where_it_was_agreed(visit: Any, world: World) -> None:
    Meeting.objects.create(body=world.meeting.body, held_on=world.today - timedelta(days=3))
    meeting = {"body": "executive", "held_on": _day(world, -3)}
    said = {"to_on": _day(world, 90), "reason": "partner", "words": "The police rota starts in May."}
    lead = visit(world.lead)
    moved = _send(lead, "1.1/revisions/", said | {"meeting": meeting})
    assert (moved.status_code, moved.json()["due_on"], moved.json()["times_moved"]) == (201, said["to_on"], 1)
    [told] = visit(world.member).get("/api/actions/1.1/revisions/").json()["results"]
    assert told | {"at": "", "meeting": told["meeting"]["held_on"]} == said | {
        "from_on": _day(world, 60), "by": "Tom Varley", "at": "", "meeting": meeting["held_on"],
    }  # fmt: skip


@pytest.mark.parametrize(("agreed", "days"), [(True, 75), (False, 60)])
def test_a_later_date_is_asked_for_and_answered(visit: Any, world: World, agreed: bool, days: int) -> None:
    said = {"to_on": _day(world, 75), "reason": "capacity", "words": "Two of us have left."}
    asked = _send(visit(world.officer), "1.1/extensions/", said)
    answer = _send(visit(world.lead), "1.1/extensions/answer/", {"agreed": agreed, "words": "As the board said."})
    assert (asked.status_code, answer.status_code, answer.json()["due_on"]) == (201, 201, _day(world, days))


def test_an_action_is_handed_over_and_what_is_left_out_stays(visit: Any, world: World) -> None:
    lead = visit(world.lead)
    done = _send(lead, "1.1/lead/", {"lead": "police", "reason": "It is theirs now."}, "PUT")
    assert (done.status_code, done.json()["lead"]["slug"]) == (200, "police")
    assert done.json()["updaters"] == ["Asha Mellor"]
    done = _send(lead, "1.1/lead/", {"updaters": ["partner@northmoor.example"]}, "PUT")
    assert (done.status_code, done.json()["lead"]["slug"], done.json()["updaters"]) == (
        200,
        "police",
        ["Supt Neil Hargreave"],
    )


def test_an_action_is_put_otherwise(visit: Any, world: World) -> None:
    said = {"title": "Answer within a day", "words": "As it was.", "success": "", "reason": "It was too long."}
    done = _send(visit(world.lead), "1.1/words/", said, "PUT")
    assert (done.status_code, done.json()["title"], done.json()["success"]) == (200, "Answer within a day", "")


def test_a_rating_is_set_aside_for_a_while_and_given_back_to_the_rule(visit: Any, world: World) -> None:
    lead, said = visit(world.lead), {"delivery": "amber", "until_on": _day(world, 20), "reason": "A day late, no more."}
    aside = _send(lead, "1.2/overrides/", said)
    back = _send(lead, "1.2/overrides/over/", {"reason": "It was more."})
    assert [(answer.status_code, answer.json()["delivery"]["rating"]) for answer in (aside, back)] == [
        (201, "amber"),
        (201, "red"),
    ]


DEEDS: dict[str, Any] = {
    "milestones/": {"words": "Done by then", "due_on": "2026-01-01"},
    "blockers/": {"waiting_for": "A rota", "from_whom": "Police"},
    "blockers/over/": {"blocker": 1},
    "revisions/": {"to_on": "2035-01-01", "reason": "scope", "words": "More to do"},
    "extensions/": {"to_on": "2035-01-01", "reason": "scope", "words": "More to do"},
    "extensions/answer/": {"agreed": True},
    "lead/": {"lead": "police"},
    "words/": {"title": "So", "words": "So", "success": "So", "reason": "So"},
    "overrides/": {"delivery": "amber", "until_on": "2035-01-01", "reason": "So"},
    "overrides/over/": {"reason": "So"},
}
PUT = {"lead/", "words/"}


@pytest.mark.parametrize("deed", DEEDS)
def test_no_deed_is_done_by_whoever_may_not_or_on_another_version_or_to_what_is_hidden(
    visit: Any, world: World, deed: str
) -> None:
    before, method = _state(world), "PUT" if deed in PUT else "POST"
    answers = [
        _send(visit(world.member), f"1.1/{deed}", DEEDS[deed], method),
        _send(visit(world.partner), f"1.1/{deed}", DEEDS[deed], method),
        _send(visit(world.director), f"1.1/{deed}", DEEDS[deed], method, **{"If-Match": '"1"'}),
        _send(visit(world.director), f"1.1/{deed}", DEEDS[deed] | {"status": "closed"}, method),
    ]
    assert [answer.status_code for answer in answers] == [403, 404, 412, 400]
    assert answers[2].json()["yours"] == DEEDS[deed]
    assert _state(world) == before


@pytest.mark.parametrize(
    ("deed", "said", "code", "faults"),
    [
        ("milestones/", {"words": "So", "due_on": "2099-01-01"}, 409, None),
        ("blockers/over/", {"blocker": 7}, 400,
         {"blocker": ["The action has no such blocker. Give the number of one of its blockers."]}),
        ("blockers/over/", {"blocker": "1"}, 400, {"blocker": ["Send a whole number."]}),
        ("blockers/over/", {"blocker": True}, 400, {"blocker": ["Send a whole number."]}),
        ("updates/", {"words": "So", "reached": [7]}, 400,
         {"reached": ["The action has no such milestone. Give the numbers of its milestones."]}),
        ("updates/", {"words": "So", "reached": ["a"]}, 400, {"reached.0": ["Send a whole number."]}),
        ("revisions/", DEEDS["revisions/"] | {"meeting": {"body": "executive", "held_on": "2020-01-01"}}, 400,
         {"meeting": ["No such meeting has been held yet. Give its body’s slug and its day, as /api/meetings/ has "
                      "them."]}),
        ("revisions/", DEEDS["revisions/"] | {"meeting": {"held_on": "1 May", "body": "x"}}, 400,
         {"meeting.held_on": ["Give a day as text, such as 2027-03-27."]}),
        ("revisions/", DEEDS["revisions/"] | {"meeting": "executive"}, 400, {"meeting": ["Send one JSON object."]}),
        ("revisions/", DEEDS["revisions/"] | {"reason": "weather"}, 400,
         {"reason": ["There is no such choice. Choose one of: capacity, dependency, scope, partner, evidence, "
                     "external."]}),
        ("extensions/answer/", {"agreed": True}, 409, None),
        ("lead/", {}, 409, None),
        ("lead/", {"updaters": ["nobody@northmoor.example"]}, 400,
         {"updaters": ["nobody@northmoor.example is not the e-mail address of anybody who may update actions."]}),
        ("overrides/", DEEDS["overrides/"] | {"delivery": "blue"}, 400,
         {"delivery": ["There is no such choice. Choose one of: red, amber, green."]}),
        ("overrides/over/", {"reason": "So"}, 409, None),
    ],
)  # fmt: skip
def test_a_deed_that_makes_no_sense_or_breaks_a_rule_is_refused_and_nothing_is_half_saved(
    visit: Any, world: World, deed: str, said: Any, code: int, faults: Any
) -> None:
    before, method = _state(world), "PUT" if deed in PUT else "POST"
    answer = _send(visit(world.director), f"1.1/{deed}", said, method, **{"Idempotency-Key": "one"})
    assert (answer.status_code, answer.json().get("fields")) == (code, faults)
    assert answer.json()["detail"].endswith((".", "you."))
    assert _state(world) == before


def _show(who: Client, name: str, content: bytes, **headers: str) -> Any:
    form = SAMPLE | {"dated_on": "2026-01-01", "file": SimpleUploadedFile(name, content)}
    return who.post("/api/actions/1.1/evidence/", form, headers={"If-Match": "*"} | headers)


def test_evidence_is_put_forward_with_its_file_once(visit: Any, world: World) -> None:
    officer, key = visit(world.officer), {"Idempotency-Key": "one"}
    sent = [_show(officer, name, PNG, **key).status_code for name in ("sample.png", "sample.png", "another.png")]
    [shown] = officer.get("/api/actions/1.1/evidence/").json()["results"]
    [version] = shown["versions"]
    assert (sent, version["name"], officer.get(version["file"]).status_code) == ([201, 200, 422], "sample.png", 200)


@pytest.mark.parametrize(
    ("name", "content", "headers", "code"),
    [
        ("sample.exe", PNG, {}, 409),
        ("sample.pdf", PNG, {}, 409),
        ("sample.png", b"", {}, 409),
        ("sample.png", PNG, {"If-Match": '"1"'}, 412),
    ],
)
def test_a_file_that_cannot_be_taken_leaves_nothing_behind(
    visit: Any, world: World, name: str, content: bytes, headers: Any, code: int
) -> None:
    before = _state(world)
    assert _show(visit(world.officer), name, content, **headers).status_code == code
    assert _state(world) == before


def test_a_form_is_as_strict_as_json(visit: Any, world: World) -> None:
    said = SAMPLE | {"dated_on": "2026-01-01", "title": ["One", "Two"]}
    officer, headers = visit(world.officer), {"If-Match": "*"}
    twice = officer.post("/api/actions/1.1/evidence/", said, headers=headers)
    broken = officer.post("/api/actions/1.1/evidence/", b"x", "multipart/form-data", headers=headers)
    huge = _show(officer, "sample.pdf", b"%PDF-" + b"0" * 33 * 1024**2)
    assert [(answer.status_code, answer.json()["detail"]) for answer in (twice, broken, huge)] == [
        (400, "“title” is said twice, and only one of the two could be kept. Say it once."),
        (400, "What you sent cannot be read as a form. Nothing has been changed."),
        (413, "What you sent is too long to be read. Nothing has been changed."),
    ]


def test_a_climb_sent_twice_is_answered_twice(visit: Any, world: World) -> None:
    shown = progress.show(world.started, by=world.officer, at=world.now, dated_on=world.today, **SAMPLE)
    officer, key = visit(world.officer), {"Idempotency-Key": "one"}
    said = {"rung": "evidenced", "evidence": shown.reference}
    assert [_send(officer, "1.1/climbs/", said, **key).status_code for _ in range(2)] == [201, 200]
