"""Partners and advisers are guests: their access ends, they are told in good time, and it can be given again."""

import re
import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection

from people.days import a_year_after
from people.guests_sql import GIVE_AN_END
from people.models import Grant, Person
from people.roles import Role
from tests.world import World

TOLD = "Your access as partner ends on "


def _ends(person: Person, days: int, world: World) -> Grant:
    grant = person.grants.get()
    grant.ends_on = world.today + timedelta(days=days)
    grant.save()
    return grant


def _give(visit: Any, world: World, **said: str) -> Any:
    sent = {"once": str(uuid.uuid4()), **said}
    return visit(world.admin).post(f"/people/{world.officer.email}/roles/", sent)


def _form(page: str) -> dict[str, str]:
    """What is filled in and chosen where a role is given."""
    typed = re.findall(r'name="((?:starts|ends)_on_\w+)"[^>]*? value="(\d+)"', page)
    chosen = re.findall(r'<select[^>]* name="(\w+)".*?</select>', page, re.DOTALL)
    selects = dict(zip(chosen, re.findall(r"<select.*?</select>", page, re.DOTALL), strict=True))
    picked = {name: re.search(r'value="([^"]+)" selected', select) for name, select in selects.items()}
    return dict(typed) | {name: found[1] for name, found in picked.items() if found}


def _written(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def test_a_guest_is_not_let_in_for_ever(visit: Any, world: World) -> None:
    answer = _give(visit, world, role="partner", scope="theme:workforce")
    latest = a_year_after(world.today)
    assert answer.status_code == 400
    assert (
        f"The role “Partner” is a guest’s, and ends within a year of its start: choose a day up to {latest.day} "
        f"{latest:%B %Y}. It can be given again."
    ) in answer.content.decode()
    assert 'href="#id_ends_on"' in answer.content.decode()
    assert not world.officer.grants.filter(role="partner").exists()


@pytest.mark.parametrize("role", [Role.PARTNER, Role.ADVISER])
def test_the_database_takes_no_guest_without_an_end(world: World, role: Role) -> None:
    with pytest.raises(IntegrityError, match="guests_access_ends"):
        Grant.give(world.officer, role, by=world.admin, at=world.now)


@pytest.mark.parametrize(("days", "told"), [(31, False), (30, True), (1, True)])
@pytest.mark.parametrize("page", ["/actions/", "/papers/", "/my-actions/", "/nowhere/"])
def test_a_guest_is_told_on_every_page_when_their_access_ends_soon(
    visit: Any, world: World, days: int, told: bool, page: str
) -> None:
    ends_on = _ends(world.partner, days, world).ends_on
    said = visit(world.partner).get(page).content.decode()
    sentence = f"{TOLD}{ends_on.day} {ends_on:%B %Y}. Ask your administrator if you need it for longer."
    assert (sentence in said) == told


def test_nobody_else_is_told_of_a_guests_end(visit: Any, world: World) -> None:
    _ends(world.partner, 3, world)
    assert TOLD not in visit(world.officer).get("/actions/").content.decode()


def test_the_administrator_sees_whose_access_ends_soon_and_can_extend_it(visit: Any, world: World) -> None:
    browser = visit(world.admin)
    assert "Guests whose access ends" not in browser.get("/people/").content.decode()
    grant = _ends(world.partner, 12, world)
    page = browser.get("/people/").content.decode()
    href = f"/people/{world.partner.email}/?extend=partner%20theme%3Aworkforce%20{grant.starts_on}"
    assert f'<a class="govuk-link" href="{href}#give">Extend' in page
    until = a_year_after(grant.ends_on)
    begun = _form(browser.get(href).content.decode())
    assert begun == {
        "role": "partner", "scope": "theme:workforce",
        **_written("starts_on", grant.ends_on), **_written("ends_on", until),
    }  # fmt: skip
    sent = {"once": str(uuid.uuid4()), **begun}
    assert browser.post(f"/people/{world.partner.email}/roles/", sent).status_code == 302
    assert "Guests whose access ends" not in browser.get("/people/").content.decode()
    assert TOLD not in visit(world.partner).get("/actions/").content.decode()


@pytest.mark.parametrize("named", ["", "officer all 2020-01-01", "clerk"])
def test_nothing_is_extended_but_a_guests_role(visit: Any, world: World, named: str) -> None:
    page = visit(world.admin).get(f"/people/{world.officer.email}/", {"extend": named}).content.decode()
    assert _form(page) == {"scope": "all"}


def test_guests_of_before_are_given_an_end_that_nobody_finds_behind_them(world: World) -> None:
    long_ago, lately = world.today - timedelta(days=900), world.today - timedelta(days=9)
    with connection.cursor() as cursor:  # as the table was before it asked for an end
        cursor.execute("CREATE TEMPORARY TABLE people_grant (LIKE public.people_grant) ON COMMIT DROP")
        cursor.execute(
            "INSERT INTO people_grant (id, person_id, role, scope, starts_on, given_at) VALUES"
            " (1, %s, 'partner', 'theme:workforce', %s, now()), (2, %s, 'adviser', 'all', %s, now()),"
            " (3, %s, 'officer', 'all', %s, now())",
            [world.partner.pk, lately, world.adviser.pk, long_ago, world.officer.pk, long_ago],
        )
        cursor.execute(GIVE_AN_END)
        cursor.execute("SELECT ends_on FROM people_grant ORDER BY id")
        ends = [on for (on,) in cursor.fetchall()]
    soon = world.today + timedelta(days=30)
    assert ends == [a_year_after(lately), soon, None]
    assert world.adviser.lines.last().says == f"is adviser (all) until {soon.day} {soon:%B %Y}"
