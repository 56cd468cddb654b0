"""What an officer does all month: sees what needs them, reads an action, gives an update."""

import re
import uuid
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from improvement.models import Action, Updater
from monitoring import progress
from monitoring.models import Evidence, Standing, Update, our_calendar
from people.days import day_of
from tests.monitoring.browsing import hidden_in as _hidden
from tests.monitoring.browsing import sealed_action as _sealed_action
from tests.monitoring.browsing import text_of as _text
from tests.monitoring.browsing import title_of as _title
from tests.monitoring.browsing import with_milestones as _milestones
from tests.world import World

WORDS = "Every contact since Monday was answered within a day."


def _filled(browser: Client, number: str, **typed: Any) -> dict[str, Any]:
    """The update form as a browser would send it."""
    hidden = _hidden(browser.get(f"/actions/{number}/update/"))
    return hidden | {"news": "changed", "words": WORDS, "move": ""} | typed


def _send(browser: Client, number: str, **typed: Any) -> Any:
    return browser.post(f"/actions/{number}/update/", _filled(browser, number, **typed))


def _said(action: Action) -> list[str]:
    return list(action.updates.values_list("words", flat=True))


# My actions


def test_my_actions_begin_with_what_is_overdue_and_say_why_and_what_to_do(world: World, visit: Any) -> None:
    page = visit(world.officer).get("/my-actions/")
    due = f"{world.overdue.due_on:%-d %B %Y}"
    text = _text(page)
    assert page.status_code == 200
    assert _title(page).startswith("My actions –")
    assert "1 of your 2 open actions needs you now." in text
    assert f"Its due date, {due}, has passed. Deliver it, or ask the theme lead to revise its date." in text
    assert text.index("1.2 Record consent on every contact") < text.index("1.1 Answer every contact within a day")
    assert "“Rota agreed for record consent on every contact.” Asha Mellor" in text
    assert re.findall(r'href="(/actions/[\d.]+/update/)"', page.content.decode()) == [
        "/actions/1.2/update/",  # the button at the top
        "/actions/1.2/update/",
        "/actions/1.1/update/",
    ]


@pytest.mark.parametrize(
    ("part", "status"),
    [("officer", 200), ("lead", 200), ("director", 200), ("partner", 200), ("clerk", 403), ("finance", 403),
     ("member", 403), ("adviser", 403), ("admin", 403)],
)  # fmt: skip
def test_my_actions_are_for_whoever_may_lead_or_update(world: World, visit: Any, part: str, status: int) -> None:
    page = visit(getattr(world, part)).get("/my-actions/")
    refused = "Your role does not let you update actions you lead or update for." in _text(page)
    assert (page.status_code, refused) == (status, status == 403)


def test_somebody_with_no_action_is_told_so_and_shown_the_plan(world: World, visit: Any) -> None:
    page = visit(world.director).get("/my-actions/")
    assert "No open action is yours" in _text(page)
    assert 'href="/actions/"' in page.content.decode()


def test_my_actions_cost_the_same_at_three_rows_and_at_a_hundred(
    world: World, visit: Any, django_assert_num_queries: Any
) -> None:
    browser = visit(world.officer)
    _more_actions(world, 1)
    for rows in (3, 100):
        with django_assert_num_queries(15):
            page = browser.get("/my-actions/")
        assert page.content.decode().count("needs__title") == rows
        _more_actions(world, 97)


def _more_actions(world: World, n: int, *, at: datetime | None = None) -> None:
    first = Action.objects.under("front-door").count() + 1
    for place in range(first, first + n):
        due_on = world.today + timedelta(days=place)
        action = Action.objects.create(
            plan=world.plan, theme=world.front_door, number=f"1.{place}", position=place, title="Call back",
            words="We will call back.", success="Families say so.", lead=world.started.lead,
            starts_on=day_of(at or world.now), due_on=due_on, first_due_on=due_on, status="in_progress",
        )  # fmt: skip
        Updater.objects.create(action=action, person=world.officer)
        Update.give(action, words="Called back.", by=world.officer, at=at or world.now)
        Standing.restate(action, at=world.now)


# An action


def test_an_action_shows_its_promise_its_two_ratings_and_all_that_was_said_and_done(world: World, visit: Any) -> None:
    _milestones(world)
    progress.block(
        world.started,
        waiting_for="A list of schools",
        from_whom="the schools",
        by=world.officer,
        at=world.now,
    )
    evidence = Evidence.objects.create(
        action=world.started, kind="audit", title="Dip sample of 40 contacts", words="37 were in time.",
        dated_on=world.today, added_by=world.officer, added_at=world.now,
    )  # fmt: skip
    progress.climb(world.started, "evidenced", evidence=evidence, by=world.officer, at=world.now)
    later = world.started.due_on + timedelta(days=14)
    slipped = our_calendar().lenient().between(world.started.due_on, later)
    progress.revise(
        world.started, later, reason="capacity", words="Two workers left.", by=world.lead, at=world.now,
        meeting=world.meeting,
    )  # fmt: skip
    page = visit(world.member).get("/actions/1.1/")
    text = _text(page)
    assert page.status_code == 200
    assert _title(page).startswith("1.1 Answer every contact within a day –")
    for words in (
        "We will answer every contact within a day.",
        "How we will know it helped Families say so.",
        "Delivery Amber Something blocks it. Clear the blocker, or take it to the theme lead.",
        "Evidenced, step 2 of 5 on the impact ladder There is dated evidence that it was done.",
        "Head of Service, Front Door",
        f"Its date was moved once and is now {slipped} working days later than first agreed. "
        "No working day has been lost.",
        "not enough people. Two workers left. Tom Varley",
        f"agreed at Executive, {world.meeting.held_on:%-d %b %Y}",
        "Agree the rota",
        "A list of schools From the schools, since",
        "Dip sample of 40 contacts Case audit, dated",
        "R1 What inspectors asked of front door. Recommendation, Inspection of Northmoor children’s services",
        "Rota agreed for answer every contact within a day.",
        "Asha Mellor moved it from “Not started” to “In progress”.",
        "Asha Mellor set its impact to evidenced.",
        "Why: Two workers left.",
    ):
        assert words in text
    assert "What you can do" not in text


def test_an_action_costs_the_same_however_much_was_said_of_it(
    world: World, visit: Any, django_assert_num_queries: Any
) -> None:
    _milestones(world)
    browser = visit(world.officer)
    for times in (3, 30):
        for _ in range(times):
            progress.update(world.started, words=WORDS, by=world.officer, at=world.now)
        with django_assert_num_queries(25):
            browser.get("/actions/1.1/")


CARRYING_OUT = ("evidence/", "impact/", "milestones/", "waits/")
STEERING = ("evidence/", "impact/", "lead/", "findings/", "words/", "milestones/", "waits/", "revision/", "rating/")


@pytest.mark.parametrize(
    ("part", "deeds"),
    [
        ("officer", ["update/", "moves/?move=deliver", *CARRYING_OUT, "extension/"]),
        ("lead", ["update/", *STEERING, "moves/?move=withdraw"]),
        ("director", ["update/", *STEERING, "moves/?move=withdraw"]),
        ("clerk", []),
        ("finance", []),
        ("member", []),
        ("adviser", []),
    ],
)
def test_an_action_offers_each_person_what_is_theirs_to_do_and_nothing_else(
    world: World, visit: Any, part: str, deeds: list[str]
) -> None:
    page = visit(getattr(world, part)).get("/actions/1.1/")
    assert re.findall(r'href="/actions/1\.1/([^"]+)"', page.content.decode()) == deeds


def test_a_partner_reads_its_own_themes_and_finds_nothing_elsewhere(world: World, visit: Any) -> None:
    browser = visit(world.partner)
    found = {number: browser.get(f"/actions/{number}/").status_code for number in ("1.1", "2.1", "9.9")}
    assert found == {"1.1": 404, "2.1": 200, "9.9": 404}


@pytest.mark.parametrize("number", ["%00", "1.1%00", "a" * 13, "%27", "1.1%20OR%201=1", "..", "²"])
def test_an_address_that_is_no_number_is_not_found(world: World, visit: Any, number: str) -> None:
    assert visit(world.officer).get(f"/actions/{number}/update/").status_code == 404


# An update


def test_an_update_saves_words_milestones_and_move_and_shows_the_rating_that_results(world: World, visit: Any) -> None:
    _milestones(world)
    browser = visit(world.officer)
    answer = _send(browser, "1.1", milestones=["1"], move="deliver")
    assert (answer.status_code, answer.url) == (302, "/my-actions/next/")
    world.started.refresh_from_db()
    assert world.started.status == "delivered"
    assert _said(world.started)[0] == WORDS
    assert list(world.started.milestones.values_list("words", "done_on")) == [
        ("Agree the rota", world.today),
        ("Train both teams", None),
    ]
    on = browser.get(answer.url)
    assert on.url == "/actions/1.2/update/"
    landed = _text(browser.get(on.url))
    assert "Saved: action 1.1 Blue The action has been delivered." in landed
    assert "Update action 1.2 Record consent on every contact" in landed
    assert "Saved:" not in _text(browser.get(on.url))


def test_after_the_last_that_needs_it_an_update_ends_on_its_own_action(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    answers = [browser.get(_send(browser, number).url) for number in ("1.1", "1.2")]
    assert [answer.url for answer in answers] == ["/actions/1.2/update/", "/actions/1.2/"]
    landed = _text(browser.get("/actions/1.2/"))
    assert "Saved: action 1.2" in landed
    assert "No other action waits for your word today. All my actions" in landed


def test_whoever_has_saved_nothing_goes_on_to_what_needs_them_first(world: World, visit: Any) -> None:
    assert visit(world.officer).get("/my-actions/next/").url == "/actions/1.2/update/"
    assert visit(world.director).get("/my-actions/next/").url == "/my-actions/"


def test_whoever_updates_an_action_that_is_not_theirs_stays_with_it(world: World, visit: Any) -> None:
    assert _send(visit(world.lead), "1.1").url == "/actions/1.1/"


def test_what_was_saved_before_is_not_named_once_it_may_not_be_seen(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    session = browser.session
    session["saved"] = _sealed_action(world).number
    session.save()
    page = browser.get("/actions/1.1/update/")
    assert (page.status_code, "Saved" in _text(page)) == (200, False)


def test_no_change_because_is_an_update_and_ends_staleness(world: World, visit: Any) -> None:
    _more_actions(world, 1, at=world.now - timedelta(days=50))
    silent = Action.objects.get(number="1.3")
    before = silent.standings.on(world.today).get().stale
    why = "The rota is held up by two vacancies."
    assert _send(visit(world.officer), "1.3", news="same", words=why).status_code == 302
    assert (before, silent.standings.on(world.today).get().stale) == (True, False)
    assert list(silent.updates.values_list("words", "no_change")) == [(why, True), ("Called back.", False)]
    line = silent.lines.last()
    assert (line.says, line.reason) == ("said that nothing has changed", why)


def test_an_update_begins_from_the_last_words(world: World, visit: Any) -> None:
    page = visit(world.officer).get("/actions/1.1/update/")
    box = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.content.decode(), re.DOTALL)
    assert box
    assert unescape(box[1]).strip() == "Rota agreed for answer every contact within a day."


def test_the_last_words_sent_as_they_were_say_nothing_new(world: World, visit: Any) -> None:
    browser, last = visit(world.officer), "Rota agreed for answer every contact within a day."
    again = _send(browser, "1.1", words=f" {last} ")
    assert again.status_code == 400
    assert "These are the last words as they were. Say what has changed, or choose “No change, because…”." in _text(
        again
    )
    assert _send(browser, "1.1", words=last, news="same").status_code == 302
    assert _said(world.started) == [last, last]


def test_a_form_sent_twice_is_done_once(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    sent = _filled(browser, "1.1")
    answers = [browser.post("/actions/1.1/update/", sent) for _ in range(2)]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/my-actions/next/")] * 2
    assert _said(world.started).count(WORDS) == 1


def test_words_put_right_on_a_page_gone_back_to_are_not_thrown_away(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    sent = _filled(browser, "1.1")
    browser.post("/actions/1.1/update/", sent)
    answer = browser.post("/actions/1.1/update/", sent | {"words": "Twelve contacts, and not eleven."})
    assert answer.status_code == 409
    assert "You saved this page once already, and what stands on it now is not saved." in _text(answer)
    assert "Asha Mellor gave an update" in _text(answer)
    assert "Twelve contacts, and not eleven." in _text(answer)
    again = browser.post("/actions/1.1/update/", sent | {"words": "Twelve contacts, and not eleven."} | _hidden(answer))
    assert again.status_code == 302
    assert _said(world.started)[:2] == ["Twelve contacts, and not eleven.", WORDS]


def test_the_second_of_two_officers_loses_no_word_and_sees_the_firsts(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    sent = _filled(browser, "1.1", news="same")
    progress.update(world.started, words="The lead says the rota fell through.", by=world.lead, at=world.now)
    answer = browser.post("/actions/1.1/update/", sent)
    text = _text(answer)
    assert answer.status_code == 409
    assert _title(answer).startswith("Error: ")
    assert "Somebody has changed this action since you opened it, so yours is not saved yet." in text
    assert "Tom Varley gave an update" in text
    assert "The lead says the rota fell through." in text
    assert WORDS in text
    assert re.search(r'value="same" checked', answer.content.decode())
    assert _said(world.started)[0] == "The lead says the rota fell through."
    again = browser.post("/actions/1.1/update/", sent | _hidden(answer))
    assert again.status_code == 302
    assert _said(world.started)[:2] == [WORDS, "The lead says the rota fell through."]


def test_an_update_without_words_is_refused_with_a_sentence_and_nothing_is_saved(world: World, visit: Any) -> None:
    _milestones(world)
    browser = visit(world.officer)
    answer = _send(browser, "1.1", words="  ", milestones=["2"], move="deliver")
    sentence = "Write what has changed, or choose “No change” and say why."
    assert answer.status_code == 400
    assert _title(answer).startswith("Error: Update 1.1")
    assert _text(answer).count(sentence) == 2
    assert re.search(r'value="2" checked', answer.content.decode())
    assert re.search(r'value="deliver" checked', answer.content.decode())
    world.started.refresh_from_db()
    assert (world.started.status, len(_said(world.started))) == ("in_progress", 1)
    assert not world.started.milestones.exclude(done_on=None).exists()


def test_a_move_that_the_table_no_longer_allows_is_refused_in_its_own_words(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    answer = _send(browser, "1.1", move="start")
    sentence = (
        "This action is in progress, and “Start” is for one that is not started. "
        "From here it can be delivered or withdrawn."
    )
    assert answer.status_code == 409
    assert sentence in _text(answer)
    assert WORDS in _text(answer)
    assert len(_said(world.started)) == 1


def test_a_theme_lead_gives_words_but_leaves_delivering_to_the_updater(world: World, visit: Any) -> None:
    answer = _send(visit(world.lead), "1.1", move="deliver")
    assert answer.status_code == 409
    assert "That move is not yours to make." in _text(answer)
    assert _send(visit(world.lead), "1.1").status_code == 302


@pytest.mark.parametrize(
    ("spoilt", "status"),
    [
        ({"once": ""}, 400),
        ({"once": "x"}, 400),
        ({"version": ""}, 400),
        ({"version": "0"}, 400),
        ({"version": "1e9"}, 400),
        ({"news": ""}, 400),
        ({"news": "other"}, 400),
        ({"words": "a" * 4001}, 400),
        ({"words": "nought \0"}, 400),
        ({"milestones": ["7"]}, 400),
        ({"move": "close"}, 409),
        ({"move": "fly"}, 409),
    ],
)
def test_whatever_is_sent_amiss_is_refused_and_the_words_are_kept(
    world: World, visit: Any, spoilt: dict[str, Any], status: int
) -> None:
    answer = _send(visit(world.officer), "1.1", **spoilt)
    kept = spoilt.get("words", WORDS).replace("\0", "")
    assert answer.status_code == status
    assert "There is a problem" in _text(answer)
    assert kept.strip() in answer.content.decode().replace("\0", "")
    assert len(_said(world.started)) == 1
    assert _hidden(answer)["version"] == str(world.started.version)
    uuid.UUID(_hidden(answer)["once"])


def test_an_officer_reads_somebody_elses_action_and_is_told_whom_to_tell(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    assert "Give an update" not in _text(browser.get("/actions/2.1/"))
    for answer in (
        browser.get("/actions/2.1/update/"),
        browser.post("/actions/2.1/update/", {"words": WORDS}),
    ):
        assert answer.status_code == 403
        assert (
            "You neither lead action 2.1 nor update it, so you cannot give its update. "
            "Tell its lead, Northmoor Police, what you know."
        ) in _text(answer)
    assert _said(world.theirs) == []


@pytest.mark.parametrize("part", ["clerk", "finance", "member", "adviser", "admin"])
def test_a_role_that_updates_nothing_is_turned_away_at_the_door(world: World, visit: Any, part: str) -> None:
    browser = visit(getattr(world, part))
    pages = ("/actions/1.1/update/", "/actions/1.8/update/", "/actions/1.1/moves/?move=deliver")
    assert [browser.get(page).status_code for page in pages] == [403, 403, 403]


@pytest.mark.parametrize("page", ["update", "moves"])
def test_nothing_is_changed_by_other_methods(world: World, visit: Any, page: str) -> None:
    assert visit(world.officer).delete(f"/actions/1.1/{page}/").status_code == 405
