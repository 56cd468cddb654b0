"""The plan as the reader sees it now, in a fixed number of queries, for a sheet to be held against."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from improvement import models
from improvement.models import Action, Answer, Finding, Lead, Milestone, Theme, Updater
from monitoring.models import Climb, Update
from monitoring.sheet.cells import key
from monitoring.sheet.promise import Known, Named, Plan
from monitoring.sheet.wording import Step
from people.models import Person
from sources.models import Seal

_COLUMNS = (
    "pk", "number", "title", "words", "success", "theme_id", "theme__number", "theme__title", "lead_id", "lead__name",
    "starts_on", "due_on", "status", "seal_id", "position",
)  # fmt: skip


def plan_as_it_is(plan: models.Plan | None, *, on: date, adopted_on: date | None = None) -> Plan:
    """The plan, or the empty one that is to be made and adopted on a day."""
    if plan is None:
        adopted = adopted_on or on
        return Plan(adopted_on=adopted, is_adopted=adopted <= on, leads=_leads(), people=_people())
    rows = list(Action.objects.of(plan).values_list(*_COLUMNS))
    more = _More(plan)
    return Plan(
        adopted_on=plan.adopted_on,
        is_adopted=plan.adopted_on <= on,
        themes=tuple(Named(pk, title, number) for pk, title, number in _themes(plan)),
        leads=_leads(),
        people=_people(),
        findings=findings_by_number(plan),
        worded={key(words): number.upper() for number, words in _to_answer(plan).values_list("number", "words")},
        actions={row[1]: _known(row, more) for row in rows},
        positions=_positions(row for row in rows if row[-2] not in more.held),
    )


def findings_by_number(plan: models.Plan) -> dict[str, int]:
    """The findings that a plan answers: of two with one number, the first received."""
    found: dict[str, int] = {}
    for number, pk in _to_answer(plan).values_list("number", "pk"):
        found.setdefault(number.upper(), pk)
    return found


def _to_answer(plan: models.Plan) -> Any:
    return Finding.objects.of(plan).to_answer().in_order()


class _More:
    """What hangs on the actions, gathered by action."""

    def __init__(self, plan: models.Plan) -> None:
        of: Any = {"action__plan": plan}
        self.held = Seal.objects.held()
        self.steps: dict[int, list[Step]] = defaultdict(list)
        steps: Any = Milestone.objects.filter(**of).values_list("action_id", "words", "due_on", "done_on")
        for action, *step in steps:
            self.steps[action].append(Step(*step))
        self.findings = _gathered(Answer.objects.filter(**of).values_list("action_id", "finding__number"))
        self.updaters = _gathered(Updater.objects.filter(**of).values_list("action_id", "person_id"))
        self.updates = _gathered(Update.objects.filter(**of).values_list("action_id", "words"))
        self.rungs = dict(Climb.objects.filter(**of).order_by("at", "id").values_list("action_id", "rung"))


def _gathered(pairs: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for action, told in pairs:
        found[action].append(told)
    return found


def _known(row: tuple[Any, ...], more: _More) -> Known:
    pk, number, title, words, success, theme, theme_number, theme_title, lead, lead_name, *rest = row
    starts_on, due_on, status, seal, _ = rest
    return Known(
        key=pk, number=number, title=title, words=words, success=success,
        theme=Named(theme, theme_title, theme_number), lead=Named(lead, lead_name), starts_on=starts_on,
        due_on=due_on, status=status, rung=more.rungs.get(pk, "none"), sealed=seal in more.held,
        steps=tuple(more.steps.get(pk, ())),
        findings=frozenset(found.upper() for found in more.findings.get(pk, ())),
        updaters=frozenset(more.updaters.get(pk, ())), updates=tuple(more.updates.get(pk, ())),
    )  # fmt: skip


def _themes(plan: models.Plan) -> Any:
    return Theme.objects.filter(plan=plan).values_list("pk", "title", "number")


def _positions(rows: Iterable[tuple[Any, ...]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in rows:
        found[row[6]] = max(found.get(row[6], 0), row[-1])
    return found


def _leads() -> dict[str, Named]:
    """By their own names before those of the people who hold them."""
    rows = list(Lead.objects.values_list("pk", "name", "person__name"))
    by_person = Counter(person for _, _, person in rows)
    found = {key(person): Named(pk, name) for pk, name, person in rows if person and by_person[person] == 1}
    return found | {key(name): Named(pk, name) for pk, name, _ in rows}


def _people() -> dict[str, int]:
    rows = list(Person.objects.filter(is_active=True).values_list("name", "pk"))
    twice = {name for name, n in Counter(name for name, _ in rows).items() if n > 1}
    return {key(name): pk for name, pk in rows if name not in twice}
