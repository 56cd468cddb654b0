"""E-mail about accounts. It says nothing of the plan, and is sent only where the council has named a mail server."""

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import send_mail

from people.days import day_of, written
from people.models import Council, Person

log = logging.getLogger(__name__)
INVITATION = """You have been given an account by {council}.

Choose your pass phrase here:

{link}

The link works once, until {until}. Send it to nobody: whoever opens it first chooses the pass phrase.
If you did not expect this, or the link no longer works, ask your administrator.
"""


def send_invitation(person: Person, *, link: str, until: datetime) -> str:
    """Send the link, and say in a sentence what became of it."""
    if not settings.EMAIL_HOST:
        return "It has not been sent: this service has no mail server."
    words = INVITATION.format(council=Council.ours().name, link=link, until=written(day_of(until)))
    try:
        send_mail("Your account", words, None, [person.email])
    except OSError:  # every fault of a mail server, and of the way to it
        log.warning("The invitation of person %s could not be sent.", person.pk)
        return "It could not be sent: the mail server did not take it."
    return f"It has also been sent by e-mail to {person.email}."
