"""What was promised: the plan, its themes, and the posts, teams and partners answerable."""

from django.db import models
from django.db.models import TextChoices
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from improvement.models.inspection import Inspection
from people.models import Person


class Plan(models.Model):
    """The improvement plan, adopted on a day."""

    title = models.CharField(max_length=200)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="plans")
    adopted_on = models.DateField()

    class Meta:
        ordering = ("-adopted_on",)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def current(cls) -> "Plan | None":
        """The plan in force: the one adopted last."""
        return cls.objects.select_related("inspection").first()

    def hold(self) -> None:
        """Keep others from loading into the plan until the transaction ends; raises OperationalError if one does."""
        Plan.objects.select_for_update(nowait=True, no_key=True).get(pk=self.pk)


class Theme(models.Model):
    """A part of the plan that one group answers for."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="themes")
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    aim = models.TextField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="theme_number_once"),)

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def scope(self) -> str:
        """How a grant names this theme."""
        return f"theme:{self.slug}"


class Lead(models.Model):
    """Who is answerable for an action: a post, a team or a partner, which may have no account here."""

    class Kind(TextChoices):
        POST = "post", "Post"
        TEAM = "team", "Team"
        PARTNER = "partner", "Partner"

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="leads")
    """Who holds the post, or speaks for the team or partner, where they have an account."""

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def called(cls, name: str, *, kind: str) -> "Lead":
        """The lead of that name, made if there is none; it needs no account."""
        known = cls.objects.filter(name__iexact=name).first()
        return known or cls.objects.create(name=name, kind=kind, slug=_slug(name))


def _slug(name: str) -> str:
    """Its name in an address, and a few letters more, so that no two are the same."""
    return f"{slugify(name)[:40].strip('-') or 'lead'}-{get_random_string(4, 'abcdefghjkmnpqrstuvwxyz')}"


class BankHoliday(models.Model):
    """A bank holiday in England and Wales (R1): data with the day its list was taken, so that one can be added."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=120)
    listed_on = models.DateField()

    class Meta:
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.name}, {self.day}"
