"""`verify_audit`: shows that no line of history, and no record of a sealed read, was changed, put in or taken out."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from people.audit import Trail, anchor_objection, verify


class Command(BaseCommand):
    help = "Verifies the audit trail, as the database's owner: the product's own sign-in may not read it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", metavar="HASH", help="a hash from the footer of a paper: it must be in the chain")
        parser.add_argument("--seq", type=int, metavar="N", help="the number of the event whose hash it is, if known")

    def handle(self, *args: Any, head: str | None, seq: int | None, **options: Any) -> None:
        """Print what was found, each fault in a sentence; a fault ends it with 1."""
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            # Only the keeper reads every line. The owner stands in its place until the transaction is undone.
            cursor.execute("GRANT improvement_keeper TO CURRENT_USER")
            trail = verify(cursor)
            objection = anchor_objection(cursor, "".join(head.lower().split()), seq=seq) if head else None
            transaction.set_rollback(True, using="owner")
        faults = trail.faults + ([objection] if objection else [])
        self.stdout.write(_summary(trail))
        for sentence in faults:
            self.stdout.write(sentence)
        if faults:
            raise CommandError(f"The audit trail does not hold: {len(faults)} fault{'s' if len(faults) > 1 else ''}.")
        self.stdout.write("Every event and every line is as it was written.")


def _summary(trail: Trail) -> str:
    if not trail.events:
        return "There are no events."
    return (
        f"{trail.events} events, from {trail.since:%-d %B %Y at %H:%M:%S} to {trail.until:%-d %B %Y at %H:%M:%S} UTC."
        f"\nThe hash of the last is {trail.head}."
    )
