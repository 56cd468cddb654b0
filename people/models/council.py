"""The council that this installation serves: its name, its colours and what it calls things."""

from django.core.validators import RegexValidator
from django.db import models

COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Give the colour as # and six digits or letters, like #6d2b66.")


class Council(models.Model):
    """One row: one installation, one council."""

    name = models.CharField(max_length=120)
    service = models.CharField(max_length=120, default="Children’s services improvement")
    accent = models.CharField(max_length=7, default="#6d2b66", validators=[COLOUR])
    head_colour = models.CharField(max_length=7, default="#33203a", validators=[COLOUR])
    is_demonstration = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def ours(cls) -> "Council":
        """The council, or a nameless one before set-up."""
        return cls.objects.first() or cls(name="Your council")
