"""Bank holidays of England and Wales, taken from the `holidays` library into the council's own table (R1)."""

from collections.abc import Iterator
from datetime import date

from holidays import country_holidays

FIRST_YEAR = 2013
YEARS_AHEAD = 2


def listed(*, on: date) -> Iterator[tuple[date, str]]:
    """Every bank holiday from the first framework until two years ahead; later ones have not been proclaimed."""
    years = range(FIRST_YEAR, on.year + YEARS_AHEAD + 1)
    yield from sorted(country_holidays("GB", subdiv="ENG", years=years).items())
