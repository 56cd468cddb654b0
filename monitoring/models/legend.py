"""How this council's spreadsheets are to be read: what a person said of their headings and their words for dates."""

from collections.abc import Mapping
from datetime import date

from django.db import models


class Legend(models.Model):
    """One row, remembered from one load to the next."""

    columns = models.JSONField(default=dict)
    """What a heading means, by the plain heading."""
    dates = models.JSONField(default=dict)
    """The day that a word such as “tbc” stands for, as YYYY-MM-DD."""

    def __str__(self) -> str:
        return "how spreadsheets are read"

    @classmethod
    def ours(cls) -> "Legend":
        """The council's legend, or an empty one."""
        return cls.objects.first() or cls()

    @property
    def days(self) -> dict[str, date]:
        """The words for dates, as the rules take them."""
        return {words: date.fromisoformat(on) for words, on in self.dates.items()}

    def learn(self, *, columns: Mapping[str, str], dates: Mapping[str, date]) -> None:
        """Remember what a person said."""
        self.columns |= columns
        self.dates |= {words: on.isoformat() for words, on in dates.items()}
        self.save()
