"""Which judgements an inspection makes, and what its grades suggest."""

from datetime import date

import pytest

from improvement.frameworks import VERSIONS, Grade, Proposal, proposes_intervention, version_for

BY_KEY = {version.key: version for version in VERSIONS}
GOOD, RI, INADEQUATE = Grade.GOOD, Grade.REQUIRES_IMPROVEMENT, Grade.INADEQUATE
CONFIRM = "Record the notice or direction to confirm it."


@pytest.mark.parametrize(
    ("started_on", "key"),
    [
        (date(2013, 6, 3), None),
        (date(2016, 9, 5), "SIF"),
        (date(2018, 9, 17), "ILACS-2018"),
        (date(2022, 12, 31), "ILACS-2018"),
        (date(2023, 1, 1), "ILACS-2023"),
        (date(2026, 1, 19), "ILACS-2023"),  # published in May 2026, still with an overall grade
        (date(2026, 3, 31), "ILACS-2023"),
        (date(2026, 4, 1), "ILACS-2026"),
    ],
)
def test_the_framework_is_that_of_the_day_the_inspection_started(started_on: date, key: str | None) -> None:
    version = version_for(started_on)
    assert (version.key if version else None) == key


def test_each_framework_makes_its_own_judgements_in_their_printed_order() -> None:
    assert {version.key: [judgement.key for judgement in version.judgements] for version in VERSIONS} == {
        "SIF": [
            "overall",
            "help_and_protection",
            "looked_after",
            "adoption",
            "care_leavers",
            "leaders",
            "lscb",
        ],
        "ILACS-2018": ["leaders", "help_and_protection", "in_care_and_care_leavers", "overall"],
        "ILACS-2023": ["leaders", "help_and_protection", "in_care", "care_leavers", "overall"],
        "ILACS-2026": ["leaders", "help_and_protection", "in_care", "care_leavers"],
    }


def test_grades_carry_the_labels_that_reports_print() -> None:
    assert [grade.label for grade in Grade] == [
        "Outstanding",
        "Good",
        "Requires improvement to be good",
        "Inadequate",
    ]


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ({"overall": INADEQUATE}, Proposal(True, f"Overall effectiveness is inadequate. {CONFIRM}")),
        (
            {"leaders": INADEQUATE, "overall": RI},
            Proposal(
                False,
                "Overall effectiveness is “requires improvement to be good”, so nothing suggests intervention.",
            ),
        ),
        (
            {"leaders": INADEQUATE, "overall": None},
            Proposal(None, "Overall effectiveness has not been graded yet. Enter it from the report."),
        ),
        ({}, Proposal(None, "Overall effectiveness has not been graded yet. Enter it from the report.")),
    ],
)
def test_where_there_is_an_overall_grade_it_alone_decides(grades: dict[str, Grade | None], expected: Proposal) -> None:
    assert proposes_intervention(BY_KEY["ILACS-2018"], grades) == expected


def test_without_an_overall_grade_any_inadequate_practice_suggests_intervention() -> None:
    grades = {"leaders": INADEQUATE, "help_and_protection": INADEQUATE, "in_care": GOOD, "care_leavers": RI}
    assert proposes_intervention(BY_KEY["ILACS-2026"], grades) == Proposal(
        True,
        f"Graded inadequate: The experiences and progress of children who need help and protection. {CONFIRM}",
    )


def test_one_inadequate_practice_is_enough_even_before_the_rest_is_entered() -> None:
    assert proposes_intervention(BY_KEY["ILACS-2026"], {"care_leavers": INADEQUATE}).answer is True


def test_where_only_leaders_are_inadequate_a_person_is_asked() -> None:
    grades = {"leaders": INADEQUATE, "help_and_protection": RI, "in_care": GOOD, "care_leavers": RI}
    assert proposes_intervention(BY_KEY["ILACS-2026"], grades) == Proposal(
        None,
        "Only the judgement on leaders is inadequate, and councils so judged have gone either way. "
        "Say which, from the Department’s letter.",
    )


def test_a_missing_grade_is_asked_for_by_name() -> None:
    grades = {"leaders": RI, "help_and_protection": RI, "in_care": None}
    assert proposes_intervention(BY_KEY["ILACS-2026"], grades) == Proposal(
        None,
        "Still to be graded: The experiences and progress of children in care; "
        "The experiences and progress of care leavers. Enter the grades from the report.",
    )


def test_leaders_inadequate_with_practice_ungraded_is_not_yet_leaders_alone() -> None:
    proposal = proposes_intervention(BY_KEY["ILACS-2026"], {"leaders": INADEQUATE})
    assert (proposal.answer, "Still to be graded" in proposal.because) == (None, True)


def test_no_inadequate_grade_suggests_nothing() -> None:
    grades = {"leaders": GOOD, "help_and_protection": RI, "in_care": GOOD, "care_leavers": RI}
    assert proposes_intervention(BY_KEY["ILACS-2026"], grades) == Proposal(
        False, "No judgement is inadequate, so nothing suggests intervention."
    )
