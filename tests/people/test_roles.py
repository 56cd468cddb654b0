"""The table of roles and permissions (R16) is whole: every role has a row, every permission is held and is asked."""

import ast
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from people.roles import TABLE, Holding, Permission, Role, permits, refusal, scopes

ROOT = Path(__file__).resolve().parent.parent.parent
DAY = date(2026, 3, 7)

# Written out by hand from R16, and not from the table that it holds to account.
MAY = {
    "officer": "read_plan update_own read_dashboard read_papers",
    "lead": "read_plan update_own update_theme steer_theme read_dashboard read_papers",
    "director": "read_plan update_own update_theme steer_theme read_dashboard read_papers read_drafts compose_papers "
    "propose_release load_plan",
    "clerk": "read_plan read_dashboard read_papers read_drafts keep_meetings confirm_release",
    "clearing": "read_plan read_dashboard read_papers read_drafts clear_sections",
    "member": "read_plan read_dashboard read_papers",
    "adviser": "read_plan read_dashboard read_papers",
    "partner": "read_plan read_papers update_own",
    "administrator": "manage_people",
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


def test_a_grant_over_everything_reaches_every_theme() -> None:
    assert permits([Holding(Role.DIRECTOR)], Permission.STEER_THEME, on=DAY, scope="theme:care")


def test_a_refusal_says_what_the_role_does_not_let_a_person_do() -> None:
    said = "Your role does not let you manage people and their roles. Ask your administrator if you need to."
    assert refusal(Permission.MANAGE_PEOPLE) == said
