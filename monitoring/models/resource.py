"""Money and posts secured for the plan: how much, for how long, from where, what for, and what they have bought."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Q, TextChoices

from improvement.models import Action, Lead, Plan, Refused, Theme
from improvement.timing import written
from monitoring.models.tie import ActionTie, ThemeTie, Tied, seal_among
from people.constraints import Chained
from people.days import day_of
from people.models import Person
from sources.guarding import Follows, Guarded, Parent, Stays, Watched
from sources.models import Line, Sealed
from sources.reads import SealedQuerySet


class ResourceQuerySet(SealedQuerySet["Resource"]):
    """Words for picking resources."""

    def of(self, plan: Plan | None) -> "ResourceQuerySet":
        """A plan's."""
        return self.filter(plan=plan)

    def secured_by(self, day: date) -> "ResourceQuerySet":
        """Those that had been secured by a day and might have been seen on it."""
        return self.seen_on(day).filter(secured_on__lte=day)

    def current(self, *, on: date) -> "ResourceQuerySet":
        """Those that have not ended."""
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=on))

    def ended(self, *, on: date) -> "ResourceQuerySet":
        """Those that have."""
        return self.filter(until_on__lt=on)

    def newest_first(self) -> "ResourceQuerySet":
        """As they were secured."""
        return self.order_by("-secured_on", "title", "id")


class Resource(Tied):
    """Something secured: an amount in pounds, posts, or both."""

    class Kind(TextChoices):
        ONE_OFF = "one_off", "One-off"
        RECURRING = "recurring", "Every year"
        TIME_LIMITED = "time_limited", "For a limited time"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    amount = models.PositiveIntegerField(null=True)
    """In pounds: a year’s, where it comes every year; else the whole."""
    posts = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    """Full-time equivalents."""
    funding = models.CharField("source of funding", max_length=200)
    purpose = models.TextField()
    secured_on = models.DateField()
    until_on = models.DateField("last day", null=True)
    themes = models.ManyToManyField(Theme, through="ResourceTheme", related_name="resources")
    actions = models.ManyToManyField(Action, through="ResourceAction", related_name="resources")

    objects = ResourceQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ("-secured_on", "id")
        constraints = (
            Guarded(name="resource_guarded"),
            Stays(name="resource_stays"),
            Watched(name="resource_watched", columns=("title", "funding", "purpose")),
            Parent(name="resource_seal"),
            models.CheckConstraint(
                name="resource_is_something", condition=Q(amount__isnull=False) | Q(posts__isnull=False)
            ),
        )

    @classmethod
    @transaction.atomic(savepoint=False)
    def secure(
        cls, plan: Plan, *, title: str, kind: str, amount: int | None, posts: Decimal | None, funding: str,
        purpose: str, secured_on: date, until_on: date | None, lead: Lead, themes: Sequence[Theme],
        actions: Sequence[Action], by: Person | None, at: datetime,
    ) -> "Resource":  # fmt: skip
        """Record what was secured. Raises Refused with the sentence where it does not hold together."""
        _hold_together(kind=kind, amount=amount, posts=posts, secured_on=secured_on, until_on=until_on, at=at)
        resource = cls.objects.create(
            plan=plan, seal_id=seal_among(actions), title=title, kind=kind, amount=amount, posts=posts,
            funding=funding, purpose=purpose, secured_on=secured_on, until_on=until_on, lead=lead,
        )  # fmt: skip
        resource.tie_to(themes, actions)
        resource.record(verb="secure", says=f"recorded it as secured on {written(secured_on)}", by=by, at=at)
        return resource

    def buy(self, *, words: str, bought_on: date, by: Person | None, at: datetime) -> "Purchase":
        """Say what it has bought by a day. Raises Refused where there are no words, or the day is to come."""
        if not words.strip():
            raise Refused("Say what it has bought: people, places, time or equipment.")
        if not self.secured_on <= bought_on <= day_of(at):
            raise Refused(f"Give a day from {written(self.secured_on)}, when it was secured, to today.")
        bought = self.purchases.create(seal_id=self.seal_id, words=words, bought_on=bought_on, by=by, at=at)
        self.record(verb="buy", says=f"said what it had bought by {written(bought_on)}", by=by, at=at)
        return bought

    def correct(self, *, reason: str, by: Person | None, at: datetime, **fields: Any) -> None:
        """As of everything tied, but what it then says must hold together."""
        kept = ("kind", "amount", "posts", "secured_on", "until_on")
        _hold_together(**{name: fields.get(name, getattr(self, name)) for name in kept}, at=at)
        super().correct(reason=reason, by=by, at=at, **fields)


def _hold_together(
    *, kind: str, amount: int | None, posts: Decimal | None, secured_on: date, until_on: date | None, at: datetime
) -> None:  # fmt: skip
    if not amount and not posts:
        raise Refused("Give an amount in pounds, or how many posts it pays for, or both.")
    if secured_on > day_of(at):
        raise Refused(f"{written(secured_on)} is still to come. Record it once it has been secured.")
    if until_on and until_on < secured_on:
        raise Refused(f"It cannot end before {written(secured_on)}, when it was secured. Correct one of the days.")
    if kind == Resource.Kind.TIME_LIMITED and until_on is None:
        raise Refused("Say until when you have it, since it is for a limited time.")


class Purchase(Sealed):
    """What a resource had bought by a day, in words; the latest tells how it stands."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="purchases")
    words = models.TextField()
    bought_on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("-bought_on", "-id")
        constraints = (
            Guarded(name="purchase_guarded", append_only=True),
            Watched(name="purchase_watched", columns=("words",)),
            Follows(name="purchase_follows", parent="monitoring_resource", column="resource_id"),
        )

    def __str__(self) -> str:
        return self.words[:80]


class ResourceTheme(ThemeTie):
    """That a resource is for a theme."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="theme_ties")

    class Meta:
        ordering = ("theme__number",)
        constraints = (
            Guarded(name="resourcetheme_guarded"),
            Stays(name="resourcetheme_stays"),
            Follows(name="resourcetheme_follows", parent="monitoring_resource", column="resource_id"),
            models.UniqueConstraint(fields=("resource", "theme"), name="resource_theme_once"),
        )


class ResourceAction(ActionTie):
    """That a resource is for an action."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="action_ties")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="resource_ties")

    class Meta:
        constraints = (
            Guarded(name="resourceaction_guarded", columns=("seal_id", "action_seal_id")),
            Stays(name="resourceaction_stays", columns=("seal_id", "action_seal_id")),
            Follows(name="resourceaction_follows_resource", parent="monitoring_resource", column="resource_id"),
            Follows(
                name="resourceaction_follows_action", parent="improvement_action", column="action_id",
                seal="action_seal_id",
            ),
            models.UniqueConstraint(fields=("resource", "action"), name="resource_action_once"),
        )  # fmt: skip


class ResourceLine(Line):
    """A line of a resource's history."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="lines")

    class Meta(Line.Meta):
        constraints = (
            Guarded(name="resourceline_guarded", append_only=True),
            Chained(name="resourceline_chained", without=("seal_id",)),
            Watched(name="resourceline_watched", columns=("reason",)),
            Follows(name="resourceline_follows", parent="monitoring_resource", column="resource_id"),
        )
        indexes = (models.Index(fields=("resource", "at")),)
