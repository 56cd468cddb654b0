"""Fills a scratch database with a plan and its two years of changes, through the real tables, policies and triggers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, connections, transaction
from psycopg2.extras import Json, execute_values

from benchmarks.stories import LIVES, Story, Teller
from improvement.holidays import listed
from improvement.models import BankHoliday, Finding, Inspection, Lead, Plan, Theme
from improvement.time_limits import months_after
from monitoring.models import Scheme, our_calendar
from people.days import day_of
from people.models import Body, Council, Grant, Meeting, Person
from people.roles import Role
from sources.models import Source

THEMES = ("Front door", "Help and protection", "Children in care", "Care leavers", "Workforce", "Leadership")
LEADS = 30
FINDINGS = 38
UPDATED_BY_ONE = 15
"""Actions that the one officer updates, as an officer of a real council does."""

FILL = {
    "action": """
        INSERT INTO improvement_action (plan_id, theme_id, number, position, title, words, success, lead_id, starts_on,
            due_on, first_due_on, times_moved, status, version, seal_id)
        SELECT %(plan)s, theme.id, theme.number || '.' || n / 6 + 1, n / 6 + 1, s.title, s.words,
            'Families and staff say so, and the next audit shows it.', (%(leads)s::bigint[])[1 + n %% %(lead_count)s],
            s.starts_on, s.due_on, s.first_due_on, s.times_moved, s.status, s.version, 0
        FROM generate_series(0, %(actions)s - 1) n JOIN story s ON s.id = n %% %(lives)s
        JOIN improvement_theme theme ON theme.number = n %% 6 + 1
    """,
    "of": """
        CREATE TEMPORARY TABLE of ON COMMIT DROP AS
        SELECT action.id, action.theme_id, theme.number * 100000 + position AS place,
            ((position - 1) * 6 + theme.number - 1) %% %(lives)s AS story
        FROM improvement_action action JOIN improvement_theme theme ON theme.id = theme_id
    """,
    "milestone": """
        INSERT INTO improvement_milestone (action_id, seal_id, words, due_on, done_on, position)
        SELECT of.id, 0, s.words, s.due_on, s.done_on, s.position FROM story_step s JOIN of USING (story)
    """,
    "line": """
        INSERT INTO improvement_actionline (action_id, seal_id, at, by_id, verb, says, reason, before, after)
        SELECT of.id, 0, s.at, %(officer)s, s.verb, s.says, s.reason, s.before, s.after
        FROM story_line s JOIN of USING (story) ORDER BY s.at, of.id, s.place
    """,
    "update": """
        INSERT INTO monitoring_update (action_id, seal_id, by_id, at, effective_on, words, no_change)
        SELECT of.id, 0, %(officer)s, s.at, (s.at AT TIME ZONE 'Europe/London')::date, s.words, s.no_change
        FROM story_update s JOIN of USING (story) ORDER BY s.at, of.id
    """,
    "revision": """
        INSERT INTO improvement_revision (action_id, seal_id, from_on, to_on, reason, words, by_id, at)
        SELECT of.id, 0, s.from_on, s.to_on, 'partner', s.words, %(officer)s, s.at
        FROM story_revision s JOIN of USING (story) ORDER BY s.at, of.id
    """,
    "evidence": """
        INSERT INTO monitoring_evidence (reference, action_id, seal_id, kind, title, words, link, dated_on,
            added_by_id, added_at)
        SELECT left(md5(of.id || s.rung), 12), of.id, 0, 'audit', s.title, 'Eleven of twelve met the standard.', '',
            s.at::date, %(officer)s, s.at FROM story_climb s JOIN of USING (story)
    """,
    "climb": """
        INSERT INTO monitoring_climb (action_id, seal_id, rung, evidence_id, reason, by_id, at)
        SELECT of.id, 0, s.rung, evidence.id, '', %(director)s, s.at FROM story_climb s JOIN of USING (story)
        JOIN monitoring_evidence evidence ON evidence.reference = left(md5(of.id || s.rung), 12) ORDER BY s.at, of.id
    """,
    "standing": """
        INSERT INTO monitoring_standing (action_id, place, theme_id, seal_id, from_on, to_on, status, delivery,
            because, advice, rung, due_on, late, stale)
        SELECT of.id, of.place, of.theme_id, 0, s.from_on, s.to_on, s.status, s.delivery, s.because, s.advice, s.rung,
            s.due_on, s.late, s.stale FROM story_standing s JOIN of USING (story) ORDER BY s.from_on, of.id
    """,
    "answer": """
        INSERT INTO improvement_answer (action_id, finding_id, seal_id, finding_seal_id)
        SELECT of.id, (%(findings)s::bigint[])[1 + of.id %% %(finding_count)s], 0, 0 FROM of
    """,
    "updater": """
        INSERT INTO improvement_updater (action_id, person_id, seal_id)
        SELECT id, %(officer)s, 0 FROM improvement_action WHERE status = 'in_progress'
        ORDER BY md5(number) LIMIT %(updated)s
    """,
}  # fmt: skip
STORIES = {
    "story": "id int, title text, words text, starts_on date, due_on date, first_due_on date, times_moved int, "
    "status text, version int",
    "story_step": "story int, words text, due_on date, done_on date, position int",
    "story_line": "story int, place int, at timestamptz, verb text, says text, reason text, before jsonb, after jsonb",
    "story_update": "story int, at timestamptz, words text, no_change boolean",
    "story_climb": "story int, at timestamptz, rung text, title text",
    "story_revision": "story int, at timestamptz, from_on date, to_on date, words text",
    "story_standing": "story int, from_on date, to_on date, status text, delivery text, because text, advice text, "
    "rung text, due_on date, late boolean, stale boolean",
}


@dataclass(kw_only=True)
class Loaded:
    """What stands in the database, and who may ask for it."""

    plan: Plan
    officer: Person
    director: Person
    today: date
    actions: int
    rows: dict[str, int] = field(default_factory=dict)


def load(*, actions: int, changes: int, now: datetime) -> Loaded:
    """Fill the database as of now; the plan was adopted two years ago."""
    today = day_of(now)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL statement_timeout = 0; SET LOCAL work_mem = '256MB'; SET LOCAL synchronous_commit = off"
        )
        loaded = people_and_plan(now, actions=actions)
        teller = Teller(
            loaded.plan.adopted_on, today, changes, Scheme.ours().as_rule(), calendar=our_calendar(),
        )  # fmt: skip
        lives = min(LIVES, actions)
        _tell(cursor, [teller.tell(number) for number in range(lives)])
        known = _known(loaded, actions=actions, lives=lives)
        for name, statement in FILL.items():
            cursor.execute(statement, known)
            loaded.rows[name] = cursor.rowcount
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
    return loaded


def people_and_plan(now: datetime, *, actions: int) -> Loaded:
    """Those who ask, and a plan of six themes without an action."""
    today = day_of(now)
    Council.objects.create(name="Northmoor Council")
    BankHoliday.objects.bulk_create(BankHoliday(day=d, name=name, listed_on=today) for d, name in listed(on=today))
    officer, director = (_person(role, now) for role in (Role.OFFICER, Role.DIRECTOR))
    Meeting.objects.create(
        body=Body.objects.create(slug="executive", name="Executive", kind="executive"), held_on=today
    )
    adopted_on = months_after(today, -24)
    source = Source.objects.create(kind="report", title="Inspection", from_whom="Ofsted", received_on=adopted_on)
    inspection = Inspection.objects.create(
        source=source, framework="ILACS-2023", provider="Northmoor Council", received_on=adopted_on
    )
    plan = Plan.objects.create(title="Northmoor improvement plan", inspection=inspection, adopted_on=adopted_on)
    themes = [
        Theme.objects.create(plan=plan, number=n, slug=f"theme-{n}", title=title, aim="Children are safer sooner.")
        for n, title in enumerate(THEMES, 1)
    ]
    for n in range(FINDINGS):
        Finding.objects.create(
            source=source, theme=themes[n % 6], kind="recommendation" if n < 10 else "area", number=f"F{n + 1}",
            words="Inspectors asked that this be put right without delay.", polarity="needs_improvement", position=n,
        )  # fmt: skip
    for n in range(LEADS):
        Lead.objects.create(slug=f"lead-{n}", name=f"Head of service {n + 1}", kind="post")
    return Loaded(plan=plan, officer=officer, director=director, today=today, actions=actions)


def _person(role: Role, now: datetime) -> Person:
    person = Person.objects.add(email=f"{role.value}@northmoor.example", name=f"{role.label} of Northmoor")
    Grant.give(person, role, by=None, at=now)
    return person


def _known(loaded: Loaded, *, actions: int, lives: int) -> dict[str, Any]:
    leads = list(Lead.objects.values_list("pk", flat=True))
    findings = list(Finding.objects.values_list("pk", flat=True))
    return {
        "plan": loaded.plan.pk, "officer": loaded.officer.pk, "director": loaded.director.pk, "leads": leads,
        "lead_count": len(leads), "findings": findings, "finding_count": len(findings), "actions": actions,
        "lives": lives, "updated": UPDATED_BY_ONE,
    }  # fmt: skip


def _tell(cursor: Any, stories: list[Story]) -> None:
    for table, columns in STORIES.items():
        cursor.execute(f"CREATE TEMPORARY TABLE {table} ({columns}) ON COMMIT DROP")
    for table, rows in _rows(stories).items():
        execute_values(cursor.cursor, f"INSERT INTO {table} VALUES %s", rows, page_size=1000)


def _rows(stories: list[Story]) -> dict[str, Iterable[tuple[Any, ...]]]:
    told = list(enumerate(stories))
    return {
        "story": [
            (
                n, s.title, s.words, s.starts_on, s.due_on, s.first_due_on, s.times_moved, str(s.status),
                1 + len(s.lines),
            )
            for n, s in told
        ],
        "story_step": [(n, *step) for n, s in told for step in s.steps],
        "story_line": [
            (n, place, *line[:4], Json(line[4]), Json(line[5])) for n, s in told for place, line in enumerate(s.lines)
        ],
        "story_update": [(n, *update) for n, s in told for update in s.updates],
        "story_climb": [(n, *climb) for n, s in told for climb in s.climbs],
        "story_revision": [(n, *revision) for n, s in told for revision in s.revisions],
        "story_standing": [(n, *standing) for n, s in told for standing in s.standings],
    }  # fmt: skip
