"""Making a move of an action on its page: asked for, made once, or refused in the table’s own words."""

from typing import Any

import pytest

from monitoring import progress
from tests.monitoring.browsing import hidden_in, moved, text_of, title_of, with_milestones
from tests.world import World


def test_a_move_is_asked_for_made_and_shown_in_the_history(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    asked = browser.get("/actions/1.1/moves/?move=deliver")
    assert "In progress → to Delivered" in text_of(asked)
    answer = moved(browser, "1.1", "deliver", reason="All teams answer within a day.")
    assert (answer.status_code, answer.url) == (302, "/actions/1.1/")
    landed = text_of(browser.get(answer.url))
    assert "Asha Mellor moved it from “In progress” to “Delivered”. Why: All teams answer within a day." in landed
    assert "Saved: action 1.1 Blue" in landed


def test_delivering_with_milestones_open_names_them_first(world: World, visit: Any) -> None:
    with_milestones(world)
    text = text_of(visit(world.officer).get("/actions/1.1/moves/?move=deliver"))
    assert "2 milestones are still open" in text
    assert "Agree the rota (due" in text


NOT_VERIFIED = (
    "An action is closed only once its evidence is verified. "
    "Ask the theme lead or a director who neither leads nor updates this action to verify it."
)


def test_closing_without_verified_evidence_is_refused_with_the_tables_sentence(world: World, visit: Any) -> None:
    progress.make(world.started, "deliver", by=world.officer, at=world.now)
    browser = visit(world.lead)
    assert f"Close: not yet. {NOT_VERIFIED}" in text_of(browser.get("/actions/1.1/"))
    asked = browser.get("/actions/1.1/moves/?move=close")
    sent = moved(browser, "1.1", "close", reason="It is all done.")
    assert (asked.status_code, sent.status_code) == (409, 409)
    assert NOT_VERIFIED in text_of(asked)
    assert NOT_VERIFIED in text_of(sent)
    assert "It is all done." in text_of(sent)
    world.started.refresh_from_db()
    assert world.started.status == "delivered"


def test_closing_with_verified_evidence_needs_only_its_reason(world: World, visit: Any) -> None:
    progress.make(world.started, "deliver", by=world.officer, at=world.now)
    seen = progress.show(
        world.started, kind="audit", title="Dip sample", words="37 of 40.", dated_on=world.today, by=world.officer,
        at=world.now,
    )  # fmt: skip
    for rung in ("evidenced", "verified"):
        progress.climb(world.started, rung, evidence=seen, by=world.director, at=world.now)
    browser = visit(world.lead)
    wordless = moved(browser, "1.1", "close")
    assert wordless.status_code == 400
    assert title_of(wordless).startswith("Error: Close 1.1")
    assert "Say why the action is being closed: the board will read it in the action’s history." in text_of(wordless)
    assert moved(browser, "1.1", "close", reason="Inspectors agree.").status_code == 302
    world.started.refresh_from_db()
    assert world.started.status == "closed"


def test_a_move_sent_twice_is_made_once(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    given = hidden_in(browser.get("/actions/1.1/moves/?move=deliver")) | {"move": "deliver", "reason": ""}
    assert [browser.post("/actions/1.1/moves/", given).status_code for _ in range(2)] == [302, 302]
    assert world.started.lines.filter(verb="deliver").count() == 1


def test_a_move_made_by_somebody_else_meanwhile_is_refused_with_the_tables_sentence(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    given = hidden_in(browser.get("/actions/1.1/moves/?move=deliver"))
    progress.make(world.started, "withdraw", by=world.lead, at=world.now, reason="The law has changed.")
    answer = browser.post("/actions/1.1/moves/", given | {"move": "deliver", "reason": "Done."})
    assert answer.status_code == 409
    assert (
        "This action is withdrawn, and “Deliver” is for one that is in progress. From here it can be reopened."
    ) in text_of(answer)


def test_a_move_that_is_the_theme_leads_is_refused_to_the_officer(world: World, visit: Any) -> None:
    answer = moved(visit(world.officer), "1.1", "withdraw", reason="It is too hard.")
    assert answer.status_code == 403
    assert "“Withdraw” is for the lead of the theme “Front door” or a director. Ask one." in text_of(answer)


@pytest.mark.parametrize("ask", ["", "?move=", "?move=fly", "?move=%00"])
def test_a_move_that_is_in_no_table_is_not_found(world: World, visit: Any, ask: str) -> None:
    assert visit(world.officer).get(f"/actions/1.1/moves/{ask}").status_code == 404
