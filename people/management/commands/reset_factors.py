"""Takes away the second factors of somebody who has lost them, so that they can sign in and set up others."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people import factors
from people.models import Person


class Command(BaseCommand):
    help = "Takes away a person's second factors and recovery codes. Make sure first that it is they who ask."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="the e-mail address that the person signs in with")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        person = Person.objects.known_as(email)
        if person is None:
            raise CommandError(f"Nobody has an account with the e-mail address {email}.")
        if not factors.take_away(person, at=timezone.now()):
            raise CommandError(
                f"{person} has no second factor. They can sign in with their pass phrase and set one up."
            )
        self.stdout.write(
            f"{person} has no second factor now. Ask them to sign in with their pass phrase at once and set one up. "
            "If the pass phrase may be known to somebody else, close the account on the People page instead."
        )
