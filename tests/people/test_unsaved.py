"""Words that came too late to be saved are given back, and only to whoever typed them on a page of ours."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.world import PASSWORD, World

OURS, THEIRS = "http://testserver", "https://elsewhere.example"
WORDS = "Every contact since Monday was <b>answered</b>."
PHRASE = "four words of mine"


def _typed(answer: Any) -> list[str]:
    return [unescape(found) for found in re.findall(r"readonly>\n(.*?)</textarea>", answer.content.decode(), re.DOTALL)]


@pytest.mark.parametrize(
    ("origin", "sent", "given_back"),
    [
        (OURS, {"words": WORDS, "news": "same"}, [WORDS]),
        (OURS, {"words": WORDS, "oldpassword": PHRASE}, [WORDS]),
        (OURS, {"words": " ", "news": "same"}, None),
        (THEIRS, {"words": WORDS}, None),
        ("null", {"words": WORDS}, None),
        ("", {"words": WORDS}, None),
    ],
)
def test_whoever_was_signed_out_in_mid_text_gets_their_words_back(
    world: World, origin: str, sent: dict[str, str], given_back: list[str] | None
) -> None:
    answer = Client().post("/actions/1.1/update/", sent, headers={"Origin": origin})
    if given_back is None:
        assert (answer.status_code, answer.url) == (302, "/sign-in/?next=/actions/1.1/update/")
    else:
        assert (answer.status_code, _typed(answer)) == (403, given_back)
        assert 'href="/sign-in/?next=/actions/1.1/update/"' in answer.content.decode()


@pytest.mark.parametrize(("origin", "given_back"), [(OURS, [WORDS]), ("", [])])
def test_whoever_signed_in_again_in_another_tab_gets_the_first_tabs_words_back(
    world: World, origin: str, given_back: list[str]
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.login(username="officer@northmoor.example", password=PASSWORD)
    headers = {"Origin": origin} if origin else {}
    answer = browser.post("/actions/1.1/update/", {"words": WORDS}, headers=headers)
    assert (answer.status_code, _typed(answer)) == (403, given_back)
