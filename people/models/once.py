"""A deed sent twice is done once: keys of the deeds already done, and what was sent with each."""

import uuid
from datetime import datetime

from django.db import connection, models
from django.utils.crypto import salted_hmac

from people.models.person import Person


class SentOtherwise(Exception):
    """What comes under a key that was acted on is not what was acted on."""


class Once(models.Model):
    """The key of a form that has been acted on, kept in the deed's own transaction."""

    key = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    sent = models.BinaryField(default=b"")
    """Keyed, so that it tells nothing of the words to whoever reads this table and guesses at them."""

    def __str__(self) -> str:
        return str(self.key)

    @classmethod
    def is_done(cls, key: object, *, by: Person) -> bool:
        """Whether the person's deed of this key has been done."""
        return cls.objects.filter(key=_own(key, by)).exists()

    @classmethod
    def when(cls, key: object, *, by: Person) -> datetime:
        """The instant of the person's deed of this key, which is done."""
        return cls.objects.get(key=_own(key, by)).at

    @classmethod
    def claim(cls, key: object, *, sent: str, by: Person, at: datetime) -> bool:
        """Whether this is the first time the key is seen; a second caller waits for the first to finish.

        Raises SentOtherwise where it was seen with something else: taken for a repetition, that would be lost.
        """
        own, digest = _own(key, by), salted_hmac("people.once", sent, algorithm="sha256").digest()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO people_once (key, person_id, at, sent) VALUES (%s, %s, %s, %s) "
                "ON CONFLICT (key) DO NOTHING",
                [str(own), by.pk, at, digest],
            )
            if cursor.rowcount:
                return True
        if bytes(cls.objects.values_list("sent", flat=True).get(key=own)) != digest:
            raise SentOtherwise
        return False


def _own(key: object, person: Person) -> uuid.UUID:
    """A key is its person's own, so that nobody who guesses one can have another's deed passed over."""
    return uuid.uuid5(uuid.UUID(str(key)), str(person.pk))
