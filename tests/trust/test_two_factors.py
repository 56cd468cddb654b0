"""S14: whoever must have a second factor reaches nothing without; and one is good once, now, and for its person."""

import re
from datetime import timedelta
from io import StringIO
from typing import Any
from urllib.parse import unquote

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from people.models import Grant, Token
from people.roles import MAY_HOLD_A_CLEARANCE, Role
from tests.signing import code, sign_in, with_an_app
from tests.trust.addresses import ROWS
from tests.trust.second_steps import in_with_an_app, lines_of, second_step, secret_in
from tests.world import PASSWORD, World

SET_ONE_UP = "Set up a second factor first: your role lets you see what others may not."
SHOW_IT = "Show your second factor first: sign in with it."
MUST = ("director", "clerk", "lead", "finance", "member", "adviser", "admin")
WRONG_CODE = "That code is not right, or it has been used. Wait for the next one and type it again."
OPEN = {"sign-in/", "sign-in/second-factor/", "sign-in/again/", "sign-in/again/second-factor/",
        "sign-in/again/passkey/", "sign-in/council/", "sign-in/council/back/", "sign-in/council/cancelled/",
        "sign-out/", "healthz/", "ratings.css"}  # fmt: skip
WHERE_ONE_IS_SET_UP = {"second-factor/", "second-factor/app/", "second-factor/passkeys/new/"}


def _samples(world: World) -> dict[str, str]:
    """An address for every pattern, with what is there to be seen."""
    named = {
        "action": "1.1", "finding": "R1", "visit": world.visit.reference, "source": world.letter.reference,
        "measure": "x", "paper": "x", "theme": "front-door", "person": "officer@northmoor.example",
        "meeting": f"executive/{world.meeting.held_on}", "passkey": "1", "nothing": "x", "invitation": "x",
        "exhibit": "x", "document": "x", "together": "update", "risk": "x", "resource": "x", "saved_view": "x",
    }  # fmt: skip
    return {
        pattern: f"/{re.sub(r'<slug:body>/<day:on>|<[^>]+>', named[row.of], pattern, count=1) if row.of else pattern}"
        for pattern, row in ROWS.items()
    }


@pytest.mark.parametrize("has_one", [False, True])
def test_a_session_of_one_factor_reaches_no_data_anywhere(world: World, compulsory: None, has_one: bool) -> None:
    """Every address: with no factor one is set up and nothing else; with one, it is shown and nothing else."""
    browser = Client()
    sign_in(browser, world.director)
    if has_one:
        with_an_app(world.director)
    reached, walls = set(), set()
    for pattern, path in _samples(world).items():
        path = path.replace("<str:number>", "1").replace("<int:version>", "1").replace("<slug:reference>", "x")
        for method in ("get", "post", "put", "patch", "delete", "head", "options"):
            if pattern == "sign-out/":
                continue
            answer = getattr(browser, method)(path)
            where = answer.headers.get("Location", "")
            if answer.status_code == 302 and where.startswith(
                ("/second-factor/", "/sign-in/again/second-factor/?next=")
            ):
                walls.add(where.partition("?")[0])
            elif answer.status_code != 403 or not re.search(f"{SET_ONE_UP}|{SHOW_IT}|^$", answer.text):
                reached.add(pattern)
    allowed = OPEN if has_one else OPEN | WHERE_ONE_IS_SET_UP
    assert reached - allowed == set()
    assert ("/sign-in/again/second-factor/" in walls) == has_one


@pytest.mark.parametrize("part", [*MUST, "officer", "partner"])
def test_it_is_asked_of_whoever_may_be_cleared_and_of_nobody_else(world: World, compulsory: None, part: str) -> None:
    browser = Client()
    sign_in(browser, getattr(world, part))
    answer = browser.get("/")
    assert (answer.url == "/second-factor/") == (part in MUST)
    assert {Role.LEAD, Role.DIRECTOR, Role.ADMINISTRATOR} <= MAY_HOLD_A_CLEARANCE


def test_it_is_asked_of_an_officer_who_is_cleared_on_a_document(world: World, compulsory: None) -> None:
    Grant.objects.filter(person=world.director).update(role=Role.OFFICER)
    browser = Client()
    sign_in(browser, world.director)
    assert browser.get("/my-actions/").url == "/second-factor/"


def test_where_it_is_not_compulsory_a_pass_phrase_is_enough(world: World) -> None:
    browser = Client()
    sign_in(browser, world.director)
    assert browser.get("/dashboard/").status_code == 200


def test_the_api_says_so_to_a_session_and_to_a_key(world: World, compulsory: None, clock: Any) -> None:
    key = {"Authorization": f"Token {Token.make(world.director, at=timezone.now())}"}
    browser = Client()
    sign_in(browser, world.director)
    answers = [browser.get("/api/me/"), Client().get("/api/me/", headers=key)]
    assert [(answer.status_code, answer.json()["detail"]) for answer in answers] == [
        (403, SET_ONE_UP),
        (403, "A key acts only while its person has a second factor. Ask them to sign in and set one up."),
    ]
    with_an_app(world.director)
    answers = [browser.get("/api/me/"), Client().get("/api/me/", headers=key)]
    assert [answer.status_code for answer in answers] == [403, 200]
    assert answers[0].json()["detail"] == SHOW_IT


def test_an_app_is_set_up_on_the_way_in_and_asked_for_from_then_on(world: World, compulsory: None, clock: Any) -> None:
    browser = Client()
    sign_in(browser, world.director, next="/dashboard/")
    assert browser.get("/", follow=True).redirect_chain == [("/second-factor/", 302)]
    page = browser.get("/second-factor/app/").text
    secret = secret_in(page)
    assert 'src="data:image/svg+xml;base64,' in page
    assert "Enter the code." in browser.post("/second-factor/app/", {"code": ""}).text
    assert WRONG_CODE in browser.post("/second-factor/app/", {"code": "000000"}).text
    assert browser.post("/second-factor/app/", {"code": code(secret)}).url == "/second-factor/recovery-codes/"
    page = browser.get("/second-factor/recovery-codes/").text
    assert (len(re.findall(r"<code>\d{8}</code>", page)), "Your second factor is set up." in page) == (10, True)
    assert browser.get("/dashboard/").status_code == 200
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept

    clock.shift(30)
    again = Client()
    assert sign_in(again, world.director).url == "/sign-in/second-factor/"
    assert again.get("/dashboard/").url == "/sign-in/?next=/dashboard/"
    assert again.get("/sign-in/").url == "/sign-in/second-factor/"
    assert "Type the code that your app shows now." in again.get("/sign-in/second-factor/").text
    answer = again.post("/sign-in/second-factor/", {"code": code(secret)})
    assert answer.url == "/"
    assert again.get("/dashboard/").status_code == 200
    assert lines_of(world.director) == ["added a second factor: an app that makes codes"]


def test_where_one_was_going_is_kept_through_both_steps(world: World, clock: Any) -> None:
    secret, browser = with_an_app(world.officer), Client()
    browser.post("/sign-in/", {"login": world.officer.email, "password": PASSWORD, "next": "/actions/1.1/"})
    assert browser.post("/sign-in/second-factor/", {"code": code(secret)}).url == "/actions/1.1/"


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_code_is_good_once_however_the_clocks_differ(world: World, clock: Any, steps: int) -> None:
    secret, used = with_an_app(world.officer), None
    used = code(secret, steps=steps)
    answers = [second_step(world.officer, used)]
    for seconds in (1, 29, 29, 1):
        clock.shift(seconds)
        answers.append(second_step(world.officer, used))
    assert [answer.status_code for answer in answers] == [302, 200, 200, 200, 200]
    assert WRONG_CODE in answers[1].text


@pytest.mark.parametrize("steps", [-3, -2, 2, 3])
def test_a_code_of_another_minute_is_not_good(world: World, clock: Any, steps: int) -> None:
    secret = with_an_app(world.officer)
    assert second_step(world.officer, code(secret, steps=steps)).status_code == 200


def test_the_code_that_set_up_an_app_does_not_sign_anybody_in(world: World, visit: Any, clock: Any) -> None:
    browser = Client()
    sign_in(browser, world.officer)
    secret = secret_in(browser.get("/second-factor/app/").text)
    browser.post("/second-factor/app/", {"code": code(secret)})
    assert second_step(world.officer, code(secret)).status_code == 200


def test_codes_are_guessed_ten_times_in_a_quarter_of_an_hour(world: World, clock: Any) -> None:
    secret, browser = with_an_app(world.officer), Client()
    sign_in(browser, world.officer)
    answers = [browser.post("/sign-in/second-factor/", {"code": f"{guess:06}"}).text for guess in range(20)]
    told = ["too many wrong codes" in answer for answer in answers]
    assert told == [False] * 10 + [True] * 10
    assert "too many wrong codes" in second_step(world.officer, code(secret)).text
    clock.shift(timedelta(minutes=15, seconds=1))
    assert second_step(world.officer, code(secret)).status_code == 302


def test_a_recovery_code_stands_in_once(world: World, clock: Any) -> None:
    with_an_app(world.officer)
    spare = Authenticator.objects.get(user=world.officer, type="recovery_codes").wrap().get_unused_codes()[3]
    assert [second_step(world.officer, spare).status_code for _ in range(2)] == [302, 200]
    assert len(Authenticator.objects.get(user=world.officer, type="recovery_codes").wrap().get_unused_codes()) == 9


def test_another_persons_code_is_worth_nothing(world: World, clock: Any) -> None:
    secret = with_an_app(world.officer)
    with_an_app(world.lead)
    assert second_step(world.lead, code(secret)).status_code == 200


def test_the_second_step_alone_opens_nothing(world: World, clock: Any) -> None:
    secret = with_an_app(world.officer)
    assert Client().post("/sign-in/second-factor/", {"code": code(secret)}).url == "/sign-in/"
    browser = Client()
    sign_in(browser, world.officer)
    clock.shift(timedelta(minutes=15, seconds=1))
    assert browser.post("/sign-in/second-factor/", {"code": code(secret)}).url == "/sign-in/"


def test_an_app_is_removed_and_whoever_must_have_one_sets_up_another_at_once(
    world: World, compulsory: None, clock: Any
) -> None:
    browser, _ = in_with_an_app(world.director)
    assert "Remove the app that makes codes" in browser.get("/second-factor/app/remove/").text
    assert browser.post("/second-factor/app/remove/").url == "/second-factor/"
    assert Authenticator.objects.filter(user=world.director).count() == 0
    assert browser.get("/dashboard/").url == "/second-factor/"
    assert lines_of(world.director) == ["removed a second factor: the app that makes codes"]


def test_new_recovery_codes_end_the_former_and_leave_a_line(world: World, clock: Any) -> None:
    browser, _ = in_with_an_app(world.director)
    before = browser.get("/second-factor/recovery-codes/file/").text
    assert before.splitlines()[0] == (
        "Recovery codes for Northmoor Council, Children’s services improvement, of director@northmoor.example"
    )
    assert "The 10 that you still have will be worth nothing." in browser.get("/second-factor/recovery-codes/new/").text
    assert browser.post("/second-factor/recovery-codes/new/").url == "/second-factor/recovery-codes/"
    after = browser.get("/second-factor/recovery-codes/file/").text
    assert set(re.findall(r"\d{8}", before)) & set(re.findall(r"\d{8}", after)) == set()
    assert lines_of(world.director) == ["made new recovery codes"]


def test_what_a_thief_of_an_open_session_must_not_do_asks_again(world: World, visit: Any, clock: Any) -> None:
    secret, browser = with_an_app(world.officer), visit(world.officer)
    for path in ("app/remove/", "recovery-codes/", "recovery-codes/new/", "recovery-codes/file/", "passkeys/new/"):
        answer = browser.get(f"/second-factor/{path}")
        assert unquote(answer.url) == f"/sign-in/again/?next=/second-factor/{path}"
    page = browser.get("/sign-in/again/?next=/second-factor/recovery-codes/").text
    assert ("Use a code instead" in page, "Is it still you?" in page) == (True, True)
    answer = browser.post("/sign-in/again/second-factor/?next=/second-factor/recovery-codes/", {"code": code(secret)})
    assert answer.url == "/second-factor/recovery-codes/"
    assert browser.get("/second-factor/recovery-codes/").status_code == 200


def test_a_session_that_was_open_before_the_factor_must_show_it(world: World, compulsory: None, clock: Any) -> None:
    before = Client()
    sign_in(before, world.director)
    _, secret = in_with_an_app(world.director)
    clock.shift(30)
    # Least of all may it add a factor of its own by the pass phrase alone.
    for path in ("/dashboard/", "/second-factor/", "/second-factor/app/", "/second-factor/passkeys/new/"):
        assert unquote(before.get(path).url) == f"/sign-in/again/second-factor/?next={path}"
    answer = before.post("/sign-in/again/second-factor/?next=/dashboard/", {"code": code(secret)})
    assert answer.url == "/dashboard/"
    assert before.get("/dashboard/").status_code == 200


def test_somebody_elses_passkey_is_not_there(world: World, clock: Any) -> None:
    theirs = Authenticator.objects.create(user=world.lead, type="webauthn", data={"name": "Theirs", "credential": {}})
    browser, _ = in_with_an_app(world.officer)
    assert browser.post(f"/second-factor/passkeys/{theirs.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=theirs.pk).exists()


def test_whoever_lost_their_phone_is_helped_from_the_server(world: World, compulsory: None) -> None:
    with_an_app(world.director)
    said = StringIO()
    call_command("reset_factors", "Director@northmoor.example", stdout=said)
    assert "Ask them to sign in with their pass phrase at once and set one up." in said.getvalue()
    browser = Client()
    assert sign_in(browser, world.director).url == "/"
    assert browser.get("/").url == "/second-factor/"
    assert lines_of(world.director) == ["had the second factors taken away from the server"]


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("nobody@northmoor.example", "Nobody has an account with the e-mail address nobody@northmoor.example."),
        ("clerk@northmoor.example", "Janet Pryce has no second factor."),
    ],
)
def test_nothing_is_reset_where_there_is_nothing(world: World, email: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("reset_factors", email)


def test_what_is_encrypted_under_the_former_key_can_still_be_read(world: World, settings: Any, clock: Any) -> None:
    secret = with_an_app(world.officer)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret, just as long as that"
    [kept] = Authenticator.objects.filter(user=world.officer, type="totp")
    assert kept.wrap().validate_code(code(secret))
