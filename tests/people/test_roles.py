"""The table of roles and permissions (R16) is whole: every role has a row, every permission is held and is asked."""

import ast
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from people.roles import (
    TABLE,
    Holding,
    Permission,
    Role,
    ending,
    guest_objection,
    permits,
    reach_objection,
    refusal,
    scopes,
)

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = date(2026, 3, 7)

# Written out by hand from R16, and not from the table that it holds to account.
MAY = {
    "officer": "read_plan update_own read_dashboard read_papers",
    "lead": "read_plan update_own update_theme steer_theme read_dashboard read_papers",
    "director": "read_plan update_own update_theme steer_theme read_dashboard read_papers read_drafts compose_papers "
    "receive_documents propose_release load_plan settle_scheme read_audit",
    "clerk": "read_plan read_dashboard read_papers read_drafts keep_meetings receive_documents confirm_release "
    "read_audit",
    "clearing": "read_plan read_dashboard read_papers read_drafts clear_sections",
    "member": "read_plan read_dashboard read_papers",
    "adviser": "read_plan read_dashboard read_papers",
    "partner": "read_plan read_papers update_own",
    "administrator": "manage_people settle_scheme read_audit",
}
WITHOUT_A_DOOR = {"keep_meetings", "clear_sections"}
"""Held already, though their pages are yet to be built."""


@pytest.mark.parametrize("role", MAY)
@pytest.mark.parametrize("permission", Permission)
def test_a_role_lets_a_person_do_this_and_no_more(role: str, permission: Permission) -> None:
    held = permits([Holding(Role(role))], permission, on=DAY)
    assert held == (permission.value in MAY[role].split())


def test_every_role_has_its_row_and_every_permission_somebody() -> None:
    assert set(TABLE) == set(Role) == {Role(role) for role in MAY}
    assert frozenset().union(*TABLE.values()) == set(Permission)


def test_every_permission_is_asked_at_some_door() -> None:
    code = [path for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0] in STOREYS]
    asked = {
        node.attr.lower()
        for path in code
        if path != ROOT / "people" / "roles.py"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "Permission"
    }
    assert {permission.value for permission in Permission} - asked == WITHOUT_A_DOOR


STOREYS = ("people", "sources", "improvement", "monitoring", "reports")


def test_the_database_gives_drafts_to_the_same_roles_as_the_table() -> None:
    sql = (ROOT / "sources" / "sql.py").read_text("utf-8")
    drafts = re.search(r"SELECT 1 WHERE (.+)", sql)
    assert drafts is not None
    named = set(re.findall(r"actor_is\('(\w+)'\)", drafts[1]))
    assert named == {role.value for role in Role if Permission.READ_DRAFTS in TABLE[role]}


@pytest.mark.parametrize(
    ("starts", "ends", "held"), [(0, None, True), (1, None, False), (-9, 1, True), (-9, 0, False), (0, 0, False)]
)
def test_a_grant_holds_from_its_first_day_until_and_without_its_last(starts: int, ends: int | None, held: bool) -> None:
    until = None if ends is None else DAY + timedelta(days=ends)
    assert Holding(Role.MEMBER, "all", DAY + timedelta(days=starts), until).holds(on=DAY) == held


def test_a_grant_over_a_theme_reaches_that_theme_and_no_other() -> None:
    held = [Holding(Role.LEAD, "theme:front-door")]
    reached = [permits(held, Permission.STEER_THEME, on=DAY, scope=s) for s in ("theme:front-door", "theme:care", None)]
    assert reached == [True, False, True]
    assert scopes(held, Permission.STEER_THEME, on=DAY) == {"theme:front-door"}


def test_a_grant_over_a_body_reaches_that_body_and_no_theme() -> None:
    held = [Holding(Role.DIRECTOR, "body:executive")]
    asked = ("body:executive", "body:scrutiny", "theme:front-door", "all", None)
    assert [permits(held, Permission.COMPOSE_PAPERS, on=DAY, scope=s) for s in asked] == [True, *[False] * 3, True]


def test_a_grant_over_everything_reaches_every_theme() -> None:
    assert permits([Holding(Role.DIRECTOR)], Permission.STEER_THEME, on=DAY, scope="theme:care")


EVERY_REACH = ("all", "theme:front-door", "body:executive")
# Written out by hand, like the roles above.
TAKES = {
    "officer": (True, True, False),
    "lead": (False, True, False),
    "director": (True, False, True),
    "clerk": (True, False, True),
    "clearing": (True, False, True),
    "member": (True, False, True),
    "adviser": (True, False, True),
    "partner": (False, True, False),
    "administrator": (True, False, False),
}


@pytest.mark.parametrize("role", Role)
def test_a_role_is_given_over_what_it_can_be_done_over(role: Role) -> None:
    said = [reach_objection(Holding(role, scope)) for scope in EVERY_REACH]
    assert tuple(sentence is None for sentence in said) == TAKES[role]


def test_a_scope_that_a_role_does_not_take_is_refused_with_those_that_it_does() -> None:
    assert [
        reach_objection(Holding(Role.CLERK, "theme:front-door")),
        reach_objection(Holding(Role.LEAD)),
        reach_objection(Holding(Role.ADMINISTRATOR, "ward:north")),
    ] == [
        "The role “Clerk” is given over everything or one body. Choose that instead.",
        "The role “Theme lead” is given over one theme. Choose that instead.",
        "The role “Administrator” is given over everything. Choose that instead.",
    ]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize(("days", "guests_may"), [(None, False), (366, False), (365, True), (1, True)])
def test_a_guest_comes_for_a_year_at_most(role: Role, days: int | None, guests_may: bool) -> None:
    wanted = Holding(role, "all", DAY, None if days is None else DAY + timedelta(days=days))
    may = guests_may if role in (Role.PARTNER, Role.ADVISER) else True
    assert (guest_objection(wanted) is None) == may


def test_a_guest_without_an_end_is_refused_with_the_latest_day() -> None:
    assert guest_objection(Holding(Role.ADVISER, "all", date(2028, 2, 29))) == (
        "The role “Adviser” is a guest’s, and ends within a year of its start: choose a day up to 28 February 2029. "
        "It can be given again."
    )


@pytest.mark.parametrize(
    ("days", "told"), [(0, False), (1, True), (30, True), (31, False)]
)  # fmt: skip
@pytest.mark.parametrize("role", [Role.PARTNER, Role.ADVISER])
def test_a_guest_is_told_from_thirty_days_before_the_end(role: Role, days: int, told: bool) -> None:
    held = Holding(role, "theme:care", DAY - timedelta(days=9), DAY + timedelta(days=days))
    assert ending([held], on=DAY) == ([held] if told else [])


def test_nobody_is_told_of_an_end_that_is_none() -> None:
    soon = DAY + timedelta(days=3)
    ends = Holding(Role.PARTNER, "theme:care", date.min, soon)
    straight_on = Holding(Role.PARTNER, "theme:care", soon, soon + timedelta(days=300))
    later = Holding(Role.PARTNER, "theme:care", soon + timedelta(days=1), soon + timedelta(days=300))
    elsewhere = Holding(Role.PARTNER, "theme:front-door", soon, soon + timedelta(days=300))
    officers = Holding(Role.OFFICER, "all", date.min, soon)
    told = [ending([ends, other], on=DAY) for other in (straight_on, later, elsewhere, officers)]
    assert told == [[], [ends], [ends], [ends]]


def test_a_refusal_says_what_the_role_does_not_let_a_person_do() -> None:
    said = "Your role does not let you manage people and their roles. Ask your administrator if you need to."
    assert refusal(Permission.MANAGE_PEOPLE) == said
