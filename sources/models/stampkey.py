"""The database's half of the key that signs actors."""

from django.db import models


class StampKey(models.Model):
    """One row, readable by the function that checks stamps and by nobody else, the web role included."""

    inner_pad = models.BinaryField()
    outer_pad = models.BinaryField()

    def __str__(self) -> str:
        return "the stamping key"
