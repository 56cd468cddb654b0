"""The chained trail: one event for each line of history and each sealed read, in the order in which they were kept."""

from django.db import models


class Event(models.Model):
    """Written by the database's own trigger, and read by whoever verifies; the web role can do neither.

    It tells of a line (its table, its number, its digest) and repeats none of its words. Each hash is of the hash
    before and of all that the event says, so that nothing can be changed, put in or taken out unnoticed.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    txid = models.BigIntegerField()
    actor = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=24)
    kind = models.CharField(max_length=63)
    key = models.BigIntegerField()
    digest = models.BinaryField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.key}"
