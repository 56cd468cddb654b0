"""Spreadsheets for tests, in invented words."""

import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from openpyxl import Workbook

HEADINGS = ("Ref", "Theme", "Action", "Success measure", "Lead", "Start", "Due", "Status", "Progress")


def book(*rows: Sequence[Any], name: str = "Plan", dress: Callable[[Any], None] = lambda sheet: None) -> bytes:
    """A workbook of one sheet; `dress` does to it whatever a council does."""
    workbook = Workbook()
    sheet: Any = workbook.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    dress(sheet)
    return saved(workbook)


def saved(workbook: Any) -> bytes:
    """A workbook's bytes."""
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """A workbook of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return file.getvalue()
