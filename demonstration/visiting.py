"""The three monitoring visits, and the letter of the latest, which is under embargo still."""

from datetime import datetime, time, timedelta
from typing import Any

from demonstration.timeline import Timeline
from improvement.models import Finding, Plan, Theme
from monitoring.models import Letter, Visit
from people.days import LONDON
from people.models import Person
from sources.models import Seal, Source
from sources.seals import OPEN, acting_as
from sources.terms import CONFIDENTIAL, Basis, Terms


def receive(plan: Plan, timeline: Timeline, words: dict[str, Any], people: dict[str, Person]) -> list[Visit]:
    """Hold the visits and their letters; the last letter is sealed, its two readers cleared."""
    visits = []
    with acting_as(people["director"], what="The command load_demonstration"):
        for of in words["visit"]:
            visits.append(_visit(plan, timeline, of))
            _letter(visits[-1], timeline, of, people, is_latest=of is words["visit"][-1])
    return visits


def _visit(plan: Plan, timeline: Timeline, of: dict[str, Any]) -> Visit:
    ends_on = timeline.day(of["month"])
    return Visit.objects.create(
        inspection=plan.inspection, ordinal=of["ordinal"], starts_on=_day_before(ends_on), ends_on=ends_on,
        focus=of["focus"], areas=of["areas"], inspectors=of["inspectors"], ofsted_publishes=of["ordinal"] > 1,
    )  # fmt: skip


def _day_before(day: Any) -> Any:
    return day - timedelta(days=1 if day.weekday() else 3)


def _letter(
    visit: Visit, timeline: Timeline, of: dict[str, Any], people: dict[str, Person], *, is_latest: bool
) -> None:
    draft_on = visit.ends_on + timedelta(days=7)
    seal_id = _seal(timeline, people) if is_latest else OPEN
    source = Source.objects.create(
        kind=Source.Kind.LETTER, title=f"Letter of monitoring visit {visit.ordinal}: {of['short']}",
        from_whom="Ofsted", received_on=min(draft_on, timeline.today), words=of["letter"], seal_id=seal_id,
    )  # fmt: skip
    Letter.objects.create(
        visit=visit, source=source, seal_id=seal_id, draft_received_on=source.received_on,
        state=_state(visit, is_latest=is_latest),
        final_received_on=None if is_latest else visit.ends_on + timedelta(days=21),
    )  # fmt: skip
    themes = {theme.slug: theme for theme in Theme.objects.all()}
    for number, finding in enumerate(of["finding"], start=1):
        Finding.objects.create(
            source=source, theme=themes[finding["theme"]], kind=Finding.Kind.VISIT, number=f"V{visit.ordinal}.{number}",
            words=finding["words"], paragraph=number, polarity=finding["polarity"],
            position=1000 * visit.ordinal + number, seal_id=seal_id,
        )  # fmt: skip


def _state(visit: Visit, *, is_latest: bool) -> str:
    if is_latest:
        return Letter.State.DRAFT
    return Letter.State.PUBLISHED if visit.ofsted_publishes else Letter.State.FINAL


def _seal(timeline: Timeline, people: dict[str, Person]) -> int:
    """Ofsted's terms: nothing of the letter until the end of a named day, a week from now."""
    last_day = timeline.after(9)
    until = datetime.combine(last_day + timedelta(days=1), time.min, tzinfo=LONDON)
    words = f"The contents of this letter must not be disclosed to the public until after {last_day:%-d %B %Y}."
    terms = Terms(kind=CONFIDENTIAL, basis=Basis.DEPARTMENT, until=until, words=words)
    seal = Seal.make(terms, by=people["director"])
    seal.clear(people["clerk"])
    return seal.pk
