"""S14: guessing, telling accounts apart, sessions, and where signing in leads."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connections
from django.test import Client
from django.utils import timezone

from people import appointments
from people.adapters import Accounts
from people.models import Guess, Person
from people.models.guess import disguised
from people.sitting import TIMES
from tests.signing import sign_in
from tests.trust.asking import connected
from tests.world import PASSWORD, World

WRONG = "The e-mail address or the password is not right. Check both and try again."
TOO_MANY = "There have been too many wrong guesses"


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every pass phrase that was hashed."""
    done: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: Any, password: str, *args: Any, **kwargs: Any) -> str:
        done.append(password)
        return encode(self, password, *args, **kwargs)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return done


@pytest.mark.parametrize("email", ["officer@northmoor.example", "nobody@northmoor.example"])
def test_of_a_thousand_guesses_ten_are_looked_at_in_a_quarter_of_an_hour(
    world: World, work: list[str], email: str, rf: Any
) -> None:
    begun, refused = timezone.now() + timedelta(hours=1), 0
    with time_machine.travel(begun, tick=False) as clock:
        for guess in range(1000):
            clock.move_to(begun + timedelta(seconds=guess * 0.89))
            request = rf.post("/sign-in/", REMOTE_ADDR=f"192.0.2.{guess % 200}")
            try:
                Accounts(request).authenticate(request, email=email, password=f"guess number {guess}")
            except ValidationError:
                refused += 1
        assert (refused, len(work)) == (990, 10)
        clock.move_to(begun + timedelta(minutes=15, seconds=1))
        assert TOO_MANY not in sign_in(Client(), email, "a wrong guess").content.decode()


def test_after_ten_wrong_guesses_not_even_the_right_one_is_looked_at(world: World, work: list[str]) -> None:
    answers = [sign_in(Client(), world.officer, f"guess {guess}").status_code for guess in range(10)]
    answers += [sign_in(Client(), world.officer).status_code]
    assert (answers, len(work)) == ([200] * 10 + [429], 10)


def test_two_guesses_at_an_account_at_one_moment_are_looked_at_one_after_the_other(world: World) -> None:
    sign_in(Client(), world.officer, "a wrong guess")  # whose transaction has not ended yet
    other = connected(connections["default"].settings_dict["NAME"])
    try:
        with other.cursor() as cursor:
            free = []
            for email in (world.officer.email, world.lead.email):
                cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [disguised(email)])
                free += cursor.fetchone()
    finally:
        other.close()
    assert free == [False, True]


def test_one_is_told_when_to_try_again_alike_for_an_account_that_there_is_and_one_that_there_is_not(
    world: World,
) -> None:
    pages = []
    with time_machine.travel(timezone.now(), tick=False):
        for email in ("officer@northmoor.example", "nobody1@northmoor.example"):
            for _ in range(10):
                sign_in(Client(), email, "a wrong guess")
            pages.append(_nameless(sign_in(Client(), email), email))
    assert pages[0] == pages[1]
    assert f"{TOO_MANY} with this e-mail address. Try again in 15 minutes." in pages[0]


def test_a_council_behind_one_address_is_not_locked_out(world: World) -> None:
    for guess in range(102):
        sign_in(Client(), f"somebody{guess % 34}@northmoor.example", "a wrong guess")
    # The account that has been guessed at from there is not tried again, and whoever merely sits there gets in.
    assert "from where you are" in sign_in(Client(), "somebody1@northmoor.example").text
    sign_in(Client(), world.officer, "a slip of the finger")
    assert sign_in(Client(), world.officer).status_code == 302


SPOOFED = ["192.0.2.7", "127.0.0.1", "unknown", "", "2001:db8::1", "192.0.2.7, 192.0.2.8", "'; --", "192.0.2.7:80"]


@pytest.mark.parametrize("said", SPOOFED)
@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP", "True-Client-IP"])
def test_an_address_that_is_only_said_changes_nothing(world: World, header: str, said: str) -> None:
    sign_in(Client(), "nobody@northmoor.example", "a wrong guess")
    sign_in(Client(), "nobody@northmoor.example", "a wrong guess", headers={header: said})
    assert len(set(Guess.objects.values_list("address", flat=True))) == 1


def test_behind_one_trusted_proxy_its_last_word_counts(world: World, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for said in ("192.0.2.7", "10.0.0.1, 192.0.2.7", "198.51.100.1, 10.0.0.1, 192.0.2.7", "192.0.2.8"):
        sign_in(Client(), "nobody@northmoor.example", "a wrong guess", headers={"X-Forwarded-For": said})
    seen = list(Guess.objects.order_by("id").values_list("address", flat=True))
    assert [seen.index(each) for each in seen] == [0, 0, 0, 3]


def test_neighbours_of_one_network_are_one_address(world: World) -> None:
    for said in ("2001:db8:1:1::1", "2001:db8:1:1::2"):
        sign_in(Client(REMOTE_ADDR=said), "nobody@northmoor.example", "a wrong guess")
    assert len(set(Guess.objects.values_list("address", flat=True))) == 1


def test_no_guess_can_be_read_back(world: World) -> None:
    sign_in(Client(), "my pass phrase@northmoor.example", "a wrong guess")
    sign_in(Client(), "nobody@northmoor.example", "a wrong guess")
    kept = str(list(Guess.objects.values_list("account", "address")))
    assert re.fullmatch(r"\[\('[0-9a-f]{64}', '[0-9a-f]{64}'\)\]", kept)


def test_whoever_knows_the_open_session_cannot_guess_the_pass_phrase_on_either_of_its_pages(
    world: World, visit: Any, work: list[str]
) -> None:
    browser = visit(world.officer)
    for guess in range(8):
        said = {
            "old_password": f"guess {guess}",
            "new_password1": "a new long phrase",
            "new_password2": "a new long phrase",
        }
        browser.post("/pass-phrase/", said)
        browser.post("/sign-in/again/", {"password": f"again {guess}"})
    assert len(work) == 10
    answers = [browser.post("/sign-in/again/", {"password": "again"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert "That has been tried too often in a short time." in answers[-1].text


def _nameless(answer: Any, email: str) -> str:
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return f"{answer.status_code} {sorted(answer.headers)} {page.replace(email, 'EMAIL')}"


CLOSED = "partner@northmoor.example"
UNKNOWN = "nobody@northmoor.example"


@pytest.mark.parametrize("email", [UNKNOWN, CLOSED, "no-password@northmoor.example"])
@pytest.mark.parametrize("password", ["a wrong guess", PASSWORD])
def test_an_unknown_a_closed_and_a_wrong_answer_cannot_be_told_apart(
    world: World, work: list[str], email: str, password: str
) -> None:
    Person.objects.filter(email=CLOSED).update(is_active=False)
    Person.objects.add(email="no-password@northmoor.example", name="Nobody Signs In")
    work.clear()
    known = sign_in(Client(), world.officer, "a wrong guess")
    assert len(work) == 1
    other = sign_in(Client(), email, password)
    assert len(work) == 2
    assert WRONG in known.text
    assert _nameless(known, world.officer.email) == _nameless(other, email)


def test_the_session_has_a_new_key_after_signing_in(world: World) -> None:
    browser = Client()
    browser.get("/sign-in/")
    session = browser.session
    session["planted"] = "by somebody else"
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    sign_in(browser, world.officer)
    assert browser.cookies[settings.SESSION_COOKIE_NAME].value != session.session_key
    assert not Session.objects.filter(session_key=session.session_key).exists()
    assert browser.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""


@pytest.mark.parametrize(
    ("pauses", "why"),
    [
        ([29, 29, 29], None),
        ([29, 30], "nothing had happened for 30 minutes"),
        ([25] * 28, None),
        ([25] * 28 + [20], "you had been signed in for 12 hours"),
    ],
)
def test_a_session_ends_after_half_an_hour_of_nothing_and_after_twelve_hours_of_anything(
    world: World, pauses: list[int], why: str | None
) -> None:
    browser = Client()
    sign_in(browser, world.officer)
    for pause in pauses[:-1]:
        _waited(browser, minutes=pause)
        assert browser.get("/my-actions/").status_code == 200
    _waited(browser, minutes=pauses[-1])
    answer = browser.get("/actions/?late=yes")
    if why is None:
        assert answer.status_code == 200
        return
    assert answer.headers["Location"] == "/sign-in/?next=/actions/%3Flate%3Dyes"
    page = browser.get(answer.headers["Location"]).text
    assert f"You were signed out because {why}. Sign in again to go on." in page
    assert 'name="next" value="/actions/?late=yes"' in page
    assert "You were signed out" not in browser.get("/sign-in/").text


def _waited(browser: Client, *, minutes: float) -> None:
    """The session as it is after a pause: its times lie further back, for the database knows what time it is."""
    session = browser.session
    session[TIMES] = [at - minutes * 60 for at in session[TIMES]]
    session.save()


def test_the_api_says_that_the_session_has_ended(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        answer = browser.get("/api/me/")
    assert (answer.status_code, answer.json()) == (
        401,
        {"detail": "You were signed out because nothing had happened for 30 minutes. Sign in again to go on."},
    )


def test_that_somebody_is_there_is_written_once_a_minute_and_not_at_every_page(world: World, visit: Any) -> None:
    browser, written = visit(world.officer), []
    for seconds in (30, 29, 2, 30):
        _waited(browser, minutes=seconds / 60)
        before = Session.objects.get().session_data
        browser.get("/my-actions/")
        written.append(Session.objects.get().session_data != before)
    assert written == [False, False, True, False]


def test_a_new_pass_phrase_ends_every_session_and_each_is_told_why(world: World) -> None:
    here, there = Client(), Client()
    sign_in(here, world.officer)
    sign_in(there, world.officer)
    new = "purple ladder seven otters"
    said = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert here.post("/pass-phrase/", said).headers["Location"] == "/sign-in/"
    assert "Your pass phrase has been changed, and you are signed out everywhere" in here.get("/sign-in/").text
    answer = there.get("/my-actions/")
    assert answer.headers["Location"] == "/sign-in/?next=/my-actions/"
    assert "because the pass phrase was changed or the account was closed" in there.get("/sign-in/").text
    assert [sign_in(here, world.officer, phrase).status_code for phrase in (PASSWORD, new)] == [200, 302]


def test_a_closed_account_is_out_at_its_next_step(world: World) -> None:
    browser = Client()
    sign_in(browser, world.officer)
    appointments.close(world.officer, by=world.admin, at=timezone.now())
    assert browser.get("/my-actions/").headers["Location"] == "/sign-in/?next=/my-actions/"
    assert browser.get("/api/me/").status_code == 401


HERE = r"/(?![/\\]).*"
ELSEWHERE = [
    "https://evil.example/", "http://evil.example", "//evil.example", "///evil.example", "////evil.example/%2f..",
    "/\\evil.example", "\\\\evil.example", "/\t/evil.example", "\t//evil.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "data:text/html,x", "http:evil.example", "http:///evil.example", "https:evil.example",
    "https://testserver@evil.example/", "https://evil.example#testserver", "https://testserver.evil.example/",
    "//testserver@evil.example", "http://[::1]/", "ftp://testserver/", "\x00//evil.example", "http://localhost/",
    "http://127.0.0.1/", " https://evil.example", "https:\\\\evil.example", "/%09/evil.example\\@x://",
]  # fmt: skip


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_nowhere_but_here(world: World, visit: Any, elsewhere: str) -> None:
    asked, sent = Client(), Client()
    page = asked.get("/sign-in/", {"next": elsewhere}).text
    assert all(re.match(HERE, kept) for kept in re.findall('name="next" value="([^"]*)"', page))
    answers = [
        asked.post("/sign-in/?" + "next=" + elsewhere.replace("#", "%23"), _right(world)),
        sent.post("/sign-in/", _right(world) | {"next": elsewhere}),
        visit(world.officer).get("/sign-in/", {"next": elsewhere}),
    ]
    for answer in answers:
        assert answer.status_code == 302
        assert re.fullmatch(HERE, answer.headers["Location"])


def _right(world: World) -> dict[str, str]:
    return {"login": world.officer.email, "password": PASSWORD}


def test_an_api_that_is_asked_too_often_says_how_long_to_wait(world: World, visit: Any, settings: Any) -> None:
    settings.API_RATE = "3/min"
    browser, other = visit(world.lead), visit(world.director)
    with time_machine.travel(timezone.now(), tick=False):
        answers = [browser.get("/api/me/") for _ in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert answers[-1].headers["Retry-After"] == "60"
        assert answers[-1].json() == {
            "detail": "You have asked too often. Wait for as long as the Retry-After header says, and ask again."
        }
        assert other.get("/api/me/").status_code == 200
