"""F4: whoever is stopped is asked why, on every form and by the API, and their reason is recorded."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path as at

from improvement.models import Action
from people.models import Token
from reports.editing import mark_of, passages_of
from sources.models import Quotation, SealLine
from sources.seals import acting_as
from tests.reports.northmoor import composed, made_ready
from tests.trust.addresses import KEY
from tests.trust.sayings import STOPPED, an_update
from tests.world import SEALED, World


def test_a_cleared_author_may_say_them_with_a_reason_which_is_recorded(world: World) -> None:
    why = "The chair has read this sentence out in public."
    answer = an_update(world, world.director, SEALED, say_openly=why)
    assert answer.status_code == 302
    with acting_as(world.clerk):
        lines = list(SealLine.objects.filter(verb="let_stand").values_list("by__name", "says", "reason"))
        assert Quotation.objects.unsettled().count() == 0
    assert lines == [("Ruth Okafor", f"let words that repeat it stand: “{SEALED}”", why)]
    assert an_update(world, world.director, f"Again: {SEALED}").status_code == 409


def test_a_reason_of_whoever_is_not_cleared_lets_nothing_stand(world: World) -> None:
    assert an_update(world, world.officer, SEALED, say_openly="Everybody knows.").status_code == 302
    with acting_as(world.director):
        assert Quotation.objects.unsettled().how_many() == 1
        assert not SealLine.objects.filter(verb="let_stand").exists()


@pytest.mark.parametrize(("path", "form"), [
    ("/actions/1.1/moves/", {"move": "withdraw", "reason": f"They told us: {SEALED}"}),
    ("/papers/{paper}/sections/1/", {"new": f"They told us: {SEALED}", "draws_on": "open"}),
])  # fmt: skip
def test_every_form_asks_why_and_saves_once_it_is_told(world: World, path: str, form: dict[str, str]) -> None:
    made_ready(world)
    paper = composed(world)
    with acting_as(world.director):
        passages = passages_of(paper.sections.get(number="1"))
    if "papers" in path:
        form = form | {f"words_{n}": p.text for n, p in enumerate(passages)} | {"opened": mark_of(passages)}
    where, browser = path.format(paper=paper.reference), Client()
    browser.force_login(world.director)
    stopped = browser.post(where, form | {"once": KEY})
    assert (stopped.status_code, STOPPED in stopped.text, 'name="say_openly"' in stopped.text) == (409, True, True)
    assert f"They told us: {SEALED}</textarea>" in stopped.text
    assert browser.post(where, form | {"once": KEY, "say_openly": "It is known."}).status_code == 302


def test_the_api_asks_why_and_saves_once_it_is_told(world: World) -> None:
    key = {"Authorization": f"Token {Token.make(world.director, at=world.now)}", "If-Match": "*"}
    where = "/api/actions/1.1/updates/"
    stopped = Client().post(where, {"words": SEALED}, "application/json", headers=key)
    assert (stopped.status_code, stopped.json()) == (409, {"detail": STOPPED})
    told = Client().post(where, {"words": SEALED, "say_openly": "It is known."}, "application/json", headers=key)
    assert told.status_code == 201


def asks_nobody(request: HttpRequest) -> HttpResponse:
    """A page that somebody may write one day, and not ask why the words may stand."""
    Action.objects.filter(number="1.1").update(title=SEALED)
    return HttpResponse("Saved.")


urlpatterns = [at("asks-nobody/", asks_nobody)]


@pytest.mark.urls("tests.trust.test_quotations_asked")
def test_a_page_that_does_not_ask_why_answers_with_the_sentence_and_saves_nothing(world: World) -> None:
    browser = Client()
    browser.force_login(world.director)
    answers = [browser.post("/asks-nobody/")]
    assert f'<p class="govuk-body">{STOPPED}</p>' in answers[0].text
    answers.append(browser.post("/asks-nobody/", {}, "application/json"))
    assert answers[1].json() == {"detail": STOPPED}
    assert [answer.status_code for answer in answers] == [409, 409]
    world.started.refresh_from_db()
    assert world.started.title == "Answer every contact within a day"
