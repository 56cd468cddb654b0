"""Who has an account, and what each may do on a day: the administrator's lists, in words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from people.days import a_year_after
from people.models import Body, Grant, Person
from people.roles import EVERYWHERE, GUESTS, SOON, Holding, Role, ending

Scopes = Sequence[tuple[str, str]]
"""What a grant may reach over, and how people say it."""
Themes = Callable[[], Scopes]
"""What lists the scopes of themes.

Themes belong to a higher storey, which this one must not know: the addresses are wired up with the function
(`config/urls.py`), and whatever it lists is offered and said.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One role as the administrator sees it, with what names it in a form."""

    role: str
    scope: str
    starts_on: date
    ends_on: date | None
    handle: str
    is_guests: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One account and the roles that it has on the day."""

    person: Person
    seats: list[Seat]


def offered(themes: Themes) -> Scopes:
    """Everything, one theme, or one body."""
    return [(EVERYWHERE, "Everything"), *themes(), *((body.scope, body.name) for body in Body.objects.all())]


def entries(people: Any, *, on: date, scopes: Scopes) -> list[Entry]:
    """The people, each with the roles in force."""
    return [Entry(person=person, seats=seats_of(person, on=on, scopes=scopes)["now"]) for person in people]


def everyone() -> Any:
    """Those who can sign in, then those whose accounts are closed, each with their grants."""
    return Person.objects.order_by("-is_active", "name", "email").prefetch_related("grants")


def leaving(*, on: date, scopes: Scopes) -> list[Entry]:
    """Guests whose access ends soon, each with the roles that do."""
    soon = Person.objects.filter(
        is_active=True, grants__role__in=GUESTS, grants__ends_on__gt=on, grants__ends_on__lte=on + SOON
    )
    found = []
    for person in soon.order_by("name", "email").distinct().prefetch_related("grants"):
        grants = {holding(grant): grant for grant in person.grants.all()}
        if seats := [seat(grants[each], scopes=scopes) for each in ending(grants, on=on)]:
            found.append(Entry(person=person, seats=seats))
    return found


def extension(person: Person, *, named: str, on: date) -> dict[str, Any]:
    """What a form begins with where a guest's role is to go on for another year."""
    grant = grant_of(person, named=named, on=on)
    if grant is None or grant.role not in GUESTS or grant.ends_on is None:
        return {}
    return {
        "role": grant.role, "scope": grant.scope, "starts_on": max(grant.ends_on, on),
        "ends_on": a_year_after(max(grant.ends_on, on)),
    }  # fmt: skip


def seats_of(person: Person, *, on: date, scopes: Scopes) -> dict[str, list[Seat]]:
    """The person's roles: those in force, those to come and those that have ended."""
    sorted_: dict[str, list[Seat]] = {"now": [], "coming": [], "ended": []}
    for grant in person.grants.all():
        over = grant.ends_on is not None and grant.ends_on <= max(on, grant.starts_on)
        when = "ended" if over else "now" if holding(grant).holds(on=on) else "coming"
        sorted_[when].append(seat(grant, scopes=scopes))
    return sorted_


def seat(grant: Grant, *, scopes: Scopes) -> Seat:
    """The grant in words."""
    return Seat(
        role=grant.get_role_display(), scope=scope_in_words(grant.scope, scopes), starts_on=grant.starts_on,
        ends_on=grant.ends_on, handle=handle(grant), is_guests=grant.role in GUESTS,
    )  # fmt: skip


def handle(grant: Grant) -> str:
    """What names the grant among the person's own, in a form."""
    return f"{grant.role} {grant.scope} {grant.starts_on.isoformat()}"


def grant_of(person: Person, *, named: str, on: date) -> Grant | None:
    """The person's grant of that handle, one that has not ended where there are several."""
    found = [grant for grant in person.grants.all() if handle(grant) == named]
    found.sort(key=lambda grant: grant.ends_on is not None and grant.ends_on <= max(on, grant.starts_on))
    return found[0] if found else None


def holding(grant: Grant) -> Holding:
    """As the rule sees it."""
    return Holding(Role(grant.role), grant.scope, grant.starts_on, grant.ends_on)


def scope_in_words(scope: str, scopes: Scopes) -> str:
    """How people say the scope; one that is no longer offered keeps its own name."""
    return dict(scopes).get(scope) or scope.rpartition(":")[2].replace("-", " ").capitalize()


def history(person: Person, *, scopes: Scopes) -> list[dict[str, Any]]:
    """The person's lines, the latest first, with scopes as people say them."""
    lines = person.lines.select_related("by").order_by("-at", "-id")
    return [{"title": _said(line.says, scopes), "at": line.at, "by": line.by or "Set-up"} for line in lines]


def _said(says: str, scopes: Scopes) -> str:
    for scope, words in scopes:
        says = says.replace(f"({scope})", f"({words.lower() if scope == EVERYWHERE else words})")
    return says[:1].upper() + says[1:]
