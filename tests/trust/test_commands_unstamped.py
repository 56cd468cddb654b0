"""No command of ours, run with nobody stamped, says or writes a word that is under seal."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError

from tests.test_house import STOREYS
from tests.trust.asking import Stage
from tests.trust.looking import BASE, text_of
from tests.trust.report import Report
from tests.trust.scene import DRAFT, SEALED

SAMPLE = Path(__file__).resolve().parents[1] / "reports" / "sample_paper.txt"
ROWS: dict[str, list[list[str]]] = {
    "check_files": [[]],
    "draw_lifecycle": [[]],
    "load_demonstration": [[]],
    "load_paper": [[str(SAMPLE)]],
    "load_plan": [["{sheet}", "--dry-run"], ["{sheet}", "--as", "officer@northmoor.example"]],
    "migrate": [[], ["--plan"]],
    "print_paper": [
        ["{paper}", "--out", "{folder}"],
        ["{draft}", "--out", "{folder}"],
        ["hidden2222", "--out", "{folder}"],
        ["hidden2222", "--out", "{folder}", "--as", "officer@northmoor.example"],
    ],
    "reset_factors": [["officer@northmoor.example"], ["nobodys@northmoor.example"]],
    "send_reminders": [["--dry-run"], []],
    "token": [["officer@northmoor.example"], ["nobodys@northmoor.example"]],
    "verify_audit": [[], ["--head", "0123456789abcdef"]],
    "write_demonstration_paper": [[]],
}
"""Every command with the words it is given."""


def _ours() -> set[str]:
    return {name for name, app in get_commands().items() if app in STOREYS}


def test_every_command_of_ours_has_its_row() -> None:
    assert ROWS.keys() == _ours()


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """Where commands write: nothing of the project's own is touched."""
    (tmp_path / "docs").mkdir()
    settings.BASE_DIR = settings.VAR = tmp_path
    settings.EMAIL_HOST = "mail.northmoor.example"
    return tmp_path


def _sheet(folder: Path) -> Path:
    """A council's spreadsheet with a number that a hidden action has."""
    sheet = folder / "plan.csv"
    sheet.write_text("Ref,Theme,Action,Success measure,Lead,Due\n9.1,Front door,Call back,Seen,Police,1 May 2039\n")
    return sheet


def _said(command: str, words: list[str]) -> str:
    """All that a command says, its refusal too."""
    heard = StringIO()
    try:
        call_command(command, *words, stdout=heard, stderr=heard)
    except CommandError as refusal:
        return f"{heard.getvalue()}{refusal}"
    return heard.getvalue()


@pytest.mark.parametrize("command", ROWS)
def test_a_command_without_an_actor_tells_nothing_that_is_sealed(
    command: str, lasting: Stage, folder: Path, report: Report
) -> None:
    scene = lasting.scene
    known = {"paper": scene.paper.reference, "draft": scene.draft.reference, "folder": str(folder)}
    known["sheet"] = str(_sheet(folder))
    with report.of("L24 commands") as count:
        said = [_said(command, [word.format(**known) for word in words]) for words in ROWS[command]]
        said += [text_of(file.read_bytes()) for file in folder.rglob("*.*") if file.is_file()]
        said += [str(message.message()) for message in mail.outbox]
        told = "\n".join(said).lower()
        marks = [mark for mark in (SEALED, DRAFT, BASE) if mark in told]
        count.states.add(f"{len(ROWS)} commands")
        count.leaks = len(marks)
    assert marks == []
    assert told.strip()  # it did something


def test_the_same_command_for_somebody_cleared_does_tell(lasting: Stage, folder: Path) -> None:
    _said("print_paper", ["hidden2222", "--out", str(folder), "--as", "director@northmoor.example"])
    assert SEALED in text_of((folder / "hidden2222.pdf").read_bytes()).lower()
