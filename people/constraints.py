"""Constraints that are plain SQL, and the one that hangs a table of lines on the chained trail."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BaseConstraint, Model

from people import audit_sql
from people.sql import as_keeper


class SQLConstraint(BaseConstraint):
    """A constraint that is plain SQL, run once the table stands."""

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: Any = None) -> None:
        """The database alone enforces it."""

    def constraint_sql(self, model: type[Model] | None, schema_editor: BaseDatabaseSchemaEditor | None) -> str:
        """Put the SQL off until the table has been made; nothing stands inside CREATE TABLE."""
        assert schema_editor is not None
        schema_editor.deferred_sql.append(self.create_sql(model, schema_editor))
        return ""

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """The statements that make it."""
        return self._make(model._meta.db_table)

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        """The statements that take it away."""
        return self._unmake(model._meta.db_table)

    def _make(self, table: str) -> str:
        raise NotImplementedError

    def _unmake(self, table: str) -> str:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return isinstance(other, type(self)) and self.deconstruct() == other.deconstruct()

    __hash__ = None  # type: ignore[assignment]


class Chained(SQLConstraint):
    """Every row that is added makes one event of the chain, as the last thing before its transaction is kept.

    The row has an `id`, an `at` and a `by_id`. Its digest is of all its columns but those `without`, which may follow
    a parent; a column added later is in it too wherever it isn't null, so it must be null in the rows before it.
    """

    def __init__(self, *, name: str, without: tuple[str, ...] = ()) -> None:
        super().__init__(name=name)
        self.without = without

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """As migrations write it."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"without": self.without}

    def _make(self, table: str) -> str:
        return as_keeper(audit_sql.hung_on(table, name=self.name, without=self.without))

    def _unmake(self, table: str) -> str:
        return f"DROP TRIGGER {self.name} ON {table};"
