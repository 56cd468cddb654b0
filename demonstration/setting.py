"""The council itself: its name, its people and their roles, its bodies and when they meet."""

import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta

from demonstration import cast
from demonstration.timeline import Timeline
from improvement.holidays import listed
from improvement.models import BankHoliday, Lead
from monitoring.scheme import PUBLISHED
from monitoring.settling import settle
from people.days import a_year_after, day_of, start_of
from people.models import Body, Council, Grant, Meeting, Membership, Person
from people.roles import GUESTS, Role

BOARD_CYCLE = 42
"""Days between the improvement board's meetings."""


def lay(timeline: Timeline, *, at: datetime) -> dict[str, Person]:
    """Lay the council out and return its people by the post they hold or the part they play."""
    Council.objects.create(name="Northmoor Council", is_demonstration=True)
    BankHoliday.objects.bulk_create(
        BankHoliday(day=day, name=name, listed_on=day_of(at)) for day, name in listed(on=day_of(at))
    )
    people = _sign_ins(at=timeline.at(-1, seed="accounts"), today=timeline.today)
    _posts(people, at=timeline.at(-1, seed="posts"))
    _theme_leads(people, at=timeline.at(-1, seed="grants"))
    _bodies(timeline)
    settle(
        replace(PUBLISHED, evidence_days=14), seen=1, by=people["director"], at=timeline.at(-1, seed="ratings"),
        reason="Agreed by the Improvement Board: no action is nearly done on nobody’s evidence.",
    )  # fmt: skip
    return people


def _sign_ins(*, at: datetime, today: date) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for sign_in in cast.SIGN_INS:
        person = Person.objects.add(email=sign_in.email, name=sign_in.name, post=sign_in.post)
        for scope in sign_in.scopes:
            _grant(person, sign_in.role, at=at, scope=scope, today=today)
        people[sign_in.part] = person
        people.setdefault(sign_in.speaks_for or sign_in.part, person)
    return people


def _grant(person: Person, role: Role, *, at: datetime, scope: str, today: date) -> None:
    """Once for good; of a guest, for a year, and each year again."""
    ends_on = a_year_after(day_of(at)) if role in GUESTS else None
    Grant.give(person, role, by=None, at=at, scope=scope, ends_on=ends_on)
    if ends_on and ends_on <= today:
        _grant(person, role, at=start_of(ends_on) + timedelta(hours=9), scope=scope, today=today)


def _posts(people: dict[str, Person], *, at: datetime) -> None:
    for post in cast.POSTS:
        if post.slug not in people:
            email = f"{post.holder.lower().replace('dr ', '').replace(' ', '.')}@northmoor.example"
            people[post.slug] = Person.objects.add(email=email, name=post.holder, post=post.name)
            Grant.give(people[post.slug], Role.OFFICER, by=None, at=at)
        Lead.objects.create(slug=post.slug, name=post.name, kind=post.kind, person=people[post.slug])


def _theme_leads(people: dict[str, Person], *, at: datetime) -> None:
    for slug, post in cast.THEME_LEADS.items():
        if post != "ad-help-protection":
            Grant.give(people[post], Role.LEAD, by=None, at=at, scope=f"theme:{slug}")


def _bodies(timeline: Timeline) -> None:
    executive = Body.objects.create(slug="executive", name="Executive", kind=Body.Kind.EXECUTIVE)
    scrutiny = Body.objects.create(
        slug="scrutiny", name="Children’s Services Overview and Scrutiny Committee", kind=Body.Kind.SCRUTINY
    )
    board = Body.objects.create(slug="improvement-board", name="Improvement Board", kind=Body.Kind.BOARD)
    for position, (name, seat) in enumerate(cast.BOARD):
        Membership.objects.create(
            body=board,
            name=name,
            seat=seat,
            position=position,
            person=Person.objects.filter(name=name).first(),
        )
    _meet(executive, timeline, every=28, next_in=15, weekday=1)
    _meet(scrutiny, timeline, every=84, next_in=30, weekday=2)
    _meet(board, timeline, every=BOARD_CYCLE, next_in=22, weekday=3)


def _meet(body: Body, timeline: Timeline, *, every: int, next_in: int, weekday: int) -> None:
    """Meetings on one weekday, so many days apart, from the report until three months ahead."""
    days: list[date] = []
    day = timeline.today + timedelta(days=next_in)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    days += [day, day + timedelta(days=every), day + timedelta(days=2 * every)]
    while (day := day - timedelta(days=every)) > timeline.published_on:
        days.append(day)
    Meeting.objects.bulk_create(Meeting(body=body, held_on=held_on) for held_on in sorted(days))


def passwords(people: dict[str, Person]) -> list[tuple[str, str, str]]:
    """Give every demonstration account one fresh password, and return (e-mail, role, password) for each."""
    password = "-".join(secrets.choice(_WORDS) for _ in range(4))
    for sign_in in cast.SIGN_INS:
        people[sign_in.part].set_password(password)
        people[sign_in.part].save(update_fields=["password"])
    return [(sign_in.email, sign_in.role.value, password) for sign_in in cast.SIGN_INS]


_WORDS = (
    "amber", "barley", "beacon", "birch", "bracken", "candle", "chalk", "clover", "copper", "cotton", "cradle",
    "ember", "fallow", "fennel", "ferry", "flint", "garnet", "hazel", "heron", "hollow", "juniper", "kestrel",
    "lantern", "larch", "linen", "lupin", "maple", "marsh", "meadow", "mill", "moss", "orchard", "otter", "pebble",
    "plover", "quarry", "rowan", "rushes", "saddle", "sorrel", "sparrow", "tallow", "thistle", "timber", "turnip",
    "walnut", "weaver", "willow", "wren", "yarrow",
)  # fmt: skip
