"""Risks and money in the words and tables of a paper; where nothing is recorded, the template speaks instead."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from improvement.timing import counted, joined, written
from monitoring.models import Resource
from monitoring.risks import WORST, Level, review_overdue, span
from reports.drafting import Draft
from reports.facts import Facts
from reports.keeping import Terms
from reports.paper import Table
from reports.register_facts import MOST_RISKS, ResourceFact, RiskFact
from reports.wording import begun, number, within

HOW = {
    Resource.Kind.ONE_OFF: "once",
    Resource.Kind.RECURRING: "every year",
    Resource.Kind.TIME_LIMITED: "for a limited time",
}


def money(draft: Draft, facts: Facts) -> None:
    """What has been secured, as a sentence and a table of each with what it bought."""
    if not (resources := facts.register.resources):
        return
    origin, terms = f"{counted(len(resources), 'resource')} secured by {written(facts.on)}", _listed("resources", facts)
    draft.say(
        f"By {written(facts.on)} {_secured(facts)} had been secured for the plan, by "
        f"{counted(len(resources), 'decision')}. What each was for, and what it has bought, is set out below.",
        origin=origin, terms=terms,
    )  # fmt: skip
    rows = tuple(
        (f"{resource.title}. {begun(resource.funding)}", _amount(resource), f"{resource.purpose} {_bought(resource)}")
        for resource in resources
    )
    header = ("Resource and where it comes from", "Amount and posts", "What it is for, and what it has bought")
    caption = f"Resources secured by {written(facts.on)}"
    total = ("All", _secured(facts), "Each kind is added up by itself.")
    draft.show(Table(caption=caption, header=header, rows=(*rows, total)), origin=origin, terms=terms)


def _bought(resource: ResourceFact) -> str:
    return f"Bought: {resource.bought}" if resource.bought else "Nothing is recorded yet of what it bought."


def risks(draft: Draft, facts: Facts) -> None:
    """How many risks there are and what has risen, and the worst of them."""
    if not (found := facts.register.risks):
        return
    origin, terms = f"Register of risks on {written(facts.on)}", _listed("risks", facts)
    n, pressing = len(found), facts.register.pressing
    rated = f"{number(pressing)} {_were(pressing)} rated high or very high" if pressing else "none was rated high"
    draft.say(
        f"On {written(facts.on)} the plan’s register held {counted(n, 'open risk')}, of which {rated}. "
        f"{_risen(facts)}",
        origin=origin, terms=terms,
    )  # fmt: skip
    worst = found[:MOST_RISKS]
    which = f"The {number(len(worst))} worst risks" if len(worst) < n else "Open risks"
    rows = tuple(_row(risk, on=facts.on) for risk in worst)
    header = ("Risk and lead", "Score and direction", "What is being done, and the next review")
    draft.show(Table(caption=f"{which}, {written(facts.on)}", header=header, rows=rows), origin=origin, terms=terms)
    levels = joined([f"{level.label.lower()} from {span(level)[0]}" for level in Level][1:])
    draft.say(
        f"A risk is scored from 1 to {WORST}, its likelihood by its impact: it is {levels}. The direction is that "
        f"since its assessment before.{_board(facts)}",
        origin=origin, terms=terms,
    )  # fmt: skip


def _risen(facts: Facts) -> str:
    if facts.moved is None:
        return ""
    risen = facts.register.risen
    since = f"since {facts.moved_since}"
    if not risen:
        return f"No risk’s score has risen {since}."
    named = joined([f"“{within(risk.title)}” (from {risk.risen_from} to {risk.score})" for risk in risen])
    n = len(risen)
    return f"{begun(number(n))} {'has' if n == 1 else 'have'} risen {since}: {named}."


def _board(facts: Facts) -> str:
    if facts.next_board is None:
        return ""
    return f" The Improvement Board reviews the register, and meets next on {written(facts.next_board.held_on)}."


def _row(risk: RiskFact, *, on: date) -> tuple[str, ...]:
    review = "Its review was due on" if review_overdue(risk.review_on, on=on) else "Review by"
    return (
        f"{risk.title}. {risk.lead}", f"{risk.score}, {risk.level.label.lower()}; {risk.direction.label.lower()}",
        f"{risk.mitigation} {review} {written(risk.review_on)}.",
    )  # fmt: skip


def _secured(facts: Facts) -> str:
    totals = facts.register.totals
    pounds = [f"£{amount:,} {HOW[Resource.Kind(kind)]}" for kind, _, amount in totals.by_kind]
    return joined([*pounds, *([_posts(totals.posts)] if totals.posts else [])])


def _amount(resource: ResourceFact) -> str:
    pounds = [f"£{resource.amount:,} {HOW[resource.kind]}"] if resource.amount else []
    posts = [_posts(Decimal(resource.posts))] if resource.posts else []
    return joined([*pounds, *posts])


def _posts(posts: Decimal) -> str:
    """Full-time equivalents: 1 post, 4.5 posts."""
    said = f"{posts:f}".removesuffix(".0")
    return f"{said} {'post' if said == '1' else 'posts'}"


def _listed(name: str, facts: Facts) -> Terms:
    return Terms(rows=f"{reverse(name)}?{urlencode({'on': facts.on.isoformat()})}")


def _were(n: int) -> str:
    return "was" if n == 1 else "were"
