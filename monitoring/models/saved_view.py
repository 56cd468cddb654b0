"""A list of actions that somebody comes back to: its filters and order, kept under a name of their own."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.db import models
from django.db.models.functions import Lower

from improvement.models import Refused
from people.models import Person
from sources.models import reference

MOST = 20
"""So many views are still found at a glance."""


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Words for picking views."""

    def of(self, person: Any) -> "SavedViewQuerySet":
        """A person's own; nobody else is shown them."""
        return self.filter(person=person)

    def called(self, name: str) -> "SavedViewQuerySet":
        """Of a name, in capitals or not."""
        return self.filter(name__iexact=name)


class SavedView(models.Model):
    """What a person asked of the list. The day is kept only where one was asked for: without it, it is always today."""

    reference = models.CharField(max_length=12, unique=True, default=reference, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    words = models.JSONField()
    """The list's own words and what was said for each, such as {"status": "open"}."""

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = (Lower("name"),)
        constraints = (models.UniqueConstraint("person", Lower("name"), name="saved_view_named_once"),)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def keep(cls, person: Person, *, name: str, words: Mapping[str, str]) -> "SavedView":
        """Keep a view. Raises Refused where the name is taken, there is nothing to keep, or there are enough."""
        if not words:
            raise Refused("This is the whole list in its own order. Choose a filter or another order, and save that.")
        if cls.objects.of(person).count() >= MOST:
            raise Refused(f"You have saved {MOST} views, which is as many as there can be. Delete one first.")
        cls._refuse_taken(person, name)
        return cls.objects.create(person=person, name=name, words=dict(words))

    def rename(self, name: str) -> None:
        """Give it another name. Raises Refused where another of the person's views has that one."""
        self._refuse_taken(self.person, name, but=self.pk)
        self.name = name
        self.save(update_fields=["name"])

    @property
    def query(self) -> str:
        """As the list's address has it."""
        return urlencode(self.words)

    @classmethod
    def _refuse_taken(cls, person: Person, name: str, *, but: int = 0) -> None:
        if cls.objects.of(person).called(name).exclude(pk=but).exists():
            raise Refused(f"You have a view called “{name}” already. Choose another name, or delete that one.")
