"""A small world: Northmoor in miniature, with a few named people and one letter under embargo."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from improvement.models import Action, Answer, BankHoliday, Finding, Inspection, Lead, Plan, Theme, Updater
from monitoring import progress
from monitoring.models import Letter, Standing, Visit
from people.days import a_year_after, day_of
from people.models import Body, Council, Grant, Meeting, Person
from people.roles import GUESTS, Role
from sources.models import Seal, Source
from sources.seals import acting_as
from sources.terms import Basis, Paragraph, Terms

SEALED = "Marigold casework has drifted beyond every timescale that inspectors were shown."
"""Words that only the sealed letter holds: a page that shows any of them leaks."""
PASSWORD = "a long pass phrase for tests"


@dataclass(kw_only=True)
class World:
    """The world's named people and things; `now` is the instant it was built."""

    now: datetime
    officer: Person
    lead: Person
    director: Person
    clerk: Person
    finance: Person
    member: Person
    partner: Person
    adviser: Person
    admin: Person
    plan: Plan
    front_door: Theme
    workforce: Theme
    started: Action
    """1.1: in progress, updated by the officer, due in two months."""
    overdue: Action
    """1.2: in progress, its date passed; the officer updates it too."""
    theirs: Action
    """2.1: workforce, led by the partner, not started."""
    visit: Visit
    letter: Source
    seal: Seal
    meeting: Meeting

    @property
    def today(self) -> date:
        """The day it was built on."""
        return day_of(self.now)

    def everyone(self) -> dict[str, Person]:
        """Everybody by the part they play."""
        parts = ("officer", "lead", "director", "clerk", "finance", "member", "partner", "adviser", "admin")
        return {part: getattr(self, part) for part in parts}


_ROLES = {
    "officer": (Role.OFFICER, "all", "Asha Mellor"),
    "lead": (Role.LEAD, "theme:front-door", "Tom Varley"),
    "director": (Role.DIRECTOR, "all", "Ruth Okafor"),
    "clerk": (Role.CLERK, "all", "Janet Pryce"),
    "finance": (Role.CLEARING, "all", "Dev Nair"),
    "member": (Role.MEMBER, "all", "Cllr Moira Kent"),
    "partner": (Role.PARTNER, "theme:workforce", "Supt Neil Hargreave"),
    "adviser": (Role.ADVISER, "all", "Helen Frost"),
    "admin": (Role.ADMINISTRATOR, "all", "Sam Ridley"),
}


def build() -> World:
    """Build the world as of now, in the order in which it happened."""
    now = timezone.now()
    today = day_of(now)
    Council.objects.create(name="Northmoor Council")
    people = {part: _person(part, now) for part in _ROLES}
    BankHoliday.objects.bulk_create(
        BankHoliday(day=date(year, 12, 26), name="Boxing Day", listed_on=today) for year in range(2010, today.year + 4)
    )
    plan = _plan(today)
    front_door, workforce = _themes(plan)
    visit, letter, seal = _visit(plan, front_door, people, now)
    officer_post = Lead.objects.create(slug="hos-front-door", name="Head of Service, Front Door", kind="post")
    police = Lead.objects.create(slug="police", name="Northmoor Police", kind="partner", person=people["partner"])
    started = _action(front_door, 1, "Answer every contact within a day", officer_post, today, -60, 60)
    overdue = _action(front_door, 2, "Record consent on every contact", officer_post, today, -90, -10)
    theirs = _action(workforce, 1, "Brief every police shift on thresholds", police, today, 20, 90)
    for action in (started, overdue):
        Updater.objects.create(action=action, person=people["officer"])
        at = now - timedelta(days=30)
        progress.make(action, "start", by=people["officer"], at=at)
        progress.update(action, words=f"Rota agreed for {action.title.lower()}.", by=people["officer"], at=at)
    finding = Finding.objects.get(number="R1")
    Answer.objects.create(action=started, finding=finding)
    board = Body.objects.create(slug="executive", name="Executive", kind="executive")
    return World(
        now=now, plan=plan, front_door=front_door, workforce=workforce, started=started, overdue=overdue,
        theirs=theirs, visit=visit, letter=letter, seal=seal,
        meeting=Meeting.objects.create(body=board, held_on=today + timedelta(days=14)), **people,
    )  # fmt: skip


def confidential(**more: Any) -> Terms:
    """As a government department’s letter comes."""
    return Terms(kind="confidential", basis=Basis.DEPARTMENT, citation="The terms of Ofsted’s message", **more)


def exempt(**more: Any) -> Terms:
    """As what a contract costs is withheld."""
    return Terms(
        kind="exempt", paragraph=Paragraph.AFFAIRS, public_interest="Tenders would be worse for the public.", **more
    )


def _person(part: str, now: datetime) -> Person:
    role, scope, name = _ROLES[part]
    person = Person.objects.add(email=f"{part}@northmoor.example", name=name, password=PASSWORD)
    since = now - timedelta(days=100 if role in GUESTS else 400)
    ends_on = a_year_after(day_of(since)) if role in GUESTS else None
    Grant.give(person, role, by=None, at=since, scope=scope, ends_on=ends_on)
    return person


def _plan(today: date) -> Plan:
    source = Source.objects.create(
        kind="report", title="Inspection of Northmoor children’s services", from_whom="Ofsted",
        received_on=today - timedelta(days=200),
    )  # fmt: skip
    inspection = Inspection.objects.create(
        source=source, framework="ILACS-2023", provider="Northmoor Council", received_on=source.received_on
    )
    return Plan.objects.create(
        title="Northmoor improvement plan", inspection=inspection, adopted_on=today - timedelta(days=120)
    )


def _themes(plan: Plan) -> tuple[Theme, Theme]:
    front_door = Theme.objects.create(
        plan=plan, number=1, slug="front-door", title="Front door", aim="Families get help at the first call."
    )
    workforce = Theme.objects.create(
        plan=plan, number=2, slug="workforce", title="Workforce", aim="Children keep their social worker."
    )
    for number, theme in (("R1", front_door), ("A1", workforce)):
        Finding.objects.create(
            source=plan.inspection.source, theme=theme, kind="recommendation" if number == "R1" else "area",
            number=number, words=f"What inspectors asked of {theme.title.lower()}.", polarity="needs_improvement",
            position=theme.number,
        )  # fmt: skip
    return front_door, workforce


def _visit(plan: Plan, theme: Theme, people: dict[str, Any], now: datetime) -> tuple[Visit, Source, Seal]:
    day = day_of(now)
    visit = Visit.objects.create(
        inspection=plan.inspection, ordinal=1, starts_on=day - timedelta(days=9), ends_on=day - timedelta(days=8),
        focus="The front door", areas="Contacts and thresholds.", inspectors="Two inspectors",
        ofsted_publishes=False,
    )  # fmt: skip
    with acting_as(people["director"]):
        seal = Seal.make(
            confidential(until=now + timedelta(days=7), words="Not to be disclosed until seven days have passed."),
            by=people["director"],
        )
        seal.clear(people["clerk"])
        letter = Source.objects.create(
            kind="letter", title="Letter of monitoring visit 1: Marigold", from_whom="Ofsted", received_on=day,
            seal=seal, words=SEALED,
        )  # fmt: skip
        Letter.objects.create(visit=visit, source=letter, seal=seal, state="draft", draft_received_on=day)
        Finding.objects.create(
            source=letter, seal=seal, theme=theme, kind="visit", number="1", words=SEALED, polarity="not_progressed",
            position=1,
        )  # fmt: skip
    return visit, letter, seal


def _action(theme: Theme, position: int, title: str, lead: Lead, today: date, start: int, due: int) -> Action:
    due_on = today + timedelta(days=due)
    action = Action.objects.create(
        plan=theme.plan, theme=theme, number=f"{theme.number}.{position}", position=position, title=title,
        words=f"We will {title[0].lower()}{title[1:]}.", success="Families say so.", lead=lead,
        starts_on=today + timedelta(days=start), due_on=due_on, first_due_on=due_on,
    )  # fmt: skip
    Standing.restate(action, at=timezone.now() - timedelta(days=100))
    return action
