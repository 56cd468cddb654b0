"""What has been done, the latest first: the lines of every record together, of those that their reader may see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from improvement.models import ActionLine, FindingLine
from monitoring.models import RemindingLine, ResourceLine, RiskLine, SchemeLine
from people.models import Person, PersonLine
from people.roles import Permission
from reports.models import PaperLine
from sources.models import SealLine, SourceLine

PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """One deed as a sentence, and the record that it was done to."""

    at: datetime
    words: str
    reason: str
    of: str
    href: str


@dataclass(frozen=True, slots=True)
class Page:
    """Some twenty-five deeds, and the instant before which the next page goes on; none where nothing does."""

    deeds: list[Done]
    before: datetime | None


def done(reader: Person, *, today: date, by: Person | None, on: date | None, before: datetime | None) -> Page:
    """A page of what has been done, perhaps of one person's deeds or of one day's.

    What was done at one instant stays on one page, so that an instant is enough to turn pages by, and no number of a
    line, which would tell of those that the reader may not see.
    """
    lines = [of.filter(**_wanted(by=by, on=on, before=before)) for of in _lines(reader, today=today)]
    newest = sorted((line.at for of in lines for line in of[:PAGE]), reverse=True)[:PAGE]
    if not newest:
        return Page([], None)
    shown = _told(of.filter(at__gte=newest[-1]) for of in lines)
    more = any(list(of.filter(at__lt=newest[-1])[:1]) for of in lines)
    return Page(shown, newest[-1] if more else None)


def _lines(reader: Person, *, today: date) -> list[Any]:
    """The histories that the person reads: whoever reads no plan, those of people and of settings."""
    of_all: list[Any] = [
        PersonLine.objects.select_related("by", "person"),
        SchemeLine.objects.select_related("by"),
        RemindingLine.objects.select_related("by"),
    ]
    of_records = [
        ActionLine.objects.select_related("by", "action"),
        RiskLine.objects.select_related("by", "risk"),
        ResourceLine.objects.select_related("by", "resource"),
        FindingLine.objects.select_related("by", "finding"),
        PaperLine.objects.select_related("by", "paper"),
        SealLine.objects.select_related("by"),
        SourceLine.objects.select_related("by", "source"),
    ]
    reads = reader.may(Permission.READ_PLAN, on=today)
    return [of.order_by("-at", "-id") for of in (*of_all, *(of_records if reads else ()))]


def _wanted(*, by: Person | None, on: date | None, before: datetime | None) -> dict[str, Any]:
    asked = {"by": by, "at__date": on, "at__lt": before}
    return {word: value for word, value in asked.items() if value is not None}


def _told(lines: Iterable[Any]) -> list[Done]:
    return sorted((_done(line) for of in lines for line in of), key=lambda deed: deed.at, reverse=True)


def _done(line: Any) -> Done:
    of, href = _record(line)
    if isinstance(line, PersonLine):
        return Done(at=line.at, words=f"{line}, by {line.by or 'the system'}", reason="", of=of, href=href)
    # What an update said is said there, and is no reason.
    reason = "" if line.verb == "update" else line.reason
    return Done(at=line.at, words=str(line), reason=reason, of=of, href=href)


def _record(line: Any) -> tuple[str, str]:
    """What it was done to, and where that is shown."""
    if isinstance(line, ActionLine):
        return f"Action {line.action}", reverse("action", args=[line.action.number])
    if isinstance(line, RiskLine):
        return f"Risk: {line.risk}", reverse("risk", args=[line.risk.reference])
    if isinstance(line, ResourceLine):
        return f"Resource: {line.resource}", reverse("resource", args=[line.resource.reference])
    if isinstance(line, FindingLine):
        return f"Finding {line.finding.number}", reverse("finding", args=[line.finding.reference])
    if isinstance(line, PaperLine):
        return f"Paper: {line.paper}", reverse("paper", args=[line.paper.reference])
    if isinstance(line, SourceLine):
        return f"Document: {line.source}", reverse("document", args=[line.source.reference])
    if isinstance(line, SealLine):
        return "A document under seal", reverse("seals")
    return "", ""
