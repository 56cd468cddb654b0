"""Which of the two database logins does what: only the owner migrates."""

from typing import Any


class OwnerMigrates:
    """Both logins reach the same database; the web one may not make or change tables."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only through the owner."""
        return db == "owner"
