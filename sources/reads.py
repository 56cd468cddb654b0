"""Which held seals a reader's rows stand under: noted as the rows come, and written down before the answer leaves.

Nothing sealed is served unless the read was recorded. What a row stands under is read from its seal itself, so that no
view can forget to say so; a query that counts rows, or leaves their seals out, is asked for the seals as well. Only
for people who are cleared on something is any of this done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, Self, TypeVar

from django.db import connection, models
from django.db.models.expressions import RawSQL

_seen: ContextVar[set[int] | None] = ContextVar("seen", default=None)


@contextmanager
def noted(*, cleared: bool) -> Iterator[set[int]]:
    """Note the seals of all rows that come meanwhile; nothing is noted of a reader who is cleared on nothing."""
    seen: set[int] = set()
    token = _seen.set(seen if cleared else None)
    try:
        yield seen
    finally:
        _seen.reset(token)


def noting() -> bool:
    """Whether anybody is reading whose reads matter."""
    return _seen.get() is not None


def note(seal: int | None) -> None:
    """A row under this seal has been read."""
    seen = _seen.get()
    if seen is not None and seal is not None:
        seen.add(seal)


def record(seals: set[int], *, what: str) -> None:
    """Write down who read what, in the transaction that read it; the database knows who, and which seals hold."""
    if seals:
        with connection.cursor() as cursor:
            cursor.execute("SELECT record_reads(%s, %s)", [sorted(seals), what])


class SealKey(models.ForeignKey):
    """The seal that a row stands under, noted whenever it is read. To a migration it is a plain foreign key."""

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> int | None:
        """As it came."""
        note(value)
        return value

    def deconstruct(self) -> Any:
        """As migrations write it."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs


_M = TypeVar("_M", bound=models.Model, covariant=True)


class SealedQuerySet(models.QuerySet[_M]):
    """Rows under seals: where they are counted, or read without their seals, their seals are read as well."""

    def count(self) -> int:
        """As Django counts."""
        self.note_seals()
        return super().count()

    def exists(self) -> bool:
        """As Django looks."""
        self.note_seals()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """As Django adds up."""
        self.note_seals()
        return super().aggregate(*args, **kwargs)

    def beside(self, seal: int | None) -> Self:
        """Those that every reader of what stands under a seal may know of: open or released, or under that one too."""
        told = models.Q(seal__kind="open") | models.Q(seal__released_at__isnull=False)
        return self.filter(told | models.Q(seal=seal))

    def seen_on(self, day: date) -> Self:
        """Those that the reader might have seen on a day: what was released later was not open on it."""
        return self.filter(seal__in=RawSQL("SELECT seals_open_on(%s)", (day,)))

    def note_seals(self) -> None:
        """Note what the rows stand under, without reading the rows."""
        if noting() and self._result_cache is None:
            rows = self.all()
            rows.query.clear_limits()
            list(rows.order_by().values_list(*self._seal_keys()).distinct())

    def _fetch_all(self) -> None:
        asked = self._fields  # type: ignore[attr-defined]
        if asked is not None and not set(self._seal_keys()) <= set(asked):
            self.note_seals()
        super()._fetch_all()

    def _seal_keys(self) -> list[str]:
        return [field.attname for field in self.model._meta.concrete_fields if isinstance(field, SealKey)]
