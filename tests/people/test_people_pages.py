"""The administrator's pages: who has an account and what each may do, changed only by deeds that leave a line."""

import re
import uuid
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from people import pass_phrase, roster
from people.appointments import appointment_objection
from people.models import Grant, Person, PersonLine, Token
from people.roles import Holding, Role
from tests.world import PASSWORD, SEALED, World

REFUSED = "Your role does not let you manage people and their roles. Ask your administrator if you need to."
LAST = "Nobody else could manage people then. Give another person the administrator role first."
ANN = {
    "name": "Ann Lee",
    "email": "Ann.Lee@northmoor.example",
    "post": "Head of Audit",
    "role": "member",
    "scope": "all",
}


def _post(browser: Client, path: str, once: str = "", **said: str) -> Any:
    return browser.post(path, {"once": once or str(uuid.uuid4()), **said})


def _day(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def _lines(person: Person) -> list[tuple[str, Person | None]]:
    return [(line.says, line.by) for line in person.lines.select_related("by")]


def _page(world: World, part: str) -> str:
    return f"/people/{getattr(world, part).email}/"


def _handle(person: Person) -> str:
    return roster.handle(person.grants.get())


PAGES = ("/people/", "/people/new/", "/people/officer@northmoor.example/")
DEEDS = ("roles/", "roles/end/", "close/", "reopen/")


@pytest.mark.parametrize("part", ["officer", "lead", "director", "clerk", "finance", "member", "partner", "adviser"])
@pytest.mark.parametrize("path", PAGES)
def test_only_an_administrator_manages_people(visit: Any, world: World, part: str, path: str) -> None:
    answer = visit(getattr(world, part)).get(path)
    assert answer.status_code == 403
    assert REFUSED in answer.content.decode()


@pytest.mark.parametrize("deed", DEEDS)
def test_nobody_else_can_do_an_administrators_deed(visit: Any, world: World, deed: str) -> None:
    answer = _post(visit(world.director), f"{_page(world, 'officer')}{deed}", role="administrator", scope="all")
    assert answer.status_code == 403
    assert list(world.officer.grants.values_list("role", flat=True)) == ["officer"]


@pytest.mark.parametrize("path", [*PAGES, "/people/nobody@northmoor.example/", "/pass-phrase/"])
def test_a_stranger_is_sent_to_sign_in(path: str, db: None) -> None:
    answer = Client().get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/sign-in/?next={quote(path)}")


@pytest.mark.parametrize("path", ["nobody@northmoor.example", "1", "a%00@b", "%E0%A4%A@b", "a@b/c@d", "'@'"])
def test_an_account_that_is_not_there_is_not_found(visit: Any, world: World, path: str) -> None:
    assert visit(world.admin).get(f"/people/{path}/").status_code == 404


def test_the_list_shows_each_account_with_the_roles_of_today_and_where_they_reach(visit: Any, world: World) -> None:
    Grant.give(
        world.officer, Role.LEAD, by=world.admin, at=world.now, scope="theme:workforce",
        ends_on=world.today + timedelta(days=9),
    )  # fmt: skip
    Grant.give(world.member, Role.CLERK, by=world.admin, at=world.now, starts_on=world.today + timedelta(days=1))
    scopes = [("all", "Everything"), ("theme:workforce", "Workforce"), ("theme:front-door", "Front door")]
    shown = {
        entry.person.email.split("@")[0]: [(seat.role, seat.scope, seat.ends_on) for seat in entry.seats]
        for entry in roster.entries(roster.everyone(), on=world.today, scopes=scopes)
    }
    assert shown == {
        "officer": [("Theme lead", "Workforce", world.today + timedelta(days=9)), ("Officer", "Everything", None)],
        "lead": [("Theme lead", "Front door", None)],
        "director": [("Director", "Everything", None)],
        "clerk": [("Clerk", "Everything", None)],
        "finance": [("Clearing officer", "Everything", None)],
        "member": [("Board member", "Everything", None)],
        "partner": [("Partner", "Workforce", None)],
        "adviser": [("Adviser", "Everything", None)],
        "admin": [("Administrator", "Everything", None)],
    }
    page = visit(world.admin).get("/people/").content.decode()
    assert [email for email in shown if f"{email}@northmoor.example" not in page] == []
    assert "<strong>Theme lead</strong>: Workforce, until" in page


def test_the_pages_show_nothing_of_the_plan_and_no_sealed_word(visit: Any, world: World) -> None:
    said = "".join(visit(world.admin).get(path).content.decode() for path in PAGES)
    assert [words for words in (SEALED, "Marigold", world.started.title, world.theirs.title) if words in said] == []
    assert visit(world.admin).get("/actions/1.1/").status_code == 403


def test_the_list_asks_the_database_as_often_for_fifty_people_as_for_nine(
    visit: Any, world: World, django_assert_num_queries: Any
) -> None:
    browser = visit(world.admin)
    with django_assert_num_queries(12):
        browser.get("/people/")
    for n in range(60):
        someone = Person.objects.create(email=f"a{n}@northmoor.example", name=f"A {n}")
        Grant.give(someone, Role.OFFICER, by=None, at=world.now)
    with django_assert_num_queries(12):
        answer = browser.get("/people/")
    assert "Showing 1 to 50 of 69 accounts" in answer.content.decode()


def test_a_person_is_added_with_a_role_and_a_pass_phrase_that_is_shown_once(visit: Any, world: World) -> None:
    browser, once = visit(world.admin), str(uuid.uuid4())
    answer = _post(browser, "/people/new/", once, **ANN)
    phrase = re.search(r"(?:[a-z]{4}-){5}[a-z]{4}", answer.content.decode())
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert phrase is not None
    ann = Person.objects.get(email="ann.lee@northmoor.example")
    assert (ann.name, ann.post, ann.check_password(phrase[0])) == ("Ann Lee", "Head of Audit", True)
    assert [(grant.role, grant.scope, grant.given_by) for grant in ann.grants.all()] == [("member", "all", world.admin)]
    assert _lines(ann) == [("was given an account", world.admin), ("was made board member (all)", world.admin)]
    again = _post(browser, "/people/new/", once, **ANN)
    assert (again.status_code, again.headers["Location"]) == (302, "/people/ann.lee@northmoor.example/")
    assert phrase[0] not in browser.get("/people/ann.lee@northmoor.example/").content.decode()


def test_whoever_was_added_can_sign_in_and_choose_their_own_pass_phrase(visit: Any, world: World) -> None:
    page = _post(visit(world.admin), "/people/new/", **ANN).content.decode()
    phrase = re.search(r"(?:[a-z]{4}-){5}[a-z]{4}", page)
    assert phrase is not None
    ann = Client()
    assert ann.login(username="ann.lee@northmoor.example", password=phrase[0])
    chosen = "purple ladder seven otters"
    said = {"old_password": phrase[0], "new_password1": chosen, "new_password2": chosen}
    elsewhere = Client()
    assert elsewhere.login(username="ann.lee@northmoor.example", password=phrase[0])
    assert ann.post("/pass-phrase/", said).headers["Location"] == "/sign-in/"
    assert [each.get("/api/me/").status_code for each in (ann, elsewhere)] == [401, 401]
    assert [Client().login(username="ann.lee@northmoor.example", password=each) for each in (phrase[0], chosen)] == [
        False,
        True,
    ]
    assert _lines(Person.objects.get(email="ann.lee@northmoor.example"))[-1][0] == "chose a new pass phrase"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"old_password": "wrong"}, "That is not your pass phrase. Type it again."),
        ({"new_password2": "another long one here"}, "The two new pass phrases are not the same. Type both again."),
        (
            {"new_password1": "short", "new_password2": "short"},
            "This password is too short. It must contain at least 12",
        ),
        ({"old_password": ""}, "Enter your pass phrase now."),
    ],
)
def test_a_pass_phrase_that_cannot_be_taken_is_refused(
    visit: Any, world: World, said: dict[str, str], sentence: str
) -> None:
    whole = {"old_password": PASSWORD, "new_password1": "a new long phrase", "new_password2": "a new long phrase"}
    answer = visit(world.officer).post("/pass-phrase/", whole | said)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    world.officer.refresh_from_db()
    assert world.officer.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "Enter the person’s name."),
        ({"email": ""}, "Enter the person’s e-mail address."),
        ({"email": "ann"}, "Enter a valid email address."),
        ({"email": "a/b@northmoor.example"}, "Enter an e-mail address such as name@northmoor.example."),
        ({"email": "OFFICER@northmoor.example"}, "Somebody has an account with this e-mail address already."),
        ({"role": ""}, "Choose a role."),
        ({"role": "king"}, "Choose a role from the list."),
        ({"scope": "theme:no-such"}, "Choose it from the list."),
        ({"ends_on_day": "31", "ends_on_month": "2", "ends_on_year": "2027"}, "Enter a real date, such as 27 3 2027."),
        ({"ends_on_day": "1", "ends_on_month": "1", "ends_on_year": "2020"}, "The role would end before it had begun. "
         "Choose a later day, or leave the end empty."),
        ({"starts_on_day": "1", "starts_on_month": "1", "starts_on_year": "2020"}, "A role starts today or later, "
         "because what somebody could do in the past does not change."),
        ({"once": "junk"}, "Nothing was saved. Save again."),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_the_words_typed_are_kept_and_nobody_is_half_added(
    visit: Any, world: World, said: dict[str, str], sentence: str
) -> None:
    before = Person.objects.count(), Grant.objects.count(), PersonLine.objects.count()
    answer = visit(world.admin).post("/people/new/", {"once": str(uuid.uuid4())} | ANN | said)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error: " in page
    assert sentence in page
    assert 'value="Head of Audit"' in page
    assert (Person.objects.count(), Grant.objects.count(), PersonLine.objects.count()) == before


def test_a_role_is_given_over_a_theme_for_a_time_and_leaves_its_lines(visit: Any, world: World) -> None:
    starts, ends = world.today + timedelta(days=3), world.today + timedelta(days=33)
    answer = _post(
        visit(world.admin), f"{_page(world, 'officer')}roles/", role="lead", scope="theme:workforce",
        **_day("starts_on", starts), **_day("ends_on", ends),
    )  # fmt: skip
    assert answer.headers["Location"] == _page(world, "officer")
    given = world.officer.grants.get(role="lead")
    assert (given.scope, given.starts_on, given.ends_on, given.given_by) == (
        "theme:workforce",
        starts,
        ends,
        world.admin,
    )
    days = f"from {starts.day} {starts:%B %Y} until {ends.day} {ends:%B %Y}"
    assert _lines(world.officer)[1:] == [
        ("was made theme lead (theme:workforce)", world.admin),
        (f"holds that role {days}", world.admin),
    ]
    page = visit(world.admin).get(_page(world, "officer")).content.decode()
    assert "Was made theme lead (Workforce)" in page
    assert "Roles to come" in page


def test_a_role_is_not_given_twice_over_the_same_days(visit: Any, world: World) -> None:
    answer = _post(visit(world.admin), f"{_page(world, 'officer')}roles/", role="officer", scope="all")
    assert answer.status_code == 400
    assert "Asha Mellor holds this role over the same part of the plan already." in answer.content.decode()
    assert world.officer.grants.count() == 1


@pytest.mark.parametrize(
    ("starts", "ends", "clash"), [(0, None, True), (0, 10, False), (0, 11, True), (20, None, False), (19, None, True)]
)
def test_a_role_may_follow_itself_but_not_overlap(starts: int, ends: int | None, clash: bool) -> None:
    today = date(2026, 3, 7)

    def on(days: int | None) -> date | None:
        return None if days is None else today + timedelta(days=days)

    held = [Holding(Role.MEMBER, "all", today + timedelta(days=10), on(20))]
    wanted = Holding(Role.MEMBER, "all", today + timedelta(days=starts), on(ends))
    said = appointment_objection(wanted, holdings=held, today=today, name="Ann Lee")
    assert (said is not None) == clash


def test_a_role_is_ended_and_what_it_was_stays_known(visit: Any, world: World) -> None:
    answer = _post(visit(world.admin), f"{_page(world, 'officer')}roles/end/", named=_handle(world.officer))
    assert answer.headers["Location"] == _page(world, "officer")
    assert world.officer.grants.get().ends_on == world.today
    assert _lines(world.officer)[-1] == ("ceased to be officer", world.admin)
    assert visit(world.officer).get("/my-actions/").status_code == 403
    assert "Roles that have ended" in visit(world.admin).get(_page(world, "officer")).content.decode()


def test_a_role_that_has_not_begun_never_begins(visit: Any, world: World) -> None:
    coming = Grant.give(
        world.member, Role.CLERK, by=world.admin, at=world.now, starts_on=world.today + timedelta(days=5)
    )
    _post(visit(world.admin), f"{_page(world, 'member')}roles/end/", named=roster.handle(coming))
    coming.refresh_from_db()
    assert coming.ends_on == coming.starts_on


def test_a_role_is_ended_once(visit: Any, world: World) -> None:
    named = _handle(world.officer)
    answers = [_post(visit(world.admin), f"{_page(world, 'officer')}roles/end/", named=named) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 409]
    assert "That role has ended already." in answers[1].content.decode()


@pytest.mark.parametrize("named", ["", "officer", "officer all 2020-01-01", "1", "clerk all {day}"])
def test_a_role_that_the_person_has_not_cannot_be_ended(visit: Any, world: World, named: str) -> None:
    said = named.replace("{day}", str(world.clerk.grants.get().starts_on))
    assert _post(visit(world.admin), f"{_page(world, 'officer')}roles/end/", named=said).status_code == 404


def test_the_last_administrator_stays_one(visit: Any, world: World) -> None:
    answer = _post(visit(world.admin), f"{_page(world, 'admin')}roles/end/", named=_handle(world.admin))
    assert answer.status_code == 409
    assert LAST in answer.content.decode()
    assert world.admin.grants.get().ends_on is None


@pytest.mark.parametrize(
    ("change", "others"),
    [("none", True), ("closed", False), ("ended", False), ("coming", False)],
)
def test_an_administrator_may_stop_once_another_is_one(visit: Any, world: World, change: str, others: bool) -> None:
    starts = world.today + timedelta(days=change == "coming")
    second = Grant.give(world.clerk, Role.ADMINISTRATOR, by=world.admin, at=world.now, starts_on=starts)
    if change == "closed":
        world.clerk.is_active = False
        world.clerk.save()
    if change == "ended":
        second.end(by=world.admin, at=world.now)
    answer = _post(visit(world.admin), f"{_page(world, 'admin')}roles/end/", named=_handle(world.admin))
    assert answer.status_code == (302 if others else 409)


def test_nobody_closes_their_own_account(visit: Any, world: World) -> None:
    Grant.give(world.clerk, Role.ADMINISTRATOR, by=world.admin, at=world.now)
    answer = _post(visit(world.admin), f"{_page(world, 'admin')}close/")
    assert answer.status_code == 409
    assert "You cannot close your own account. Ask another administrator to." in answer.content.decode()
    assert "Close the account" not in visit(world.admin).get(_page(world, "admin")).content.decode()
    world.admin.refresh_from_db()
    assert world.admin.is_active


def test_a_closed_account_lets_nobody_in_and_can_be_opened_again(visit: Any, world: World) -> None:
    officer, admin = visit(world.officer), visit(world.admin)
    Token.make(world.officer, at=world.now)
    assert _post(admin, f"{_page(world, 'officer')}close/").status_code == 302
    assert officer.get("/my-actions/").status_code == 302
    assert not Client().login(username="officer@northmoor.example", password=PASSWORD)
    assert not Token.objects.exists()
    assert "Account closed" in admin.get("/people/").content.decode()
    assert _post(admin, f"{_page(world, 'officer')}reopen/").status_code == 302
    assert Client().login(username="officer@northmoor.example", password=PASSWORD)
    assert _lines(world.officer)[1:] == [
        ("had the account closed", world.admin),
        ("had the account opened again", world.admin),
    ]


@pytest.mark.parametrize(("deed", "sentence"), [("close", "closed already"), ("reopen", "open already")])
def test_a_deed_done_already_is_refused_with_a_sentence(visit: Any, world: World, deed: str, sentence: str) -> None:
    world.officer.is_active = deed == "reopen"
    world.officer.save()
    answer = _post(visit(world.admin), f"{_page(world, 'officer')}{deed}/")
    assert answer.status_code == 409
    assert f"This account is {sentence}." in answer.content.decode()


def test_a_form_sent_twice_is_done_once(visit: Any, world: World) -> None:
    once = str(uuid.uuid4())
    said = {"role": "clerk", "scope": "all"}
    answers = [_post(visit(world.admin), f"{_page(world, 'officer')}roles/", once, **said) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert world.officer.grants.filter(role="clerk").count() == 1


@pytest.mark.parametrize("deed", DEEDS)
def test_a_deed_is_never_done_by_a_link(visit: Any, world: World, deed: str) -> None:
    assert visit(world.admin).get(f"{_page(world, 'officer')}{deed}").status_code == 405


def test_every_form_of_a_page_has_its_own_key(visit: Any, world: World) -> None:
    page = visit(world.admin).get(_page(world, "officer")).content.decode()
    keys = re.findall(r'name="once" value="([0-9a-f-]{36})"', page)
    assert (len(keys), len(set(keys))) == (3, 3)


def test_pass_phrases_can_be_read_out_and_are_never_alike() -> None:
    made = {pass_phrase.made() for _ in range(500)}
    assert len(made) == 500
    assert all(
        re.fullmatch(r"(?:(?:[bdfghjklmnprstvz][aeiou]){2}-){5}(?:[bdfghjklmnprstvz][aeiou]){2}", p) for p in made
    )
