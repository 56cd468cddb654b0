"""`write_demonstration_paper`: the latest Executive paper's public copy, as HTML and PDF, for a newcomer to open."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from reports import copies
from reports.management.commands.print_paper import write
from reports.models import Paper
from sources.seals import acting_as


class Command(BaseCommand):
    help = "Writes executive-paper.html and executive-paper.pdf under var/demo, and prints where they are."

    def handle(self, *args: Any, **options: Any) -> None:
        """As the public sees it: nobody is stamped."""
        with acting_as(None):
            latest = Paper.objects.issued().composed().to_executives().latest_first().first()
            copy = copies.copy_of(latest.reference) if latest else None
        if copy is None:
            raise CommandError("No paper to the Executive has been issued yet; load the demonstration council first.")
        for file in write(copy, folder=settings.VAR / "demo", mode=0o644, name="executive-paper"):
            self.stdout.write(str(file))
