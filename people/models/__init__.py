"""Who we are, the bodies we sit on, and what each may do."""

from people.models.body import Body, Meeting, Membership
from people.models.council import Council
from people.models.event import Event
from people.models.grant import Grant, PersonLine
from people.models.guess import Guess
from people.models.invitation import Invitation
from people.models.once import Once, SentOtherwise
from people.models.person import Person
from people.models.token import Token

__all__ = [
    "Body",
    "Council",
    "Event",
    "Grant",
    "Guess",
    "Invitation",
    "Meeting",
    "Membership",
    "Once",
    "Person",
    "PersonLine",
    "SentOtherwise",
    "Token",
]
