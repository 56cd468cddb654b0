"""`load_paper FILE`: a committee paper in plain text, kept as the paper that it once was."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reports import keeping, transcript

LARGEST = 5 * 1024 * 1024
"""Bytes. A nine-page paper is some 15,000."""


class Command(BaseCommand):
    help = "Loads a committee paper from plain text as an issued, open, historical paper, and prints its reference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file."""
        parser.add_argument("file", type=Path, help="the paper as plain text in UTF-8")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        """Load it whole or not at all; the reference is the last word said."""
        try:
            paper = transcript.read(text_of(file))
        except transcript.NotAPaper as why:
            raise CommandError(f"{file.name} was not loaded. {why}") from None
        kept, is_new = keeping.load(paper, at=timezone.now())
        title = f"“{kept.title}”" if kept.title else "The paper"
        done = "is loaded" if is_new else "was loaded before, in the same words,"
        self.stdout.write(f"{title} {done} with the reference {kept.reference}")


def text_of(file: Path) -> str:
    """The text of a file; CommandError, with a sentence, where there is none to be had."""
    try:
        if not file.is_file():
            raise CommandError(f"There is no file at {file}.")
        if file.stat().st_size > LARGEST:
            raise CommandError(f"{file.name} is larger than 5 MB, so it is not the text of one paper.")
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as where:
        raise CommandError(
            f"{file.name} is not plain text in UTF-8: byte {where.start + 1:,} belongs to no letter. "
            "Save it as plain text."
        ) from None
    except OSError as why:
        raise CommandError(f"{file.name} cannot be read: {(why.strerror or 'unknown cause').lower()}.") from None
