"""The time limits a council works to: how many days, of what kind, from which event, on whose word."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from django.db.models import TextChoices

from improvement.timing import written
from improvement.working_days import Calendar


class Basis(TextChoices):
    """How days are counted; clear days leave out both the day of notice and the day of the meeting."""

    WORKING = "working", "working days"
    CALENDAR = "calendar", "days"
    MONTHS = "months", "months"
    CLEAR_WORKING = "clear_working", "clear working days"
    CLEAR_CALENDAR = "clear_calendar", "clear days"


class Anchor(TextChoices):
    """The event that starts a clock."""

    RECEIPT = "receipt", "receipt"
    PUBLICATION = "publication", "publication"
    PLAN_DUE = "plan_due", "the day the plan is due"
    INTERVENTION = "intervention", "the notice or the last review"
    LAST_ONE = "last_one", "the last one"
    NOTICE = "notice", "the day the notice was made available"
    MEETING = "meeting", "the meeting"


class Kind(TextChoices):
    """What has to happen by the date."""

    PUBLISH_REPORT = "publish_report", "Publish the inspection report"
    STATEMENT_OF_ACTION = "statement_of_action", "Publish and send the statement of action"
    PRIORITY_DRAFT = "priority_draft", "Send the draft plan for priority action"
    PLANNING_VISIT = "planning_visit", "Action planning visit"
    FIRST_VISIT = "first_visit", "First monitoring visit expected"
    NEXT_VISIT = "next_visit", "Next monitoring visit expected"
    DFE_REVIEW = "dfe_review", "Review by the Department for Education"
    BOARD = "board", "Improvement board"
    ENGAGEMENT = "engagement", "Annual engagement meeting with Ofsted"
    AGENDA = "agenda", "Publish the agenda and reports"
    FORWARD_PLAN = "forward_plan", "Give notice of the key decision in the forward plan"
    PRIVATE_FIRST = "private_first", "Give first notice of the private item"
    PRIVATE_SECOND = "private_second", "Give second notice of the private item"
    GENERAL_EXCEPTION = "general_exception", "Earliest decision after a general exception notice"


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """So many days of a kind, after an event or before it, and where that is laid down."""

    n: int
    basis: Basis
    anchor: Anchor
    source: str
    before: bool = False

    def count(self, anchor_on: date, *, calendar: Calendar) -> date:
        """The day that the limit gives; NotLoaded where the table of bank holidays does not reach it."""
        clear = self.basis in {Basis.CLEAR_WORKING, Basis.CLEAR_CALENDAR}
        n = self.n + 1 if clear else self.n
        if self.basis == Basis.MONTHS:
            return months_after(anchor_on, -n if self.before else n)
        if self.basis in {Basis.CALENDAR, Basis.CLEAR_CALENDAR}:
            return anchor_on + timedelta(days=-n if self.before else n)
        return calendar.subtract(anchor_on, n) if self.before else calendar.add(anchor_on, n)

    def says(self, anchor_on: date) -> str:
        """The count in words: 70 working days after receipt on 3 August 2026."""
        side = "before" if self.before else "after"
        return f"{self.n} {self.basis.label} {side} {self.anchor.label} on {written(anchor_on)}"


SECTION_137 = "Education and Inspections Act 2006, section 137, with SI 2007/462"
EXECUTIVE = "SI 2012/2089, regulation"

# The defaults: a council that has agreed otherwise passes its own table.
LIMITS: Mapping[Kind, TimeLimit] = MappingProxyType(
    {
        Kind.PUBLISH_REPORT: TimeLimit(
            30, Basis.WORKING, Anchor.RECEIPT, f"{SECTION_137}: the council publishes the report it received."
        ),
        Kind.STATEMENT_OF_ACTION: TimeLimit(
            70,
            Basis.WORKING,
            Anchor.RECEIPT,
            f"{SECTION_137}: the council says in writing what it will do and by when, publishes that, and "
            "sends it to the Secretary of State and HM Chief Inspector.",
        ),
        Kind.PRIORITY_DRAFT: TimeLimit(
            20,
            Basis.WORKING,
            Anchor.RECEIPT,
            "Ofsted’s practice where a letter names an area for priority action.",
        ),
        Kind.PLANNING_VISIT: TimeLimit(
            0,
            Basis.CLEAR_CALENDAR,
            Anchor.PLAN_DUE,
            "Ofsted’s practice: inspectors help with the plan before it is due.",
            before=True,
        ),
        Kind.FIRST_VISIT: TimeLimit(
            28,
            Basis.CALENDAR,
            Anchor.PLAN_DUE,
            "Ofsted’s practice: within four weeks of the plan’s deadline.",
        ),
        Kind.NEXT_VISIT: TimeLimit(3, Basis.MONTHS, Anchor.LAST_ONE, "Ofsted’s practice: about every quarter."),
        Kind.DFE_REVIEW: TimeLimit(
            6,
            Basis.MONTHS,
            Anchor.INTERVENTION,
            "The Department’s practice: progress is reviewed twice a year.",
        ),
        Kind.BOARD: TimeLimit(42, Basis.CALENDAR, Anchor.LAST_ONE, "The improvement board’s own cycle."),
        Kind.ENGAGEMENT: TimeLimit(12, Basis.MONTHS, Anchor.LAST_ONE, "Ofsted’s practice: once a year."),
        Kind.AGENDA: TimeLimit(5, Basis.CLEAR_WORKING, Anchor.MEETING, f"{EXECUTIVE} 6.", before=True),
        Kind.FORWARD_PLAN: TimeLimit(28, Basis.CLEAR_CALENDAR, Anchor.MEETING, f"{EXECUTIVE} 9.", before=True),
        Kind.PRIVATE_FIRST: TimeLimit(28, Basis.CLEAR_CALENDAR, Anchor.MEETING, f"{EXECUTIVE} 5.", before=True),
        Kind.PRIVATE_SECOND: TimeLimit(5, Basis.CLEAR_WORKING, Anchor.MEETING, f"{EXECUTIVE} 5.", before=True),
        Kind.GENERAL_EXCEPTION: TimeLimit(5, Basis.CLEAR_WORKING, Anchor.NOTICE, f"{EXECUTIVE} 10."),
    }
)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or that month’s last day where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
