"""The papers that Northmoor has taken to its Executive."""

from typing import Any


def write(visits: list[Any], timeline: Any, words: dict[str, Any], people: dict[str, Any]) -> None: ...
