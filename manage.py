#!/usr/bin/env python3
"""Runs one management command, with the private database running for as long as the command needs it."""

import importlib.util
import os
import signal
import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

VENV_PYTHON = Path(__file__).resolve().parent / ".venv" / "bin" / "python"
NEED_NO_DATABASE = {
    "collectstatic",
    "diffsettings",
    "findstatic",
    "help",
    "version",
    "--help",
    "-h",
    "--version",
}


def main(words: list[str]) -> None:
    from django.core.management import execute_from_command_line

    from config.pgaccount import DatabaseUnavailable

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        with database_for(words[1:]):
            execute_from_command_line(words)
    except DatabaseUnavailable as why:
        sys.exit(str(why))


def database_for(words: list[str]) -> AbstractContextManager[object]:
    """Hold the private database, unless another is named or the command needs none."""
    from config import localpg

    if os.environ.get("DATABASE_URL") or not words or words[0] in NEED_NO_DATABASE or "--help" in words:
        return nullcontext()
    return localpg.server()


def use_the_projects_own_python() -> None:
    """Start again with .venv's Python where this one has no Django."""
    if importlib.util.find_spec("django"):
        return
    if not VENV_PYTHON.exists() or Path(sys.prefix) == VENV_PYTHON.parent.parent:
        sys.exit("The packages that this needs are not installed: type python3 dev.py demo first.")
    os.execv(VENV_PYTHON, [str(VENV_PYTHON), *sys.argv])


if __name__ == "__main__":
    use_the_projects_own_python()
    main(sys.argv)
