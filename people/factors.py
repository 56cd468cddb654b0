"""The deed that takes a person's second factors away, for whoever has lost them."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from people.models import Person, PersonLine


@transaction.atomic
def take_away(person: Person, *, at: datetime) -> bool:
    """Take them and the recovery codes away, and leave a line of it; answers whether there were any."""
    taken, _ = Authenticator.objects.filter(user=person).delete()
    if taken:
        PersonLine.write(person, "had the second factors taken away from the server", by=None, at=at)
    return bool(taken)
