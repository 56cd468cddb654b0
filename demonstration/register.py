"""What Northmoor fears for its plan, judged over eighteen months, and what it has secured and bought for it."""

from decimal import Decimal
from typing import Any

from demonstration.cast import THEME_LEADS
from demonstration.timeline import Timeline
from improvement.models import Action, Lead, Plan, Theme
from monitoring.models import Resource, Risk
from people.models import Person


def tell(
    plan: Plan, timeline: Timeline, words: dict[str, Any], actions: dict[str, Action], people: dict[str, Person]
) -> None:  # fmt: skip
    """Every risk and resource of the file, by the deeds that the pages do."""
    themes = {theme.slug: theme for theme in plan.themes.all()}
    leads = {lead.slug: lead for lead in Lead.objects.all()}
    for of in words["risk"]:
        _risk(plan, of, _tied(of, themes, actions, leads), timeline, by=people[THEME_LEADS[of["themes"][0]]])
    for of in words["resource"]:
        _resource(plan, of, _tied(of, themes, actions, leads), timeline, by=people[THEME_LEADS[of["themes"][0]]])


def _tied(
    of: dict[str, Any], themes: dict[str, Theme], actions: dict[str, Action], leads: dict[str, Lead]
) -> dict[str, Any]:  # fmt: skip
    return {
        "themes": [themes[slug] for slug in of["themes"]],
        "actions": [actions[number] for number in of["actions"]],
        "lead": leads[of["lead"]],
    }


def _risk(plan: Plan, of: dict[str, Any], tied: dict[str, Any], timeline: Timeline, *, by: Person) -> None:
    first, *later = [_judged(each, timeline, seed=of["title"]) for each in of["assessment"]]
    said = {name: of[name] for name in ("title", "cause", "event", "effect")}
    risk = Risk.enter(plan, **said, **tied, **first, by=by)
    for judged in later:
        risk.assess(**judged, by=by)
    if closed := of.get("closed"):
        risk.close(reason=closed["reason"], by=by, at=timeline.at(closed["month"], seed=of["title"]))


def _judged(of: dict[str, Any], timeline: Timeline, *, seed: str) -> dict[str, Any]:
    judged = {name: of[name] for name in ("likelihood", "impact", "target", "mitigation")}
    at = timeline.at(of["month"], seed=seed)
    return judged | {"words": of.get("words", ""), "review_on": timeline.day(of["review"]), "at": at}


def _resource(plan: Plan, of: dict[str, Any], tied: dict[str, Any], timeline: Timeline, *, by: Person) -> None:
    said = {name: of[name] for name in ("title", "kind", "funding", "purpose")}
    resource = Resource.secure(
        plan, **said, **tied, amount=of.get("amount"), posts=Decimal(of["posts"]) if "posts" in of else None,
        secured_on=timeline.day(of["secured"]), until_on=timeline.day(of["until"]) if "until" in of else None, by=by,
        at=timeline.at(of["secured"], seed=of["title"]),
    )  # fmt: skip
    for bought in of["bought"]:
        at = timeline.at(bought["month"], seed=of["title"])
        resource.buy(words=bought["words"], bought_on=timeline.day(bought["month"]), by=by, at=at)
