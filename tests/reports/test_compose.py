"""What a composed paper says, where each word came from, and what it keeps from those who are not cleared."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from improvement.models import Refused
from monitoring import progress
from monitoring.scheme import Scheme
from monitoring.settling import settle
from people.days import days
from people.models import Meeting
from reports import keeping, wording
from reports.models import Paper, Passage, Template
from reports.paper import Kind
from reports.paper import Paper as Value
from sources.models import Source
from sources.seals import acting_as
from tests.reports.northmoor import composed, made_ready
from tests.world import SEALED, World


@pytest.fixture
def ready(world: World) -> World:
    made_ready(world)
    return world


def copy_for(paper: Paper, reader) -> Value:
    with acting_as(reader):
        return keeping.as_value(Paper.objects.whole().get(pk=paper.pk))


def said_in(copy: Value, number: str) -> str:
    return "\n".join(b.text for section in copy.sections if section.number == number for b in section.blocks)


def test_a_paper_has_the_sections_of_the_template_with_their_stored_numbers(ready: World) -> None:
    copy = copy_for(composed(ready), ready.director)
    assert [section.number for section in copy.sections] == [str(n) for n in range(1, 13)]
    implications = next(section for section in copy.sections if section.number == "7")
    numbers = [block.number for block in implications.blocks if block.kind == Kind.HEADING]
    assert numbers == ["7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.10"]
    assert all(section.blocks for section in copy.sections)


def test_the_head_says_who_reports_to_whom_and_the_summary_statement_is_section_1(ready: World) -> None:
    copy = copy_for(composed(ready), ready.director)
    head = copy.head
    visited = days(ready.visit.starts_on, ready.visit.ends_on)
    assert (head.report_of, head.committee, head.letter) == ("the Director of Children’s Services", "Executive", "A")
    assert head.title == f"Ofsted Monitoring Visit 1 – {visited}"
    assert (head.meeting_on, head.signatory) == (
        ready.meeting.held_on,
        ("Ruth Okafor", "Director of Children’s Services"),
    )
    assert "\n".join(head.summary) == said_in(copy, "1")


def test_letters_follow_on_in_a_municipal_year_and_begin_again_in_the_next(ready: World) -> None:
    Template.objects.update(annual_council_on=ready.meeting.held_on + timedelta(days=1))
    later = Meeting.objects.create(body=ready.meeting.body, held_on=ready.meeting.held_on + timedelta(days=1))
    letters = [composed(ready).letter, composed(ready).letter, composed(ready, meeting=later).letter]
    assert letters == ["A", "B", "A"]


def test_the_position_in_the_paper_is_that_of_the_day(ready: World) -> None:
    copy = copy_for(composed(ready), ready.director)
    chart = next(b for s in copy.sections for b in s.blocks if b.kind == Kind.CHART)
    assert chart.table.header == ("Theme", "Red", "Amber", "Green", "Blue", "All", "Overdue")
    assert chart.table.rows == (
        ("Front door", "1", "0", "1", "0", "2", "1"),
        ("Workforce", "0", "0", "1", "0", "1", "0"),
        ("All themes", "1", "0", "2", "0", "3", "1"),
    )
    assert re.search(r"<title>(.*)</title>", chart.svg)[1] == "Front door had the most actions rated Red: 1 of its 2."
    assert "style=" not in chart.svg
    assert copy.head.summary[-1].startswith("Of the plan’s 3 actions on ")
    assert (
        "0 were rated Blue (delivered or closed), 2 Green, 0 Amber and 1 Red; one was overdue." in copy.head.summary[-1]
    )


def test_the_summary_says_how_every_action_stands_those_too_that_nobody_rates(ready: World) -> None:
    for action in (ready.overdue, ready.theirs):
        progress.make(action, "withdraw", by=ready.director, at=ready.now, reason="Done elsewhere")
    assert (
        "0 were rated Blue (delivered or closed), 1 Green, 0 Amber and 0 Red, and 2 had been withdrawn and so were not "
        "rated; none were overdue."
    ) in copy_for(composed(ready), ready.director).head.summary[-1]


def test_a_paper_keeps_the_names_meanings_and_colours_that_it_was_composed_with(ready: World) -> None:
    settle(Scheme(red="Off track", red_colour="#800080"), seen=1, by=ready.admin, at=ready.now)
    paper = composed(ready)
    before = copy_for(paper, ready.director)
    chart = next(b for s in before.sections for b in s.blocks if b.kind == Kind.CHART)
    assert ('fill="#800080"' in chart.svg, chart.table.header[1]) == (True, "Off track")
    settle(Scheme(red="Failing", red_colour="#700000"), seen=2, by=ready.admin, at=ready.now)
    assert copy_for(paper, ready.director) == before


def test_a_chart_kept_before_its_colours_were_is_drawn_as_it_was_then(ready: World) -> None:
    paper = composed(ready)
    with acting_as(ready.director):
        chart = Passage.objects.get(section__paper=paper, kind=Kind.CHART)
    chart.table["colours"] = [rating for rating, _ in chart.table["colours"]]
    assert 'fill="#a31621"' in keeping.block_of(chart).svg


def test_what_is_overdue_or_red_is_named_with_its_lead_and_because(ready: World) -> None:
    copy = copy_for(composed(ready), ready.director)
    table = next(b.table for s in copy.sections if s.number == "11" for b in s.blocks if b.table)
    due = f"{ready.overdue.due_on.day} {ready.overdue.due_on:%B %Y}"
    assert [row[0] for row in table.rows] == [
        f"1.2 Record consent on every contact. Head of Service, Front Door; due {due}"
    ]
    assert due in table.rows[0][1]


def test_a_measure_is_told_with_its_target_and_which_way_it_has_gone(ready: World) -> None:
    copy = copy_for(composed(ready), ready.director)
    table = next(
        b.table for s in copy.sections if s.number == "2" for b in s.blocks if b.table and "Measures" in b.table.caption
    )
    assert list(table.rows) == [("Contacts decided in a day", "70%", "93%", "90% or more", "Better")]


@pytest.mark.parametrize("numbers", [(3, 200), (197, 200), (4, 8)])
def test_a_small_figure_about_children_is_not_given(ready: World, numbers) -> None:
    measure = ready.front_door.measures.get()
    measure.readings.all().delete()
    measure.readings.create(
        period_on=(ready.today.replace(day=1) - timedelta(days=1)).replace(day=1),
        numerator=numbers[0],
        denominator=numbers[1],
    )
    copy = copy_for(composed(ready), ready.director)
    table = next(
        b.table for s in copy.sections if s.number == "2" for b in s.blocks if b.table and "Measures" in b.table.caption
    )
    assert table.rows[0][1:] == ("Not kept", "Not given", "90% or more", "Not known")


def test_the_figures_of_an_earlier_day_are_those_of_that_day(ready: World) -> None:
    paper = composed(ready, visit=None, as_at=ready.today - timedelta(days=40))
    copy = copy_for(paper, ready.director)
    assert copy.head.title == f"Northmoor improvement plan – progress to {paper.as_at.day} {paper.as_at:%B %Y}"
    chart = next(b for s in copy.sections for b in s.blocks if b.kind == Kind.CHART)
    assert chart.table.rows[-1][-1] == "0"  # nothing was overdue yet


def test_movement_counts_from_the_last_paper_issued_to_the_body(ready: World) -> None:
    earlier = composed(ready, visit=None, as_at=ready.today - timedelta(days=40))
    with acting_as(ready.director):
        keeping.issue(earlier, by=ready.director, at=ready.now)
    copy = copy_for(composed(ready), ready.director)
    assert "What has changed since the last report to this body" in said_in(copy, "2")
    assert f"3 actions were open on {earlier.as_at.day} {earlier.as_at:%B %Y}" in said_in(copy, "2")


def test_the_cleared_composer_has_the_letter_under_its_seal_and_nobody_else_a_word_of_it(ready: World) -> None:
    paper = composed(ready)
    cleared, finance = copy_for(paper, ready.clerk), copy_for(paper, ready.finance)
    assert [SEALED in said_in(cleared, number) for number in ("2", "11")] == [True, True]
    assert "“Not to be disclosed until seven days have passed.”" in said_in(cleared, "8")
    assert not {"Marigold", SEALED} & set(re.findall(r"\w+", " ".join(finance.words())))
    assert "Marigold" not in " ".join(finance.words())
    with acting_as(ready.director):
        seals = set(
            Passage.objects.filter(section__paper=paper, origin__contains="Marigold").values_list("own_seal", flat=True)
        )
    assert seals == {ready.seal.pk}


def test_nothing_in_the_numbers_shows_that_something_is_missing(ready: World) -> None:
    for section in copy_for(composed(ready), ready.finance).sections:
        given = [b.number for b in section.blocks if re.fullmatch(rf"{section.number}\.\d+", b.number)]
        if section.number != "7":  # the template's own numbers, with their gap
            assert given == [f"{section.number}.{n}" for n in range(1, len(given) + 1)]


def test_the_copy_of_the_uncleared_is_the_same_whether_or_not_a_letter_has_come(ready: World) -> None:
    """Two worlds that differ only under seal: a cleared director's drafts of them read alike outside it."""
    with transaction.atomic():
        with_letter = copy_for(composed(ready), ready.finance)
        transaction.set_rollback(True)
    with acting_as(ready.director):
        ready.visit.letters.all().delete()
        connection.cursor().execute("DELETE FROM improvement_finding WHERE kind = 'visit'")
        Source.objects.filter(pk=ready.letter.pk).delete()
    without = copy_for(composed(ready), ready.finance)
    assert replace(without, reference="") == replace(with_letter, reference="")


def test_an_open_letter_is_told_in_the_inspectors_own_words_and_nothing_is_withheld(ready: World) -> None:
    with acting_as(ready.director):
        letter = ready.visit.letters.get()
        ready.visit.letters.all().delete()
        source = Source.objects.create(
            kind="letter",
            title="Letter of monitoring visit 1",
            from_whom="Ofsted",
            received_on=ready.today,
            words="We came.",
        )
        ready.visit.letters.create(source=source, state="published", final_received_on=ready.today)
        source.findings.create(
            theme=ready.front_door, kind="visit", number="V1.1", words="Contacts are read the same day.",
            polarity="strength",
            position=1,
        )  # fmt: skip
    assert letter.source_id != source.pk
    copy = copy_for(composed(ready), ready.finance)
    assert "Inspectors saw these strengths:\nContacts are read the same day." in said_in(copy, "2")
    assert said_in(copy, "8") == "None."
    assert said_in(copy, "11").endswith("Appendix 3 – Letter of monitoring visit 1\nWe came.")


def test_a_visit_too_late_for_the_forward_plan_is_said_to_be_so(ready: World) -> None:
    copy = copy_for(composed(ready), ready.director)
    assert "could not be included in the published forward plan" in said_in(copy, "3")
    later = Meeting.objects.create(body=ready.meeting.body, held_on=ready.today + timedelta(days=90))
    assert "forward plan" not in said_in(copy_for(composed(ready, meeting=later), ready.director), "3")


def test_every_sentence_drawn_from_records_says_from_which(ready: World) -> None:
    copy = copy_for(composed(ready), ready.director)
    without = [
        b.text
        for s in copy.sections
        for b in s.blocks
        if b.kind in (Kind.PARAGRAPH, Kind.BULLET, Kind.CHART) and not b.origin
    ]
    assert without == []


def test_the_records_may_change_afterwards_and_the_paper_does_not(ready: World) -> None:
    paper = composed(ready)
    before = copy_for(paper, ready.director)
    with acting_as(ready.director):
        progress.make(ready.overdue, "deliver", by=ready.officer, at=ready.now)
    assert copy_for(paper, ready.director) == before


def test_a_council_without_a_template_is_told_so(world: World) -> None:
    with pytest.raises(Refused, match="needs the council’s template"):
        composed(world)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2019, 3, 6), date(2019, 3, 7), "6 and 7 March 2019"),
        (date(2019, 3, 6), date(2019, 3, 6), "6 March 2019"),
        (date(2025, 5, 5), date(2025, 5, 16), "5 to 16 May 2025"),
        (date(2026, 4, 30), date(2026, 5, 1), "30 April and 1 May 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 December 2025 to 2 January 2026"),
    ],
)
def test_spans_of_days_are_written_as_a_council_writes_them(first: date, last: date, words: str) -> None:
    assert days(first, last) == words


@pytest.mark.parametrize(
    ("sentence", "within"),
    [
        ("Contact screening and consent.", "contact screening and consent"),
        ("MASH decisions.", "MASH decisions"),
        ("Ofsted came.", "Ofsted came"),
    ],
)
def test_a_sentence_goes_on_after_others_without_its_capital(sentence: str, within: str) -> None:
    assert wording.within(sentence) == within


def test_ordinals_are_words_to_the_tenth() -> None:
    assert [wording.ordinal(n) for n in (1, 3, 10, 11, 12, 21, 22, 23)] == [
        "first", "third", "tenth", "11th", "12th", "21st", "22nd", "23rd",
    ]  # fmt: skip
