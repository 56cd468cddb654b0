"""What is done with an action besides updates and moves: dates, steps, waits, evidence, impact and ratings."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from improvement.models import Action, Extension
from improvement.timing import written
from monitoring import progress
from monitoring.models import Evidence, unreferenced
from monitoring.scheme import Scheme
from monitoring.settling import settle
from sources import store
from tests.world import World


def _text(response: Any) -> str:
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
    return unescape(re.sub(r" ([.,:;)])", r"\1", text))


def _on(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def _send(browser: Any, deed: str, number: str = "1.1", **typed: Any) -> Any:
    return browser.post(f"/actions/{number}/{deed}/", _hidden(browser.get(f"/actions/{number}/{deed}/")) | typed)


def _hidden(page: Any) -> dict[str, Any]:
    return dict(re.findall(r'name="(once|version)" value="([^"]+)"', page.content.decode()))


def _standing(action: Action, world: World) -> Any:
    return action.standings.on(world.today).get()


def _history(action: Action) -> list[str]:
    return [str(line) for line in action.lines.order_by("-at", "-id")]


def _evidence(world: World, *, dated_on: date | None = None, kind: str = "audit") -> Evidence:
    return progress.show(
        world.started, kind=kind, title="Dip sample", words="37 of 40 were in time.",
        dated_on=dated_on or world.today, by=world.officer, at=world.now,
    )  # fmt: skip


def test_evidence_is_dated_by_what_it_speaks_of_and_shown_on_the_action(world: World, visit: Any) -> None:
    browser, day = visit(world.officer), world.today - timedelta(days=9)
    sent = _send(
        browser, "evidence", kind="audit", title="Dip sample of 40", words="37 were in time.",
        link="https://files.northmoor.example/40", **_on("dated_on", day),
    )  # fmt: skip
    assert sent.status_code == 302
    page = browser.get("/actions/1.1/")
    assert f"Dip sample of 40 Case audit, dated {written(day)}" in _text(page)
    assert 'href="https://files.northmoor.example/40"' in page.content.decode()
    assert _history(world.started)[0] == "Asha Mellor added evidence: Dip sample of 40"


def test_evidence_of_a_day_to_come_is_refused_and_nothing_typed_is_lost(world: World, visit: Any) -> None:
    day = world.today + timedelta(days=1)
    sent = _send(visit(world.officer), "evidence", kind="data", title="T", words="W", **_on("dated_on", day))
    assert sent.status_code == 409
    assert f"{written(day)}, the date of the evidence, is still to come. Correct it." in _text(sent)
    assert 'value="T"' in sent.content.decode()
    assert world.started.evidence.count() == 0


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://a.example/40"]
)
def test_a_link_that_is_no_page_of_the_web_is_refused(world: World, visit: Any, link: str) -> None:
    day = _on("dated_on", world.today)
    sent = _send(visit(world.officer), "evidence", kind="data", title="T", words="W", link=link, **day)
    assert sent.status_code == 400
    assert world.started.evidence.count() == 0


def test_impact_is_put_forward_by_whoever_updates_and_judged_by_somebody_else(world: World, visit: Any) -> None:
    seen = _evidence(world)
    assert _send(visit(world.officer), "impact", rung="evidenced", evidence=seen.reference).status_code == 302
    refused = _send(visit(world.officer), "impact", rung="verified", evidence=seen.reference)
    assert refused.status_code == 400
    assert _standing(world.started, world).rung == "evidenced"
    assert _send(visit(world.lead), "impact", rung="verified", evidence=seen.reference).status_code == 302
    assert _standing(world.started, world).rung == "verified"


def test_nobody_judges_the_evidence_that_they_added(world: World, visit: Any) -> None:
    own = progress.show(
        world.started, kind="audit", title="Dip sample", words="37.", dated_on=world.today, by=world.lead, at=world.now
    )
    assert _send(visit(world.lead), "impact", rung="evidenced", evidence=own.reference).status_code == 302
    refused = _send(visit(world.lead), "impact", rung="verified", evidence=own.reference)
    assert refused.status_code == 409
    assert "You added this evidence yourself, so you cannot judge it." in _text(refused)
    assert _send(visit(world.director), "impact", rung="verified", evidence=own.reference).status_code == 302


def test_a_rung_without_evidence_is_refused_with_the_ladders_sentence(world: World, visit: Any) -> None:
    sent = _send(visit(world.officer), "impact", rung="evidenced", evidence="")
    assert sent.status_code == 409
    assert "“Evidenced” needs evidence with a date of its own." in _text(sent)


def test_impact_falls_back_with_a_reason_that_the_board_reads(world: World, visit: Any) -> None:
    progress.climb(world.started, "evidenced", evidence=_evidence(world), by=world.officer, at=world.now)
    browser = visit(world.officer)
    assert "Say why the impact falls back" in _text(_send(browser, "impact", rung="none", evidence=""))
    assert _send(browser, "impact", rung="none", evidence="", reason="The sample was too small.").status_code == 302
    assert "Why: The sample was too small." in _text(browser.get("/actions/1.1/"))
    assert _standing(world.started, world).rung == "none"


def test_what_an_action_waits_for_makes_it_amber_until_it_has_come(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    assert _send(browser, "waits", waiting_for="A list of schools.", from_whom="the schools").status_code == 302
    assert _standing(world.started, world).delivery == "amber"
    assert _send(browser, "waits/over", wait="1").status_code == 302
    assert _standing(world.started, world).delivery == "green"
    assert _history(world.started)[:2] == [
        "Asha Mellor said it no longer waits for the schools",
        "Asha Mellor said it is waiting for the schools",
    ]


def test_a_milestone_lies_on_the_way_and_not_beyond_the_end(world: World, visit: Any) -> None:
    browser, due = visit(world.officer), world.started.due_on
    beyond = _send(browser, "milestones", words="Train both teams", **_on("due_on", due + timedelta(days=1)))
    assert beyond.status_code == 409
    assert f"The action is due on {written(due)}, and a milestone is a step on the way there." in _text(beyond)
    assert _send(browser, "milestones", words="Train both teams", **_on("due_on", due)).status_code == 302
    assert [step.words for step in world.started.milestones.all()] == ["Train both teams"]


def test_a_theme_lead_sets_the_rating_aside_for_a_while_and_says_why(world: World, visit: Any) -> None:
    until = world.today + timedelta(days=20)
    typed = {"delivery": "red", "reason": "The rota will not hold.", **_on("until_on", until)}
    assert _send(visit(world.officer), "rating", **typed).status_code == 403
    assert _send(visit(world.lead), "rating", **typed).status_code == 302
    standing = _standing(world.started, world)
    assert standing.delivery == "red"
    assert "set by the theme lead until" in standing.because
    assert world.started.standings.on(until + timedelta(days=1)).get().delivery != "red"


def test_a_rating_cannot_be_set_aside_in_the_past(world: World, visit: Any) -> None:
    yesterday = _on("until_on", world.today - timedelta(days=1))
    sent = _send(visit(world.lead), "rating", delivery="green", reason="Fine.", **yesterday)
    assert sent.status_code == 409
    assert "has passed. Let the override run to the next board, or today." in _text(sent)


def _asked(world: World, visit: Any, *, days: int = 30) -> date:
    to_on = world.started.due_on + timedelta(days=days)
    typed = {"reason": "partner", "words": "Health needs a month.", **_on("to_on", to_on)}
    assert _send(visit(world.officer), "extension", **typed).status_code == 302
    return to_on


def test_a_later_date_is_asked_for_and_agreed_at_a_meeting_and_both_are_kept(world: World, visit: Any) -> None:
    first, to_on = world.started.due_on, _asked(world, visit)
    browser = visit(world.lead)
    world.meeting.held_on = world.today
    world.meeting.save()
    answered = _send(
        browser, "extension/answer", agreed="yes", words="", meeting=f"executive {world.today.isoformat()}"
    )
    assert answered.status_code == 302
    world.started.refresh_from_db()
    assert (world.started.due_on, world.started.first_due_on, world.started.times_moved) == (to_on, first, 1)
    table = _text(browser.get("/extensions/"))
    assert "Waiting for an answer (0)" in table
    assert "Waiting for a partner: Health needs a month. Asha Mellor" in table
    assert "Agreed by Tom Varley" in table
    assert "at Executive" in table


def test_declining_needs_a_word_why_and_leaves_the_date(world: World, visit: Any) -> None:
    due_on = world.started.due_on
    _asked(world, visit)
    browser = visit(world.lead)
    wordless = _send(browser, "extension/answer", agreed="no", words="")
    assert (wordless.status_code, "Say why the date stays" in _text(wordless)) == (409, True)
    assert _send(browser, "extension/answer", agreed="no", words="Ask Health to begin now.").status_code == 302
    world.started.refresh_from_db()
    assert world.started.due_on == due_on
    assert "Declined by Tom Varley" in _text(browser.get("/extensions/"))


def test_only_one_request_waits_at_a_time_and_only_for_a_later_date(world: World, visit: Any) -> None:
    browser, due_on = visit(world.officer), world.started.due_on
    typed = {"reason": "capacity", "words": "Two posts are vacant."}
    earlier = _send(browser, "extension", **typed, **_on("to_on", due_on))
    assert (earlier.status_code, "Ask for a later date than that." in _text(earlier)) == (409, True)
    _asked(world, visit)
    again = _send(browser, "extension", **typed, **_on("to_on", due_on + timedelta(days=60)))
    assert (again.status_code, "A later date has been asked for already" in _text(again)) == (409, True)


def test_whoever_asks_does_not_answer_and_the_database_says_so_too(world: World, visit: Any) -> None:
    to_on = world.started.due_on + timedelta(days=5)
    asked = progress.ask_extension(
        world.started, to_on, reason="scope", words="More homes.", by=world.director, at=world.now
    )
    refused = _send(visit(world.director), "extension/answer", agreed="yes", words="")
    assert "You asked for this yourself, so another theme lead or a director must answer." in _text(refused)
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.filter(pk=asked.pk).update(answered_by=world.director, answered_at=world.now, agreed=True)


def test_a_theme_lead_moves_a_date_with_its_reason(world: World, visit: Any) -> None:
    to_on = world.overdue.due_on + timedelta(days=40)
    typed = {"reason": "capacity", "words": "Two posts are vacant.", "meeting": "", **_on("to_on", to_on)}
    assert _send(visit(world.officer), "revision", "1.2", **typed).status_code == 403
    assert _send(visit(world.lead), "revision", "1.2", **typed).status_code == 302
    world.overdue.refresh_from_db()
    assert world.overdue.due_on == to_on


@pytest.mark.parametrize("deed", ["revision", "extension"])
@pytest.mark.parametrize("move", ["deliver", "withdraw"])
def test_when_an_action_that_is_over_was_due_stays_as_it_was(world: World, visit: Any, move: str, deed: str) -> None:
    progress.make(world.started, move, by=world.lead, at=world.now, reason="Said at the board.")
    to_on = _on("to_on", world.started.due_on + timedelta(days=30))
    sent = _send(visit(world.lead), deed, reason="capacity", words="Two workers left.", meeting="", **to_on)
    said = {"deliver": "delivered", "withdraw": "withdrawn"}[move]
    assert sent.status_code == 409
    assert f"This action is {said}, so when it was due stays as it is." in _text(sent)


@pytest.mark.parametrize(
    ("to_on", "sentence"),
    [
        (lambda world: world.started.starts_on - timedelta(days=1), "so it cannot be due before. Give a later date."),
        (lambda world: world.started.due_on.replace(year=27), "Enter the year in four figures, from 1900 to 2199."),
        (lambda world: world.started.due_on.replace(year=9999), "Enter the year in four figures, from 1900 to 2199."),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused(world: World, visit: Any, to_on: Any, sentence: str) -> None:
    day = _on("to_on", to_on(world))
    sent = _send(visit(world.lead), "revision", reason="capacity", words="Two workers left.", meeting="", **day)
    assert (sent.status_code in (400, 409), sentence in _text(sent)) == (True, True)
    assert world.started.revisions.count() == 0


def test_agreeing_to_an_earlier_request_never_moves_a_date_back(world: World, visit: Any) -> None:
    asked = _asked(world, visit)
    moved = asked + timedelta(days=30)
    progress.revise(
        Action.objects.get(number="1.1"), moved, reason="scope", words="More to do.", by=world.lead, at=world.now
    )
    browser = visit(world.lead)
    assert f"Decline: it stays {written(moved)}" in _text(browser.get("/actions/1.1/extension/answer/"))
    sent = _send(browser, "extension/answer", agreed="yes", words="", meeting="")
    assert sent.status_code == 409
    assert f"The action is due on {written(moved)} since it was asked" in _text(sent)
    assert Action.objects.get(number="1.1").due_on == moved


def test_the_same_form_sent_twice_is_one_deed(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    once = re.search(r'name="once" value="([^"]+)"', browser.get("/actions/1.1/waits/").content.decode())
    assert once
    typed = {"once": once[1], "waiting_for": "A list.", "from_whom": "schools"}
    assert [browser.post("/actions/1.1/waits/", typed).status_code for _ in range(2)] == [302, 302]
    assert world.started.blockers.count() == 1


@pytest.mark.parametrize(
    "deed",
    [
        "evidence",
        "impact",
        "waits",
        "waits/over",
        "milestones",
        "rating",
        "extension",
        "extension/answer",
        "revision",
        "lead",
    ],
)
@pytest.mark.parametrize("part", ["clerk", "member", "adviser", "finance", "admin", "partner"])
def test_nobody_else_does_any_of_it(world: World, visit: Any, part: str, deed: str) -> None:
    browser = visit(getattr(world, part))
    assert {browser.get(f"/actions/1.1/{deed}/").status_code, _send(browser, deed).status_code} <= {403, 404}


# Hand-over


def test_an_action_is_handed_over_and_its_history_goes_with_it(world: World, visit: Any) -> None:
    browser, before = visit(world.lead), _history(world.started)
    typed = {"lead": "police", "updaters": ["director@northmoor.example"], "reason": "The post has gone."}
    assert _send(visit(world.officer), "lead", **typed).status_code == 403
    assert _send(browser, "lead", **typed).status_code == 302
    action = Action.objects.get(pk=world.started.pk)
    assert (action.lead.slug, [u.person for u in action.updaters.all()]) == ("police", [world.director])
    assert _history(action) == [
        "Tom Varley let Ruth Okafor update it and no longer lets Asha Mellor update it",
        "Tom Varley handed it over from Head of Service, Front Door to Northmoor Police",
        *before,
    ]
    assert "Why: The post has gone." in _text(browser.get("/actions/1.1/"))


def test_the_second_of_two_who_hand_an_action_over_undoes_nothing_unseen(world: World, visit: Any) -> None:
    browser = visit(world.lead)
    sent = _hidden(browser.get("/actions/1.1/lead/")) | {"lead": "hos-front-door", "reason": "So", "updaters": []}
    Action.objects.get(number="1.1").let_update([world.officer, world.director], by=world.director, at=world.now)
    answer = browser.post("/actions/1.1/lead/", sent)
    assert answer.status_code == 409
    assert "Somebody has changed this action since you opened it, so yours is not saved yet." in _text(answer)
    assert "Ruth Okafor let Ruth Okafor update it" in _text(answer)
    assert world.started.updaters.count() == 2
    assert browser.post("/actions/1.1/lead/", sent | _hidden(answer)).status_code == 302


def test_a_lead_named_for_the_first_time_needs_no_account(world: World, visit: Any) -> None:
    browser, typed = visit(world.lead), {"lead": "", "updaters": ["officer@northmoor.example"], "reason": ""}
    kindless = _send(browser, "lead", new_lead="Northmoor Hospital", **typed)
    assert (kindless.status_code, "Say whether it is a post, a team or a partner." in _text(kindless)) == (400, True)
    assert _send(browser, "lead", new_lead="Northmoor Hospital", kind="partner", **typed).status_code == 302
    assert str(Action.objects.get(pk=world.started.pk).lead) == "Northmoor Hospital"


def test_handing_over_to_the_same_people_says_that_nothing_has_changed(world: World, visit: Any) -> None:
    typed = {"lead": "hos-front-door", "updaters": ["officer@northmoor.example"]}
    sent = _send(visit(world.lead), "lead", **typed)
    assert (sent.status_code, "Nothing has been changed." in _text(sent)) == (409, True)


# Files


def _file(name: str = "sample.pdf", content: bytes = b"%PDF-1.7 37 of 40") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def _shown_with(world: World, visit: Any, **typed: Any) -> Any:
    typed = {"kind": "audit", "title": "Dip sample", "words": "37.", "file": _file(), **typed}
    return _send(visit(world.officer), "evidence", **typed, **_on("dated_on", world.today))


def test_a_file_is_kept_with_its_versions_and_sent_as_an_attachment(world: World, visit: Any) -> None:
    assert _shown_with(world, visit).status_code == 302
    evidence, browser = world.started.evidence.get(), visit(world.officer)
    newer = _send(browser, f"evidence/{evidence.reference}", file=_file("sample 2.pdf", b"%PDF-1.7 38 of 40"))
    assert newer.status_code == 302
    again = _send(browser, f"evidence/{evidence.reference}", file=_file("renamed.pdf", b"%PDF-1.7 38 of 40"))
    assert again.status_code == 409
    assert "This very file is kept already, as version 2. Choose the newer one." in _text(again)
    sent = {version: visit(world.member).get(f"/evidence/{evidence.reference}/{version}/") for version in (1, 2)}
    assert [b"".join(file.streaming_content) for file in sent.values()] == [b"%PDF-1.7 37 of 40", b"%PDF-1.7 38 of 40"]
    assert sent[2]["Content-Disposition"] == 'attachment; filename="sample 2.pdf"'
    assert (sent[2]["Content-Type"], sent[2]["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "version 2" in _text(browser.get("/actions/1.1/"))
    assert "added version 2 of its evidence: Dip sample" in _history(world.started)[0]


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept(world: World, visit: Any) -> None:
    sent = _shown_with(world, visit, file=_file("sample.pdf", b"<script>"))
    assert (sent.status_code, world.started.evidence.count()) == (409, 0)
    assert "“sample.pdf” is not inside what its name says, or is damaged." in _text(sent)


def test_a_file_is_only_for_those_who_read_its_action(world: World, visit: Any) -> None:
    _shown_with(world, visit)
    address = f"/evidence/{world.started.evidence.get().reference}/1/"
    answers = {part: visit(person).get(address).status_code for part, person in world.everyone().items()}
    assert {part for part, status in answers.items() if status != 200} == {"partner", "admin"}
    assert visit(None).get(address).status_code == 302
    assert visit(world.officer).get(address.replace("/1/", "/2/")).status_code == 404


def test_the_nightly_look_at_files_names_what_is_damaged(lasting_world: World, visit_as: Any, capsys: Any) -> None:
    world = lasting_world
    assert _shown_with(world, visit_as).status_code == 302
    call_command("check_files")
    assert "Every file is what was kept." in capsys.readouterr().out
    digest = world.started.evidence.get().exhibits.get().digest
    assert unreferenced([digest, "a" * 64]) == ["a" * 64]
    store.path_of(digest).write_bytes(b"%PDF-1.7 39 of 40")
    with pytest.raises(CommandError, match=digest):
        call_command("check_files")
    store.path_of(digest).unlink()
    assert visit_as(world.officer).get(f"/evidence/{world.started.evidence.get().reference}/1/").status_code == 404


def test_a_rating_set_aside_is_told_in_the_council_s_own_word(world: World, visit: Any) -> None:
    settle(Scheme(amber="At risk"), seen=1, by=world.admin, at=world.now)
    until = world.today + timedelta(days=20)
    _send(visit(world.lead), "rating", delivery="amber", reason="The rota may not hold.", **_on("until_on", until))
    assert _history(world.started)[0] == f"Tom Varley rated it At risk until {written(until)}"


def test_a_theme_lead_lets_the_rule_rate_it_again_before_the_day_and_says_why(world: World, visit: Any) -> None:
    lead, until = visit(world.lead), world.today + timedelta(days=20)
    assert "Let the rule rate it again" not in _text(lead.get("/actions/1.1/"))
    _send(lead, "rating", delivery="red", reason="The rota will not hold.", **_on("until_on", until))
    _send(lead, "rating", delivery="amber", reason="It may hold.", **_on("until_on", until - timedelta(days=10)))
    assert "Let the rule rate it again" in _text(lead.get("/actions/1.1/"))
    assert _send(visit(world.officer), "rating/end", reason="It holds.").status_code == 403
    assert _send(lead, "rating/end", reason="").status_code == 400
    assert _send(lead, "rating/end", reason="The rota holds.").status_code == 302
    days = (world.today, until - timedelta(days=9))
    assert [world.started.standings.on(day).get().because.split(":")[0] for day in days] == ["Green"] * 2
    [line] = list(world.started.lines.order_by("-at", "-id")[:1])
    assert (line.says, line.reason) == (
        f"let the rule rate it again, before {written(until - timedelta(days=10))}",
        "The rota holds.",
    )
    again = _send(lead, "rating/end", reason="The rota holds.")
    assert (again.status_code, "so there is nothing to end." in _text(again)) == (409, True)


def test_a_theme_lead_may_move_the_date_of_an_action_that_waits_for_somebody(world: World, visit: Any) -> None:
    progress.block(world.started, waiting_for="A list", from_whom="Schools", by=world.officer, at=world.now)
    assert "Move its due date" in _text(visit(world.lead).get("/actions/1.1/"))
