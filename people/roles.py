"""Who may do what: the one table of roles and permissions (R16)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices


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
    STEER_THEME = "steer_theme", "send back, close, withdraw or reopen actions in your themes"
    READ_DASHBOARD = "read_dashboard", "read the dashboard"
    READ_PAPERS = "read_papers", "read committee papers"
    READ_DRAFTS = "read_drafts", "read draft papers"
    COMPOSE_PAPERS = "compose_papers", "compose papers"
    KEEP_MEETINGS = "keep_meetings", "keep meetings and document letters"
    CLEAR_SECTIONS = "clear_sections", "clear sections of papers"
    PROPOSE_RELEASE = "propose_release", "propose the release of a sealed document"
    CONFIRM_RELEASE = "confirm_release", "confirm the release of a sealed document"
    LOAD_PLAN = "load_plan", "load the improvement plan from a spreadsheet"
    MANAGE_PEOPLE = "manage_people", "manage people and their roles"


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
        Permission.PROPOSE_RELEASE,
        Permission.LOAD_PLAN,
    },
    Role.CLERK: _READING | {Permission.READ_DRAFTS, Permission.KEEP_MEETINGS, Permission.CONFIRM_RELEASE},
    Role.CLEARING: _READING | {Permission.READ_DRAFTS, Permission.CLEAR_SECTIONS},
    Role.MEMBER: _READING,
    Role.ADVISER: _READING,
    Role.PARTNER: frozenset({Permission.READ_PLAN, Permission.READ_PAPERS, Permission.UPDATE_OWN}),
    Role.ADMINISTRATOR: frozenset({Permission.MANAGE_PEOPLE}),
}
"""Every role has its row, every permission somebody: a test holds the table complete."""

EVERYWHERE = "all"


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
