"""How a table is guarded: a seal on every row, and a policy in the database that keeps what is sealed unseen.

`trust.md` has it that a seal in the database keeps secrets and querysets are for usefulness. So the guard is a
constraint of the model, made in the same migration as its table, and a test reads PostgreSQL's own catalogue to see
that no table with words of the trade goes without.
"""

import json
from typing import Any

from people.constraints import SQLConstraint

EXEMPT = {
    "people_person": "names and e-mails of those who sign in; pages that list them ask manage_people",
    "people_grant": "who holds which role; no word of a sealed document",
    "people_event": "hashes and numbers, and no words of any line; no role but the keeper may read it",
    "people_once": "keys, and what was sent with each as a keyed hash, of which no word can be read or guessed at",
    "people_personline": "who was given or lost a role; no word of a sealed document",
    "people_guess": "wrong guesses at pass phrases, disguised",
    "people_tries": "used codes of second factors, and how often a person has tried; nothing else",
    "mfa_authenticator": "second factors: secrets encrypted, passkeys' public halves",
    "socialaccount_socialaccount": "which account of the council's directory opens which of ours, and its claims",
    "socialaccount_socialapp": "allauth's own, unused: the one provider comes from the environment",
    "socialaccount_socialtoken": "allauth's own, unused: no token of the provider is kept",
    "account_emailaddress": "allauth's own, unused: a person has the one address of their account",
    "account_emailconfirmation": "allauth's own, unused: no address is confirmed by mail",
    "people_body": "the public committees of the council",
    "people_membership": "who sits on them, which is public",
    "people_meeting": "when they meet, which is public",
    "people_council": "the council's own name and colours",
    "people_token": "hashes of keys",
    "people_invitation": "hashes of links that let one person choose a pass phrase",
    "improvement_plan": "the adopted plan's title and day, approved in public",
    "improvement_theme": "the plan's themes, approved in public",
    "improvement_lead": "posts, teams and partners",
    "improvement_bankholiday": "public holidays",
    "monitoring_digest": "to whom a digest went, when, and what the mail server said; its words are its notices'",
    "monitoring_unwanted": "kinds of reminder that a person does without",
    "monitoring_legend": "headings of the council's own spreadsheets, and what they mean",
    "monitoring_savedview": "a person’s own lists, shown to nobody else: names of filters, and what that person typed",
    "monitoring_scheme": "the council's own thresholds and the words of its key",
    "reports_template": "the council's own headings",
    "reports_templatesection": "the council's own headings and default words",
    "sources_spelling": "what sources say, letter by letter; no role but the keeper may read it",
    "sources_stampkey": "half of a key; no role but the keeper may read it",
    "auth_group": "Django's own, unused: roles come by grants",
    "auth_permission": "Django's own, unused: permissions are one table in people/roles.py",
    "django_content_type": "Django's own list of models",
    "django_migrations": "Django's own list of migrations",
    "django_session": "sign-in sessions, signed and opaque",
}
"""Tables with text columns that carry no seal, and why not; none holds a sealed word. A test reads this list."""


UNWATCHED = {
    "reference": "a random key",
    "slug": "a key",
    "number": "a number",
    "code": "a hash",
    "audit_head": "a hash",
    "digest": "a hash",
    "link": "an address",
    "letter": "one or two letters",
    "key": "a choice of a list",
    "kind": "a choice of a list",
    "state": "a choice of a list",
    "status": "a choice of a list",
    "rung": "a choice of a list",
    "grade": "a choice of a list",
    "polarity": "a choice of a list",
    "unit": "a choice of a list",
    "better": "a choice of a list",
    "delivery": "a choice of a list",
    "verb": "a choice of a list",
    "reply": "a choice of a list",
    "says": "our own sentence; what it repeats of a record is watched there",
    "before": "what a record said, watched there",
    "after": "what a record says, watched there",
    "rows": "an address of this service",
    "improvement_revision.reason": "a choice of a list",
    "improvement_extension.reason": "a choice of a list",
    "improvement_inspection": "names, and the framework’s key",
    "monitoring_standing": "our own sentences, drawn from reasons that are watched where they are given",
    "monitoring_tally": "counts",
    "sources_seal": "the terms themselves, under their own seal",
    "sources_sealline": "of the seal, under that seal",
    "sources_correction": "of the seal, under that seal",
    "sources_proposal": "of the seal, under that seal",
    "sources_run": "sealed words, under their seal",
    "sources_quotation": "sealed words, under their seal",
    "sources_sealread": "an address of this service",
    "reports_entry": "what a record says, watched there",
    "monitoring_remindingline": "numbers of days, in our own sentence",
}
"""Columns, by their own name or by their table's, whose words are not compared with words under seal, and why not."""


class Guarded(SQLConstraint):
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


class Stays(SQLConstraint):
    """No row is moved from one seal to another but by the key with which it follows its parent.

    `leaves` says when a row may go all the same: a draft does when it is issued.
    """

    def __init__(self, *, name: str, columns: tuple[str, ...] = ("seal_id",), leaves: str = "") -> None:
        super().__init__(name=name)
        self.columns = columns
        self.leaves = leaves

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """As migrations write it."""
        path, args, kwargs = super().deconstruct()
        return path, args, kwargs | {"columns": self.columns, "leaves": self.leaves}

    def _make(self, table: str) -> str:
        moved = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in self.columns)
        by_hand = f"({moved}) AND NOT ({self.leaves})" if self.leaves else moved
        return f"""
            CREATE TRIGGER {self.name} BEFORE UPDATE ON {table} FOR EACH ROW WHEN ({by_hand})
            EXECUTE FUNCTION stays_under_its_seal();
        """

    def _unmake(self, table: str) -> str:
        return f"DROP TRIGGER {self.name} ON {table};"


class Watched(SQLConstraint):
    """A trigger: words that repeat a text under seal are stopped or told of (`watching_sql.py`), whoever saves them.

    What the columns say under a held seal is itself such a text, where the row is like `kept`; a source that is open
    makes its words everybody's.
    """

    def __init__(
        self,
        *,
        name: str,
        columns: tuple[str, ...],
        seals: tuple[str, ...] = ("seal_id",),
        is_source: bool = False,
        kept: dict[str, str] | None = None,
    ) -> None:
        super().__init__(name=name)
        self.columns = columns
        self.seals = seals
        self.is_source = is_source
        self.kept = kept or {}

    def deconstruct(self) -> tuple[str, Any, dict[str, Any]]:
        """As migrations write it."""
        path, args, kwargs = super().deconstruct()
        own = {"columns": self.columns, "seals": self.seals, "is_source": self.is_source, "kept": self.kept}
        return path, args, kwargs | own

    def _make(self, table: str) -> str:
        seals, columns = (f"{{{','.join(names)}}}" for names in (self.seals, self.columns))
        changed = ", ".join(f'"{name}"' for name in (*self.seals, *self.columns))
        source, kept = "source" if self.is_source else "", json.dumps(self.kept)
        row = f"to_jsonb({table})"
        return f"""
            GRANT improvement_keeper TO CURRENT_USER;
            CREATE TRIGGER {self.name} AFTER INSERT OR DELETE OR UPDATE OF {changed}
            ON {table} FOR EACH ROW EXECUTE FUNCTION watch_words('{seals}', '{columns}', '{source}', '{kept}');
            ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
            SELECT take_up('{table}', id, seals_of({row}, '{seals}'), said_in({row}, '{columns}'),
                coalesce({row} ->> 'title', ''), {self.is_source})
            FROM {table} WHERE {self.is_source} OR {row} @> '{kept}';
            ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
            REVOKE improvement_keeper FROM CURRENT_USER;
        """  # noqa: S608

    def _unmake(self, table: str) -> str:
        return f"DROP TRIGGER {self.name} ON {table};"


class Parent(SQLConstraint):
    """Lets children follow the seal of this table's rows: (id, seal_id) is unique and can be referred to."""

    def _make(self, table: str) -> str:
        return f"ALTER TABLE {table} ADD CONSTRAINT {self.name} UNIQUE (id, seal_id);"

    def _unmake(self, table: str) -> str:
        return f"ALTER TABLE {table} DROP CONSTRAINT {self.name};"


class Follows(SQLConstraint):
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
