"""The inspection frameworks that Ofsted has used, the judgements each one makes, and what they suggest."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices


class Grade(TextChoices):
    """The four-point scale, labelled as reports print it."""

    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement to be good"
    INADEQUATE = "inadequate", "Inadequate"


class Sort(TextChoices):
    """What a judgement is about, which decides how much follows from it."""

    LEADERS = "leaders", "Leadership"
    PRACTICE = "practice", "Practice"
    OVERALL = "overall", "Overall effectiveness"
    REVIEW = "review", "Review of a partner board"


@dataclass(frozen=True, slots=True)
class Definition:
    """One judgement that a framework asks for; a report's own printed label is kept beside the grade."""

    key: str
    label: str
    sort: Sort


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One framework, from the first day that an inspection under it could start."""

    key: str
    name: str
    first_started_on: date
    judgements: tuple[Definition, ...]

    def of_sort(self, sort: Sort) -> tuple[Definition, ...]:
        return tuple(judgement for judgement in self.judgements if judgement.sort == sort)


LEADERS = Definition(
    "leaders", "The impact of leaders on social work practice with children and families", Sort.LEADERS
)
HELP_AND_PROTECTION = Definition(
    "help_and_protection",
    "The experiences and progress of children who need help and protection",
    Sort.PRACTICE,
)
IN_CARE_AND_CARE_LEAVERS = Definition(
    "in_care_and_care_leavers",
    "The experiences and progress of children in care and care leavers",
    Sort.PRACTICE,
)
IN_CARE = Definition("in_care", "The experiences and progress of children in care", Sort.PRACTICE)
CARE_LEAVERS = Definition("care_leavers", "The experiences and progress of care leavers", Sort.PRACTICE)
OVERALL = Definition("overall", "Overall effectiveness", Sort.OVERALL)

# Newest last. The framework announced for 2027 joins when its judgements are known.
VERSIONS = (
    Version(
        key="SIF",
        name="Single inspection framework",
        first_started_on=date(2013, 11, 1),
        judgements=(
            Definition("overall", "Children’s services overall", Sort.OVERALL),
            Definition("help_and_protection", "Children who need help and protection", Sort.PRACTICE),
            Definition("looked_after", "Children looked after and achieving permanence", Sort.PRACTICE),
            Definition("adoption", "Adoption performance", Sort.PRACTICE),
            Definition("care_leavers", "Experiences and progress of care leavers", Sort.PRACTICE),
            Definition("leaders", "Leadership, management and governance", Sort.LEADERS),
            Definition("lscb", "The effectiveness of the Local Safeguarding Children Board", Sort.REVIEW),
        ),
    ),
    Version(
        key="ILACS-2018",
        name="Inspection of local authority children’s services (2018)",
        first_started_on=date(2018, 1, 1),
        judgements=(LEADERS, HELP_AND_PROTECTION, IN_CARE_AND_CARE_LEAVERS, OVERALL),
    ),
    Version(
        key="ILACS-2023",
        name="Inspection of local authority children’s services (2023)",
        first_started_on=date(2023, 1, 1),
        judgements=(LEADERS, HELP_AND_PROTECTION, IN_CARE, CARE_LEAVERS, OVERALL),
    ),
    Version(
        key="ILACS-2026",
        name="Inspection of local authority children’s services (2026)",
        first_started_on=date(2026, 4, 1),
        judgements=(LEADERS, HELP_AND_PROTECTION, IN_CARE, CARE_LEAVERS),
    ),
)


def version_for(started_on: date) -> Version | None:
    """The version in use when the inspection started, whenever its report came out; None before the first."""
    return next((version for version in reversed(VERSIONS) if version.first_started_on <= started_on), None)


CONFIRM = "Record the notice or direction to confirm it."


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the grades suggest about intervention: yes, no, or None where a person has to say."""

    answer: bool | None
    because: str


def proposes_intervention(version: Version, grades: Mapping[str, Grade | None]) -> Proposal:
    """Propose only: the council is in intervention when a named person records the notice or direction."""
    if version.of_sort(Sort.OVERALL):
        return _from_overall(grades.get("overall"))
    inadequate = _labels(version, Sort.PRACTICE, grades, graded=Grade.INADEQUATE)
    if inadequate:
        return Proposal(True, f"Graded inadequate: {'; '.join(inadequate)}. {CONFIRM}")
    missing = [label for sort in Sort for label in _labels(version, sort, grades, graded=None)]
    if missing:
        return Proposal(None, f"Still to be graded: {'; '.join(missing)}. Enter the grades from the report.")
    if _labels(version, Sort.LEADERS, grades, graded=Grade.INADEQUATE):
        return Proposal(
            None,
            "Only the judgement on leaders is inadequate, and councils so judged have gone either way. "
            "Say which, from the Department’s letter.",
        )
    return Proposal(False, "No judgement is inadequate, so nothing suggests intervention.")


def _from_overall(grade: Grade | None) -> Proposal:
    if grade is None:
        return Proposal(None, "Overall effectiveness has not been graded yet. Enter it from the report.")
    if grade == Grade.INADEQUATE:
        return Proposal(True, f"Overall effectiveness is inadequate. {CONFIRM}")
    label = str(Grade(grade).label).lower()
    return Proposal(False, f"Overall effectiveness is “{label}”, so nothing suggests intervention.")


def _labels(version: Version, sort: Sort, grades: Mapping[str, Grade | None], *, graded: Grade | None) -> list[str]:
    return [judgement.label for judgement in version.of_sort(sort) if grades.get(judgement.key) == graded]
