"""The council's own rating scheme: its thresholds, and the names and meanings that the key prints (R8)."""

from dataclasses import fields

from django.db import models

from monitoring import scheme as rule


class Scheme(models.Model):
    """One row; a council that changes nothing has the published defaults."""

    cycle_days = models.PositiveSmallIntegerField(default=42)
    stale_cycles_amber = models.PositiveSmallIntegerField(default=1)
    stale_cycles_red = models.PositiveSmallIntegerField(default=2)
    milestone_grace_working_days = models.PositiveSmallIntegerField(default=10)
    due_soon_days = models.PositiveSmallIntegerField(default=14)
    blue = models.CharField(max_length=40, default="Blue")
    green = models.CharField(max_length=40, default="Green")
    amber = models.CharField(max_length=40, default="Amber")
    red = models.CharField(max_length=40, default="Red")

    def __str__(self) -> str:
        return "the rating scheme"

    @classmethod
    def ours(cls) -> "Scheme":
        """The council's scheme, or the defaults."""
        return cls.objects.first() or cls()

    def as_rule(self) -> rule.Scheme:
        """As the rule takes it."""
        return rule.Scheme(**{field.name: getattr(self, field.name) for field in fields(rule.Scheme)})
