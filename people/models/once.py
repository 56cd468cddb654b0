"""A deed sent twice is done once: keys of the deeds already done."""

from datetime import datetime

from django.db import models

from people.models.person import Person


class Once(models.Model):
    """The key of a form that has been acted on, kept in the deed's own transaction."""

    key = models.UUIDField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)

    @classmethod
    def claim(cls, key: object, *, by: Person, at: datetime) -> bool:
        """Whether this is the first time the key is seen; a second caller waits for the first to finish."""
        _, first = cls.objects.get_or_create(key=key, defaults={"person": by, "at": at})
        return first
