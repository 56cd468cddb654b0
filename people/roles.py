"""Who may do what, over what and for how long: the one table of roles and permissions (R16)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices

from people.days import a_year_after, written


class Role(TextChoices):
    """The parts people play around an improvement plan."""

    OFFICER = "officer", "Officer"
    LEAD = "lead", "Theme lead"
    DIRECTOR = "director", "Director"
    CLERK = "clerk", "Clerk"
    CLEARING = "clearing", "Clearing officer"
    MEMBER = "member", "Board member"
    ADVISER = "adviser", "Adviser"
    PARTNER = "partner", "Partner"
    ADMINISTRATOR = "administrator", "Administrator"


class Permission(TextChoices):
    """What a door may ask; the label finishes the sentence “Your role does not let you …”."""

    READ_PLAN = "read_plan", "read the improvement plan"
    UPDATE_OWN = "update_own", "update actions you lead or update for"
    UPDATE_THEME = "update_theme", "update any action in your themes"
    STEER_THEME = "steer_theme", "add, close or withdraw actions in your themes, or say what they answer"
    READ_DASHBOARD = "read_dashboard", "read the dashboard"
    READ_PAPERS = "read_papers", "read committee papers"
    READ_DRAFTS = "read_drafts", "read draft papers"
    COMPOSE_PAPERS = "compose_papers", "compose papers"
    KEEP_MEETINGS = "keep_meetings", "keep meetings and document letters"
    CLEAR_SECTIONS = "clear_sections", "clear sections of papers"
    RECEIVE_DOCUMENTS = "receive_documents", "record documents that the council receives"
    PROPOSE_RELEASE = "propose_release", "propose the release of a sealed document"
    CONFIRM_RELEASE = "confirm_release", "confirm the release of a sealed document"
    LOAD_PLAN = "load_plan", "load the improvement plan from a spreadsheet"
    MANAGE_PEOPLE = "manage_people", "manage people and their roles"
    SETTLE_SCHEME = "settle_scheme", "settle the council’s rating scheme"
    READ_AUDIT = "read_audit", "read what has been done"


_READING = frozenset({Permission.READ_PLAN, Permission.READ_DASHBOARD, Permission.READ_PAPERS})

TABLE: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: _READING | {Permission.UPDATE_OWN},
    Role.LEAD: _READING | {Permission.UPDATE_OWN, Permission.UPDATE_THEME, Permission.STEER_THEME},
    Role.DIRECTOR: _READING
    | {
        Permission.UPDATE_OWN,
        Permission.UPDATE_THEME,
        Permission.STEER_THEME,
        Permission.READ_DRAFTS,
        Permission.COMPOSE_PAPERS,
        Permission.RECEIVE_DOCUMENTS,
        Permission.PROPOSE_RELEASE,
        Permission.READ_AUDIT,
        Permission.LOAD_PLAN,
        Permission.SETTLE_SCHEME,
    },
    Role.CLERK: _READING
    | {
        Permission.READ_DRAFTS,
        Permission.KEEP_MEETINGS,
        Permission.RECEIVE_DOCUMENTS,
        Permission.CONFIRM_RELEASE,
        Permission.READ_AUDIT,
    },
    Role.CLEARING: _READING | {Permission.READ_DRAFTS, Permission.CLEAR_SECTIONS},
    Role.MEMBER: _READING,
    Role.ADVISER: _READING,
    Role.PARTNER: frozenset({Permission.READ_PLAN, Permission.READ_PAPERS, Permission.UPDATE_OWN}),
    Role.ADMINISTRATOR: frozenset({Permission.MANAGE_PEOPLE, Permission.SETTLE_SCHEME, Permission.READ_AUDIT}),
}
"""Every role has its row, every permission somebody: a test holds the table complete."""

MAY_HOLD_A_CLEARANCE = frozenset(
    {Role.DIRECTOR, Role.CLERK, Role.LEAD, Role.CLEARING, Role.MEMBER, Role.ADVISER, Role.ADMINISTRATOR}
)
"""Whoever may be let see what is sealed; and administrators, because they say who is what."""

EVERYWHERE = "all"


class Reach(TextChoices):
    """The kinds of scope: a theme's is “theme:” and its slug, a body's “body:” and its slug."""

    EVERYTHING = EVERYWHERE, "everything"
    THEME = "theme", "one theme"
    BODY = "body", "one body"


_OF_THE_COUNCIL = (Reach.EVERYTHING, Reach.BODY)

REACHES: dict[Role, tuple[Reach, ...]] = {
    Role.OFFICER: (Reach.EVERYTHING, Reach.THEME),
    Role.LEAD: (Reach.THEME,),
    Role.DIRECTOR: _OF_THE_COUNCIL,
    Role.CLERK: _OF_THE_COUNCIL,
    Role.CLEARING: _OF_THE_COUNCIL,
    Role.MEMBER: _OF_THE_COUNCIL,
    Role.ADVISER: _OF_THE_COUNCIL,
    Role.PARTNER: (Reach.THEME,),
    Role.ADMINISTRATOR: (Reach.EVERYTHING,),
}
"""What each role is given over. Whoever needs two themes or bodies is given the role twice."""

READ_IN_SCOPE = frozenset({Role.PARTNER})
"""Roles that read only what is open in their scope. Every other scope says what may be done, never what may be read:
a member of one body reads all that is open, and drafts open to a role whatever its scope, as the database has it."""

GUESTS = frozenset({Role.PARTNER, Role.ADVISER})
"""Roles of people whom the council does not employ: nobody tells us when they leave, so each grant ends by itself."""
SOON = timedelta(days=30)
"""So long before it ends a guest and the administrator are told: time enough to agree that it goes on."""


@dataclass(frozen=True, slots=True)
class Holding:
    """One grant as a rule sees it: a role, over a scope, from a day until (and without) a day."""

    role: Role
    scope: str = EVERYWHERE
    starts_on: date = date.min
    ends_on: date | None = None

    def holds(self, *, on: date) -> bool:
        """Whether the grant is in force on the day; it ends at the start of its last day."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


def scopes(holdings: list[Holding], permission: Permission, *, on: date) -> frozenset[str]:
    """Every scope over which the holdings give the permission on the day: “all”, or “theme:…”."""
    return frozenset(h.scope for h in holdings if h.holds(on=on) and permission in TABLE[h.role])


def permits(holdings: list[Holding], permission: Permission, *, on: date, scope: str | None = None) -> bool:
    """Whether a permission is held: anywhere when no scope is asked, else over that scope or everywhere."""
    held = scopes(holdings, permission, on=on)
    return bool(held) if scope is None else EVERYWHERE in held or scope in held


def refusal(permission: Permission) -> str:
    """The sentence for a person whose roles do not reach."""
    return f"Your role does not let you {Permission(permission).label}. Ask your administrator if you need to."


def out_of_reach(what: str) -> str:
    """The sentence for a person whose role reaches over something else."""
    return f"Your role does not reach {what}. Ask your administrator to widen it."


def reach_objection(wanted: Holding) -> str | None:
    """Why the role cannot be given over the scope, or None if it can."""
    taken = REACHES[wanted.role]
    if wanted.scope.partition(":")[0] in taken:
        return None
    return f"The role “{wanted.role.label}” is given over {' or '.join(r.label for r in taken)}. Choose that instead."


def guest_objection(wanted: Holding) -> str | None:
    """Why a guest's access cannot last so long, or None if it can."""
    latest = a_year_after(wanted.starts_on)
    if wanted.role not in GUESTS or (wanted.ends_on and wanted.ends_on <= latest):
        return None
    return (
        f"The role “{wanted.role.label}” is a guest’s, and ends within a year of its start: choose a day up to "
        f"{written(latest)}. It can be given again."
    )


def ending(holdings: Iterable[Holding], *, on: date) -> list[Holding]:
    """A guest's grants that end soon, those apart that go straight on in another."""
    held = list(holdings)
    return [
        h for h in held
        if h.role in GUESTS and h.holds(on=on) and h.ends_on and h.ends_on <= on + SOON and not _goes_on(h, held)
    ]  # fmt: skip


def _goes_on(ends: Holding, held: list[Holding]) -> bool:
    return any((h.role, h.scope) == (ends.role, ends.scope) and h.holds(on=ends.ends_on or date.max) for h in held)


def needs_second_factor(holdings: list[Holding], *, on: date, is_cleared: bool) -> bool:
    """Whether a pass phrase alone is not enough: for whoever is cleared on a document, or may be."""
    return is_cleared or any(h.holds(on=on) and h.role in MAY_HOLD_A_CLEARANCE for h in holdings)
