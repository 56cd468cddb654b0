"""A link by which one person chooses a pass phrase, once."""

import secrets
from datetime import datetime, timedelta

from django.db import models

from people.models.person import Person
from people.models.token import Token

LASTS = timedelta(days=7)
"""Time to read one's e-mail after a short leave, and no longer."""


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Words for picking invitations."""

    def to(self, person: Person) -> "InvitationQuerySet":
        """Given to the person."""
        return self.filter(person=person)

    def with_token(self, token: str) -> "InvitationQuerySet":
        """The one of the link."""
        return self.filter(digest=Token.digest_of(token))

    def open(self, *, at: datetime) -> "InvitationQuerySet":
        """Neither used nor withdrawn nor expired, nor of a closed account."""
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=at, person__is_active=True)


class Invitation(models.Model):
    """Only the hash of the link's token is kept: the link is shown once, when it is made."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation of {self.person}"

    @classmethod
    def make(cls, person: Person, *, by: Person, at: datetime) -> str:
        """Make one and return its token: 256 random bits, so that nobody finds another's by trying."""
        token = secrets.token_urlsafe(32)
        cls.objects.create(
            person=person, digest=Token.digest_of(token), made_by=by, made_at=at, expires_at=at + LASTS
        )  # fmt: skip
        return token
