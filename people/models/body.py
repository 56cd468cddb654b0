"""The bodies people sit on, and when they meet."""

from django.db import models
from django.db.models import TextChoices

from people.models.person import Person


class Body(models.Model):
    """A committee or board: the Executive, scrutiny, the improvement board."""

    class Kind(TextChoices):
        EXECUTIVE = "executive", "Executive"
        SCRUTINY = "scrutiny", "Overview and scrutiny"
        BOARD = "board", "Improvement board"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> str:
        """How a grant names this body."""
        return f"body:{self.slug}"


class Membership(models.Model):
    """A seat on a body. The person may have no account, so the name stands on its own."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    name = models.CharField(max_length=120)
    seat = models.CharField(max_length=160)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="seats")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("body", "position")

    def __str__(self) -> str:
        return f"{self.name}, {self.seat}"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Words for picking meetings."""

    def of(self, kind: Body.Kind) -> "MeetingQuerySet":
        """The meetings of bodies of a kind."""
        return self.filter(body__kind=kind)

    def from_day(self, day: object) -> "MeetingQuerySet":
        """Held on the day or later."""
        return self.filter(held_on__gte=day)

    def before(self, day: object) -> "MeetingQuerySet":
        """Held before the day."""
        return self.filter(held_on__lt=day)

    def held_by(self, day: object) -> "MeetingQuerySet":
        """Held on the day or before, the last first."""
        return self.filter(held_on__lte=day).order_by("-held_on", "body__name")


class Meeting(models.Model):
    """A body meeting on a day."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ("held_on", "id")
        constraints = (models.UniqueConstraint(fields=("body", "held_on"), name="one_meeting_a_day"),)

    def __str__(self) -> str:
        return f"{self.body}, {self.held_on:%-d %B %Y}"
