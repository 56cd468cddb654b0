"""`load_demonstration`: the invented council of Northmoor, eighteen months into its journey as of today."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from demonstration import northmoor, setting
from people.models import Council, Person


class Command(BaseCommand):
    help = "Loads the demonstration council, and writes who can sign in to var/demo/people.txt."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it whole or not at all; a council that is there already is left as it is."""
        if settings.PRODUCTION:
            raise CommandError("This is a production installation, so the demonstration council is not loaded into it.")
        if Council.objects.exists():
            self.stdout.write("The demonstration council is loaded already.")
            return
        with transaction.atomic():
            people = northmoor.found(at=timezone.now(), progress=self.stdout.write)
            self._tell(setting.passwords(people))

    def _tell(self, sign_ins: list[tuple[str, str, str]]) -> None:
        folder = settings.VAR / "demo"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "people.txt"
        path.touch(mode=0o600)
        path.write_text("".join(f"{email}\t{role}\t{password}\n" for email, role, password in sign_ins), "utf-8")
        self.stdout.write(f"{Person.objects.count()} people, {len(sign_ins)} of whom can sign in.")
