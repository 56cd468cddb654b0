"""What the inspectors found at Northmoor, and the plan that answers it."""

from datetime import timedelta
from typing import Any

from demonstration.timeline import Timeline, wobble
from improvement.frameworks import version_for
from improvement.models import (
    Action,
    Answer,
    DayRange,
    Finding,
    Inspection,
    Judgement,
    Lead,
    Milestone,
    Plan,
    Theme,
    Updater,
)
from monitoring.models import Gauge, Instrument, Measure, Reading, Standing
from people.models import Person
from sources.models import Source

ADOPTED = 3.3
"""Months from publication to the Executive's adoption: seventy working days."""
ALSO_UPDATED_BY = {"1.8": ["hos-front-door"], "1.10": ["hos-front-door"]}
"""Two that the demonstration's officer updates beside their leads, so that her list has something overdue in it."""
_GRADES = {"leaders": "inadequate", "help_and_protection": "inadequate", "overall": "inadequate"}


def inspect(timeline: Timeline, words: dict[str, Any]) -> Plan:
    """The inspection and its notice, and a plan with no action in it yet."""
    starts_on = timeline.published_on - timedelta(days=45)
    framework = version_for(starts_on)
    assert framework is not None
    source = Source.objects.create(
        kind=Source.Kind.REPORT, title="Inspection of Northmoor local authority children’s services",
        from_whom="Ofsted", received_on=timeline.published_on - timedelta(days=4), dated_on=timeline.published_on,
    )  # fmt: skip
    inspection = Inspection.objects.create(
        source=source, framework=framework.key, provider="Northmoor Council",
        lead_inspector=words["lead_inspector"], received_on=source.received_on, published_on=timeline.published_on,
    )  # fmt: skip
    DayRange.objects.create(inspection=inspection, starts_on=starts_on, ends_on=starts_on + timedelta(days=11))
    for position, judgement in enumerate(framework.judgements):
        Judgement.objects.create(
            inspection=inspection, key=judgement.key, label=judgement.label, position=position,
            grade=_GRADES.get(judgement.key, "requires_improvement"),
        )  # fmt: skip
    for instrument in words["instrument"]:
        Instrument.objects.create(
            inspection=inspection, kind=instrument["kind"], issued_on=timeline.day(instrument["month"]),
            words=instrument["words"],
        )  # fmt: skip
    return Plan.objects.create(
        title="Northmoor Children’s Services Improvement Plan", inspection=inspection,
        adopted_on=timeline.day(ADOPTED),
    )  # fmt: skip


def fill(plan: Plan, timeline: Timeline, files: list[dict[str, Any]], people: dict[str, Person]) -> dict[str, Action]:
    """The themes with their findings, measures and actions, as they stood when the plan was adopted."""
    actions: dict[str, Action] = {}
    numbers = {"recommendation": 0, "area": 0}
    for words in files:
        theme = Theme.objects.create(
            plan=plan, number=words["number"], slug=words["slug"], title=words["title"], aim=words["aim"]
        )
        findings = {f["key"]: _finding(f, theme, numbers) for f in words["finding"]}
        measures = {m["key"]: _measure(m, theme, timeline, n) for n, m in enumerate(words["measure"], start=1)}
        for of in words["action"]:
            actions[of["number"]] = _action(of, theme, timeline, people)
            _tie(actions[of["number"]], of, findings, measures)
    return actions


def _finding(of: dict[str, Any], theme: Theme, numbers: dict[str, int]) -> Finding:
    numbers[of["kind"]] += 1
    letter = "R" if of["kind"] == "recommendation" else "A"
    return Finding.objects.create(
        source=theme.plan.inspection.source, theme=theme, kind=of["kind"], number=f"{letter}{numbers[of['kind']]}",
        words=of["words"], paragraph=of["paragraph"], polarity=of["polarity"],
        position=numbers[of["kind"]] + (0 if letter == "R" else 100),
    )  # fmt: skip


def _measure(of: dict[str, Any], theme: Theme, timeline: Timeline, position: int) -> Measure:
    measure = Measure.objects.create(
        theme=theme, slug=f"measure-{of['key']}", name=of["name"], definition=of["definition"],
        numerator=of["numerator"], denominator=of.get("denominator", ""), unit=of["unit"], better=of["better"],
        target=of["target"], position=position,
    )  # fmt: skip
    Reading.objects.bulk_create(_readings(of, measure, timeline))
    return measure


def _readings(of: dict[str, Any], measure: Measure, timeline: Timeline) -> list[Reading]:
    """A figure a month, from the first value to the last with a little unsteadiness in between."""
    readings = []
    for month in range(18):
        share = month / 17
        value = of["first"] + (of["last"] - of["first"]) * share
        value += wobble(f"{of['key']}:{month}") * abs(of["last"] - of["first"]) * 0.06 * (0 < month < 17)
        base = round(of.get("base", 100) * (1 + 0.08 * wobble(f"{of['key']}:base:{month}")))
        percent = measure.unit == Measure.Unit.PERCENT
        readings.append(
            Reading(
                measure=measure, period_on=timeline.day(month).replace(day=1), provisional=month == 17,
                numerator=round(base * value / 100) if percent else round(value, 1),
                denominator=base if percent else None,
            )
        )  # fmt: skip
    return readings


def _action(of: dict[str, Any], theme: Theme, timeline: Timeline, people: dict[str, Person]) -> Action:
    due_on = timeline.day(of["due"])
    action = Action.objects.create(
        plan=theme.plan, theme=theme, number=of["number"], position=int(of["number"].split(".")[1]),
        title=of["title"], words=of["words"], success=of["success"], lead=Lead.objects.get(slug=of["lead"]),
        starts_on=timeline.day(of["start"]), due_on=due_on, first_due_on=due_on,
    )  # fmt: skip
    for post in {of["updater"], *ALSO_UPDATED_BY.get(of["number"], ())} - {of["lead"]}:
        Updater.objects.create(action=action, person=people[post])
    Milestone.objects.bulk_create(
        Milestone(action=action, words=step["words"], due_on=timeline.day(step["due"]), position=position)
        for position, step in enumerate(of["milestones"])
    )
    Standing.restate(action, at=timeline.at(ADOPTED, seed="adopted"))
    return action


def _tie(action: Action, of: dict[str, Any], findings: dict[str, Finding], measures: dict[str, Measure]) -> None:
    for key in of["answers"]:
        Answer.objects.create(action=action, finding=findings[key])
    for key in of["measures"]:
        Gauge.objects.create(action=action, measure=measures[key])
