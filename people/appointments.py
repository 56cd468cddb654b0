"""What people may do here: the deeds that give and end roles, and close and reopen an account.

Each leaves its line in the person's history, or raises Refused with a sentence and leaves nothing.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from people.days import day_of, written
from people.models import Grant, Invitation, Person, PersonLine, Token
from people.roles import EVERYWHERE, Holding, Role, guest_objection, reach_objection


class Refused(Exception):
    """A deed that may not be done: its words are a sentence for whoever asked, and a field may be at fault."""

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


LAST = "Nobody else could manage people then. Give another person the administrator role first."


@transaction.atomic
def appoint(
    person: Person, role: Role, *, by: Person, at: datetime, scope: str = EVERYWHERE,
    starts_on: date | None = None, ends_on: date | None = None,
) -> Grant:  # fmt: skip
    """Give a role from today, or from a later day, perhaps until another."""
    today = day_of(at)
    wanted = Holding(role, scope, starts_on or today, ends_on)
    for field, sentence in (
        ("scope", reach_objection(wanted)),
        ("ends_on", guest_objection(wanted)),
        (None, appointment_objection(wanted, holdings=_holdings(person), today=today, name=person.name)),
    ):
        if sentence:
            raise Refused(sentence, field=field)
    grant = Grant.give(person, role, by=by, at=at, scope=scope, starts_on=wanted.starts_on, ends_on=ends_on)
    if days := _days(wanted, today=today):
        PersonLine.write(person, f"holds that role {days}", by=by, at=at)
    return grant


def appointment_objection(wanted: Holding, *, holdings: Iterable[Holding], today: date, name: str) -> str | None:
    """Why the role cannot be given so, or None if it can."""
    if wanted.starts_on < today:
        return "A role starts today or later, because what somebody could do in the past does not change."
    if wanted.ends_on and wanted.ends_on <= wanted.starts_on:
        return "The role would end before it had begun. Choose a later day, or leave the end empty."
    if any(_same_days(wanted, held) for held in holdings if (held.role, held.scope) == (wanted.role, wanted.scope)):
        return f"{name} holds this role over the same part of the plan already. End that first, or choose other days."
    return None


@transaction.atomic
def relieve(grant: Grant, *, by: Person, at: datetime) -> None:
    """End a role today; one that has not begun never begins."""
    today = day_of(at)
    if grant.ends_on and grant.ends_on <= max(today, grant.starts_on):
        raise Refused("That role has ended already.")
    if grant.role == Role.ADMINISTRATOR and not _administrators(on=today, without=grant):
        raise Refused(LAST)
    grant.end(by=by, at=at)


@transaction.atomic
def close(person: Person, *, by: Person, at: datetime) -> None:
    """Close an account: its sessions, keys and invitation end, and nobody can sign in as the person."""
    if person == by:
        raise Refused("You cannot close your own account. Ask another administrator to.")
    if not person.is_active:
        raise Refused("This account is closed already.")
    if not _administrators(on=day_of(at), but=person):
        raise Refused(LAST)
    Token.objects.filter(person=person).delete()
    Invitation.objects.to(person).open(at=at).update(withdrawn_at=at)
    _set_active(person, False, says="had the account closed", by=by, at=at)


@transaction.atomic
def reopen(person: Person, *, by: Person, at: datetime) -> None:
    """Open a closed account again, with the pass phrase and the roles that it still has."""
    if person.is_active:
        raise Refused("This account is open already.")
    _set_active(person, True, says="had the account opened again", by=by, at=at)


def _set_active(person: Person, active: bool, *, says: str, by: Person, at: datetime) -> None:
    person.is_active = active
    person.save(update_fields=["is_active"])
    PersonLine.write(person, says, by=by, at=at)


def _holdings(person: Person) -> list[Holding]:
    # Held, so that the same role given twice at once is given once.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    rows = Grant.objects.filter(person=person).values_list("role", "scope", "starts_on", "ends_on")
    return [Holding(Role(role), scope, starts_on, ends_on) for role, scope, starts_on, ends_on in rows]


def _same_days(one: Holding, other: Holding) -> bool:
    return one.starts_on < (other.ends_on or date.max) and other.starts_on < (one.ends_on or date.max)


def _days(holding: Holding, *, today: date) -> str:
    starts = f"from {written(holding.starts_on)}" if holding.starts_on > today else ""
    return " ".join(filter(None, (starts, f"until {written(holding.ends_on)}" if holding.ends_on else "")))


def _administrators(*, on: date, without: Grant | None = None, but: Person | None = None) -> bool:
    """Whether anybody manages people on the day, beside this grant and this person."""
    grants = Grant.objects.filter(role=Role.ADMINISTRATOR)
    # Held, so that two administrators cannot end each other's roles at the same moment.
    list(grants.select_for_update(no_key=True))
    return any(
        grant.person.is_active and Holding(Role.ADMINISTRATOR, grant.scope, grant.starts_on, grant.ends_on).holds(on=on)
        for grant in grants.select_related("person")
        if grant != without and grant.person != but
    )
