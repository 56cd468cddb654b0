"""Loading a sheet whole: what its dry run foretold is done by the same deeds as people do, or nothing is."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from improvement import many, models
from improvement.many import Change
from improvement.models import Action, Finding, Inspection, Lead, Milestone, Refused, Theme, Updater
from improvement.models.answer import tellable
from improvement.timing import counted, joined
from monitoring.models import Standing, Update
from monitoring.sheet.as_it_is import findings_by_number
from monitoring.sheet.cells import key
from monitoring.sheet.known_row import WHY
from monitoring.sheet.promise import DryRun, Named, Outcome, Result, Wanted
from monitoring.sheet.wording import Step, step_line
from people.models import Person

BATCH = 500
Told = Callable[[int], None]
"""Hears how many rows are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """A plan to be made by loading it: the first one, or one for a new inspection."""

    title: str
    inspection: Inspection
    adopted_on: date


@transaction.atomic
def load(
    run: DryRun, plan: models.Plan | NewPlan, *, by: Person, at: datetime, told: Told = lambda rows: None
) -> models.Plan:
    """Do what the dry run foretold. Raises Refused where it says that the sheet cannot be loaded."""
    if run.objection:
        raise Refused(run.objection)
    if isinstance(plan, NewPlan):
        plan = models.Plan.objects.create(title=plan.title, inspection=plan.inspection, adopted_on=plan.adopted_on)
    loader = _Loader(plan=plan, by=by, at=at, run=run)
    done = 0
    for batch in _batches(run.changes):
        loader.take(batch)
        done += len(batch)
        told(done)
    return plan


def _batches(results: list[Result]) -> Iterable[list[Result]]:
    return (results[at : at + BATCH] for at in range(0, len(results), BATCH))


class _Loader:
    """Takes rows in batches, so that no statement grows with the sheet."""

    def __init__(self, *, plan: models.Plan, by: Person, at: datetime, run: DryRun) -> None:
        self.plan, self.by, self.at, self.sheet = plan, by, at, run.sheet
        self.has_sealed = any(result.known and result.known.sealed for result in run.results)
        self.themes: dict[int, Theme] = {theme.number: theme for theme in Theme.objects.filter(plan=plan)}
        self.leads: dict[str, Lead] = {}
        self.findings = findings_by_number(plan)
        self.found = Finding.objects.of(plan).select_related("seal").in_bulk()

    def take(self, batch: list[Result]) -> None:
        """Make what is new, change what is known, and restate where all of them stand."""
        made = [result for result in batch if result.outcome == Outcome.MADE]
        changed = [result for result in batch if result.outcome == Outcome.CHANGED]
        new = list(zip(self._made(made), made, strict=True))
        held = _held([result.known.key for result in changed if result.known])
        known = [(held[result.known.key], result) for result in changed if result.known]
        many.change([each for pair in known for each in self._changes(*pair)], by=self.by, at=self.at)
        pairs = [(action, result.wanted) for action, result in (*new, *known) if result.wanted]
        self._hang(pairs)
        many.change([each for pair in known for each in _moves(*pair)], by=self.by, at=self.at)
        Update.give_many({action: want.update for action, want in pairs if want.update}, by=self.by, at=self.at)
        Standing.restate_all([action for action, _ in pairs], at=self.at)

    def _made(self, results: list[Result]) -> list[Action]:
        wanted = [(result.row, result.wanted) for result in results if result.wanted]
        promised = [
            Action(
                plan=self.plan, theme=self._theme(want.theme), lead=self._lead(want.lead), position=want.position,
                **want.fields,
            )
            for _, want in wanted
        ]  # fmt: skip
        reasons = [" ".join((self._why(row), *want.kept)) for row, want in wanted]
        return many.promise(promised, by=self.by, at=self.at, says="put it into the plan", reasons=reasons)

    def _why(self, row: int) -> str:
        # Where rows under seal stand between, a row's place would tell of them.
        return WHY if self.has_sealed else f"{WHY} It is row {row} of “{self.sheet}”."

    def _changes(self, action: Action, result: Result) -> Iterator[Change]:
        want = result.wanted
        assert want is not None
        fields = dict(want.fields)
        fields |= {"lead_id": self._lead(want.lead).pk} if want.lead else {}
        fields |= {"theme_id": self._theme(want.theme).pk} if want.theme else {}
        for step in want.reached:
            _reach(action, step)
        if says := _says(want, tied=tellable(self._answered(want), action)):
            yield Change(action=action, verb="load", says=says, reason=self._why(result.row), fields=fields)

    def _hang(self, pairs: list[tuple[Action, Wanted]]) -> None:
        """What hangs on actions: milestones, those who update, and the findings that they answer."""
        last = _last_positions([action for action, want in pairs if want.steps])
        Milestone.objects.bulk_create(
            Milestone(
                action=action, seal_id=action.seal_id, words=step.words, due_on=step.due_on or action.due_on,
                done_on=step.done_on,
                position=last.get(action.pk, -1) + 1 + place,
            )
            for action, want in pairs
            for place, step in enumerate(want.steps)
        )  # fmt: skip
        Updater.objects.bulk_create(
            Updater(action=action, seal_id=action.seal_id, person_id=person)
            for action, want in pairs
            for person in dict.fromkeys(want.updaters)
        )
        answered = [(action, finding) for action, want in pairs for finding in self._answered(want)]
        many.tie(answered, by=self.by, at=self.at)

    def _answered(self, want: Wanted) -> list[Finding]:
        return [self.found[self.findings[number.upper()]] for number in want.findings]

    def _theme(self, named: Named | None) -> Theme:
        assert named is not None
        if named.number not in self.themes:
            self.themes[named.number] = Theme.objects.create(
                plan=self.plan, number=named.number, title=named.name, aim="", slug=_slug(Theme, named.name)
            )
        return self.themes[named.number]

    def _lead(self, named: Named | None) -> Lead:
        assert named is not None
        if named.key:
            return Lead(pk=named.key)
        if named.name not in self.leads:
            kind = Lead.Kind.TEAM if "team" in named.name.casefold() else Lead.Kind.POST
            self.leads[named.name] = Lead.objects.create(name=named.name, kind=kind, slug=_slug(Lead, named.name))
        return self.leads[named.name]


def _held(keys: list[int]) -> dict[int, Action]:
    """The actions that will be changed, kept from others until the transaction ends."""
    return Action.objects.held().in_bulk(keys)


def _moves(action: Action, result: Result) -> Iterator[Change]:
    if result.wanted and result.wanted.move and result.known:
        yield many.moved(action, result.wanted.move, reason=WHY, rung=result.known.rung)


_NAMES = {
    "title": "title", "words": "words", "success": "measure of success", "starts_on": "start", "due_on": "due date"
}  # fmt: skip


def _says(want: Wanted, *, tied: list[str]) -> str:
    """What a row changes, for the history: “changed its title and lead, added 2 milestones”."""
    changed = [name for field, name in _NAMES.items() if field in want.fields]
    changed += [name for name, is_so in (("theme", want.theme), ("lead", want.lead)) if is_so]
    found = [f"changed its {joined(changed)}"] if changed else []
    found += [f"added {counted(len(want.steps), 'milestone')}"] if want.steps else []
    found += [f"marked {counted(len(want.reached), 'milestone')} done"] if want.reached else []
    found += [f"tied it to {joined(tied)}"] if tied else []
    found += [f"added {counted(len(want.updaters), 'person', 'people')} to update it"] if want.updaters else []
    return joined(found) if found else ""


def _reach(action: Action, step: Step) -> None:
    milestone = next(each for each in action.milestones.all() if each.done_on is None and _is(each, step))
    milestone.done_on = step.done_on
    milestone.save(update_fields=["done_on"])


def _is(milestone: Milestone, step: Step) -> bool:
    return key(step_line(milestone.words)) == key(step.words) and step.due_on in (None, milestone.due_on)


def _last_positions(actions: list[Action]) -> dict[int, int]:
    rows = Milestone.objects.filter(action__in=actions).values_list("action_id").annotate(last=Max("position"))
    return dict(rows)


def _slug(of: type[Theme] | type[Lead], name: str) -> str:
    """A name for addresses that no other has."""
    stem = slugify(name)[:44] or "unnamed"
    taken = set(of.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for n in range(1, len(taken) + 2) if (slug := stem if n == 1 else f"{stem}-{n}") not in taken)
