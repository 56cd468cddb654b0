"""Migrations that draw their models once for many operations, where Django draws them anew for each."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db import migrations
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    """One whose operations are done in runs: nine tenths of what an empty database took to migrate was drawing."""

    def __init__(self, name: str, app_label: str) -> None:
        super().__init__(name, app_label)
        self.operations = list(_in_runs(self.operations))  # type: ignore[misc]


class AtOnce(Operation):
    """Operations none of which changes a model that another of them makes.

    Each finds the models as they are before all of them and after all of them; what it tells the database is the same.
    """

    def __init__(self, operations: list[Any]) -> None:
        self.operations = operations

    @property
    def reversible(self) -> bool:  # type: ignore[override]
        """Where all of them are."""
        return all(operation.reversible for operation in self.operations)

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Put the drawn models aside until the state knows of all operations."""
        drawn = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if drawn is not None:
            state.apps = drawn
            state.reload_models({(app_label, _model(operation)) for operation in self.operations}, delay=False)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """One after another."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """One after another, the last first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """What each of them does."""
        return "; ".join(operation.describe() for operation in self.operations)


def _in_runs(operations: Iterable[Any]) -> Iterator[Any]:
    """As few runs as can be; an operation that names no model, such as plain SQL, stands alone between two."""
    run: list[Any] = []
    made: set[str] = set()
    for operation in operations:
        model = _model(operation)
        if run and (not model or model in made):
            yield AtOnce(run)
            run, made = [], set()
        if not model:
            yield operation
            continue
        run.append(operation)
        if isinstance(operation, migrations.CreateModel):
            made.add(model)
    if run:
        yield AtOnce(run)


def _model(operation: Any) -> str:
    """The one that it makes or changes, if it names one."""
    return getattr(operation, "model_name_lower", "") or getattr(operation, "name_lower", "")
