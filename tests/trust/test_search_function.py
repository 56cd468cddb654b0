"""The one function that looks past the policies, asked directly and in every way, finds nothing that is sealed."""

from collections.abc import Callable
from itertools import product

import pytest
from django.db import connection, transaction

from people.models import Person
from reports.models import Entry
from sources.seals import stamp
from tests.trust.asking import Stage
from tests.trust.scene import BEFORE, CLEARED, DRAFT, FIVE, READ_DRAFTS, SEALED, UNCLEARED

QUERIES = (
    f"{SEALED}:*", f"{SEALED}:*A", "worsen", "drift", "worsen & !nowhere", "!nowhere", "!contact", "x:* | !x", "9.1",
    "worsen <-> !x", f"{DRAFT}:*", "marigold",
)  # fmt: skip
THEMES = ("ARRAY(SELECT id FROM improvement_theme)", "'{}'", "NULL")
OWN = ("'{}'", "ARRAY(SELECT generate_series(1, 9999))", "NULL")


def _person(part: str) -> Person | None:
    return Person.objects.filter(email=f"{part.replace('_', '-')}@northmoor.example").first()


def _found() -> set[int]:
    """The key of every entry that the function gives, however it is called."""
    keys: set[int] = set()
    with connection.cursor() as cursor:
        for query, themes, own in product(QUERIES, THEMES, OWN):
            cursor.execute(
                f"SELECT id FROM entries_found(%s::tsquery, %s, {themes}::bigint[], {own}::bigint[], 2000)",
                [query, [*Entry.Kind.values, "no such kind"]],
            )
            keys |= {key for (key,) in cursor.fetchall()}
    return keys


@pytest.mark.parametrize("part", [*UNCLEARED, *CLEARED])
def test_the_function_finds_nothing_sealed_however_it_is_called(planted: Callable[..., Stage], part: str) -> None:
    with planted(FIVE, BEFORE).lit(), transaction.atomic():
        stamp(_person("director"))  # who is cleared on everything
        words = {entry.pk: f"{entry.title} {entry.words}".lower() for entry in Entry.objects.all()}
        stamp(_person(part))
        found = [words[key] for key in _found()]
    sealed = [said for said in found if SEALED in said or "marigold" in said]
    assert len(sealed) > 50 if part in CLEARED else sealed == []
    assert any(DRAFT in said for said in found) == (part in READ_DRAFTS)
    assert len(found) > 5


def test_no_other_function_that_looks_past_the_policies_gives_rows(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE prosecdef AND proretset"
            " AND has_function_privilege(current_user, oid, 'EXECUTE')"
        )
        assert {name for (name,) in cursor.fetchall()} == {"open_seals", "seals_open_on", "entries_found", "repeats"}
