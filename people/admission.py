"""Letting people in: an account, and the link by which its person alone chooses the pass phrase.

Nobody signs up by themselves, and no administrator ever knows a pass phrase. Each deed leaves its line in the
person's history, or raises Refused with a sentence and leaves nothing.
"""

from datetime import datetime

from django.db import transaction

from people.appointments import Refused
from people.models import Invitation, Person, PersonLine


@transaction.atomic
def admit(*, email: str, name: str, post: str, by: Person, at: datetime) -> tuple[Person, str]:
    """Add a person who cannot sign in yet, and return the token of their invitation."""
    if Person.objects.filter(email__iexact=email).exists():
        raise Refused("Somebody has an account with this e-mail address already. Look on the list.", field="email")
    person = Person.objects.add(email=email, name=name, post=post)
    PersonLine.write(person, "was given an account", by=by, at=at)
    return person, invite(person, by=by, at=at)


@transaction.atomic
def invite(person: Person, *, by: Person, at: datetime) -> str:
    """Make a link, returned here and kept nowhere; the one before it stops working. The pass phrase stays till then."""
    if not person.is_active:
        raise Refused("This account is closed, so nobody can be invited to it. Open it again first.")
    Invitation.objects.to(person).open(at=at).update(withdrawn_at=at)
    token = Invitation.make(person, by=by, at=at)
    PersonLine.write(person, "was invited to choose a pass phrase", by=by, at=at)
    return token


@transaction.atomic
def withdraw(person: Person, *, by: Person, at: datetime) -> None:
    """The link that is out stops working."""
    if not Invitation.objects.to(person).open(at=at).update(withdrawn_at=at):
        raise Refused("There is no invitation to withdraw: it has been used, or has ended.")
    PersonLine.write(person, "had the invitation withdrawn", by=by, at=at)


def invited(token: str, *, at: datetime) -> Person | None:
    """Whom the link lets in; nobody where it was used, withdrawn or never made, or has expired."""
    invitation = Invitation.objects.with_token(token).open(at=at).select_related("person").first()
    return invitation.person if invitation else None


@transaction.atomic
def accept(token: str, *, phrase: str, at: datetime) -> bool:
    """Whether the invited person now has the pass phrase; whoever is signed in as them is signed out."""
    # Held, so that of two who send the same link at once only one is heard.
    found = (
        Invitation.objects.with_token(token)
        .open(at=at)
        .select_for_update(of=("self",), no_key=True)
        .select_related("person")
    )
    if (invitation := found.first()) is None:
        return False
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    person = invitation.person
    person.set_password(phrase)
    person.save(update_fields=["password"])
    PersonLine.write(person, "chose a pass phrase by invitation", by=person, at=at)
    return True
