"""Signing in and out, and where each person begins."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Council, Person
from tests.world import PASSWORD, World

WRONG = "The e-mail address or the password is not right. Check both and try again."


def _sign_in(browser: Client, email: str, password: str, **more: str) -> Any:
    return browser.post("/sign-in/", {"login": email, "password": password, **more})


@pytest.mark.parametrize(
    ("part", "first"),
    [
        ("officer", "my_actions"),
        ("lead", "my_actions"),
        ("director", "my_actions"),
        ("partner", "my_actions"),
        ("clerk", "dashboard"),
        ("finance", "dashboard"),
        ("member", "dashboard"),
        ("adviser", "dashboard"),
        ("admin", "people"),
    ],
)
def test_each_person_begins_at_the_page_that_their_role_opens_first(
    world: World, visit: Any, part: str, first: str
) -> None:
    answer = visit(getattr(world, part)).get("/")
    assert (answer.status_code, answer.url) == (302, reverse(first))


def test_somebody_without_a_role_is_told_whom_to_ask(world: World, visit: Any) -> None:
    newcomer = Person.objects.add(email="new@northmoor.example", name="Nia Newcomer")
    answer = visit(newcomer).get("/")
    assert answer.status_code == 403
    assert "You have no role in this service today. Ask your administrator to give you one." in answer.text


@pytest.mark.parametrize("address", ["/", "/my-actions/", "/actions/1.1/", "/actions/1.1/update/"])
def test_nothing_is_shown_before_signing_in(world: World, visit: Any, address: str) -> None:
    answer = visit(None).get(address)
    assert (answer.status_code, answer.url) == (302, f"/sign-in/?next={address}")


def test_an_e_mail_in_any_case_and_its_password_open_the_door(world: World, visit: Any) -> None:
    browser = visit(None)
    answer = _sign_in(browser, "Officer@Northmoor.example", PASSWORD)
    assert (answer.status_code, answer.url) == (302, "/")
    assert "Asha Mellor" in browser.get("/my-actions/").text


def test_after_signing_in_one_is_where_one_was_going(world: World, visit: Any) -> None:
    answer = _sign_in(visit(None), "officer@northmoor.example", PASSWORD, next="/actions/1.1/")
    assert answer.url == "/actions/1.1/"


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_signing_in_leads_nowhere_but_here(world: World, visit: Any, elsewhere: str) -> None:
    answer = _sign_in(visit(None), "officer@northmoor.example", PASSWORD, next=elsewhere)
    assert answer.url == "/"


@pytest.mark.parametrize(
    ("email", "password"),
    [("officer@northmoor.example", "not the pass phrase"), ("nobody@northmoor.example", PASSWORD)],
)
def test_a_wrong_password_and_an_unknown_e_mail_are_told_the_same(
    world: World, visit: Any, email: str, password: str
) -> None:
    answer = _sign_in(visit(None), email, password)
    assert answer.status_code == 200
    assert "<title>Error: Sign in" in answer.text
    assert WRONG in answer.text
    assert f'value="{email}"' in answer.text
    assert password not in answer.text


def test_a_closed_account_is_told_what_a_wrong_password_is_told(world: World, visit: Any) -> None:
    Person.objects.filter(pk=world.officer.pk).update(is_active=False)
    assert WRONG in _sign_in(visit(None), world.officer.email, PASSWORD).text


def test_each_field_left_empty_has_its_sentence(world: World, visit: Any) -> None:
    answer = _sign_in(visit(None), "", "")
    assert ("Enter your e-mail address." in answer.text, "Enter your password." in answer.text) == (
        True,
        True,
    )


def test_signing_out_takes_a_form_and_not_a_link(world: World, visit: Any) -> None:
    browser = visit(world.officer)
    assert browser.get("/sign-out/").status_code == 405
    assert browser.get("/my-actions/").status_code == 200
    answer = browser.post("/sign-out/")
    assert (answer.status_code, answer.url) == (302, "/sign-in/")
    assert browser.get("/my-actions/").status_code == 302


def test_who_can_sign_in_is_shown_on_the_demonstration_and_nowhere_else(world: World, visit: Any) -> None:
    assert "officer@northmoor.example" not in visit(None).get("/sign-in/").text
    Council.objects.update(is_demonstration=True)
    Person.objects.add(email="no-password@northmoor.example", name="Nobody Signs In")
    shown = re.findall(r'sign-in__email">([^<]+)<.*?sign-in__role">([^<]+)<', visit(None).get("/sign-in/").text)
    assert shown == [
        ("officer@northmoor.example", "Officer"),
        ("lead@northmoor.example", "Theme lead"),
        ("director@northmoor.example", "Director"),
        ("clerk@northmoor.example", "Clerk"),
        ("finance@northmoor.example", "Clearing officer"),
        ("member@northmoor.example", "Board member"),
        ("partner@northmoor.example", "Partner"),
        ("adviser@northmoor.example", "Adviser"),
        ("admin@northmoor.example", "Administrator"),
    ]


def test_somebody_already_in_is_sent_on(world: World, visit: Any) -> None:
    answer = visit(world.officer).get("/sign-in/")
    assert (answer.status_code, answer.url) == (302, "/")


def test_health_is_answered_to_anybody_once_the_database_answers(world: World, visit: Any) -> None:
    answer = visit(None).get("/healthz/")
    assert (answer.status_code, answer.text, answer.headers["Content-Type"]) == (200, "ok", "text/plain")


def test_what_is_not_here_is_said_so_to_the_signed_in_and_to_others(world: World, visit: Any) -> None:
    for person in (None, world.officer):
        answer = visit(person).get("/nowhere/")
        assert answer.status_code == 404
        assert "There is nothing at this address that you may see." in answer.text
