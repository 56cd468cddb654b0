"""Many actions changed at once: what is shown before, what is refused and how, and what is then done."""

import random
import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest

from improvement.models import Action
from monitoring import progress
from monitoring.models import Update
from monitoring.together import looked_at
from sources.seals import acting_as
from tests.monitoring.histories import an_action_more
from tests.world import SEALED, World

SAYS = {"news": "changed", "words": "The rota was agreed with both teams."}


def text(response: Any) -> str:
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
    return unescape(re.sub(r" ([.,:;)])", r"\1", words))


def _hidden(page: Any) -> dict[str, str]:
    """What a page would send with whichever of its buttons is pressed."""
    form = page.content.decode().partition('<form class="form" method="post"')[2].partition("</form>")[0]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', form)
    return {name: unescape(value) for name, value in pairs if name != "csrfmiddlewaretoken"}


def asked(browser: Any, deed: str, numbers: str, **typed: Any) -> Any:
    """The preview of a deed on the actions of these numbers."""
    page = browser.post(f"/together/{deed}/", {"step": "ask", "chosen": numbers})
    once = re.search(r'name="once" value="([^"]+)"', page.content.decode())
    assert once, text(page)
    return browser.post(f"/together/{deed}/", {"once": once[1], "chosen": numbers, **typed})


def press(browser: Any, deed: str, preview: Any, step: str) -> Any:
    return browser.post(f"/together/{deed}/", {**_hidden(preview), "step": step})


def lines(action: Action) -> list[str]:
    return [str(line) for line in action.lines.order_by("-at", "-id")]


def _on(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def _versions() -> dict[str, int]:
    return dict(Action.objects.values_list("number", "version"))


def test_actions_are_ticked_on_the_list_and_those_ticked_can_be_changed(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    assert 'name="number" value="1.2"' in browser.get("/actions/").content.decode()
    page = browser.get("/together/", {"number": ["1.1", "1.2"]})
    assert "Change 2 actions at once" in text(page)
    assert "Give the same update" in text(page)
    assert "Move the due dates" not in text(page)
    assert "Move the due dates" in text(visit(world.lead).get("/together/", {"number": ["1.1"]}))


def test_nobody_who_may_change_nothing_is_offered_a_tick(world: World, visit: Any) -> None:
    assert "choosing" not in visit(world.member).get("/actions/").content.decode()
    assert visit(world.member).get("/together/", {"number": ["1.1"]}).status_code == 403
    assert visit(world.officer).post("/together/date/", {"chosen": "1.1"}).status_code == 403


def test_a_list_of_a_past_day_offers_no_tick(world: World, visit: Any) -> None:
    yesterday = {"on": str(world.today - timedelta(days=1))}
    assert "choosing" not in visit(world.officer).get("/actions/", yesterday).content.decode()
    page = visit(world.officer).get("/together/", {"all": "yes", "list": f"on={yesterday['on']}"})
    assert (page.status_code, "Only the list as it stands today can be changed." in text(page)) == (409, True)


def test_all_that_a_list_shows_is_chosen_by_its_own_filters(world: World, visit: Any) -> None:
    page = visit(world.lead).get("/together/", {"all": "yes", "list": "theme=front-door&late=yes"})
    assert "Change 1 action at once" in text(page)
    assert "1.2 Record consent on every contact" in text(page)


def test_more_than_can_be_changed_at_once_is_said(world: World, visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitoring.views.together.MOST", 2)
    page = visit(world.lead).get("/together/", {"all": "yes", "list": ""})
    assert (page.status_code, "actions can be changed at once, and the list has more." in text(page)) == (409, True)


def test_nothing_ticked_is_said_and_leads_back(world: World, visit: Any) -> None:
    page = visit(world.officer).get("/together/", {"list": "theme=front-door"})
    assert "No action is chosen." in text(page)
    assert 'href="/actions/?theme=front-door"' in page.content.decode()


def test_a_hidden_action_and_one_that_never_was_are_neither_chosen_nor_counted(world: World, visit: Any) -> None:
    with acting_as(world.director):
        sealed = an_action_more(world, random.Random(1), 9, seal=world.seal)
        Action.objects.filter(pk=sealed.pk).update(number="1.9")
    pages = {}
    for number in ("1.9", "8.8"):
        browser = visit(world.officer)
        shown = asked(browser, "update", f"1.1 {number}", **SAYS)
        pages[number] = (text(browser.get("/together/", {"number": ["1.1", number]})), text(shown))
    assert pages["1.9"] == pages["8.8"]
    assert "1 action would change." in pages["1.9"][1]
    cleared = visit(world.director)
    shown = asked(cleared, "update", "1.1 1.9", **SAYS)
    assert "2 actions would change." in text(shown)
    assert press(cleared, "update", shown, "confirm").status_code == 302
    with acting_as(world.director):
        told = list(
            Update.objects.filter(words=SAYS["words"]).order_by("action__number").values_list("seal", flat=True)
        )
        lines_of = list(sealed.lines.values_list("verb", "seal"))
    assert (told, lines_of) == ([0, world.seal.pk], [("update", world.seal.pk)])


def test_a_partner_chooses_only_in_the_themes_that_it_reads(world: World, visit: Any) -> None:
    page = visit(world.partner).get("/together/", {"number": ["1.1", "2.1"]})
    assert "Change 1 action at once" in text(page)
    assert "Answer every contact" not in text(page)


def test_each_gets_the_update_and_its_line_and_its_standing(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    preview = asked(browser, "update", "1.1 1.2", list="theme=front-door", **SAYS)
    assert (preview.status_code, "2 actions would change." in text(preview)) == (200, True)
    assert world.started.updates.count() == 1
    done = press(browser, "update", preview, "confirm")
    assert (done.status_code, done.url) == (302, "/actions/?theme=front-door")
    assert "2 actions had the update." in text(browser.get(done.url))
    for action in (world.started, world.overdue):
        assert lines(action)[0] == "Asha Mellor gave an update"
        assert action.updates.first().words == SAYS["words"]


def test_no_change_is_given_to_each_with_its_reason(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    assert "Write what has changed" in text(asked(browser, "update", "1.1", news="same", words=" "))
    preview = asked(browser, "update", "1.1 1.2", news="same", words="The panel meets in May.")
    press(browser, "update", preview, "confirm")
    assert [line.says for line in world.overdue.lines.order_by("-at", "-id")[:1]] == ["said that nothing has changed"]
    assert world.overdue.updates.first().no_change is True


def test_every_refusal_is_shown_with_the_sentence_of_the_single_page(world: World, visit: Any) -> None:
    preview = asked(visit(world.officer), "update", "1.1 2.1", **SAYS)
    assert "1 of 2 actions can’t be changed so." in text(preview)
    assert "You neither lead action 2.1 nor update it, so you cannot give its update." in text(preview)
    moved = asked(visit(world.officer), "moves", "1.1 2.1", move="start", reason="")
    assert "This action is in progress, and “Start” is for one that is not started." in text(moved)
    assert "“Start” is for the action’s lead or the officer who updates it. Ask its lead, Northmoor Police." in text(
        moved
    )
    closed = asked(visit(world.lead), "moves", "1.1 2.1", move="close", reason="Done.")
    assert "None of 2 actions can be changed so." in text(closed)
    assert "“Close” is for the lead of the theme “Workforce” or a director. Ask one." in text(closed)
    led = asked(visit(world.director), "lead", "1.1 2.1", lead="police")
    assert "Northmoor Police leads this action already. Choose another lead." in text(led)
    same = asked(
        visit(world.director), "date", "1.1 1.2", how="to", reason="scope", words="As agreed.", meeting="",
        **_on("to_on", world.started.due_on),
    )  # fmt: skip
    assert "The action is already due on" in text(same)


def test_those_refused_are_left_out_and_the_others_done(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    preview = asked(browser, "update", "1.1 2.1", **SAYS)
    without = press(browser, "update", preview, "preview")
    assert "1 action would change." in text(without)
    assert press(browser, "update", without, "confirm").status_code == 302
    assert (world.started.updates.count(), world.theirs.updates.count()) == (2, 0)


def test_a_confirmation_that_meets_a_refusal_does_nothing_at_all(world: World, visit: Any) -> None:
    browser, before = visit(world.officer), _versions()
    preview = asked(browser, "update", "1.1 2.1", **SAYS)
    refused = browser.post("/together/update/", {**_hidden(preview), "chosen": "1.1 2.1", "step": "confirm"})
    assert refused.status_code == 409
    assert "Nothing was done, because not all of these can be changed so." in text(refused)
    assert "You neither lead action 2.1 nor update it" in text(refused)
    assert _versions() == before


def test_an_action_changed_since_the_preview_brings_the_preview_again(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    preview = asked(browser, "update", "1.1 1.2", **SAYS)
    progress.update(world.overdue, words="A colleague was quicker.", by=world.lead, at=world.now)
    again = press(browser, "update", preview, "confirm")
    assert (again.status_code, "Somebody has changed one of these actions" in text(again)) == (409, True)
    assert world.started.updates.count() == 1
    assert press(browser, "update", again, "confirm").status_code == 302
    assert world.started.updates.count() == 2


def test_a_confirmation_sent_twice_is_done_once(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    preview = asked(browser, "update", "1.1 1.2", **SAYS)
    answers = [press(browser, "update", preview, "confirm").status_code for _ in range(2)]
    assert answers == [302, 302]
    assert world.started.updates.count() == 2


def test_due_dates_move_by_working_days_or_to_one_date(world: World, visit: Any) -> None:
    browser = visit(world.lead)
    typed = {"reason": "partner", "words": "Health needs more time.", "meeting": ""}
    preview = asked(browser, "date", "1.1 1.2", how="by", days="10", **typed)
    press(browser, "date", preview, "confirm")
    for action in (world.started, world.overdue):
        before = action.due_on
        action.refresh_from_db()
        assert (action.times_moved, action.due_on >= before + timedelta(days=14)) == (1, True)
        assert lines(action)[0].startswith("Tom Varley moved its due date from")
    day = world.today + timedelta(days=200)
    preview = asked(browser, "date", "1.1 1.2", how="to", days="", **typed, **_on("to_on", day))
    press(browser, "date", preview, "confirm")
    assert set(Action.objects.among(["1.1", "1.2"]).values_list("due_on", "times_moved")) == {(day, 2)}
    revision = world.overdue.revisions.latest("id")
    assert (revision.reason, revision.words, revision.by) == ("partner", "Health needs more time.", world.lead)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"how": "by", "days": ""}, "Enter a whole number of working days from 1 to 120."),
        ({"how": "by", "days": "121"}, "Enter a whole number of working days from 1 to 120."),
        ({"how": "to"}, "Enter a date, such as 27 3 2027."),
        ({"how": "by", "days": "5", "words": ""}, "Say why the dates move."),
        ({"how": "by", "days": "5", "reason": ""}, "Choose the reason that fits best."),
    ],
)
def test_what_is_missing_of_a_date_is_asked_for(
    world: World, visit: Any, typed: dict[str, str], sentence: str
) -> None:  # fmt: skip
    whole = {"reason": "partner", "words": "Health needs more time.", "meeting": ""}
    sent = asked(visit(world.lead), "date", "1.1 1.2", **(whole | typed))
    assert (sent.status_code, sentence in text(sent)) == (400, True)


def test_a_move_that_needs_a_reason_asks_for_it_once(world: World, visit: Any) -> None:
    browser = visit(world.lead)
    sent = asked(browser, "moves", "1.1 1.2", move="withdraw", reason="")
    assert (sent.status_code, "Say why the action is being withdrawn" in text(sent)) == (400, True)
    preview = asked(browser, "moves", "1.1 1.2", move="withdraw", reason="The board agreed.")
    assert "In progress → " not in text(preview)
    assert "becomes Withdrawn" in text(preview)
    assert "becomes Not rated" in text(preview)
    press(browser, "moves", preview, "confirm")
    assert set(Action.objects.among(["1.1", "1.2"]).values_list("status", flat=True)) == {"withdrawn"}


def test_ratings_are_set_aside_and_the_preview_says_what_they_become(world: World, visit: Any) -> None:
    browser, until = visit(world.lead), world.today + timedelta(days=20)
    preview = asked(
        browser, "rating", "1.1 1.2", delivery="amber", reason="Both are in hand.", **_on("until_on", until)
    )
    assert "Green becomes Amber" in text(preview)
    assert "Red becomes Amber" in text(preview)
    press(browser, "rating", preview, "confirm")
    assert {a.standings.on(world.today).get().delivery for a in (world.started, world.overdue)} == {"amber"}


def test_what_was_written_can_be_changed_from_the_preview(world: World, visit: Any) -> None:
    browser = visit(world.lead)
    day = world.today + timedelta(days=20)
    preview = asked(browser, "rating", "1.1", delivery="amber", reason="In hand.", **_on("until_on", day))
    again = press(browser, "rating", preview, "ask")
    assert "There is a problem" not in text(again)
    assert "In hand.</textarea>" in again.content.decode()
    assert f'value="{day.year}"' in again.content.decode()


def test_words_that_repeat_a_sealed_letter_are_stopped_and_may_be_said_with_a_reason(world: World, visit: Any) -> None:
    browser, before = visit(world.director), _versions()
    preview = asked(browser, "update", "1.1 1.2", news="changed", words=SEALED)
    stopped = press(browser, "update", preview, "confirm")
    assert stopped.status_code == 409
    assert "Why these words may be said here" in text(stopped)
    assert _versions() == before
    once = _hidden(stopped)["once"]
    said = {"once": once, "chosen": "1.1 1.2", "news": "changed", "words": SEALED, "say_openly": "Ofsted said it too."}
    preview = browser.post("/together/update/", said)
    assert press(browser, "update", preview, "confirm").status_code == 302
    assert world.started.updates.first().words == SEALED


@pytest.mark.parametrize("sent", [{}, {"chosen": "\x00 1.1' --"}, {"chosen": "8.8", "step": "confirm"}])
def test_what_was_never_chosen_is_answered_with_a_sentence(world: World, visit: Any, sent: dict[str, str]) -> None:
    answer = visit(world.officer).post("/together/update/", sent)
    assert (answer.status_code, "No action is chosen." in text(answer)) == (409, True)


def test_a_deed_that_is_none_is_not_there_and_its_bare_address_leads_to_the_list(world: World, visit: Any) -> None:
    assert visit(world.officer).post("/together/merge/").status_code == 404
    assert visit(world.officer).get("/together/update/").url == "/actions/"


@pytest.mark.parametrize("listed", ["//evil.example", "x=1\r\nSet-Cookie: a=b", "https://evil.example/?a=b"])
def test_the_way_back_leads_to_the_list_and_nowhere_else(world: World, visit: Any, listed: str) -> None:
    browser = visit(world.officer)
    done = press(browser, "update", asked(browser, "update", "1.1", list=listed, **SAYS), "confirm")
    assert done.url.startswith("/actions/?")
    assert "\n" not in done.url


def test_so_many_are_chosen_and_no_more(world: World) -> None:
    assert looked_at.MOST == 500
