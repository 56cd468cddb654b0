"""What the API is told by a slug, a reference, a number, an e-mail address or a day, found as its reader may see it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from rest_framework.exceptions import ValidationError

from improvement.models import Action, Finding, Lead, Milestone, Plan, Theme
from improvement.scope import themes_of
from monitoring.models import Blocker
from people.models import Meeting, Person
from people.roles import Permission


def theme_named(slug: str, plan: Plan, *, reader: Person, on: date) -> Theme:
    """One of the themes that the person reads. Raises ValidationError, as all of these do."""
    themes = {theme.slug: theme for theme in themes_of(plan, reader, on=on)}
    lacking = "The plan has no such theme. Its themes are at /api/themes/."
    found: Theme = _found(themes, slug, field="theme", lacking=lacking)
    return found


def findings_named(references: Sequence[str], plan: Plan | None) -> list[Finding]:
    """Findings that the plan takes up."""
    found = list(Finding.objects.of(plan).called(references).select_related("seal"))
    if unknown := sorted(set(references) - {finding.reference for finding in found}):
        raise ValidationError({"findings": [f"The plan takes up no finding {unknown[0]}."]})
    return found


def lead_named(said: dict[str, Any]) -> Lead:
    """A lead that is known, or one named for the first time, which is made."""
    if said["new_lead"]:
        return Lead.called(said["new_lead"], kind=said["kind"])
    leads = {lead.slug: lead for lead in Lead.objects.all()}
    lacking = "There is no such lead. Give the slug of one that leads an action, or name another in “new_lead”."
    found: Lead = _found(leads, said["lead"], field="lead", lacking=lacking)
    return found


def people_named(emails: Sequence[str], *, on: date) -> list[Person]:
    """People who may update actions."""
    people = {person.email: person for person in Person.objects.who_may(Permission.UPDATE_OWN, on=on)}
    lacking = "{} is not the e-mail address of anybody who may update actions."
    return [_found(people, email, field="updaters", lacking=lacking.format(email)) for email in emails]


def meeting_named(said: dict[str, Any] | None, *, on: date) -> Meeting | None:
    """A meeting that has been held."""
    if said is None:
        return None
    held = {(each.body.slug, each.held_on): each for each in Meeting.objects.held_by(on).select_related("body")}
    lacking = "No such meeting has been held yet. Give its body’s slug and its day, as /api/meetings/ has them."
    found: Meeting = _found(held, (said["body"], said["held_on"]), field="meeting", lacking=lacking)
    return found


def milestones_numbered(numbers: Sequence[int], action: Action) -> list[Milestone]:
    """Of the action's milestones."""
    steps = {step.position: step for step in action.milestones.all()}
    lacking = "The action has no such milestone. Give the numbers of its milestones."
    return [_found(steps, number, field="reached", lacking=lacking) for number in dict.fromkeys(numbers)]


def blocker_numbered(number: int, action: Action) -> Blocker:
    """Of the action's blockers."""
    waits = dict(enumerate(action.blockers.all(), start=1))
    lacking = "The action has no such blocker. Give the number of one of its blockers."
    found: Blocker = _found(waits, number, field="blocker", lacking=lacking)
    return found


def _found(known: dict[Any, Any], name: Any, *, field: str, lacking: str) -> Any:
    if name not in known:
        raise ValidationError({field: [lacking]})
    return known[name]
