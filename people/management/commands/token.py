"""Makes a key with which a script acts as a person by the API, and shows it this once; or ends it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.models import Person, Token


class Command(BaseCommand):
    help = "Makes a key for a person. It is shown once, alone on the last line; the former one stops working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL", help="the e-mail address that the person signs in with")
        parser.add_argument("--end", action="store_true", help="make none, and let the former one work no longer")

    def handle(self, *args: Any, email: str, end: bool, **options: Any) -> None:
        try:
            person = Person.objects.get_by_natural_key(email)
        except Person.DoesNotExist:
            raise CommandError(f"Nobody has an account with the e-mail address {email}.") from None
        if end:
            ended = Token.end(person)
            self.stdout.write(f"No key acts as {person} any more." if ended else f"No key acted as {person}.")
            return
        if not person.is_active:
            raise CommandError(f"The account of {person} is closed. An administrator can open it again.")
        key = Token.make(person, at=timezone.now())
        self.stdout.write(f"Send it as “Authorization: Token KEY” to act as {person}. It is not shown again.")
        self.stdout.write(key)
