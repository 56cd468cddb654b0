"""`print_paper REF --out DIR`: a paper as HTML and PDF, the public's copy or a named person's."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from people.days import day_of
from people.models import Person
from people.roles import Permission
from reports import copies, pdf
from sources.seals import acting_as


class Command(BaseCommand):
    help = "Writes REF.html and REF.pdf: the public copy, or with --as EMAIL what that person may see."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which paper, where to, and for whom."""
        parser.add_argument("ref", help="the paper’s reference")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the folder to write in")
        parser.add_argument("--as", dest="email", default="", metavar="EMAIL", help="the person whose copy it is")

    def handle(self, *args: Any, ref: str, out: Path, email: str, **options: Any) -> None:
        """Print it for its reader. What is hidden from them and what never was are answered alike."""
        reader = reader_of(email, ref=ref) if email else None
        with acting_as(reader, what="The command print_paper"):
            copy = copies.copy_of(ref)
        if copy is None:
            raise CommandError(NOTHING.format(ref=ref, reader=email or "the public"))
        # What is printed for one person may hold words under seal; the public's copy is for everyone.
        for file in write(copy, folder=out, mode=0o600 if reader else 0o644):
            self.stdout.write(str(file))


NOTHING = "There is no paper {ref} that {reader} may read."
"""Said alike of a paper that is hidden, of one that never was, and of a reader who is nobody or may read none."""


def reader_of(email: str, *, ref: str) -> Person:
    """The person of an address, if they may read papers today."""
    person = _person(email)
    if person is None or not person.may(Permission.READ_PAPERS, on=day_of(timezone.now())):
        raise CommandError(NOTHING.format(ref=ref, reader=email))
    return person


def _person(email: str) -> Person | None:
    try:
        return Person.objects.get_by_natural_key(email)
    except Person.DoesNotExist:
        return None


def write(copy: copies.Copy, *, folder: Path, mode: int, name: str = "") -> tuple[Path, Path]:
    """Write a copy's two files; neither where one of them cannot be made."""
    name = name or copy.paper.reference
    html, pdf_ = folder / f"{name}.html", folder / f"{name}.pdf"
    try:
        page, print_ = copy.html(), copy.pdf().read_bytes()
        folder.mkdir(parents=True, exist_ok=True)
        put(html, page.encode(), mode=mode)
        put(pdf_, print_, mode=mode)
    except pdf.TooHard as why:
        raise CommandError(str(why)) from None
    except OSError as why:
        raise CommandError(
            f"Nothing can be written in {folder}: {(why.strerror or 'unknown cause').lower()}."
        ) from None
    return html, pdf_


def put(file: Path, content: bytes, *, mode: int) -> None:
    """Write a file whole, under its name only once it is whole, readable by those whom the mode names."""
    draft = file.with_name(f".{file.name}.draft")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as handle:
        os.fchmod(handle.fileno(), mode)
        handle.write(content)
    draft.replace(file)
