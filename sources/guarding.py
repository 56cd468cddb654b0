"""How a table is guarded: a seal on every row, and a policy in the database that keeps what is sealed unseen.

`trust.md` has it that a seal in the database keeps secrets and querysets are for usefulness. So the guard is a
constraint of the model, made in the same migration as its table, and a test reads PostgreSQL's own catalogue to see
that no table with words of the trade goes without.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import BaseConstraint, Model

EXEMPT = {
    "people_person": "names and e-mails of those who sign in; pages that list them ask manage_people",
    "people_grant": "who holds which role; no word of a sealed document",
    "people_personline": "who was given or lost a role; no word of a sealed document",
    "people_body": "the public committees of the council",
    "people_membership": "who sits on them, which is public",
    "people_meeting": "when they meet, which is public",
    "people_council": "the council's own name and colours",
    "people_token": "hashes of keys",
    "improvement_plan": "the adopted plan's title and day, approved in public",
    "improvement_theme": "the plan's themes, approved in public",
    "improvement_lead": "posts, teams and partners",
    "improvement_bankholiday": "public holidays",
    "monitoring_legend": "headings of the council's own spreadsheets, and what they mean",
    "monitoring_scheme": "the council's own thresholds and the words of its key",
    "reports_template": "the council's own headings",
    "reports_templatesection": "the council's own headings and default words",
    "sources_stampkey": "half of a key; no role but the keeper may read it",
    "auth_group": "Django's own, unused: roles come by grants",
    "auth_permission": "Django's own, unused: permissions are one table in people/roles.py",
    "django_content_type": "Django's own list of models",
    "django_migrations": "Django's own list of migrations",
    "django_session": "sign-in sessions, signed and opaque",
}
"""Tables with text columns that carry no seal, and why not; none holds a sealed word. A test reads this list."""


class _SQLConstraint(BaseConstraint):
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


class Guarded(_SQLConstraint):
    """Row-level security: a row is seen or written only under seals that are open to the actor.

    A row may stand under more than one seal (a passage under its own and its paper's); all must be open.
    """

    def __init__(self, *, name: str, columns: tuple[str, ...] = ("seal_id",), append_only: bool = False) -> None:
        super().__init__(name=name)
        self.columns = columns
        self.append_only = append_only

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """As migrations write it."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"columns": self.columns, "append_only": self.append_only}

    def _make(self, table: str) -> str:
        rule = " AND ".join(f"{column} IN (SELECT open_seals())" for column in self.columns)
        kept = f"REVOKE UPDATE, DELETE ON {table} FROM improvement_app;" if self.append_only else ""
        return f"""
            ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
            CREATE POLICY {self.name} ON {table} TO improvement_app USING ({rule}) WITH CHECK ({rule});
            {kept}
        """

    def _unmake(self, table: str) -> str:
        return f"DROP POLICY {self.name} ON {table}; GRANT UPDATE, DELETE ON {table} TO improvement_app;"


class Parent(_SQLConstraint):
    """Lets children follow the seal of this table's rows: (id, seal_id) is unique and can be referred to."""

    def _make(self, table: str) -> str:
        return f"ALTER TABLE {table} ADD CONSTRAINT {self.name} UNIQUE (id, seal_id);"

    def _unmake(self, table: str) -> str:
        return f"ALTER TABLE {table} DROP CONSTRAINT {self.name};"


class Follows(_SQLConstraint):
    """A composite key: the row stands under its parent's seal, and moves with it.

    It makes an open child under a hidden parent impossible, and makes hidden and absent parents answer alike.
    """

    def __init__(self, *, name: str, parent: str, column: str, seal: str = "seal_id") -> None:
        super().__init__(name=name)
        self.parent = parent
        self.column = column
        self.seal = seal

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """As migrations write it."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"parent": self.parent, "column": self.column, "seal": self.seal}

    def _make(self, table: str) -> str:
        return f"""
            ALTER TABLE {table} ADD CONSTRAINT {self.name} FOREIGN KEY ({self.column}, {self.seal})
            REFERENCES {self.parent} (id, seal_id) ON UPDATE CASCADE ON DELETE CASCADE;
        """

    def _unmake(self, table: str) -> str:
        return f"ALTER TABLE {table} DROP CONSTRAINT {self.name};"
