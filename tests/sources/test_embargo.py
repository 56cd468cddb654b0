"""When an embargo ends: sentences read as instants in London, what is left of it, and what is warned of."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from people.days import LONDON, day_of, start_of
from sources.embargo import Reading, countdown, instant, proposal, readings, span, warning

POSSIBLE = "The embargo has ended. Release is now possible; nothing opens by itself."


def _utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("sentence", "until"),
    [
        ("The findings are available from 29 March 2019.", _utc(2019, 3, 29)),
        ("They must not be disclosed until after 29th March 2019.", _utc(2019, 3, 30)),
        ("Not to be shared until 29 March 2019.", _utc(2019, 3, 30)),
        ("The letter may be shared after Friday, 29th of March 2019.", _utc(2019, 3, 30)),
        ("Confidential until the end of 29 Mar 2019", _utc(2019, 3, 30)),
        ("Not to be disclosed before 29 March 2019", _utc(2019, 3, 29)),
        ("UNTIL AFTER  29\nMARCH 2019", _utc(2019, 3, 30)),
        ("until 29/03/2019", _utc(2019, 3, 30)),
        ("until 2019-03-29", _utc(2019, 3, 30)),
        ("from March 29, 2019", _utc(2019, 3, 29)),
        # The night in which the clocks go forward: they do so at one in the morning of the 31st.
        ("until 30 March 2019", _utc(2019, 3, 31)),
        ("from 31 March 2019", _utc(2019, 3, 31)),
        ("until 31 March 2019", _utc(2019, 3, 31, 23)),
        ("from 1 April 2019", _utc(2019, 3, 31, 23)),
        ("00:59 on 31 March 2019", _utc(2019, 3, 31, 0, 59)),
        ("01:30 on 31 March 2019", _utc(2019, 3, 31, 1, 30)),
        ("2 am on 31 March 2019", _utc(2019, 3, 31, 1)),
        # The night in which they go back: half past one comes twice, and the second is the stricter.
        ("until 26 October 2019", _utc(2019, 10, 26, 23)),
        ("until 27 October 2019", _utc(2019, 10, 28)),
        ("1.30 am on 27 October 2019", _utc(2019, 10, 27, 1, 30)),
        # A midsummer midnight.
        ("from 24 June 2019", _utc(2019, 6, 23, 23)),
        ("until after 23 June 2019", _utc(2019, 6, 23, 23)),
        ("until midnight on 23 June 2019", _utc(2019, 6, 23, 23)),
        # Times of day.
        ("until 10 am on Friday 29 March 2019", _utc(2019, 3, 29, 10)),
        ("00:01 on 29 March 2019", _utc(2019, 3, 29, 0, 1)),
        ("embargoed until after 9.30 a.m. on the 3rd of May 2019", _utc(2019, 5, 3, 8, 30)),
        ("from 3 May 2019 at 5pm", _utc(2019, 5, 3, 16)),
        ("12 am on 3 May 2019", _utc(2019, 5, 2, 23)),
        ("until noon on 3 May 2019", _utc(2019, 5, 3, 11)),
        ("1700 hrs on 2 January 2019", _utc(2019, 1, 2, 17)),
        ("from 3 May 2019, 10 people may read it", _utc(2019, 5, 2, 23)),
    ],
)
def test_a_sentence_is_read_as_one_instant_in_london(sentence: str, until: datetime) -> None:
    assert [reading.until for reading in readings(sentence)] == [until]


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "The letter dated 14 March 2019 is enclosed.",
        "until 29 March",
        "until 31 February 2019",
        "until 29 March 1066",
        "25:00 on 29 March 2019",
        "13 pm on 29 March 2019",
        "The visit was on 12 and 13 February 2019.",
    ],
)
def test_what_names_no_end_is_not_read_as_one(sentence: str) -> None:
    assert (readings(sentence), proposal(sentence)) == ([], None)


def test_of_two_sentences_the_stricter_is_proposed_and_both_are_shown() -> None:
    softer = "The findings will be available from 29 March 2019."
    stricter = "Their terms forbid disclosure until after 29th March 2019."
    expected = [
        Reading(until=_utc(2019, 3, 30), words="until after 29th March 2019"),
        Reading(until=_utc(2019, 3, 29), words="from 29 March 2019"),
    ]
    assert readings(softer, stricter) == readings(stricter, softer) == readings(f"{softer} {stricter}") == expected
    assert proposal(softer, stricter) == expected[0]


@given(day=some.dates(date(1990, 1, 1), date(2098, 12, 31)), form=some.sampled_from(["%-d %B %Y", "%Y-%m-%d"]))
def test_from_a_day_is_its_first_instant_and_until_it_the_next_day_s(day: date, form: str) -> None:
    said = day.strftime(form)
    assert [r.until for r in readings(f"from {said}")] == [start_of(day)]
    for word in ("until", "until after", "after"):
        assert [r.until for r in readings(f"{word} {said}")] == [start_of(day + timedelta(days=1))]


@given(sentence=some.text(alphabet="until afrom0123456789:./- MarchJuneatpm", max_size=60))
def test_no_sentence_is_too_odd_to_be_looked_at(sentence: str) -> None:
    found = [reading.until for reading in readings(sentence)]
    assert found == sorted(found, reverse=True)
    assert all(until.tzinfo is UTC for until in found)


@given(day=some.dates(date(1990, 1, 1), date(2098, 12, 31)), at=some.times())
def test_an_instant_is_on_its_day_and_never_earlier_than_either_meaning_of_its_time(day: date, at: time) -> None:
    found = instant(day, at)
    spoken = datetime.combine(day, at)
    assert day_of(found) == day
    assert found.astimezone(UTC) == max(spoken.replace(tzinfo=LONDON, fold=fold).astimezone(UTC) for fold in (0, 1))


UNTIL = _utc(2019, 3, 30)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (_utc(2019, 3, 22, 23, 59), None),
        (_utc(2019, 3, 23), "The embargo ends within a week, in 7 days."),
        (_utc(2019, 3, 28, 23, 59), "The embargo ends within a week, in 1 day."),
        (_utc(2019, 3, 29), "The embargo ends within a day, in 1 day."),
        (_utc(2019, 3, 29, 23, 59, 59), "The embargo ends within a day, in less than a minute."),
        (_utc(2019, 3, 30), POSSIBLE),
        (_utc(2031, 1, 1), POSSIBLE),
    ],
)
def test_a_warning_comes_a_week_before_a_day_before_and_when_release_is_possible(
    now: datetime, said: str | None
) -> None:
    assert warning(UNTIL, now=now) == said


def test_an_embargo_without_an_end_warns_of_nothing() -> None:
    assert warning(None, now=UNTIL) is None


@pytest.mark.parametrize(
    ("until", "week", "day"),
    [
        # Midnight to midnight is a day, even where it has 23 hours or 25.
        (_utc(2019, 3, 31, 23), _utc(2019, 3, 25), _utc(2019, 3, 31)),
        (_utc(2019, 10, 28), _utc(2019, 10, 20, 23), _utc(2019, 10, 26, 23)),
        (_utc(2019, 6, 23, 23), _utc(2019, 6, 16, 23), _utc(2019, 6, 22, 23)),
    ],
)
def test_a_week_and_a_day_are_london_s(until: datetime, week: datetime, day: datetime) -> None:
    second = timedelta(seconds=1)
    said = [warning(until, now=now) for now in (week - second, week, day - second, day, until - second, until)]
    words = [sentence and sentence.removeprefix("The embargo ").split(",")[0] for sentence in said]
    ends = "has ended. Release is now possible; nothing opens by itself."
    assert words[:5] == [None, "ends within a week", "ends within a week", "ends within a day", "ends within a day"]
    assert said[5] == f"The embargo {ends}"


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (_utc(2019, 3, 20), "ends in 10 days"),
        (_utc(2019, 3, 26, 20), "ends in 3 days and 4 hours"),
        (_utc(2019, 3, 28, 23, 30), "ends in 1 day"),
        (_utc(2019, 3, 29, 21, 48), "ends in 2 hours and 12 minutes"),
        (_utc(2019, 3, 29, 23, 59, 30), "ends in less than a minute"),
        (UNTIL, "ended less than a minute ago"),
        (_utc(2019, 3, 30, 1), "ended 1 hour ago"),
        (_utc(2019, 4, 1, 23), "ended 3 days ago"),
    ],
)
def test_the_countdown_is_in_words(now: datetime, said: str) -> None:
    assert countdown(UNTIL, now=now) == said


@given(since=some.integers(0, 60 * 24 * 365 * 40), minutes=some.integers(0, 60 * 24 * 40))
def test_a_span_is_never_longer_than_it_is_and_never_short_by_a_whole_unit(since: int, minutes: int) -> None:
    began = (_utc(1990, 1, 1) + timedelta(minutes=since)).astimezone(LONDON)
    said = span(began, (began.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(LONDON))
    counts = {word.rstrip("s"): int(count) for count, word in (part.split() for part in said.split(" and ") if minutes)}
    length = timedelta(**{f"{word}s": count for word, count in counts.items()})
    change = timedelta(hours=1)
    assert length <= timedelta(minutes=minutes) + change
    smallest = timedelta(hours=1) if counts.get("day") and counts.get("hour") else timedelta(days=1)
    assert timedelta(minutes=minutes) - length < smallest + change
