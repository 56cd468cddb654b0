"""Looks at every file put forward: says which is damaged or lost, and removes what nothing has needed for a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from monitoring.models import unreferenced
from sources import store


class Command(BaseCommand):
    help = "Re-hashes every file of the store, names what is damaged, and removes what nothing has needed for a day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run it nightly; it ends with 1 where a file is damaged."""
        removed = store.sweep(unreferenced, at=timezone.now())
        self.stdout.write(f"{removed} files that nothing needed were removed.")
        if damaged := store.damaged():
            names = ", ".join(damaged)
            raise CommandError(f"These are no longer what was kept; restore them from the backup: {names}.")
        self.stdout.write("Every file is what was kept.")
