"""What a risk and a resource have alike: themes, actions, a lead, a history, and words put right with a reason."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import models, transaction

from improvement.models import Action, Lead, Plan, Refused, Theme
from improvement.timing import joined
from people.models import Person
from sources.models import Sealed, reference
from sources.reads import SealKey
from sources.seals import OPEN


class Tied(Sealed):
    """A record of the whole plan, tied to some of its themes and actions. `theme_ties`, `action_ties` and `lines`
    are those of each kind."""

    reference = models.CharField(max_length=12, unique=True, default=reference, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="%(class)ss")
    title = models.CharField(max_length=200)
    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @transaction.atomic(savepoint=False)
    def tie(self, *, themes: Sequence[Theme], actions: Sequence[Action], by: Person | None, at: datetime) -> None:
        """Say what it bears upon: these and nothing else. Raises Refused where no theme is left, or nothing is new."""
        said = self.tie_to(themes, actions)
        if not said:
            raise Refused("Nothing has been changed. Choose other themes or actions, or go back.")
        self.record(verb="tie", says=joined(said), by=by, at=at)

    def correct(self, *, reason: str, by: Person | None, at: datetime, **fields: Any) -> None:
        """Put right what it says. Raises Refused where nothing is different, or without a reason."""
        changed = {name: value for name, value in fields.items() if getattr(self, name) != value}
        if not changed:
            raise Refused("Nothing has been changed. Correct what is wrong, or go back.")
        if not reason.strip():
            raise Refused("Say why it is corrected: what it said before stays in its history.")
        named = joined([_called(self, name) for name in changed])
        self.record(verb="correct", says=f"corrected its {named}", by=by, at=at, reason=reason, **changed)

    @transaction.atomic(savepoint=False)
    def record(
        self, *, verb: str, says: str, by: Person | None, at: datetime, reason: str = "", **fields: Any
    ) -> None:  # fmt: skip
        """Change columns, if any, and leave one line of history."""
        kind: Any = type(self)
        before = {name: str(getattr(self, name)) for name in fields}
        if fields:
            kind.objects.filter(pk=self.pk).update(**fields)
        for name, value in fields.items():
            setattr(self, name, value)
        after = {name: str(value) for name, value in fields.items()}
        lines: Any = self.lines  # type: ignore[attr-defined]
        lines.create(
            seal_id=self.seal_id, by=by, at=at, verb=verb, says=says, reason=reason, before=before, after=after
        )

    def tie_to(self, themes: Sequence[Theme], actions: Sequence[Action]) -> list[str]:
        """Tie and untie, and say what is new. What its reader may not see is left as it is."""
        if not themes:
            raise Refused("Choose at least one theme that it bears upon.")
        if sentence := _seal_objection(actions, seal=self.seal_id):
            raise Refused(sentence)
        seal = {"seal_id": self.seal_id}
        of_themes, of_actions = self.theme_ties, self.action_ties  # type: ignore[attr-defined]
        new_themes, old_themes = _retie(of_themes, "theme", dict.fromkeys(themes, seal))
        new_actions, old_actions = _retie(
            of_actions, "action", {action: seal | {"action_seal_id": action.seal_id} for action in actions}
        )
        come, gone = new_themes + new_actions, old_themes + old_actions
        return [
            *([f"tied it to {joined(come)}"] if come else []),
            *([f"untied it from {joined(gone)}"] if gone else []),
        ]


class ThemeTie(Sealed):
    """That a record bears upon a theme; under the record's seal."""

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """As history names it."""
        return f"the theme “{self.theme.title}”"


class ActionTie(Sealed):
    """That a record bears upon an action. Seen only by those who may see both."""

    action_seal = SealKey("sources.Seal", on_delete=models.PROTECT, default=OPEN, related_name="+", db_index=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """As history names it."""
        return f"action {self.action.number}"  # type: ignore[attr-defined]


def seal_among(actions: Iterable[Action]) -> int:
    """The seal that a record of these actions stands under. Raises Refused where they stand under several."""
    seals = {action.seal_id or OPEN for action in actions} - {OPEN}
    if len(seals) > 1:
        raise Refused("These actions stand under different seals. Choose those of one.")
    return seals.pop() if seals else OPEN


def _seal_objection(actions: Sequence[Action], *, seal: int | None) -> str | None:
    """Why these actions cannot be tied: the history of an open record must not name what is under seal."""
    strange = next((action for action in actions if action.seal_id not in (OPEN, seal)), None)
    if strange is None:
        return None
    return f"Action {strange.number} is under seal, and this is not. Make a record of its own for it, under that seal."


def _retie(ties: Any, kind: str, wanted: Mapping[Any, Mapping[str, Any]]) -> tuple[list[str], list[str]]:
    """Tie what is wanted, under those seals, and untie everything else; how history names the new and the former."""
    were = {getattr(tie, kind): tie for tie in ties.select_related(kind)}
    come = [ties.create(**{kind: one}, **seals) for one, seals in wanted.items() if one not in were]
    gone = [tie for one, tie in were.items() if one not in wanted]
    for tie in gone:
        tie.delete()
    return [tie.called for tie in come], [tie.called for tie in gone]


def _called(record: Tied, name: str) -> str:
    return str(record._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
