"""What the rating rule needs to know of an action, read from its records."""

from datetime import date

from improvement.lifecycle import Status
from improvement.models import Action, BankHoliday
from improvement.working_days import Calendar
from monitoring import rating
from monitoring.models.evidence import rung_of
from monitoring.models.update import Blocker, Override, Update
from monitoring.scheme import Delivery


def facts_of(action: Action, *, on: date) -> tuple[rating.Facts, str]:
    """The facts as they are known now, for the day `on` and after, and the rung of the ladder reached."""
    last = Update.objects.filter(action=action).order_by("-effective_on").first()
    facts = rating.Facts(
        status=Status(action.status),
        starts_on=action.starts_on,
        due_on=action.due_on,
        milestones=tuple(rating.Milestone(*m) for m in action.milestones.values_list("due_on", "done_on")),
        last_word_on=last.effective_on if last else None,
        blocked=Blocker.objects.filter(action=action, cleared_on__isnull=True).exists(),
        override=_override(action, on=on),
    )
    return facts, rung_of(action, on=on)


def _override(action: Action, *, on: date) -> rating.Override | None:
    last = Override.objects.filter(action=action, until_on__gte=on).last()
    return rating.Override(Delivery(last.delivery), last.until_on, last.reason) if last else None


def our_calendar() -> Calendar:
    """The council's table of bank holidays as the rules take it."""
    days = frozenset(BankHoliday.objects.values_list("day", flat=True))
    years = [day.year for day in days] or [1]
    return Calendar(days, max(years), first_year=min(years))
