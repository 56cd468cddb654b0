"""The papers that Northmoor has taken to its Executive, and the one that it is writing."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection

from demonstration.timeline import Timeline
from monitoring.models import Visit
from people.days import LONDON
from people.models import Body, Meeting, Person
from reports import keeping
from reports.compose import Commission, compose
from reports.models import Paper, Template, TemplateSection
from sources.seals import acting_as

LETTER_OPEN_AFTER = timedelta(days=24)
"""From a visit’s last day until its final letter may be told of."""
AGENDA_BEFORE = timedelta(days=8)
PROGRESS_BEFORE = timedelta(days=28)


def write(visits: list[Visit], timeline: Timeline, words: dict[str, Any], people: dict[str, Person]) -> None:
    """Three papers issued over the year, each as at its own day, and a draft on the visit just made."""
    template(words)
    director = people["director"]
    with acting_as(director, what="The command load_demonstration"):
        for visit in visits[:-1]:
            _issued(_first_meeting(visit.ends_on + LETTER_OPEN_AFTER + AGENDA_BEFORE), visit, by=director)
        _issued(_last_meeting(timeline.today - PROGRESS_BEFORE), None, by=director)
        # At the day's first hour, since the demonstration may be begun at any.
        _compose(_first_meeting(timeline.today + AGENDA_BEFORE), visits[-1], on=timeline.today, by=director, hour=0)


def template(words: dict[str, Any]) -> Template:
    """The council's own template, its sections in the order of the file."""
    made = Template.objects.create(**words["template"], **words["head"])
    TemplateSection.objects.bulk_create(
        TemplateSection(template=made, position=position, **section)
        for position, section in enumerate(words["section"])
    )
    return made


def _issued(meeting: Meeting, visit: Visit | None, *, by: Person) -> None:
    on = meeting.held_on - AGENDA_BEFORE
    paper = _compose(meeting, visit, on=on, by=by)
    with connection.cursor() as cursor:
        # All this is one transaction, at whose end its deeds join the audit trail; the paper prints where that stands.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    keeping.issue(paper, by=by, at=_hour(on, 16))


def _compose(meeting: Meeting, visit: Visit | None, *, on: date, by: Person, hour: int = 10) -> Paper:
    return compose(Commission(meeting=meeting, visit=visit, as_at=on), by=by, at=_hour(on, hour))


def _hour(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=LONDON)


def _first_meeting(day: date) -> Meeting:
    meeting = _executive().from_day(day).first()
    assert meeting is not None
    return meeting


def _last_meeting(day: date) -> Meeting:
    meeting = _executive().before(day).last()
    assert meeting is not None
    return meeting


def _executive() -> Any:
    return Meeting.objects.of(Body.Kind.EXECUTIVE).select_related("body")
