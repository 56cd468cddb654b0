"""`send_reminders`: everybody's digest of what needs them, made and sent; to be run each night."""

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from improvement.timing import counted
from monitoring import posting
from monitoring.models import Notice, take_time
from monitoring.reckoning import due_now
from people.days import day_of
from people.models import Person
from sources.seals import acting_as


class Command(BaseCommand):
    help = (
        "Sends each person one digest of what is due and has not been told. Run it nightly; a second run does no harm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether only to look."""
        parser.add_argument(
            "--dry-run", action="store_true", help="say who would be told of how much, and send nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """It ends with 1 where a digest could not be sent; the next run tries it again."""
        now = timezone.now()
        if options["dry_run"]:
            self._look(now)
        else:
            self._run(now)

    def _run(self, now: datetime) -> None:
        outcome = posting.run(at=now)
        if outcome.failed:
            raise CommandError(outcome.words)
        self.stdout.write(outcome.words)

    def _look(self, now: datetime) -> None:
        with acting_as(None):
            take_time()
            due = Notice.untold(due_now(on=day_of(now)))
            for person in Person.objects.at_work():
                if things := due.get(person.pk):
                    self.stdout.write(f"{person.email}: {counted(len({thing.action for thing in things}), 'action')}")
        self.stdout.write(f"{counted(len(due), 'person', 'people')} would be told. Nothing has been made or sent.")
