"""What the Department's notice requires of Northmoor, the actions that answer it, and the council's replies."""

from typing import Any

from demonstration.cast import THEME_LEADS
from demonstration.timeline import Timeline
from improvement.models import Action, Finding, Plan, Response
from monitoring import promising
from people.models import Person
from sources.models import Source

TAKEN_UP = 3.6
"""Months after publication: once the plan had been adopted, its requirements were tied to it."""


def take_up(plan: Plan, timeline: Timeline, of: dict[str, Any], people: dict[str, Person]) -> None:
    """Record the notice and take up each of its requirements; most are answered by actions of the plan."""
    day = timeline.day(of["notice"]["month"])
    notice = Source.objects.create(
        kind=Source.Kind.NOTICE, title=of["notice"]["title"], from_whom="The Secretary of State for Education",
        received_on=day, dated_on=day, words="\n\n".join(each["words"] for each in of["requirement"]),
    )  # fmt: skip
    themes = {theme.slug: theme for theme in plan.themes.all()}
    for n, each in enumerate(of["requirement"], start=1):
        at = timeline.at(TAKEN_UP, seed=f"N{n}")
        finding = Finding.require(
            notice, number=f"N{n}", words=each["words"], theme=themes[each["theme"]], by=people["clerk"], at=at
        )
        actions = [Action.objects.of(plan).get(number=number) for number in each["answered"]]
        if actions:
            promising.tie_to(finding, come=actions, gone=(), by=people[THEME_LEADS[each["theme"]]], at=at)


def reply(
    plan: Plan, timeline: Timeline, of: dict[str, Any], files: list[dict[str, Any]], people: dict[str, Person]
) -> None:  # fmt: skip
    """What theme leads have said to findings, one of them until a day that has passed."""
    words = {finding["key"]: finding["words"] for theme in files for finding in theme["finding"]}
    for each in of["reply"]:
        finding = Finding.objects.of(plan).select_related("theme").get(words=words[each["to"]])
        until_on = timeline.day(each["until"]) if "until" in each else None
        Response.give(
            finding, each["reply"], reason=each.get("reason", ""), until_on=until_on,
            by=people[THEME_LEADS[finding.theme.slug]], at=timeline.at(each["month"], seed=each["to"]),
        )  # fmt: skip
