"""What answers what as a spreadsheet: a row for each finding and each action that answers it."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from improvement.lifecycle import Status
from monitoring.coverage import Covered, Tie
from monitoring.ladder import Rung
from monitoring.sheet import export
from monitoring.sheet.export import Value

HEADINGS = (
    "Finding", "Kind", "Document", "Theme", "Words", "How it is answered", "Reply", "Why", "Action", "Title", "Lead",
    "Status", "Delivery", "Impact", "Evidence",
)  # fmt: skip
WIDTHS = (9, 24, 36, 26, 60, 24, 30, 40, 8, 40, 28, 14, 12, 14, 10)


def rows(found: Iterable[Covered], *, names: Mapping[str, str], on: date) -> list[list[Value]]:
    """In the order of the page; a finding that nothing answers has a row all the same."""
    return [[*_finding(row, on=on), *_tie(tie, names)] for row in found for tie in row.ties or (None,)]


def _finding(row: Covered, *, on: date) -> list[Value]:
    reply = row.reply
    return [
        row.number, row.kind_label, row.document, row.theme, row.words, row.cover.label,
        reply.says(on=on) if reply else "", reply.reason if reply else "",
    ]  # fmt: skip


def _tie(tie: Tie | None, names: Mapping[str, str]) -> list[Value]:
    if tie is None:
        return [""] * 7
    return [
        tie.number, tie.title, tie.lead, Status(tie.status).label, names[tie.delivery], Rung(tie.rung).label,
        str(tie.evidence),
    ]  # fmt: skip


as_csv = partial(export.as_csv, headings=HEADINGS)
as_workbook = partial(export.as_workbook, headings=HEADINGS, widths=WIDTHS, title="Coverage")
