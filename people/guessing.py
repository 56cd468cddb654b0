"""How many wrong guesses at pass phrases are looked at before whoever makes them must wait (`trust.md` A8 and G14).

A network address that made many is not shut out whole, for a council may be behind it: from there an account may still
be tried at which hardly anybody has guessed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

QUARTER = timedelta(minutes=15)
AT_AN_ACCOUNT = 10
FROM_AN_ADDRESS = 100
HARDLY_GUESSED_AT = 3


def refusal(at_account: Sequence[datetime], from_address: Sequence[datetime], *, now: datetime) -> str | None:
    """Why no guess is looked at now, or None if one is. The times of wrong guesses so far come in order, oldest first.

    It says the same of an account that there is and of one that there is not.
    """
    account, address = (_lately(guesses, now) for guesses in (at_account, from_address))
    if len(account) >= AT_AN_ACCOUNT:
        return _wait("with this e-mail address", account[-AT_AN_ACCOUNT], now)
    if len(address) >= FROM_AN_ADDRESS and len(account) >= HARDLY_GUESSED_AT:
        return _wait("from where you are", max(address[-FROM_AN_ADDRESS], account[-HARDLY_GUESSED_AT]), now)
    return None


def _lately(guesses: Sequence[datetime], now: datetime) -> list[datetime]:
    return [at for at in guesses if now - at < QUARTER]


def _wait(where: str, oldest: datetime, now: datetime) -> str:
    minutes = ceil((oldest + QUARTER - now) / timedelta(minutes=1))
    wait = f"{minutes} minutes" if minutes > 1 else "a minute"
    return f"There have been too many wrong guesses {where}. Try again in {wait}."
