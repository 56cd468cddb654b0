"""The database's own catalogue says what was agreed, line by line."""

import pytest
from django.db import connection

from config.pgversions import is_safe
from sources.guarding import EXEMPT
from tests.trust.catalogue import GUARDS
from tests.trust.catalogue import faults as faults_of


def test_the_catalogue_is_as_it_was_agreed(db: None) -> None:
    with connection.cursor() as cursor:
        assert faults_of(cursor) == []


def test_no_table_is_both_guarded_and_exempt() -> None:
    assert GUARDS.keys() & EXEMPT.keys() == set()


@pytest.mark.parametrize(
    ("version", "safe"),
    [(140019, False), (150013, False), (150014, True), (160009, False), (170006, True), (180006, True), (190000, True)],
)
def test_a_server_without_the_repairs_of_row_security_is_not_good_enough(version: int, safe: bool) -> None:
    assert is_safe(version) is safe
