"""How dates, numbers and missing names read on a page."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from jinja2 import DictLoader, UndefinedError

from config.jinja import day, environment, initials, instant, iso, percent, plural, short_day


def drawn(source: str, **context: object) -> str:
    return environment(loader=DictLoader({"page": source})).get_template("page").render(context)


def test_a_day_is_written_as_the_council_writes_it() -> None:
    assert (day(date(2026, 3, 7)), short_day(date(2026, 3, 7)), day(None)) == (
        "7 March 2026",
        "7 Mar 2026",
        "",
    )


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (datetime(2026, 3, 7, 9, 30, tzinfo=UTC), "7 March 2026 at 9:30 am"),
        (datetime(2026, 7, 7, 12, 5, tzinfo=UTC), "7 July 2026 at 1:05 pm"),
        (datetime(2026, 7, 6, 23, 0, tzinfo=UTC), "the start of 7 July 2026"),
        (datetime(2026, 1, 7, 12, 0, tzinfo=UTC), "7 January 2026 at midday"),
        (date(2026, 3, 7), "7 March 2026"),
        (None, ""),
    ],
)
def test_an_instant_is_read_by_the_clock_in_london(when: date | None, words: str) -> None:
    assert instant(when) == words


def test_a_machine_reads_the_same_instant() -> None:
    assert iso(datetime(2026, 7, 6, 23, 0, tzinfo=UTC)) == "2026-07-07T00:00:00+01:00"


def test_one_of_a_thing_is_not_many() -> None:
    said = [plural(0, "action"), plural(1, "action"), plural(1200, "action"), plural(2, "body", "bodies")]
    assert said == ["0 actions", "1 action", "1,200 actions", "2 bodies"]


def test_half_a_percent_goes_up() -> None:
    assert [percent(0.425), percent(Decimal("0.445")), percent(0.3333, 1)] == ["43%", "45%", "33.3%"]


def test_a_person_has_two_initials_at_most() -> None:
    assert [initials("Amina Osei"), initials("Jo van der Berg"), initials("Cher"), initials("")] == [
        "AO",
        "JB",
        "C",
        "",
    ]


def test_what_was_typed_is_never_markup() -> None:
    assert drawn("{{ words }}", words="<script>") == "&lt;script&gt;"


@dataclass
class Action:
    reference: str = "1.4"


@pytest.mark.parametrize("source", ["{{ acton }}", "{{ action.refrence }}", "{{ acton.lead }}"])
def test_a_misspelt_name_stops_the_page_and_does_not_leave_a_blank(source: str) -> None:
    with pytest.raises(UndefinedError):
        drawn(source, action=Action())


def test_a_name_that_was_not_given_may_be_asked_about() -> None:
    assert drawn("{% if demonstration %}yes{% else %}no{% endif %}{{ part.note }}", part={}) == "no"
