"""What the headings of councils' spreadsheets mean."""

import pytest

from monitoring.sheet.columns import NAMES, Means, columns_objection, meaning, meanings


@pytest.mark.parametrize(
    ("heading", "means"),
    [
        ("Ref", "number"), ("No.", "number"), ("Action ref", "number"), ("REF NO:", "number"), ("Theme", "theme"),
        ("Priority", "theme"), ("Ambition", "theme"), ("Workstream", "theme"), ("Action", "title"),
        ("What will we do?", "words"), ("Success measure", "success"), ("Measure of success", "success"),
        ("Outcome", "success"), ("How will we know?", "success"), ("Lead", "lead"), ("Who", "lead"),
        ("Owner", "lead"), ("Responsible officer", "lead"), ("Start", "starts"), ("Due", "due"),
        ("Deadline", "due"), ("By when?", "due"), ("Target date (dd/mm/yy)", "due"), ("RAG", "rating"),
        ("BRAG", "rating"), ("RAG\nrating", "rating"), ("Status", "status"), ("Progress", "update"),
        ("Progress / Update", "update"), ("Comments", "update"), ("Milestones", "milestones"),
        ("Recommendation", "findings"), ("Ofsted ref", "findings"), (" Lead\u00a0officer ", "lead"), ("#", "number"),
        ("Progress update / commentary", "update"), ("Comments Nov 25", "update"), ("RAG status (Jan 2026)", "rating"),
        ("Current RAG status", "rating"), ("Lead Officer(s) responsible", "lead"), ("Accountable Officer", "lead"),
        ("Expected completion date", "due"), ("Original date", "due"), ("Revised date", "revised"),
        ("Due date (revised)", "revised"), ("Success criteria / KPI", "success"), ("Lead and support", "lead"),
        ("Ofsted recommendation / area for improvement", "findings"), ("Action / Task", "title"),
    ],
)  # fmt: skip
def test_a_heading_is_known_by_the_names_councils_give_it(heading: str, means: str) -> None:
    assert meaning(heading) == means


@pytest.mark.parametrize(
    "heading", ["", "Budget", "Cost centre", "Action plan 2026", "% complete", "Date completed", "May", "x" * 500]
)
def test_a_heading_that_nobody_can_know_means_nothing_yet(heading: str) -> None:
    assert meaning(heading) is None


def test_no_name_means_two_things() -> None:
    names = [name for each in NAMES.values() for name in each.split("|")]
    assert len(names) == len(set(names))


def test_our_own_headings_are_known() -> None:
    ours = [means for means in Means if means != Means.NOTHING]
    assert [meaning(means.label) for means in ours] == ours


def test_what_a_person_said_of_a_heading_counts_before_its_name() -> None:
    told = {"budget": "nothing", "outcome": "update", "lead": "no such meaning"}
    found = meanings(["Action", "Budget", "Outcome", "Lead"], told)
    assert found == [Means.TITLE, Means.NOTHING, Means.UPDATE, Means.LEAD]


def test_of_two_columns_alike_the_first_counts_unless_they_can_be_joined() -> None:
    found = meanings(["Action", "Due", "Deadline", "Comments", "Update"], {})
    assert found == [Means.TITLE, Means.DUE, None, Means.UPDATE, Means.UPDATE]


def test_a_revised_date_alone_is_the_due_date() -> None:
    assert meanings(["Due", "Revised due date"], {}) == [Means.DUE, Means.REVISED]
    assert meanings(["Action", "Revised due date"], {}) == [Means.TITLE, Means.DUE]


def test_a_sheet_with_one_column_of_words_has_its_actions_there() -> None:
    assert meanings(["What will we do?", "Who", "By when"], {}) == [Means.TITLE, Means.LEAD, Means.DUE]


def test_what_no_column_says_is_asked_for() -> None:
    assert columns_objection([Means.TITLE, Means.LEAD, Means.DUE]) is None
    assert columns_objection([Means.NUMBER, None]) == (
        "No column says “Action”, “Lead” and “Due”. Choose which column does, or name it so in the sheet."
    )
