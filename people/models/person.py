"""A person who signs in, known by e-mail."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models

from people import roles


class People(BaseUserManager["Person"]):
    """Finds and adds people."""

    def add(self, *, email: str, name: str, post: str = "", password: str | None = None) -> "Person":
        """Add a person; without a password nobody can sign in as them."""
        person = self.model(email=self.normalize_email(email).lower(), name=name, post=post)
        person.set_password(password)
        person.save()
        return person

    def who_may(self, permission: roles.Permission, *, on: date) -> list["Person"]:
        """Everyone whose account is open and whose roles give the permission on the day, by name."""
        holding = [role.value for role, given in roles.TABLE.items() if permission in given]
        people = self.filter(is_active=True, grants__role__in=holding).distinct().order_by("name", "email")
        return [person for person in people.prefetch_related("grants") if person.may(permission, on=on)]

    def at_work(self) -> list["Person"]:
        """Everyone whose account is open, with their grants, in two questions however many they are."""
        return list(self.filter(is_active=True).prefetch_related("grants"))

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person of an e-mail, typed in any case."""
        return self.get(email__iexact=username or "")

    def with_a_pass_phrase_at(self, domain: str) -> bool:
        """Whether anybody with an address there can sign in by a pass phrase."""
        there = self.filter(email__iendswith=f"@{domain}")
        return there.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()

    def known_as(self, email: str) -> "Person | None":
        """The person of an e-mail, or nobody."""
        return self.filter(email__iexact=email).first()


class Person(AbstractBaseUser):
    """A named account: an officer, a councillor, a partner. Roles come by grants, never by the account."""

    email = models.EmailField("e-mail", unique=True)
    name = models.CharField(max_length=120)
    post = models.CharField(max_length=160, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = People()

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name

    @cached_property
    def holdings(self) -> list[roles.Holding]:
        """The person's grants as the rule sees them, read once a request."""
        grants: Any = self.grants.all()
        return [roles.Holding(roles.Role(of.role), of.scope, of.starts_on, of.ends_on) for of in grants]

    def may(self, permission: roles.Permission, *, on: date, scope: str | None = None) -> bool:
        """Whether a grant in force on the day gives the permission, over the scope if one is asked."""
        return self.is_active and roles.permits(self.holdings, permission, on=on, scope=scope)

    def roles_on(self, on: date) -> list[roles.Role]:
        """The roles in force on the day, in the table's order."""
        held = {h.role for h in self.holdings if h.holds(on=on)}
        return [role for role in roles.Role if role in held]
