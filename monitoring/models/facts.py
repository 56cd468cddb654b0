"""What the rating rule needs to know of an action, read from its records in one query."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from improvement.lifecycle import Status
from improvement.models import Action, BankHoliday, Milestone
from improvement.working_days import Calendar
from monitoring import rating
from monitoring.ladder import Rung
from monitoring.models.evidence import Climb
from monitoring.models.update import Blocker, Override, Update
from monitoring.scheme import Delivery


@dataclass(frozen=True, slots=True)
class Known:
    """An action's facts, with where it stands on the ladder and in the plan."""

    facts: rating.Facts
    rung: str
    due_on: date
    theme_id: int
    seal_id: int


def known_of(action: Action, *, on: date) -> Known:
    """What is known now, for the day `on` and after; read afresh, since a colleague may have been quicker."""
    row = Action.objects.filter(pk=action.pk).values(
        "status", "starts_on", "due_on", "theme_id", "seal_id",
        last_word_on=Subquery(_of(Update).order_by("-effective_on").values("effective_on")[:1]),
        blocked=Exists(_of(Blocker).filter(cleared_on__isnull=True)),
        rung=Subquery(_of(Climb).order_by("-at", "-id").values("rung")[:1]),
        rated=Subquery(_of(Override).filter(until_on__gte=on).order_by("-at", "-id").values_list(_OVERRIDE)[:1]),
        steps=ArraySubquery(_of(Milestone).values_list(_MILESTONE)),
    ).get()  # fmt: skip
    facts = rating.Facts(
        status=Status(row["status"]),
        starts_on=row["starts_on"],
        due_on=row["due_on"],
        milestones=tuple(rating.Milestone(_day(m["due"]), _maybe(m["done"])) for m in row["steps"]),
        last_word_on=row["last_word_on"],
        blocked=row["blocked"],
        override=_override(row["rated"]),
    )
    return Known(facts, row["rung"] or Rung.NONE.value, row["due_on"], row["theme_id"], row["seal_id"])


def our_calendar() -> Calendar:
    """The council's table of bank holidays as the rules take it."""
    days = frozenset(BankHoliday.objects.values_list("day", flat=True))
    years = [day.year for day in days] or [1]
    return Calendar(days, max(years), first_year=min(years))


_MILESTONE = JSONObject(due=F("due_on"), done=F("done_on"))
_OVERRIDE = JSONObject(delivery=F("delivery"), until=F("until_on"), reason=F("reason"))


def _of(model: type[Update] | type[Blocker] | type[Climb] | type[Override] | type[Milestone]):  # type: ignore[no-untyped-def] # noqa: ANN202
    return model.objects.filter(action=OuterRef("pk"))


def _override(of: dict[str, str] | None) -> rating.Override | None:
    return rating.Override(Delivery(of["delivery"]), _day(of["until"]), of["reason"]) if of else None


def _day(iso: str) -> date:
    return date.fromisoformat(iso)


def _maybe(iso: str | None) -> date | None:
    return _day(iso) if iso else None
