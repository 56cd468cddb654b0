"""The words of the demonstration council, read from the files beside this one; every word is invented."""

import tomllib
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent / "prose"


def themes() -> list[dict[str, Any]]:
    """The six themes, in their order, with their findings, measures and actions."""
    return [tomllib.loads(path.read_text("utf-8")) for path in sorted(_HERE.glob("[0-9]-*.toml"))]


def visits() -> dict[str, Any]:
    """The monitoring visits and their letters."""
    return tomllib.loads((_HERE / "visits.toml").read_text("utf-8"))


def notice() -> dict[str, Any]:
    """What the Department's notice requires, and what the council has said to findings."""
    return tomllib.loads((_HERE / "notice.toml").read_text("utf-8"))


def committee() -> dict[str, Any]:
    """What a paper says that is not drawn from the plan: its template, contact and standing passages."""
    return tomllib.loads((_HERE / "committee.toml").read_text("utf-8"))


def register() -> dict[str, Any]:
    """The risks with their assessments, and the resources with what they bought."""
    return tomllib.loads((_HERE / "register.toml").read_text("utf-8"))
