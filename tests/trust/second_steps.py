"""What tests of the second step of signing in share."""

import json
import re
from html import unescape
from typing import Any

from django.test import Client

from people.models import Person, PersonLine
from tests.signing import code, sign_in, with_an_app


def in_with_an_app(person: Person) -> tuple[Client, str]:
    secret, browser = with_an_app(person), Client()
    sign_in(browser, person)
    assert browser.post("/sign-in/second-factor/", {"code": code(secret)}).status_code == 302
    return browser, secret


def second_step(person: Person, said: str) -> Any:
    browser = Client()
    sign_in(browser, person)
    return browser.post("/sign-in/second-factor/", {"code": said})


def secret_in(page: str) -> str:
    found = re.search(r"Key: <code>([A-Z2-7]{32})</code>", page)
    assert found is not None
    return found[1]


def options_in(page: str) -> dict[str, Any]:
    found = re.search(r'data-options="([^"]+)"', page)
    assert found is not None
    options: dict[str, Any] = json.loads(unescape(found[1]))
    return options


def lines_of(person: Person) -> list[str]:
    lines = PersonLine.objects.filter(person=person).order_by("id").values_list("says", flat=True)
    return [line for line in lines if "was made" not in line]
