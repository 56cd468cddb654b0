"""`load_plan FILE`: the plan from the council's own spreadsheet, held against the plan and then loaded whole or not."""

import json
from argparse import ArgumentParser
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from improvement.models import Inspection, Plan, Refused
from improvement.timing import counted
from monitoring.models import Legend
from monitoring.sheet.archive import MOST_BYTES, TOO_BIG, Unreadable
from monitoring.sheet.columns import Means, plain_heading
from monitoring.sheet.loading import NewPlan, load
from monitoring.sheet.preview import Preview, preview
from monitoring.sheet.promise import DryRun
from people.days import day_of
from people.models import Person
from people.roles import EVERYWHERE, Permission, refusal
from sources.seals import acting_as


class Command(BaseCommand):
    help = "Loads the plan from an xlsx or csv file, whole or not at all; --dry-run says row by row what it would do."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and whatever it does not say itself."""
        parser.add_argument("file", type=Path, help="the council's spreadsheet, xlsx or csv")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
        parser.add_argument(
            "--map", type=Path, metavar="FILE",
            help='what headings and words mean: {"columns": {"By when?": "due"}, "dates": {"TBC": "2027-03-31"}}',
        )  # fmt: skip
        parser.add_argument("--sheet", default="", help="the sheet to load; without it, the one most like a plan")
        parser.add_argument("--as", dest="email", default="", metavar="EMAIL", help="the director who loads it")
        parser.add_argument("--title", default="", help="the title of a plan to be made by this load")
        parser.add_argument("--inspection", default="", metavar="REFERENCE", help="the inspection that it answers")
        parser.add_argument("--adopted", type=_day, metavar="YYYY-MM-DD", help="the day of its adoption")

    def handle(self, *args: Any, **options: Any) -> None:
        """Show the dry run, and then load it unless it is refused or only the dry run was wanted."""
        now, file = timezone.now(), options["file"]
        person = _person(options["email"], on=day_of(now))
        if person is None and not options["dry_run"]:
            raise CommandError("Say who loads the plan, with --as and the e-mail address of a director.")
        with acting_as(person):
            plan = _plan(options)
            try:
                found = self._previewed(file, plan, options, on=day_of(now))
                self._tell(found.run)
                if person and not options["dry_run"]:
                    self._load(found.run, plan, by=person, at=now)
            except (Unreadable, Refused) as why:
                raise CommandError(f"{file.name} was not loaded. {why}") from None

    def _previewed(self, file: Path, plan: Plan | NewPlan | None, options: dict[str, Any], *, on: date) -> Preview:
        legend, said = Legend.ours(), _map(options["map"])
        return preview(
            _content(file),
            plan if isinstance(plan, Plan) else None,
            columns=legend.columns | said["columns"],
            dates=legend.days | said["dates"],
            on=on,
            sheet=options["sheet"],
            adopted_on=plan.adopted_on if plan else None,
        )

    def _tell(self, run: DryRun) -> None:
        for result in run.results:
            if result.said or result.outcome != "same":
                head = f"{result.outcome.label}: {result.number} {result.title}".rstrip()
                self.stdout.write("\n    ".join([head, *(str(each) for each in result.said)]))
        for note in run.notes:
            self.stdout.write(note)
        told = ", ".join(f"{n:,} {outcome}" for outcome, n in run.counts().items())
        self.stdout.write(f"Sheet “{run.sheet}”: {told}.")
        if run.objection:
            self.stdout.write(run.objection)

    def _load(self, run: DryRun, plan: Plan | NewPlan | None, *, by: Person, at: datetime) -> None:
        if run.results and not run.changes and run.counts()["refused"] == 0:
            self.stdout.write("Nothing would change.")
            return
        if plan is None:
            raise Refused("There is no plan yet. Say its --title, the --inspection that it answers and when --adopted.")
        total = len(run.changes)
        load(run, plan, by=by, at=at, told=lambda rows: self.stdout.write(f"{rows:,} of {total:,} rows"))
        self.stdout.write(f"Loaded: {counted(total, 'row')}.")


def _person(email: str, *, on: date) -> Person | None:
    if not email:
        return None
    person = Person.objects.known_as(email)
    if person is None:
        raise CommandError(f"Nobody has an account with the e-mail address {email}.")
    if not person.may(Permission.LOAD_PLAN, on=on, scope=EVERYWHERE):
        raise CommandError(refusal(Permission.LOAD_PLAN).replace("Your role does", f"The roles of {person} do"))
    return person


def _plan(options: dict[str, Any]) -> Plan | NewPlan | None:
    """The plan in force, or the one to be made."""
    if not options["title"]:
        return Plan.current()
    inspection = Inspection.objects.in_bulk([options["inspection"]], field_name="reference").get(options["inspection"])
    if inspection is None:
        raise CommandError("Say which inspection the plan answers, with --inspection and its reference.")
    if options["adopted"] is None:
        raise CommandError("Say when the plan is adopted, with --adopted and a date such as 2027-03-31.")
    return NewPlan(title=options["title"][:200], inspection=inspection, adopted_on=options["adopted"])


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise Unreadable(TOO_BIG)
        return file.read_bytes()
    except OSError as why:
        raise CommandError(f"{file} cannot be read: {(why.strerror or 'unknown cause').lower()}.") from None


def _map(file: Path | None) -> dict[str, Any]:
    """What a file of the director's says of headings and of words for dates."""
    try:
        said = json.loads(file.read_text("utf-8")) if file else {}
        columns = {plain_heading(heading): Means(means).value for heading, means in said.get("columns", {}).items()}
        dates = {words.casefold().strip(): date.fromisoformat(on) for words, on in said.get("dates", {}).items()}
    except (OSError, ValueError, AttributeError, TypeError) as why:
        known = ", ".join(Means.values)
        raise CommandError(
            f"{file} cannot be read as a map: {why}. A column means one of {known}; a date is YYYY-MM-DD."
        ) from None
    return {"columns": columns, "dates": dates}


def _day(words: str) -> date:
    return date.fromisoformat(words)
