"""A deed sent twice is done once: keys of the deeds already done."""

import uuid
from datetime import datetime

from django.db import connection, models

from people.models.person import Person


class Once(models.Model):
    """The key of a form that has been acted on, kept in the deed's own transaction."""

    key = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)

    @classmethod
    def is_done(cls, key: object, *, by: Person) -> bool:
        """Whether the person's deed of this key has been done."""
        return cls.objects.filter(key=_own(key, by)).exists()

    @classmethod
    def when(cls, key: object) -> datetime:
        """The instant of the deed of this key, which is done."""
        return cls.objects.get(key=key).at

    @classmethod
    def claim(cls, key: object, *, by: Person, at: datetime) -> bool:
        """Whether this is the first time the key is seen; a second caller waits for the first to finish."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO people_once (key, person_id, at) VALUES (%s, %s, %s) ON CONFLICT (key) DO NOTHING",
                [str(_own(key, by)), by.pk, at],
            )
            return bool(cursor.rowcount)


def _own(key: object, person: Person) -> uuid.UUID:
    """A key is its person's own, so that nobody who guesses one can have another's deed passed over."""
    return uuid.uuid5(uuid.UUID(str(key)), str(person.pk))
