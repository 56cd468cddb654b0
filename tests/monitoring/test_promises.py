"""Actions added and amended, and what they answer said in the browser and by the API; findings declined for a while."""

import json
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

from improvement.models import Action, Answer, Finding, Lead, Response
from sources.models import Source
from sources.seals import acting_as
from tests.world import SEALED, World


def _text(response: Any) -> str:
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
    return unescape(re.sub(r" ([.,:;)])", r"\1", text))


def _on(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def _send(browser: Any, address: str, **typed: Any) -> Any:
    """As a browser does: with the hidden fields of the page, and whatever is ticked on it unless told otherwise."""
    page = browser.get(address).content.decode()
    hidden = {name: re.findall(rf'name="{name}" value="([^"]+)"', page) for name in ("once", "was", "version")}
    ticked = re.findall(r'name="chosen" type="checkbox" value="([^"]+)" checked', page)
    return browser.post(address, {**hidden, "chosen": ticked, **typed})


def _of(number: str) -> Finding:
    return Finding.objects.get(number=number)


def _answered(action: Action) -> set[str]:
    return set(action.findings.values_list("number", flat=True))


def _history(of: Any) -> list[str]:
    return [str(line) for line in of.lines.order_by("-id")]


def test_a_theme_lead_says_what_an_action_answers(world: World, visit: Any) -> None:
    browser = visit(world.lead)
    sent = _send(browser, "/actions/1.1/findings/", chosen=[_of("A1").reference])
    assert (sent.status_code, sent["Location"]) == (302, "/actions/1.1/")
    assert _answered(world.started) == {"A1"}
    assert "Tom Varley said that it answers A1 and said that it no longer answers R1." in _text(
        browser.get("/actions/1.1/")
    )
    assert "Tom Varley said that action 1.1 answers it." in _text(browser.get(f"/findings/{_of('A1').reference}/"))


def test_a_partner_is_told_of_no_action_of_another_theme(world: World, visit: Any) -> None:
    a1 = _of("A1")
    Answer.say(world.started, [a1], by=world.director, at=world.now)
    Response.give(a1, "accepted", reason="", until_on=None, by=world.director, at=world.now)
    page = _text(visit(world.partner).get(f"/findings/{a1.reference}/"))
    assert ("Ruth Okafor accepted it." in page, "1.1" in page) == (True, False)
    assert "said that action 1.1 answers it" in _text(visit(world.member).get(f"/findings/{a1.reference}/"))


def test_what_a_colleague_has_tied_meanwhile_stays(world: World, visit: Any) -> None:
    browser = visit(world.lead)
    page = browser.get("/actions/1.2/findings/").content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page)
    Answer.say(world.overdue, [_of("A1")], by=world.director, at=world.now)
    browser.post("/actions/1.2/findings/", {"once": once[1] if once else "", "chosen": [_of("R1").reference]})
    assert _answered(world.overdue) == {"R1", "A1"}


def test_looking_among_findings_loses_no_tick_and_saves_nothing(world: World, visit: Any) -> None:
    browser = visit(world.lead)
    sent = _send(browser, "/actions/1.2/findings/", q="WORKFORCE asked", chosen=[_of("R1").reference], look="yes")
    assert sent.status_code == 200
    page = sent.content.decode()
    assert re.findall(r'value="(\w+)"( checked)?[^>]*>\s*<label[^>]*><strong>(\w+)', page) == [
        (_of("R1").reference, " checked", "R1"),
        (_of("A1").reference, "", "A1"),
    ]
    assert _answered(world.overdue) == set()
    sent = _send(browser, "/actions/1.2/findings/", q="no such words", look="yes")
    assert "Nothing holds those words. Change them and look again." in _text(sent)


def test_a_tie_that_cannot_be_seen_survives_its_saving(world: World, visit: Any) -> None:
    with acting_as(world.director):
        sealed = Finding.objects.select_related("seal").get(source=world.letter)
        Answer.say(world.started, [_of("R1"), sealed], by=world.director, at=world.now)
    browser = visit(world.lead)
    assert SEALED not in browser.get("/actions/1.1/findings/").content.decode()
    assert _send(browser, "/actions/1.1/findings/", chosen=[]).status_code == 302
    with acting_as(world.director):
        assert _answered(world.started) == {sealed.number}
    assert SEALED in visit(world.director).get("/actions/1.1/findings/").content.decode()


def test_where_nothing_was_ticked_nothing_is_done(world: World, visit: Any) -> None:
    sent = _send(visit(world.lead), "/actions/1.1/findings/")
    assert sent.status_code == 409
    assert "Nothing has been changed. Tick or untick something, or go back." in _text(sent)


def test_a_lead_says_which_actions_of_their_themes_answer_a_finding(world: World, visit: Any) -> None:
    a1 = _of("A1")
    Answer.say(world.theirs, [a1], by=world.director, at=world.now)
    browser, address = visit(world.lead), f"/findings/{a1.reference}/actions/"
    assert "2.1" not in re.findall(r'type="checkbox" value="([^"]+)"', browser.get(address).content.decode())
    assert _send(browser, address, chosen=["1.1", "1.2"]).status_code == 302
    assert set(a1.actions.values_list("number", flat=True)) == {"1.1", "1.2", "2.1"}
    assert _answered(world.started) == {"R1", "A1"}
    assert _send(browser, address, chosen=["1.2"]).status_code == 302
    assert _history(a1)[0] == "Tom Varley said that action 1.1 no longer answers it"
    assert _send(browser, address, chosen=["2.1"]).status_code == 400


@pytest.mark.parametrize("part", ["officer", "member", "partner", "clerk", "adviser"])
def test_only_whoever_steers_the_theme_is_offered_or_does_any_of_it(world: World, visit: Any, part: str) -> None:
    browser, a1 = visit(getattr(world, part)), _of("A1").reference
    for address in ("/actions/1.1/findings/", "/actions/1.1/words/", "/actions/new/"):
        assert browser.get(address).status_code in (403, 404)
    for address in (f"/findings/{a1}/actions/", f"/findings/{a1}/response/"):
        assert (browser.get(address).status_code, browser.post(address, {}).status_code) == (403, 403)
        assert address not in browser.get(f"/findings/{a1}/").content.decode()


def test_a_theme_lead_declines_nothing_of_another_theme(world: World, visit: Any) -> None:
    sent = visit(world.lead).get(f"/findings/{_of('A1').reference}/response/")
    assert sent.status_code == 403
    assert "Replying to a finding is for the lead of the theme “Workforce” or a director. Ask one." in _text(sent)


def test_a_finding_is_declined_with_its_reason_and_its_end(world: World, visit: Any) -> None:
    browser, address = visit(world.director), f"/findings/{_of('A1').reference}/"
    until = world.today + timedelta(days=90)
    refused = _send(browser, f"{address}response/", reply="declined", reason="The contract ends.")
    assert refused.status_code == 409
    assert "Say until when it is declined. After that day it is to be looked at again." in _text(refused)
    sent = _send(
        browser, f"{address}response/", reply="declined", reason="The contract ends.", **_on("until_on", until)
    )
    assert sent["Location"] == address
    page = _text(browser.get(address))
    assert f"Declined until {until:%-d %B %Y}. The contract ends. Ruth Okafor" in page
    assert f"Ruth Okafor declined it until {until:%-d %B %Y}. Why: The contract ends." in page
    assert "1 of 2 is answered by at least one action of the plan, and 1 is declined for now." in _text(
        browser.get("/findings/")
    )
    assert "1 is declined for now" in _text(browser.get("/dashboard/"))


def _added(world: World) -> dict[str, Any]:
    return {
        "theme": "front-door", "title": "Call each family back", "words": "We will call back within a day.",
        "success": "Families say that they were called.", "lead": "hos-front-door",
        **_on("starts_on", world.today), **_on("due_on", world.today + timedelta(days=60)),
    }  # fmt: skip


def test_an_action_is_added_from_the_finding_that_it_answers(world: World, visit: Any) -> None:
    browser, r1 = visit(world.lead), _of("R1")
    address = f"/actions/new/?finding={r1.reference}"
    assert address in browser.get(f"/findings/{r1.reference}/").content.decode()
    sent = _send(browser, address, **_added(world))
    assert (sent.status_code, sent["Location"]) == (302, "/actions/1.3/")
    made = Action.objects.get(number="1.3")
    assert (made.title, made.theme, made.lead.slug, made.status, made.position, made.first_due_on == made.due_on) == (
        "Call each family back", world.front_door, "hos-front-door", "not_started", 3, True,
    )  # fmt: skip
    assert _answered(made) == {"R1"}
    assert _history(made) == ["Tom Varley said that it answers R1", "Tom Varley added it to the plan"]
    assert made.standings.on(world.today).get().delivery == "green"


def test_a_new_lead_is_named_as_the_action_is_added(world: World, visit: Any) -> None:
    typed = _added(world) | {"lead": "", "new_lead": "Family Hubs"}
    refused = _send(visit(world.director), "/actions/new/", **typed)
    assert "Say whether it is a post, a team or a partner." in _text(refused)
    assert 'value="Call each family back"' in refused.content.decode()
    assert _send(visit(world.director), "/actions/new/", **typed, kind="team").status_code == 302
    assert Action.objects.get(number="1.3").lead == Lead.objects.get(name="Family Hubs")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "Give it a title."),
        ({"success": " "}, "Say how anyone will know that it helped."),
        ({"lead": ""}, "Choose who leads it, or name another lead."),
        ({"theme": "workforce"}, "Select a valid choice."),
        ({"due_on_year": "2001"}, "The action would be due before it starts. Put one of the two dates right."),
    ],
)
def test_what_an_action_lacks_is_said(world: World, visit: Any, typed: dict[str, str], said: str) -> None:
    before = Action.objects.count()
    assert said in _text(_send(visit(world.lead), "/actions/new/", **(_added(world) | typed)))
    assert Action.objects.count() == before


@pytest.mark.parametrize("part", ["lead", "director"])
def test_a_number_that_a_hidden_action_has_is_given_whoever_adds_one(world: World, visit: Any, part: str) -> None:
    with acting_as(world.director):
        hidden = Action.objects.create(
            plan=world.plan, theme=world.front_door, number="1.3", position=3, title="Marigold", words="We will.",
            success="Seen.", lead=world.started.lead, starts_on=world.today, due_on=world.today,
            first_due_on=world.today, seal=world.seal,
        )  # fmt: skip
    sent = _send(visit(getattr(world, part)), "/actions/new/", **_added(world))
    assert sent["Location"] == "/actions/1.3/"
    with acting_as(world.director):
        assert Action.objects.get(pk=hidden.pk).number == "1.3-S1"


def test_the_second_of_two_who_amend_an_action_sees_the_firsts_words_beside_their_own(world: World, visit: Any) -> None:
    browser, address = visit(world.lead), "/actions/1.1/words/"
    page = browser.get(address).content.decode()
    sent = dict(re.findall(r'name="(once|version)" value="([^"]+)"', page)) | {
        "title": "Answer every contact", "words": "Within a day.", "success": "Families say so.", "reason": "Shorter.",
    }  # fmt: skip
    for success in ("They are asked.", "They are asked each month."):
        Action.objects.get(number="1.1").amend(
            title=f"{success} Contacts", success=success, reason="So.", by=world.director, at=world.now
        )
    answer = browser.post(address, sent)
    assert answer.status_code == 409
    for words in (
        "Somebody has changed this action since you opened it, so yours is not saved yet.",
        "Ruth Okafor amended its title",
        "Title, as it is now They are asked each month. Contacts",
        'value="Answer every contact"',
    ):
        assert words in (_text(answer) + answer.content.decode())
    again = dict(re.findall(r'name="(once|version)" value="([^"]+)"', answer.content.decode()))
    success = re.search(r'name="success"[^>]*>\s*(.*?)</textarea>', answer.content.decode(), re.DOTALL)
    assert success
    assert browser.post(address, sent | again | {"success": success[1]}).status_code == 302
    action = Action.objects.get(number="1.1")
    assert (action.title, action.words, action.success) == (
        "Answer every contact", "Within a day.", "They are asked each month."
    )  # fmt: skip


def test_an_action_is_amended_and_its_former_words_are_shown(world: World, visit: Any) -> None:
    browser, address = visit(world.lead), "/actions/1.1/words/"
    typed = {"title": world.started.title, "words": "We will call back.", "success": "Families say so."}
    refused = _send(browser, address, **typed, reason=" ")
    assert "Say why it is put otherwise" in _text(refused)
    assert _send(browser, address, **typed, reason="The board asked.").status_code == 302
    page = _text(browser.get("/actions/1.1/"))
    assert "Tom Varley amended what was promised. Why: The board asked." in page
    assert f"Was: {world.started.words} Is: We will call back." in page
    same = _send(browser, address, **typed, reason="Again.")
    assert "Nothing has been put otherwise. Change its words, or go back." in _text(same)


def _notice(world: World) -> Source:
    return Source.objects.create(
        kind="notice", title="Improvement notice", from_whom="The Secretary of State", received_on=world.today
    )


def test_a_clerk_takes_up_the_requirements_of_a_notice_one_by_one(world: World, visit: Any) -> None:
    address = f"/documents/{_notice(world).reference}/requirements/"
    browser = visit(world.clerk)
    assert address in browser.get("/inspection/").content.decode()
    assert 'value="N1"' in browser.get(address).content.decode()
    typed = {"number": "n1", "words": "The council must report each month.", "theme": "workforce"}
    assert _send(browser, address, **typed)["Location"] == "/inspection/"
    again = _send(browser, address, **typed)
    assert "The plan has a requirement N1 already. Give this one another number." in _text(again)
    assert 'value="N2"' in browser.get(address).content.decode()
    assert "Requirement N1 Workforce The council must report each month." in _text(browser.get("/inspection/"))
    assert "1 requirement of a notice" in _text(visit(world.member).get("/findings/?kind=requirement"))
    assert "Finding N1" in _text(visit(world.member).get("/search/?q=report+each+month"))


def test_requirements_are_of_notices_and_recorded_by_whoever_records_documents(world: World, visit: Any) -> None:
    notice, report = (source.reference for source in (_notice(world), world.plan.inspection.source))
    assert visit(world.clerk).get(f"/documents/{report}/requirements/").status_code == 404
    assert visit(world.lead).get(f"/documents/{notice}/requirements/").status_code == 403
    assert "Add a requirement" not in _text(visit(world.lead).get("/inspection/"))
    assert "Add a requirement" in _text(visit(world.director).get("/inspection/"))


def _put(browser: Any, path: str, said: Any, **headers: str) -> Any:
    return browser.put(path, json.dumps(said), content_type="application/json", headers=headers)


def test_the_api_says_what_an_action_answers_on_the_version_that_was_read(world: World, visit: Any) -> None:
    browser, path = visit(world.lead), "/api/actions/1.1/findings/"
    said = {"findings": [_of("A1").reference]}
    assert _put(browser, path, said).status_code == 428
    assert _put(browser, path, said, **{"If-Match": '"99"'}).status_code == 412
    read = browser.get("/api/actions/1.1/")["ETag"]
    done = _put(browser, path, said, **{"If-Match": read})
    assert (done.status_code, done.json()["findings"]) == (200, said["findings"])
    assert _put(browser, path, {"findings": ["nothing222"]}, **{"If-Match": "*"}).json()["fields"] == {
        "findings": ["The plan takes up no finding nothing222."]
    }
    assert _put(browser, path, {"findings": ["", 4]}, **{"If-Match": "*"}).json()["fields"] == {
        "findings": ["Send the references of findings, each as text."]
    }
    refused = _put(visit(world.officer), path, said, **{"If-Match": "*"})
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "Saying what an action answers is for the lead of the theme “Front door” or a director. Ask one.",
    )


def test_the_api_replies_to_a_finding_with_the_sentences_of_the_page(world: World, visit: Any) -> None:
    path = f"/api/findings/{_of('A1').reference}/responses/"
    until = (world.today + timedelta(days=9)).isoformat()

    def post(part: Any, said: dict[str, Any], **headers: str) -> Any:
        return visit(part).post(path, json.dumps(said), content_type="application/json", headers=headers)

    refused = post(world.director, {"reply": "declined", "until_on": until})
    assert (refused.status_code, refused.json()["detail"]) == (
        409,
        "Say why it is declined: inspectors and the board will ask.",
    )
    said = {"reply": "declined", "until_on": until, "reason": "The contract ends."}
    assert [post(world.director, said, **{"Idempotency-Key": "k"}).status_code for _ in range(2)] == [201, 200]
    [told] = visit(world.member).get(path.removesuffix("responses/")).json()["responses"]
    assert told | {"at": ""} == said | {"by": "Ruth Okafor", "at": ""}
    assert post(world.lead, said).status_code == 403
    assert Response.objects.count() == 1
