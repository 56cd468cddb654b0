"""Wrong guesses at pass phrases, kept for a quarter of an hour so that there are never too many."""

from datetime import datetime

from django.db import connection, models
from django.utils.crypto import salted_hmac

from people.guessing import FROM_AN_ADDRESS, QUARTER


class Guess(models.Model):
    """One wrong guess: at which account, there or not, and from where; neither can be read back."""

    account = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "guesses"
        indexes = (models.Index(fields=("account", "at")), models.Index(fields=("address", "at")))

    def __str__(self) -> str:
        return f"a guess at {self.at}"

    @classmethod
    def lately(cls, *, at_account: str, from_address: str) -> tuple[list[datetime], list[datetime]]:
        """When there were guesses at the account and from the address, oldest first.

        Until the transaction ends nobody else is told of the account, so that two guesses never count as one.
        """
        account, address = disguised(at_account), disguised(from_address)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [account])
        rows = cls.objects.values_list("at", flat=True).order_by("-at")
        latest = (rows.filter(account=account), rows.filter(address=address))
        there, here = (list(reversed(guesses[:FROM_AN_ADDRESS])) for guesses in latest)
        return there, here

    @classmethod
    def note(cls, *, at_account: str, from_address: str, at: datetime) -> None:
        """Write one down, and forget those that count no more."""
        cls.objects.filter(at__lt=at - QUARTER).delete()
        cls.objects.create(account=disguised(at_account), address=disguised(from_address), at=at)


def disguised(said: str) -> str:
    """What was typed or where somebody is, so that it can be compared but not read: some type their pass phrase."""
    return salted_hmac("people.guess", said.lower(), algorithm="sha256").hexdigest()
