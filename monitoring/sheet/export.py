"""The list of actions as a spreadsheet: what is on the screen, all its pages, in the columns that a load knows."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from improvement.lifecycle import Status
from improvement.models import Answer, Finding, Milestone
from monitoring.ladder import Rung
from monitoring.models import Update
from monitoring.scheme import Entry
from monitoring.sheet.cells import guarded, writable
from monitoring.sheet.columns import Means
from monitoring.sheet.wording import step_words
from monitoring.sheet.workbook import written
from sources.models import Seal

MOST_ROWS = 20_000
"""As many as a load takes."""
TOO_MANY = f"A spreadsheet holds up to {MOST_ROWS:,} actions. Narrow the list, and download it in parts."
HEADINGS = (
    Means.NUMBER.label, Means.THEME.label, Means.TITLE.label, Means.WORDS.label, Means.SUCCESS.label,
    Means.LEAD.label, Means.STARTS.label, Means.DUE.label, Means.STATUS.label, Means.RATING.label, "Why", "Impact",
    Means.MILESTONES.label, Means.FINDINGS.label, Means.UPDATE.label, Means.TERMS.label,
)  # fmt: skip
"""The same for every reader: who may see nothing under seal finds the last column empty."""
WIDTHS = (8, 22, 40, 50, 36, 28, 12, 12, 14, 10, 40, 14, 44, 16, 50, 14)
_COLUMNS = (
    "action_id", "action__number", "theme__number", "theme__title", "action__title", "action__words",
    "action__success", "action__lead__name", "action__starts_on", "due_on", "status", "delivery", "because", "rung",
    "seal_id",
)  # fmt: skip
Value = str | date


class TooMany(Exception):
    """The list is longer than a spreadsheet should be; its words say so."""


def rows(standings: Any, *, on: date, names: Mapping[str, str]) -> list[list[Value]]:
    """A row for each standing that the filters picked, in their order; `names` are the council's for its ratings."""
    found = list(standings.values_list(*_COLUMNS)[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS:
        raise TooMany(TOO_MANY)
    more = _More([row[0] for row in found], on=on)
    return [_row(*each, names=names, more=more) for each in found]


class _More:
    """What hangs on the actions, by action, and the seals that the reader may know of."""

    def __init__(self, actions: list[int], *, on: date) -> None:
        self.seals = Seal.objects.held()
        self.steps: dict[int, list[str]] = defaultdict(list)
        steps: Any = Milestone.objects.filter(action__in=actions).order_by("action_id", "position", "id")
        for action, words, due_on, done_on in steps.values_list("action_id", "words", "due_on", "done_on"):
            self.steps[action].append(step_words(words, due_on=due_on, done_on=done_on))
        self.findings: dict[int, list[str]] = defaultdict(list)
        answers = Answer.objects.filter(action__in=actions, finding__in=Finding.objects.to_answer())
        for action, number in answers.order_by("finding__position", "finding_id").values_list(
            "action_id", "finding__number"
        ):
            self.findings[action].append(number)
        updates = Update.objects.filter(action__in=actions, effective_on__lte=on).order_by("action_id", "-at", "-id")
        self.updates: dict[int, str] = dict(updates.distinct("action_id").values_list("action_id", "words"))


def _row(
    action: int, number: str, theme_number: int, theme: str, title: str, words: str, success: str, lead: str,
    starts_on: date, due_on: date, status: str, delivery: str, because: str, rung: str, seal: int, *,
    names: Mapping[str, str], more: _More,
) -> list[Value]:  # fmt: skip
    return [
        number, f"{theme_number}. {theme}", title, words, success, lead, starts_on, due_on,
        Status(status).label, names.get(delivery, ""), because, Rung(rung).label, "\n".join(more.steps.get(action, ())),
        ", ".join(dict.fromkeys(more.findings.get(action, ()))), more.updates.get(action, ""),
        more.seals[seal].get_kind_display() if seal in more.seals else "",
    ]  # fmt: skip


def as_csv(told: Iterable[list[Value]], *, headings: Sequence[str] = HEADINGS) -> bytes:
    """As a csv that every spreadsheet program opens in the right letters, and takes no cell of for a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(headings)
    for row in told:
        writer.writerow([each.isoformat() if isinstance(each, date) else guarded(writable(each)) for each in row])
    return file.getvalue().encode("utf-8-sig")


def as_workbook(told: Iterable[list[Value]], **of: Any) -> bytes:
    """As a workbook; `of` is what `sheets` takes."""
    return written(sheets(told, **of))


def sheets(
    told: Iterable[list[Value]], *, title: str = "Actions", headings: Sequence[str] = HEADINGS,
    widths: Sequence[int] = WIDTHS, key: Sequence[Entry] = (),
) -> list[dict[str, Any]]:  # fmt: skip
    """What stands in the workbook: the key to the ratings comes last, since a load takes the first sheet."""
    rows = [[each if isinstance(each, date) else writable(each) for each in row] for row in told]
    found: list[dict[str, Any]] = [{"title": title, "headings": headings, "widths": widths, "rows": rows}]
    if key:
        meanings = [[writable(word), writable(meaning)] for _, word, meaning in key]
        found.append({"title": "Key", "headings": (), "widths": (14, 120), "rows": meanings})
    return found
