"""A key with which a script acts as a person."""

import hashlib
import secrets
from datetime import datetime

from django.db import models

from people.models.person import Person


class Token(models.Model):
    """Only the hash is kept: the key itself is shown once, when it is made."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"token of {self.person}"

    @classmethod
    def make(cls, person: Person, *, at: datetime) -> str:
        """Make a key for the person and return it; the former keys stop working."""
        key = secrets.token_urlsafe(32)
        cls.end(person)
        cls.objects.create(person=person, digest=cls.digest_of(key), made_at=at)
        return key

    @classmethod
    def end(cls, person: Person) -> bool:
        """Let no key act for the person any more; whether one did."""
        deleted, _ = cls.objects.filter(person=person).delete()
        return bool(deleted)

    @staticmethod
    def digest_of(key: str) -> str:
        """The SHA-256 under which a key is kept: keys are random, so a slow hash would add nothing."""
        return hashlib.sha256(key.encode()).hexdigest()

    @classmethod
    def person_of(cls, key: str) -> Person | None:
        """Whose key it is, or nobody's."""
        row = cls.objects.select_related("person").filter(digest=cls.digest_of(key)).first()
        return row.person if row and row.person.is_active else None
