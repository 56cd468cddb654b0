"""Northmoor Council founded, inspected, and told of, from the prose beside this file."""

from collections.abc import Callable
from datetime import datetime

from demonstration import papers, plan, prose, setting, visiting
from demonstration.story import Story
from demonstration.timeline import Timeline
from monitoring import posting
from people.days import day_of
from people.models import Person


def found(*, at: datetime, progress: Callable[[str], object] = lambda said: None) -> dict[str, Person]:
    """Make the whole council as of the instant; `progress` is told of each stage. Returns its people."""
    timeline = Timeline(day_of(at))
    files = prose.themes()
    people = setting.lay(timeline, at=at)
    improvement_plan = plan.inspect(timeline, prose.visits())
    actions = plan.fill(improvement_plan, timeline, files, people)
    progress(f"{len(actions)} actions under {len(files)} themes.")
    for words in (of for theme in files for of in theme["action"]):
        Story(action=actions[words["number"]], of=words, people=people, timeline=timeline).tell()
    progress("Eighteen months of updates, revisions and evidence.")
    visits = visiting.receive(improvement_plan, timeline, prose.visits(), people)
    progress(f"{len(visits)} monitoring visits, the latest letter under embargo.")
    papers.write(visits, timeline, prose.committee(), people)
    progress("Papers to the Executive.")
    posting.make(at=at)
    return people
