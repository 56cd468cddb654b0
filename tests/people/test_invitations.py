"""Nobody signs up: a person is invited by a link that works once, and chooses a pass phrase that nobody else knows."""

import logging
import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from config.linkless import Linkless
from people import admission
from people.models import Grant, Invitation, Person, PersonLine, Token
from people.roles import Role
from tests.world import PASSWORD, SEALED, World

ANN = {
    "name": "Ann Lee",
    "email": "Ann.Lee@northmoor.example",
    "post": "Head of Audit",
    "role": "member",
    "scope": "all",
}
CHOSEN = "purple ladder seven otters"
GONE = "This link does not work"


def _post(browser: Client, path: str, **said: str) -> Any:
    return browser.post(path, {"once": str(uuid.uuid4()), **said})


def _link(answer: Any) -> str:
    found = re.search(r"http://testserver(/invitation/[\w-]{43}/)", answer.content.decode())
    assert found is not None
    return found[1]


def _choose(link: str, phrase: str = CHOSEN, again: str = "", browser: Client | None = None) -> Any:
    return (browser or Client()).post(link, {"new_password1": phrase, "new_password2": again or phrase})


def _lines(person: Person) -> list[tuple[str, Person | None]]:
    return [(line.says, line.by) for line in person.lines.select_related("by")]


def _page(person: Person) -> str:
    return f"/people/{person.email}/"


def test_a_person_is_added_with_a_role_and_a_link_that_is_shown_once(visit: Any, world: World) -> None:
    browser, once = visit(world.admin), str(uuid.uuid4())
    answer = browser.post("/people/new/", {"once": once} | ANN)
    link = _link(answer)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    ann = Person.objects.get(email="ann.lee@northmoor.example")
    assert (ann.name, ann.post, ann.has_usable_password()) == ("Ann Lee", "Head of Audit", False)
    assert [(grant.role, grant.scope, grant.given_by) for grant in ann.grants.all()] == [("member", "all", world.admin)]
    assert _lines(ann) == [
        ("was given an account", world.admin),
        ("was invited to choose a pass phrase", world.admin),
        ("was made board member (all)", world.admin),
    ]
    again = browser.post("/people/new/", {"once": once} | ANN)
    assert (again.status_code, again.headers["Location"]) == (302, _page(ann))
    page = browser.get(_page(ann)).content.decode()
    assert (link in page, "Not chosen yet" in page) == (False, True)


def test_only_the_hash_of_the_link_is_kept_and_it_lasts_a_week(visit: Any, world: World) -> None:
    link = _link(_post(visit(world.admin), f"{_page(world.officer)}invitation/"))
    token = link.split("/")[2]
    kept = Invitation.objects.get()
    assert (kept.person, kept.made_by, kept.used_at, kept.withdrawn_at) == (world.officer, world.admin, None, None)
    assert (kept.digest, kept.expires_at - kept.made_at) == (Token.digest_of(token), timedelta(days=7))


def test_whoever_was_invited_chooses_a_pass_phrase_and_signs_in_with_it(visit: Any, world: World) -> None:
    link, ann = _link(_post(visit(world.admin), "/people/new/", **ANN)), Client()
    page = ann.get(link)
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert "You will sign in as ann.lee@northmoor.example" in page.content.decode()
    answer = _choose(link, browser=ann)
    assert (answer.status_code, answer.url) == (302, reverse("sign_in"))
    assert "Your pass phrase is chosen. Sign in with it." in ann.get(answer.url).content.decode()
    assert ann.get("/api/me/").status_code == 401
    assert ann.login(username="ann.lee@northmoor.example", password=CHOSEN)
    assert ann.get("/api/me/").json()["name"] == "Ann Lee"
    person = Person.objects.get(email="ann.lee@northmoor.example")
    assert _lines(person)[-1] == ("chose a pass phrase by invitation", person)


def test_the_page_of_an_invitation_says_nothing_of_the_plan_and_asks_nothing_of_elsewhere(
    visit: Any, world: World
) -> None:
    answer = Client().get(_link(_post(visit(world.admin), "/people/new/", **ANN)))
    page = answer.content.decode()
    assert [words for words in (SEALED, "Marigold", world.started.title, world.plan.title) if words in page] == []
    assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]+"', page) == []
    assert answer.headers["Referrer-Policy"] == "same-origin"


def _used(link: str, world: World) -> None:
    _choose(link)


def _expired(link: str, world: World) -> None:
    Invitation.objects.update(expires_at=world.now)


def _withdrawn(link: str, world: World) -> None:
    admission.withdraw(world.officer, by=world.admin, at=world.now)


def _replaced(link: str, world: World) -> None:
    admission.invite(world.officer, by=world.admin, at=world.now)


def _closed(link: str, world: World) -> None:
    Person.objects.filter(pk=world.officer.pk).update(is_active=False)


def _never_made(link: str, world: World) -> None:
    Invitation.objects.all().delete()


@pytest.mark.parametrize("end", [_used, _expired, _withdrawn, _replaced, _closed, _never_made])
def test_a_link_that_is_worth_nothing_is_answered_alike_whatever_became_of_it(
    visit: Any, world: World, end: Any
) -> None:
    link = _link(_post(visit(world.admin), f"{_page(world.officer)}invitation/"))
    never = Client().get(f"/invitation/{'x' * 43}/")
    end(link, world)
    before = Person.objects.get(pk=world.officer.pk).password
    read, sent = Client().get(link), _choose(link, "another four long words")
    assert (read.status_code, GONE in read.content.decode()) == (404, True)
    assert read.content == sent.content == never.content
    assert (sent.status_code, dict(read.headers)) == (404, dict(never.headers))
    assert "ask your administrator for a new invitation" in read.content.decode()
    assert Person.objects.get(pk=world.officer.pk).password == before


def test_looking_at_a_link_changes_nothing(visit: Any, world: World) -> None:
    link = _link(_post(visit(world.admin), f"{_page(world.officer)}invitation/"))
    before = PersonLine.objects.count()
    assert [Client().get(link).status_code for _ in range(3)] == [200, 200, 200]
    assert (PersonLine.objects.count(), Invitation.objects.get().used_at) == (before, None)


@pytest.mark.parametrize(
    ("phrase", "again", "sentence"),
    [
        ("short", "short", "This password is too short. It must contain at least 12 characters."),
        ("qwerty123456", "qwerty123456", "This password is too common."),
        (CHOSEN, "another long one here", "The two pass phrases are not the same. Type both again."),
        ("", "", "Enter your pass phrase."),
    ],
)
def test_a_pass_phrase_that_cannot_be_taken_is_refused_and_the_link_still_works(
    visit: Any, world: World, phrase: str, again: str, sentence: str
) -> None:
    link = _link(_post(visit(world.admin), f"{_page(world.officer)}invitation/"))
    answer = _choose(link, phrase, again)
    assert (answer.status_code, sentence in answer.content.decode()) == (400, True)
    assert "<title>Error: " in answer.content.decode()
    assert _choose(link).status_code == 302


def test_a_forgotten_pass_phrase_works_until_the_new_one_is_chosen_and_then_ends_every_session(
    visit: Any, world: World
) -> None:
    officer = visit(world.officer)
    link = _link(_post(visit(world.admin), f"{_page(world.officer)}invitation/"))
    assert officer.get("/my-actions/").status_code == 200
    assert Client().login(username=world.officer.email, password=PASSWORD)
    _choose(link)
    assert officer.get("/my-actions/").status_code == 302
    logins = [Client().login(username=world.officer.email, password=each) for each in (PASSWORD, CHOSEN)]
    assert logins == [False, True]


def test_an_invitation_is_withdrawn_once(visit: Any, world: World) -> None:
    browser = visit(world.admin)
    _post(browser, f"{_page(world.officer)}invitation/")
    assert "Withdraw the invitation" in browser.get(_page(world.officer)).content.decode()
    answers = [_post(browser, f"{_page(world.officer)}invitation/withdraw/") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "There is no invitation to withdraw: it has been used, or has ended." in answers[1].content.decode()
    assert _lines(world.officer)[1:] == [
        ("was invited to choose a pass phrase", world.admin),
        ("had the invitation withdrawn", world.admin),
    ]
    assert "Withdraw the invitation" not in browser.get(_page(world.officer)).content.decode()


def test_a_closed_account_loses_its_invitation_and_gets_no_other(visit: Any, world: World) -> None:
    browser = visit(world.admin)
    link = _link(_post(browser, f"{_page(world.officer)}invitation/"))
    _post(browser, f"{_page(world.officer)}close/")
    answer = _post(browser, f"{_page(world.officer)}invitation/")
    assert answer.status_code == 409
    assert "This account is closed, so nobody can be invited to it. Open it again first." in answer.content.decode()
    _post(browser, f"{_page(world.officer)}reopen/")
    assert Client().get(link).status_code == 404


def test_the_same_form_sent_twice_makes_one_invitation(visit: Any, world: World) -> None:
    browser, sent = visit(world.admin), {"once": str(uuid.uuid4())}
    answers = [browser.post(f"{_page(world.officer)}invitation/", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 302]
    assert Invitation.objects.count() == 1
    assert Client().get(_link(answers[0])).status_code == 200


@pytest.mark.parametrize("deed", ["invitation/", "invitation/withdraw/"])
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_invites(visit: Any, world: World, deed: str, role: Role) -> None:
    held = next(g for g in Grant.objects.select_related("person") if g.role == role)
    assert _post(visit(held.person), f"{_page(world.admin)}{deed}").status_code == 403
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("deed", ["invitation/", "invitation/withdraw/"])
def test_nobody_is_invited_by_a_link(visit: Any, world: World, deed: str) -> None:
    assert visit(world.admin).get(f"{_page(world.officer)}{deed}").status_code == 405


def test_without_a_mail_server_nothing_is_sent_and_nothing_is_pretended(visit: Any, world: World) -> None:
    page = _post(visit(world.admin), "/people/new/", **ANN).content.decode()
    assert "It has not been sent: this service has no mail server." in page
    assert mail.outbox == []


def test_with_a_mail_server_the_link_is_sent_and_says_nothing_of_the_plan(
    visit: Any, world: World, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.northmoor.example"
    answer = _post(visit(world.admin), "/people/new/", **ANN)
    assert "It has also been sent by e-mail to ann.lee@northmoor.example." in answer.content.decode()
    [sent] = mail.outbox
    until = Invitation.objects.get().expires_at
    assert (sent.to, sent.subject) == (["ann.lee@northmoor.example"], "Your account")
    assert (
        sent.body
        == f"""You have been given an account by Northmoor Council.

Choose your pass phrase here:

http://testserver{_link(answer)}

The link works once, until {until.day} {until:%B %Y}. Send it to nobody: whoever opens it first chooses the pass phrase.
If you did not expect this, or the link no longer works, ask your administrator.
"""
    )


def test_a_mail_server_that_does_not_answer_is_not_taken_for_one_that_did(
    visit: Any, world: World, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    answer = _post(visit(world.admin), "/people/new/", **ANN)
    assert "It could not be sent: the mail server did not take it." in answer.content.decode()
    assert Client().get(_link(answer)).status_code == 200
    person = Person.objects.get(email="ann.lee@northmoor.example")
    assert caplog.messages == [f"The invitation of person {person.pk} could not be sent."]


@pytest.mark.parametrize(
    ("words", "args"),
    [
        ("Forbidden (%s): %s", ("CSRF token missing.", "/invitation/sEcRet-0_9/")),
        ("Internal Server Error: %s", ("/invitation/sEcRet-0_9/",)),
        ("Error handling request /invitation/sEcRet-0_9/?a=b", ()),
    ],
)
def test_the_log_names_no_link(words: str, args: tuple[str, ...]) -> None:
    record = logging.LogRecord("django.request", logging.ERROR, "x.py", 1, words, args, None)
    assert Linkless().filter(record)
    assert "sEcRet" not in record.getMessage()
    assert "/invitation/…/" in record.getMessage()


def test_the_log_says_everything_else_as_it_was() -> None:
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "Lost %d of %s", (3, "/people/"), None)
    assert Linkless().filter(record)
    assert record.getMessage() == "Lost 3 of /people/"


def test_everything_that_is_written_to_the_console_goes_through_the_filter() -> None:
    heard = [*logging.getLogger().handlers, *logging.getLogger("django.request").handlers]
    consoles = [handler for handler in heard if type(handler) is logging.StreamHandler]
    assert len(consoles) == 2
    assert [handler for handler in consoles if not any(isinstance(f, Linkless) for f in handler.filters)] == []
