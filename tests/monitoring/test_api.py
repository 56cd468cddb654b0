"""Actions by the API: the same rows, deeds and refusals as the pages, and nothing of what is hidden."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from improvement.models import Action, Finding, Refused, Theme
from monitoring import progress
from monitoring.models import Measure, Standing, Update, Visit
from people.models import Meeting, Once
from reports.models import Paper
from tests.world import PASSWORD, SEALED, World

NOT_HERE = {"detail": "There is nothing here that you may see."}
READ_PLAN = "Your role does not let you read the improvement plan. Ask your administrator if you need to."
NOT_A_WORD = (
    "This word is not known. What can be asked here: delivery, due_from, due_to, late, lead, mine, on, order, page, "
    "page_size, q, rung, source, stale, status, theme."
)
NO_WORDS = ["Write what has changed, or set no_change and say why nothing has."]
WORDS = {"words": "Rota in place from Monday; 39 of 42 contacts were answered within a day."}


def _send(who: Client, path: str, said: Any, **headers: str) -> Any:
    return who.post(path, json.dumps(said), content_type="application/json", headers={"If-Match": "*"} | headers)


def _numbers(answer: Any) -> list[str]:
    return [action["number"] for action in answer.json()["results"]]


def _state(action: Action) -> tuple[object, ...]:
    action.refresh_from_db()
    return action.status, action.version, action.updates.count(), action.lines.count(), Once.objects.count()


def test_the_api_lists_its_collections(visit: Any, world: World) -> None:
    names = (
        "actions", "themes", "findings", "coverage", "risks", "resources", "visits", "measures", "scheme", "papers",
        "meetings", "me", "search",
    )  # fmt: skip
    assert visit(world.officer).get("/api/").json() == {name: f"http://testserver/api/{name}/" for name in names}


def test_an_action_is_shown_with_its_four_different_things(visit: Any, world: World) -> None:
    shown = visit(world.officer).get("/api/actions/?late=true").json()
    due = (world.today - timedelta(days=10)).isoformat()
    written = f"{(world.today - timedelta(days=10)).day} {world.today - timedelta(days=10):%B %Y}"
    here = "/api/actions/1.2/"
    assert shown == {
        "count": 1,
        "counted_in_full": True,
        "next": None,
        "previous": None,
        "results": [
            {
                "number": "1.2",
                "title": "Record consent on every contact",
                "theme": {"slug": "front-door", "name": "Front door"},
                "lead": {"slug": "hos-front-door", "name": "Head of Service, Front Door"},
                "status": "in_progress",
                "delivery": {"rating": "red", "because": f"Red: its due date, {written}, has passed."},
                "rung": "none",
                "late": True,
                "stale": False,
                "starts_on": (world.today - timedelta(days=90)).isoformat(),
                "due_on": due,
                "first_due_on": due,
                "terms": None,
                "links": {
                    "self": here,
                    "updates": f"{here}updates/",
                    "moves": f"{here}moves/",
                    "evidence": f"{here}evidence/",
                    "climbs": f"{here}climbs/",
                    "history": f"{here}history/",
                    "findings": f"{here}findings/",
                    "page": "/actions/1.2/",
                },
            }
        ],
    }


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("", ["1.1", "1.2", "2.1"]),
        ("theme=workforce", ["2.1"]),
        ("status=in_progress", ["1.1", "1.2"]),
        ("delivery=red", ["1.2"]),
        ("delivery=none", []),
        ("rung=none&late=false", ["1.1", "2.1"]),
        ("stale=false&lead=police", ["2.1"]),
        ("q=consent", ["1.2"]),
        ("order=due", ["1.2", "1.1", "2.1"]),
        ("page_size=2", ["1.1", "1.2"]),
        ("page_size=2&page=2", ["2.1"]),
    ],
)
def test_a_list_is_narrowed_and_ordered_by_the_words_of_the_page(
    visit: Any, world: World, asked: str, numbers: list[str]
) -> None:
    assert _numbers(visit(world.member).get(f"/api/actions/?{asked}")) == numbers


def test_a_list_shows_any_day_as_it_was_then(visit: Any, world: World) -> None:
    before = world.today - timedelta(days=40)
    shown = visit(world.member).get(f"/api/actions/?on={before}").json()["results"]
    assert [(action["number"], action["status"]) for action in shown] == [
        ("1.1", "not_started"),
        ("1.2", "not_started"),
        ("2.1", "not_started"),
    ]


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        ("colour=red", "colour", NOT_A_WORD),
        ("letter__words__startswith=M", "letter__words__startswith", NOT_A_WORD),
        ("format=csv", "format", NOT_A_WORD),
        ("theme=no-such", "theme", "There is no such choice."),
        ("status=happy", "status", "There is no such choice."),
        ("late=maybe", "late", "There is no such choice."),
        ("page_size=101", "page_size", "Give a whole number from 1 to 100."),
        ("page=0", "page", "Give a whole number from 1 to 100,000."),
        ("page=%E0%B9%93", "page", "Give a whole number from 1 to 100,000."),
    ],
)  # fmt: skip
def test_a_word_that_makes_no_sense_is_named_and_never_passed_over(
    visit: Any, world: World, asked: str, field: str, sentence: str
) -> None:
    answer = visit(world.member).get(f"/api/actions/?{asked}")
    assert (answer.status_code, answer.json()) == (
        400,
        {"detail": f"“{field}”: {sentence}", "fields": {field: [sentence]}},
    )


def test_a_day_to_come_is_refused_with_the_sentence_of_the_page(visit: Any, world: World) -> None:
    answer = visit(world.member).get("/api/actions/?on=9999-12-31")
    assert answer.status_code == 400
    assert answer.json()["fields"]["on"][0].startswith("31 December 9999 is still to come.")


def test_there_is_no_page_after_the_last(visit: Any, world: World) -> None:
    answer = visit(world.member).get("/api/actions/?page=2")
    assert (answer.status_code, answer.json()) == (404, {"detail": "There is no page 2."})


@pytest.mark.parametrize(
    ("part", "numbers"),
    [
        ("officer", ["1.1", "1.2", "2.1"]),
        ("lead", ["1.1", "1.2", "2.1"]),
        ("director", ["1.1", "1.2", "2.1"]),
        ("clerk", ["1.1", "1.2", "2.1"]),
        ("finance", ["1.1", "1.2", "2.1"]),
        ("member", ["1.1", "1.2", "2.1"]),
        ("adviser", ["1.1", "1.2", "2.1"]),
        ("partner", ["2.1"]),
    ],
)
def test_each_role_lists_what_it_reads_on_the_pages(visit: Any, world: World, part: str, numbers: list[str]) -> None:
    assert _numbers(visit(getattr(world, part)).get("/api/actions/")) == numbers


PLAN = (
    "actions/", "actions/1.1/", "actions/1.1/updates/", "actions/1.1/history/", "actions/1.1/evidence/",
    "actions/1.1/climbs/", "themes/", "themes/front-door/",
    "findings/", "visits/", "measures/",
)  # fmt: skip


@pytest.mark.parametrize("path", PLAN)
def test_an_administrator_sees_nothing_of_the_plan(visit: Any, world: World, path: str) -> None:
    answer = visit(world.admin).get(f"/api/{path}")
    assert (answer.status_code, answer.json()) == (403, {"detail": READ_PLAN})


@pytest.mark.parametrize("path", [*PLAN, "papers/", "meetings/", "me/", "schema/", "no-such/", ""])
def test_nobody_is_answered_in_json_that_they_must_sign_in(path: str, db: None) -> None:
    answer = Client().get(f"/api/{path}")
    assert (answer.status_code, answer.headers["WWW-Authenticate"], answer.headers["Cache-Control"]) == (
        401,
        "Token",
        "no-store",
    )
    assert answer.json() == {"detail": "Say who is asking: send “Authorization: Token” and your key, or sign in first."}


@pytest.mark.parametrize("below", ["", "updates/", "history/", "evidence/", "climbs/"])
@pytest.mark.parametrize("number", ["9.9", "1.1%00", "%27", "1.1.1", "a" * 300])
def test_what_is_hidden_answers_like_what_never_was(visit: Any, world: World, number: str, below: str) -> None:
    partner = visit(world.partner)
    hidden, absent = partner.get(f"/api/actions/1.1/{below}"), partner.get(f"/api/actions/{number}/{below}")
    assert (hidden.status_code, hidden.json()) == (absent.status_code, absent.json()) == (404, NOT_HERE)
    assert dict(hidden.headers) == dict(absent.headers)


@pytest.mark.parametrize("deed", ["updates", "moves", "evidence", "climbs"])
def test_what_is_hidden_cannot_be_changed_and_answers_like_what_never_was(visit: Any, world: World, deed: str) -> None:
    partner = visit(world.partner)
    answers = [_send(partner, f"/api/actions/{number}/{deed}/", {"junk": 1}) for number in ("1.1", "9.9")]
    assert [(answer.status_code, answer.json()) for answer in answers] == [(404, NOT_HERE)] * 2


@pytest.mark.parametrize("part", ["officer", "lead", "finance", "member", "partner", "adviser", "admin"])
def test_no_address_shows_a_sealed_word_to_the_uncleared(visit: Any, world: World, part: str) -> None:
    reader = visit(getattr(world, part))
    with_seal = visit(world.director).get(f"/api/visits/{world.visit.reference}/").json()
    sealed = with_seal["findings"][0]["reference"]
    paths = [*PLAN, f"visits/{world.visit.reference}/", f"findings/{sealed}/", "papers/", "meetings/", "me/", "schema/"]
    said = b"".join(reader.get(f"/api/{path}").content for path in paths)
    assert [word for word in (SEALED, "Marigold", sealed, world.letter.reference) if word.encode() in said] == []
    assert reader.get(f"/api/findings/{sealed}/").content == reader.get("/api/findings/nothing222/").content


@pytest.mark.parametrize("part", ["director", "clerk"])
def test_the_cleared_are_shown_the_letter_and_what_it_says(visit: Any, world: World, part: str) -> None:
    shown = visit(getattr(world, part)).get(f"/api/visits/{world.visit.reference}/").json()
    assert shown["letter"]["source"]["title"] == "Letter of monitoring visit 1: Marigold"
    assert [finding["words"] for finding in shown["findings"]] == [SEALED]


def test_an_update_is_given_and_the_action_is_answered_as_it_then_is(visit: Any, world: World) -> None:
    officer = visit(world.officer)
    answer = _send(officer, "/api/actions/1.1/updates/", WORDS | {"move": "deliver"})
    assert (answer.status_code, answer.headers["ETag"]) == (201, '"5"')
    assert (answer.json()["status"], answer.json()["delivery"]["rating"]) == ("delivered", "blue")
    newest = officer.get("/api/actions/1.1/updates/").json()["results"][0]
    assert newest | {"at": ""} == {
        "by": "Asha Mellor",
        "at": "",
        "effective_on": world.today.isoformat(),
        "words": WORDS["words"],
        "no_change": False,
    }
    history = officer.get("/api/actions/1.1/history/").json()["results"]
    assert [line["says"] for line in history[:2]] == [
        "moved it from “In progress” to “Delivered”",
        "gave an update",
    ]


def test_no_change_is_a_word_too(visit: Any, world: World) -> None:
    said = {"words": "Waiting for the police rota.", "no_change": True}
    assert _send(visit(world.officer), "/api/actions/1.2/updates/", said).status_code == 201
    assert Update.objects.filter(action=world.overdue).latest("at").no_change


def test_a_move_is_made_and_leaves_its_line(visit: Any, world: World) -> None:
    answer = _send(visit(world.director), "/api/actions/2.1/moves/", {"move": "withdraw", "reason": "Merged with 1.1."})
    assert (answer.status_code, answer.json()["status"]) == (201, "withdrawn")
    assert answer.json()["delivery"]["rating"] == "none"
    assert list(world.theirs.lines.values_list("verb", "reason")) == [("withdraw", "Merged with 1.1.")]


@pytest.mark.parametrize(
    ("part", "path", "said", "sentence"),
    [
        ("member", "1.1/updates/", WORDS, "Your role does not let you update actions you lead or update for. "
         "Ask your administrator if you need to."),
        ("officer", "2.1/updates/", WORDS, "You neither lead action 2.1 nor update it, so you cannot give its update. "
         "Tell its lead, Northmoor Police, what you know."),
        ("officer", "1.1/moves/", {"move": "close", "reason": "Done."}, "“Close” is for the lead of the theme "
         "“Front door” or a director. Ask one."),
        ("member", "1.1/moves/", {"move": "deliver"}, "“Deliver” is for the action’s lead or the officer who "
         "updates it. Ask its lead, Head of Service, Front Door."),
    ],
)  # fmt: skip
def test_what_a_role_does_not_allow_is_403_with_the_sentence_of_the_page(
    visit: Any, world: World, part: str, path: str, said: Any, sentence: str
) -> None:
    before = _state(world.started)
    answer = _send(visit(getattr(world, part)), f"/api/actions/{path}", said)
    assert (answer.status_code, answer.json()) == (403, {"detail": sentence})
    assert _state(world.started) == before


@pytest.mark.parametrize(
    ("part", "path", "said"),
    [
        ("officer", "1.1/moves/", {"move": "start"}),
        ("director", "1.1/moves/", {"move": "close", "reason": "Done."}),
        ("director", "1.1/moves/", {"move": "withdraw"}),
        ("officer", "1.1/updates/", WORDS | {"move": "start"}),
    ],
)
def test_what_a_rule_does_not_allow_is_409_with_the_sentence_of_the_rule(
    visit: Any, world: World, part: str, path: str, said: Any
) -> None:
    with pytest.raises(Refused) as rule:
        progress.make(
            world.started,
            said["move"],
            by=world.director,
            at=world.now,
            reason=said.get("reason", said.get("words", "")),
        )
    before = _state(world.started)
    answer = _send(visit(getattr(world, part)), f"/api/actions/{path}", said, **{"Idempotency-Key": "one"})
    assert (answer.status_code, answer.json()) == (409, {"detail": str(rule.value)})
    assert _state(world.started) == before


@pytest.mark.parametrize(
    ("deed", "said", "fields"),
    [
        ("moves", {}, {"move": ["This field is required."]}),
        ("moves", {"move": "fly"}, {"move": ['"fly" is not a valid choice.']}),
        ("moves", {"move": "deliver", "reason": 7}, {"reason": ["Send text."]}),
        ("moves", {"move": "deliver", "status": "closed"},
         {"status": ["There is no such field here. There are: say_openly, move, reason."]}),
        ("updates", {}, {"words": NO_WORDS}),
        ("updates", {"words": "  "}, {"words": NO_WORDS}),
        ("updates", {"words": None}, {"words": NO_WORDS}),
        ("updates", {"words": ["x"]}, {"words": ["Send text."]}),
        ("updates", {"words": "a\x00b"}, {"words": ["Null characters are not allowed."]}),
        ("updates", {"words": "x" * 4001}, {"words": ["Ensure this field has no more than 4000 characters."]}),
        ("updates", WORDS | {"no_change": "yes"}, {"no_change": ["Send true or false."]}),
        ("updates", WORDS | {"move": "close"}, {"move": ['"close" is not a valid choice.']}),
        ("updates", [], {"non_field_errors": ["Send one JSON object."]}),
    ],
)  # fmt: skip
def test_a_field_at_fault_is_named_and_nothing_is_half_saved(
    visit: Any, world: World, deed: str, said: Any, fields: Any
) -> None:
    before = _state(world.started)
    answer = _send(visit(world.officer), f"/api/actions/1.1/{deed}/", said)
    assert (answer.status_code, answer.json()["fields"]) == (400, fields)
    assert _state(world.started) == before


@pytest.mark.parametrize("body", ['{"words": ', "", "[" * 100_000, '{"words": NaN}', b"\xff\xfe"])
def test_what_is_not_json_is_refused_with_a_sentence(visit: Any, world: World, body: Any) -> None:
    answer = visit(world.officer).post("/api/actions/1.1/updates/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["detail"] in (
        "What you sent cannot be read as JSON. Nothing has been changed.",
        "“words”: Write what has changed, or set no_change and say why nothing has.",
    )


def test_what_is_too_long_is_not_read(visit: Any, world: World, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    answer = _send(visit(world.officer), "/api/actions/1.1/updates/", {"words": "x" * 200})
    assert (answer.status_code, answer.json()) == (
        413,
        {"detail": "What you sent is too long to be read. Nothing has been changed."},
    )


def test_only_json_is_read(visit: Any, world: World) -> None:
    answer = visit(world.officer).post("/api/actions/1.1/updates/", WORDS)
    assert (answer.status_code, answer.json()) == (
        415,
        {"detail": "Send JSON, and say so: “Content-Type: application/json”."},
    )


def test_an_action_is_read_with_its_version_and_a_stale_one_is_not_written_over(visit: Any, world: World) -> None:
    officer = visit(world.officer)
    read = officer.get("/api/actions/1.1/").headers["ETag"]
    assert _send(officer, "/api/actions/1.1/updates/", WORDS, **{"If-Match": read}).status_code == 201
    before = _state(world.started)
    late = _send(officer, "/api/actions/1.1/updates/", {"words": "Mine too."}, **{"If-Match": read})
    assert (late.status_code, late.json()) == (
        412,
        {
            "detail": "Somebody has changed this since you read it, so nothing has been saved. "
            "Read it again, and send your change with its new ETag if it still holds."
        },
    )
    assert _state(world.started) == before


@pytest.mark.parametrize(("deed", "said"), [("updates", WORDS), ("moves", {"move": "deliver"})])
def test_a_change_by_somebody_who_does_not_say_what_they_read_is_not_made(
    visit: Any, world: World, deed: str, said: Any
) -> None:
    before = _state(world.started)
    officer, headers = visit(world.officer), {"Idempotency-Key": "blind"}
    answer = officer.post(f"/api/actions/1.1/{deed}/", said, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()) == (
        428,
        {
            "detail": "Say which version you have read, so that nobody’s change is undone unseen: send the ETag that "
            "it came with as “If-Match”, or “*” if any will do. Nothing has been changed."
        },
    )
    assert _state(world.started) == before
    assert _send(officer, f"/api/actions/1.1/{deed}/", said, **headers).status_code == 201


@pytest.mark.parametrize(
    ("wanted", "code"), [("*", 201), ('"1", "3"', 201), ('W/"3"', 412), ("3", 412), ("", 412), ('"4"', 412)]
)
def test_if_match_names_the_version_as_the_etag_did(visit: Any, world: World, wanted: str, code: int) -> None:
    answer = _send(visit(world.officer), "/api/actions/1.1/updates/", WORDS, **{"If-Match": wanted})
    assert answer.status_code == code


def test_a_change_sent_twice_under_one_key_is_made_once(visit: Any, world: World) -> None:
    officer = visit(world.officer)
    read = officer.get("/api/actions/1.1/").headers["ETag"]
    headers = {"Idempotency-Key": "nightly-7", "If-Match": read}
    first = _send(officer, "/api/actions/1.1/moves/", {"move": "deliver"}, **headers)
    before = _state(world.started)
    again = _send(officer, "/api/actions/1.1/moves/", {"move": "deliver"}, **headers)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.json(), first.headers["ETag"]) == (again.json(), again.headers["ETag"])
    assert _state(world.started) == before


def test_another_change_under_a_key_that_was_used_is_refused_and_not_taken_for_the_first(
    visit: Any, world: World
) -> None:
    officer, key = visit(world.officer), {"Idempotency-Key": "nightly-7"}
    others = WORDS | {"words": "Twelve contacts, and not eleven."}
    sent = [_send(officer, "/api/actions/1.1/updates/", said, **key) for said in (WORDS, others)]
    assert [answer.status_code for answer in sent] == [201, 400]
    assert sent[1].json()["fields"] == {
        "Idempotency-Key": [
            "Something else was done under this key already, so this is not done. Send it under a key of its own."
        ]
    }


def test_a_key_is_the_callers_own_and_the_addresss_own(visit: Any, world: World) -> None:
    key = {"Idempotency-Key": "1"}
    sent = [
        _send(visit(person), f"/api/actions/{number}/updates/", WORDS, **key).status_code
        for person, number in ((world.officer, "1.1"), (world.officer, "1.2"), (world.director, "1.1"))
    ]
    assert sent == [201, 201, 201]


def test_a_change_that_was_refused_may_be_tried_again_under_its_key(visit: Any, world: World) -> None:
    key = {"Idempotency-Key": "again"}
    director = visit(world.director)
    assert _send(director, "/api/actions/1.1/moves/", {"move": "withdraw"}, **key).status_code == 409
    whole = {"move": "withdraw", "reason": "Merged with 1.2."}
    assert _send(director, "/api/actions/1.1/moves/", whole, **key).status_code == 201


def test_a_key_is_not_longer_than_a_key(visit: Any, world: World) -> None:
    answer = _send(visit(world.officer), "/api/actions/1.1/updates/", WORDS, **{"Idempotency-Key": "k" * 201})
    assert (answer.status_code, list(answer.json()["fields"])) == (400, ["Idempotency-Key"])


def test_a_browser_that_is_signed_in_must_send_its_csrf_token(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.login(username="officer@northmoor.example", password=PASSWORD)
    answer = _send(browser, "/api/actions/1.1/updates/", WORDS)
    assert (answer.status_code, answer.json()) == (
        403,
        {"detail": "A browser that is signed in must send its CSRF token with a change. Scripts act by a key."},
    )


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
@pytest.mark.parametrize("path", ["actions/", "actions/1.1/", "actions/1.1/history/"])
def test_what_cannot_be_done_is_answered_in_a_sentence(visit: Any, world: World, method: str, path: str) -> None:
    answer = getattr(visit(world.director), method)(f"/api/{path}?page=1")
    assert (answer.status_code, answer.json()) == (
        405,
        {"detail": "This cannot be done here; the Allow header says what can."},
    )


def _actions(world: World) -> None:
    for n in range(10, 107):
        action = Action.objects.create(
            plan=world.plan, theme=world.front_door, number=f"1.{n}", position=n, title=f"Action {n}", words="x",
            success="y", lead=world.started.lead, starts_on=world.today, due_on=world.today, first_due_on=world.today,
        )  # fmt: skip
        Standing.restate(action, at=world.now)


def _themes(world: World) -> None:
    Theme.objects.bulk_create(
        Theme(plan=world.plan, number=n, slug=f"theme-{n}", title=f"Theme {n}", aim="x") for n in range(3, 101)
    )


def _findings(world: World) -> None:
    Finding.objects.bulk_create(
        Finding(
            source=world.plan.inspection.source, theme=world.workforce, kind="area", number=f"A{n}", words="x",
            polarity="mixed", position=n,
        )
        for n in range(3, 101)
    )  # fmt: skip


def _visits(world: World) -> None:
    Visit.objects.bulk_create(
        Visit(
            inspection=world.plan.inspection, ordinal=n, starts_on=world.today, ends_on=world.today, focus="x",
            areas="y", inspectors="z",
        )
        for n in range(2, 101)
    )  # fmt: skip


def _measures(world: World) -> None:
    Measure.objects.bulk_create(
        Measure(
            theme=world.workforce, slug=f"measure-{n}", name="x", definition="y", numerator="z", unit="number",
            better="higher", target=1, position=n,
        )
        for n in range(100)
    )  # fmt: skip


def _papers(world: World) -> None:
    Paper.objects.bulk_create(
        Paper(title=f"Paper {n}", body=world.meeting.body, composed_at=world.now) for n in range(100)
    )


def _meetings(world: World) -> None:
    Meeting.objects.bulk_create(
        Meeting(body=world.meeting.body, held_on=world.today + timedelta(days=30 + n)) for n in range(99)
    )


@pytest.mark.parametrize(
    ("name", "more", "queries"),
    [
        ("actions", _actions, 11),
        ("themes", _themes, 9),
        ("findings", _findings, 9),
        ("visits", _visits, 8),
        ("measures", _measures, 9),
        ("papers", _papers, 8),
        ("meetings", _meetings, 8),
    ],
)
def test_a_list_asks_the_database_as_often_for_a_hundred_rows_as_for_three(
    visit: Any, world: World, name: str, more: Any, queries: int, django_assert_num_queries: Any
) -> None:
    member = visit(world.member)
    with django_assert_num_queries(queries):
        member.get(f"/api/{name}/?page_size=100")
    more(world)
    with django_assert_num_queries(queries):
        answer = member.get(f"/api/{name}/?page_size=100").json()
    assert len(answer["results"]) == 100


def test_no_answer_carries_a_primary_key(visit: Any, world: World) -> None:
    director = visit(world.director)
    paths = [*PLAN, f"visits/{world.visit.reference}/", "papers/", "meetings/", "me/"]
    names: set[str] = set()

    def walk(said: Any) -> None:
        if isinstance(said, dict):
            names.update(said)
        for part in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
            walk(part)

    for path in paths:
        walk(director.get(f"/api/{path}").json())
    assert {name for name in names if name in ("id", "pk") or name.endswith("_id")} == set()
