"""The rules of how long a session lasts and how many wrong guesses are looked at."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.guessing import AT_AN_ACCOUNT, QUARTER, refusal
from people.sessions import ended, is_to_be_noted

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
IDLE = "You were signed out because nothing had happened for 30 minutes. Sign in again to go on."
LONG = "You were signed out because you had been signed in for 12 hours. Sign in again to go on."


@pytest.mark.parametrize(
    ("since", "seen", "sentence"),
    [
        ("0:00:00", "0:00:00", None),
        ("11:59:59", "0:00:59", None),
        ("2:00:00", "0:29:59", None),
        ("2:00:00", "0:30:00", IDLE),
        ("12:00:00", "0:00:01", LONG),
        ("12:00:00", "1:00:00", LONG),
    ],
)
def test_a_session_ends_when_idle_for_half_an_hour_or_twelve_hours_old(
    since: str, seen: str, sentence: str | None
) -> None:
    assert ended(_ago(since), _ago(seen), NOW) == sentence


@pytest.mark.parametrize(("seen", "noted"), [("0:00:59", False), ("0:01:00", True)])
def test_that_somebody_is_there_is_written_down_once_a_minute(seen: str, noted: bool) -> None:
    assert is_to_be_noted(_ago(seen), NOW) == noted


@pytest.mark.parametrize(
    ("account", "address", "told"),
    [
        ([], [], None),
        (["1"] * 9, ["1"] * 99, None),
        (["1"] * 10, [], "with this e-mail address. Try again in 14 minutes."),
        (["14.5", *["1"] * 9], [], "with this e-mail address. Try again in a minute."),
        (["15", *["1"] * 9], [], None),
        (["1"] * 2, ["1"] * 500, None),
        (["1"] * 3, ["2"] * 100, "from where you are. Try again in 14 minutes."),
        (["5"] * 3, ["2"] * 100, "from where you are. Try again in 13 minutes."),
        (["1"] * 3, ["15", *["1"] * 99], None),
    ],
)  # fmt: skip
def test_wrong_guesses_are_counted_by_account_and_by_address(
    account: list[str], address: list[str], told: str | None
) -> None:
    there, here = ([NOW - timedelta(minutes=float(ago)) for ago in guesses] for guesses in (account, address))
    assert refusal(there, here, now=NOW) == (f"There have been too many wrong guesses {told}" if told else None)


@given(st.lists(st.integers(0, 3600), max_size=300))
def test_whatever_the_rhythm_no_more_than_ten_guesses_are_looked_at_in_any_quarter_of_an_hour(
    rhythm: list[int],
) -> None:
    looked_at: list[datetime] = []
    for second in sorted(rhythm):
        now = NOW + timedelta(seconds=second)
        if refusal(looked_at, looked_at, now=now) is None:
            looked_at.append(now)
    assert all(len([at for at in looked_at if start <= at < start + QUARTER]) <= AT_AN_ACCOUNT for start in looked_at)


def _ago(said: str) -> datetime:
    hours, minutes, seconds = map(int, said.split(":"))
    return NOW - timedelta(hours=hours, minutes=minutes, seconds=seconds)
