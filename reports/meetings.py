"""The bodies' meetings, the papers that go to them, and the days by which notice has to be given (R12)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from improvement.clocks import Deadline, before_meeting
from improvement.time_limits import Kind
from improvement.timing import written
from improvement.working_days import Calendar
from monitoring.models import our_calendar
from people.days import start_of
from people.models import Body, Meeting
from reports.models import Paper
from sources.models import Source

PAST = 12
"""So many meetings that have been held are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A meeting with its papers; if it is still to come, its notices and any embargo in their way."""

    meeting: Meeting
    papers: tuple[Paper, ...]
    notices: tuple[Deadline, ...] = ()
    clashes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """Every meeting to come, soonest first, and the latest of those that have been held."""

    coming: tuple[Sitting, ...]
    past: tuple[Sitting, ...]


def diary(*, on: date) -> Diary:
    """The meetings of all bodies, in a fixed number of queries."""
    meetings = Meeting.objects.select_related("body")
    coming, past = list(meetings.from_day(on)), list(meetings.before(on).order_by("-held_on", "-id")[:PAST])
    papers, calendar, letters = _papers([*coming, *past]), our_calendar(), _under_embargo()
    return Diary(
        coming=tuple(_sitting(m, papers, on=on, calendar=calendar, letters=letters) for m in coming),
        past=tuple(Sitting(meeting=m, papers=tuple(papers[m.body_id, m.held_on])) for m in past),
    )


def sitting(meeting: Meeting, *, on: date) -> Sitting:
    """One meeting."""
    papers = _papers([meeting])
    if meeting.held_on < on:
        return Sitting(meeting=meeting, papers=tuple(papers[meeting.body_id, meeting.held_on]))
    return _sitting(meeting, papers, on=on, calendar=our_calendar(), letters=_under_embargo())


Papers = dict[tuple[int, date], list[Paper]]


def _papers(meetings: Iterable[Meeting]) -> Papers:
    found: Papers = defaultdict(list)
    days = {meeting.held_on for meeting in meetings}
    for paper in Paper.objects.composed().filter(meeting_on__in=days).order_by("letter"):
        if paper.body_id and paper.meeting_on:
            found[paper.body_id, paper.meeting_on].append(paper)
    return found


def _sitting(meeting: Meeting, papers: Papers, *, on: date, calendar: Calendar, letters: tuple[Source, ...]) -> Sitting:
    found = tuple(papers[meeting.body_id, meeting.held_on])
    if meeting.body.kind != Body.Kind.EXECUTIVE:
        return Sitting(meeting=meeting, papers=found)
    notices = before_meeting(meeting.held_on, calendar=calendar)
    return Sitting(meeting=meeting, papers=found, notices=notices, clashes=tuple(_clashes(meeting, notices, letters)))


def _under_embargo() -> tuple[Source, ...]:
    """Documents whose embargo somebody set, of those that the reader may see: nobody else learns of a clash."""
    held = Source.objects.filter(~Q(seal=0), seal__embargo_until__isnull=False, seal__released_at__isnull=True)
    return tuple(held.select_related("seal"))


def _clashes(meeting: Meeting, notices: tuple[Deadline, ...], letters: tuple[Source, ...]) -> Iterable[str]:
    agenda = next((notice.due_on for notice in notices if notice.kind == Kind.AGENDA), None)
    for letter in letters:
        if sentence := clash(letter, agenda_on=agenda, meeting_on=meeting.held_on):
            yield sentence


def clash(letter: Source, *, agenda_on: date | None, meeting_on: date) -> str | None:
    """Whether an embargo stands on the day that the agenda is due, and on the day of the meeting: two questions."""
    ends = letter.seal.embargo_until
    if ends is None:
        return None
    terms = f"{letter.title} is under embargo: “{letter.seal.embargo_words}”"
    if ends > start_of(meeting_on):
        return f"{terms} That is in force on the day of the meeting, so nothing from it can be said in public there."
    if agenda_on and ends > start_of(agenda_on):
        return (
            f"{terms} That is in force on {written(agenda_on)}, when the agenda is due, and ends before the meeting. "
            "A paper that quotes it goes out with the agenda only in part; the rest may follow once two people have "
            "released it."
        )
    return None
