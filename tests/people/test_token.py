"""A key with which a script acts as a person: made once, shown once, and worth what the person may do."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from people.models import Token
from tests.world import World

NOT_KNOWN = "This key is not known, or the account it acts for is closed. Ask for a new one."
HOW_KEYS_COME = "Keys are sent as “Authorization: Token” and the key, and in no other way. Send yours so."


def _key(email: str) -> str:
    said = StringIO()
    call_command("token", email, stdout=said)
    return said.getvalue().splitlines()[-1]


def _get(key: str, path: str = "/api/me/", scheme: str = "Token") -> tuple[int, dict[str, object]]:
    answer = Client().get(path, headers={"Authorization": f"{scheme} {key}"})
    return answer.status_code, answer.json()


def test_the_key_stands_alone_on_the_last_line_and_only_its_hash_is_kept(world: World) -> None:
    key = _key("Officer@northmoor.example")
    assert list(Token.objects.values_list("person__email", "digest")) == [
        ("officer@northmoor.example", Token.digest_of(key))
    ]
    assert len(key) == 43


def test_a_script_acts_as_the_person_of_its_key(world: World) -> None:
    code, me = _get(_key("officer@northmoor.example"))
    assert (code, me["name"]) == (200, "Asha Mellor")


def test_a_new_key_ends_the_former_one(world: World) -> None:
    former, latter = _key("officer@northmoor.example"), _key("officer@northmoor.example")
    assert [_get(former)[0], _get(latter)[0]] == [401, 200]


@pytest.mark.parametrize(
    ("scheme", "key", "sentence"),
    [
        ("Token", "x" * 43, NOT_KNOWN),
        ("Token", "", NOT_KNOWN),
        ("Bearer", "{key}", HOW_KEYS_COME),
        ("Token", "{key} {key}", NOT_KNOWN),
        ("Token", "1", NOT_KNOWN),
        ("Basic", "YTpi", HOW_KEYS_COME),
    ],
)
def test_a_key_that_is_not_known_is_answered_401_with_a_sentence(
    world: World, scheme: str, key: str, sentence: str
) -> None:
    good = _key("officer@northmoor.example")
    assert _get(key.replace("{key}", good), scheme=scheme) == (401, {"detail": sentence})


def test_a_key_that_is_not_known_is_refused_even_from_a_browser_that_is_signed_in(world: World) -> None:
    browser = Client()
    browser.force_login(world.officer)
    assert browser.get("/api/me/", headers={"Authorization": "Token nonsense"}).status_code == 401


def test_the_key_of_a_closed_account_is_not_known(world: World) -> None:
    key = _key("officer@northmoor.example")
    world.officer.is_active = False
    world.officer.save()
    assert _get(key)[0] == 401


def test_a_key_sees_what_its_person_is_cleared_on_and_no_more(world: World) -> None:
    path = f"/api/visits/{world.visit.reference}/"
    _, cleared = _get(_key("director@northmoor.example"), path)
    _, other = _get(_key("officer@northmoor.example"), path)
    assert (cleared["letter"] is not None, other["letter"]) == (True, None)


def test_a_key_opens_no_page_to_somebody_who_may_not_see_it(world: World) -> None:
    answer = Client().get("/people/", headers={"Authorization": f"Token {_key('officer@northmoor.example')}"})
    assert answer.status_code == 403


def test_a_key_that_is_taken_away_opens_nothing_more(world: World) -> None:
    key, said = _key("officer@northmoor.example"), StringIO()
    for _ in range(2):
        call_command("token", "officer@northmoor.example", "--end", stdout=said)
    assert (said.getvalue().splitlines(), _get(key)[0], Token.objects.count()) == (
        ["No key acts as Asha Mellor any more.", "No key acted as Asha Mellor."],
        401,
        0,
    )


def test_no_key_is_made_for_nobody(world: World) -> None:
    with pytest.raises(CommandError, match=r"^Nobody has an account with the e-mail address no@one\.example\.$"):
        call_command("token", "no@one.example")


def test_no_key_is_made_for_a_closed_account(world: World) -> None:
    world.officer.is_active = False
    world.officer.save()
    with pytest.raises(CommandError, match="account of Asha Mellor is closed"):
        call_command("token", "officer@northmoor.example")
