"""Evidence and the ladder by the API: the same deeds, permissions and sentences as the page."""

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile

from monitoring import progress
from monitoring.models import Evidence
from people.models import Once
from tests.world import World

SAMPLE = {"kind": "audit", "title": "Dip sample of 40", "words": "37 were in time."}
NO_SUCH = ["The action has no such evidence. Give the reference of an item."]


def _send(who: Any, path: str, said: Any, **headers: str) -> Any:
    headers = {"If-Match": "*"} | headers
    return who.post(f"/api/actions/{path}", json.dumps(said), content_type="application/json", headers=headers)


def _evidence(world: World, **more: Any) -> Evidence:
    return progress.show(
        world.started, kind="audit", title="Dip sample", words="37 of 40.", dated_on=world.today, by=world.officer,
        at=world.now, **more,
    )  # fmt: skip


def _state(world: World) -> tuple[object, ...]:
    action = world.started
    action.refresh_from_db()
    return action.version, action.climbs.count(), action.evidence.count(), action.lines.count(), Once.objects.count()


def test_evidence_is_put_forward_by_a_link_and_listed(visit: Any, world: World) -> None:
    officer, day = visit(world.officer), world.today.isoformat()
    said = SAMPLE | {"dated_on": day, "link": "https://files.northmoor.example/40"}
    answer = _send(officer, "1.1/evidence/", said)
    assert (answer.status_code, answer.headers["ETag"].partition(".")[0]) == (201, '"4')
    listed = officer.get("/api/actions/1.1/evidence/").json()["results"]
    assert listed == answer.json()["evidence"]
    assert listed == [said | {"reference": world.started.evidence.get().reference, "versions": []}]
    assert str(world.started.lines.last()) == "Asha Mellor added evidence: Dip sample of 40"


def test_each_version_of_a_file_is_listed_with_its_hash_and_where_it_is_fetched(visit: Any, world: World) -> None:
    shown = _evidence(world, file=ContentFile(b"%PDF-1.7 37 of 40", name="sample.pdf"))
    [listed] = visit(world.member).get("/api/actions/1.1/evidence/").json()["results"]
    exhibit = shown.exhibits.get()
    assert [version | {"added_at": ""} for version in listed["versions"]] == [
        {
            "version": 1, "name": "sample.pdf", "size": 17, "digest": exhibit.digest, "added_at": "",
            "file": f"/evidence/{shown.reference}/1/",
        }
    ]  # fmt: skip
    assert visit(world.member).get(listed["versions"][0]["file"]).status_code == 200


def test_a_rung_is_climbed_verified_by_another_and_lost_and_all_of_it_is_listed(visit: Any, world: World) -> None:
    shown = _evidence(world).reference
    officer, lead = visit(world.officer), visit(world.lead)
    sent = [
        _send(officer, "1.1/climbs/", {"rung": "evidenced", "evidence": shown}),
        _send(lead, "1.1/climbs/", {"rung": "verified", "evidence": shown, "reason": "I read ten of them."}),
        _send(officer, "1.1/climbs/", {"rung": "none", "reason": "The sample was too small."}),
    ]
    assert [(answer.status_code, answer.json()["rung"]) for answer in sent] == [
        (201, "evidenced"),
        (201, "verified"),
        (201, "none"),
    ]
    listed = visit(world.member).get("/api/actions/1.1/climbs/").json()["results"]
    assert [climb | {"at": ""} for climb in listed] == [
        {"rung": "none", "by": "Asha Mellor", "at": "", "evidence": None, "reason": "The sample was too small."},
        {"rung": "verified", "by": "Tom Varley", "at": "", "evidence": shown, "reason": "I read ten of them."},
        {"rung": "evidenced", "by": "Asha Mellor", "at": "", "evidence": shown, "reason": ""},
    ]


@pytest.mark.parametrize(
    ("part", "path", "rung", "code", "sentence"),
    [
        ("member", "1.1", "evidenced", 403, "Your role does not let you update actions you lead or update for. "
         "Ask your administrator if you need to."),
        ("officer", "1.1", "verified", 403, "“Verified” is for the lead of the theme “Front door” or a director. "
         "Ask one."),
        ("lead", "1.1", "impact_shown", 409, "“Impact shown” is more than one rung above “None”. Take “Evidenced” "
         "first, with its own evidence."),
        ("officer", "1.1", "none", 409, "The impact is already “None”. Choose another rung."),
        ("officer", "1.1", "evidenced", 409, "“Evidenced” needs evidence with a date of its own. Add it, or choose an "
         "item already there."),
    ],
)  # fmt: skip
def test_a_rung_that_may_not_be_recorded_is_refused_in_the_sentence_of_the_page(
    visit: Any, world: World, part: str, path: str, rung: str, code: int, sentence: str
) -> None:
    before = _state(world)
    answer = _send(visit(getattr(world, part)), f"{path}/climbs/", {"rung": rung}, **{"Idempotency-Key": "one"})
    assert (answer.status_code, answer.json()) == (code, {"detail": sentence})
    assert _state(world) == before


def test_a_director_who_updates_an_action_does_not_judge_it(visit: Any, world: World) -> None:
    shown = _evidence(world)
    progress.climb(world.started, "evidenced", evidence=shown, by=world.officer, at=world.now)
    world.started.let_update([world.director], by=world.lead, at=world.now)
    answer = _send(visit(world.director), "1.1/climbs/", {"rung": "verified", "evidence": shown.reference})
    assert (answer.status_code, answer.json()) == (
        403,
        {
            "detail": "You lead or update this action, so “Verified” is for a theme lead or director who does neither. "
            "Ask one."
        },
    )


@pytest.mark.parametrize(
    ("deed", "said", "fields"),
    [
        ("climbs", {}, {"rung": ["This field is required."]}),
        ("climbs", {"rung": "top"}, {"rung": ["There is no such choice. Choose one of: none, evidenced, verified, "
         "impact_shown, sustained."]}),
        ("climbs", {"rung": "evidenced", "evidence": "nosuch"}, {"evidence": NO_SUCH}),
        ("climbs", {"rung": "evidenced", "evidence": 7}, {"evidence": ["Send text."]}),
        ("climbs", {"rung": "none", "at": "2019-01-01"},
         {"at": ["There is no such field here. There are: say_openly, rung, evidence, reason."]}),
        ("evidence", SAMPLE, {"dated_on": ["This field is required."]}),
        ("evidence", SAMPLE | {"dated_on": "2026-01-01", "link": "javascript:alert(1)"},
         {"link": ["Enter a whole link, beginning with https://."]}),
        ("evidence", SAMPLE | {"dated_on": "2026-01-01", "kind": "hearsay"},
         {"kind": ["There is no such choice. Choose one of: audit, data, childs_voice, staff, observation."]}),
        ("evidence", SAMPLE | {"dated_on": "2026-01-01", "title": "x" * 201},
         {"title": ["Ensure this field has no more than 200 characters."]}),
    ],
)  # fmt: skip
def test_a_field_at_fault_is_named_and_nothing_is_half_saved(
    visit: Any, world: World, deed: str, said: Any, fields: Any
) -> None:
    before = _state(world)
    answer = _send(visit(world.officer), f"1.1/{deed}/", said)
    assert (answer.status_code, answer.json()["fields"]) == (400, fields)
    assert _state(world) == before


def test_evidence_of_another_action_is_no_evidence_here(visit: Any, world: World) -> None:
    answer = _send(visit(world.officer), "1.2/climbs/", {"rung": "evidenced", "evidence": _evidence(world).reference})
    assert (answer.status_code, answer.json()["fields"]) == (400, {"evidence": NO_SUCH})


def test_evidence_of_a_day_to_come_is_refused_in_the_sentence_of_the_page(visit: Any, world: World) -> None:
    answer = _send(visit(world.officer), "1.1/evidence/", SAMPLE | {"dated_on": "9999-12-31"})
    assert (answer.status_code, answer.json()) == (
        409,
        {"detail": "31 December 9999, the date of the evidence, is still to come. Correct it."},
    )


@pytest.mark.parametrize("deed", ["climbs", "evidence"])
def test_a_deed_is_done_once_on_the_version_that_was_read(visit: Any, world: World, deed: str) -> None:
    shown, officer = _evidence(world), visit(world.officer)
    said: dict[str, Any] = {
        "climbs": {"rung": "evidenced", "evidence": shown.reference},
        "evidence": SAMPLE | {"dated_on": world.today.isoformat()},
    }[deed]
    read = officer.get("/api/actions/1.1/").headers["ETag"]
    headers = {"If-Match": read, "Idempotency-Key": "nightly-7"}
    first = _send(officer, f"1.1/{deed}/", said, **headers)
    before = _state(world)
    again = _send(officer, f"1.1/{deed}/", said, **headers)
    stale = _send(officer, f"1.1/{deed}/", said, **{"If-Match": read})
    assert [answer.status_code for answer in (first, again, stale)] == [201, 200, 412]
    assert first.json() == again.json()
    assert _state(world) == before


def test_a_list_asks_the_database_as_often_for_twenty_items_as_for_two(
    visit: Any, world: World, django_assert_num_queries: Any
) -> None:
    member = visit(world.member)
    for count in (2, 18):
        for _ in range(count):
            _evidence(world, file=ContentFile(b"%PDF-1.7 37 of 40", name="sample.pdf"))
        with django_assert_num_queries(12):
            member.get("/api/actions/1.1/evidence/")
