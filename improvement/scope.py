"""How much of the plan a person reads: all of it, or, for a partner, the themes that the grant names (R16)."""

from datetime import date
from typing import Any

from django.db.models import Q

from improvement.models import Action, Finding, Plan, Theme, keys_of
from people.models import Person
from people.roles import EVERYWHERE, READ_IN_SCOPE, TABLE, Permission

THEME = "theme:"


def reading_scopes(person: Person, *, on: date) -> frozenset[str]:
    """“all”, or the scopes of a partner's own grants.

    A theme lead's scope says which actions they may steer, and never what they may read.
    """
    reading = [h for h in person.holdings if h.holds(on=on) and Permission.READ_PLAN in TABLE[h.role]]
    return frozenset(h.scope if h.role in READ_IN_SCOPE else EVERYWHERE for h in reading)


def themes_read(person: Person, *, on: date) -> frozenset[str] | None:
    """The slugs of the themes that the person reads; None where it is all of them."""
    scopes = reading_scopes(person, on=on)
    return None if EVERYWHERE in scopes else frozenset(scope.removeprefix(THEME) for scope in scopes)


def read_by(person: Person, actions: Any, *, on: date) -> Any:
    """Of some actions, those that the person reads: of its themes, or its own to lead or update."""
    slugs = themes_read(person, on=on)
    if slugs is None:
        return actions
    return actions.filter(Q(theme__slug__in=slugs) | Q(pk__in=keys_of(person)))


def answering(person: Person, *, on: date) -> Any:
    """The only actions that a person may know of as answers: those a partner reads; None where it is all of them."""
    if themes_read(person, on=on) is None:
        return None
    return read_by(person, Action.objects.all(), on=on).order_by().values("pk")


def lines_read(person: Person, finding: Finding, *, on: date) -> Any:
    """A finding's history, the latest first; to a partner nothing is said of actions, which may be of other themes."""
    lines = finding.lines.select_related("by").order_by("-at", "-id")
    return lines if themes_read(person, on=on) is None else lines.exclude(verb="answers")


def reads_theme(person: Person, theme: Theme, *, on: date) -> bool:
    """Whether the theme is among those that the person reads."""
    slugs = themes_read(person, on=on)
    return slugs is None or theme.slug in slugs


def themes_of(plan: Plan | None, person: Person, *, on: date) -> Any:
    """The plan's themes that the person reads."""
    themes, slugs = Theme.objects.filter(plan=plan), themes_read(person, on=on)
    return themes if slugs is None else themes.filter(slug__in=slugs)


def themes_offered() -> list[tuple[str, str]]:
    """The themes of the plan in force, over which a grant may reach, and how people say each."""
    return [(theme.scope, theme.title) for theme in Theme.objects.filter(plan=Plan.current())]
