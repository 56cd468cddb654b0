"""Northmoor Council founded, inspected, and told of, from the prose beside this file."""

from collections.abc import Callable
from datetime import datetime

from demonstration import answering, papers, plan, prose, register, setting, visiting
from demonstration.story import Story
from demonstration.timeline import Timeline
from monitoring import posting
from monitoring.models import SavedView
from people.days import day_of
from people.models import Person

VIEWS = (
    ("officer", "Mine, still open", {"mine": "yes", "status": "open"}),
    ("officer", "Mine without a recent update", {"mine": "yes", "stale": "yes"}),
    ("lead", "Front door, worst first", {"theme": "front-door", "status": "open", "order": "rating"}),
    ("lead", "Delivered, for me to close", {"theme": "front-door", "status": "delivered"}),
    ("director", "Red and overdue", {"delivery": "red", "late": "yes", "order": "due"}),
    ("director", "Nothing shown yet", {"status": "open", "rung": "none", "order": "due"}),
)
"""What people come back to: the words of the list of actions, each under a name of their own."""


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
    answering.take_up(improvement_plan, timeline, prose.notice(), people)
    answering.reply(improvement_plan, timeline, prose.notice(), files, people)
    progress("Eighteen months of updates, revisions and evidence.")
    visits = visiting.receive(improvement_plan, timeline, prose.visits(), people)
    progress(f"{len(visits)} monitoring visits, the latest letter under embargo.")
    register.tell(improvement_plan, timeline, prose.register(), actions, people)
    progress("The register of risks, and the resources secured.")
    papers.write(visits, timeline, prose.committee(), people)
    progress("Papers to the Executive.")
    for part, name, words in VIEWS:
        SavedView.keep(people[part], name=name, words=words)
    posting.make(at=at)
    return people
