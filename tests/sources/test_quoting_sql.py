"""The database asks of every save whether its words repeat words under seal, as the rule does."""

import pytest
from django.db import connection

from sources import quoting
from tests.sources.test_quoting import LETTER, SAYINGS


def _asked(sql: str, *given: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall())


@pytest.mark.parametrize(
    "said",
    [
        *SAYINGS, LETTER.upper(), LETTER.replace("weaknesses", "weak-\nnesses"), LETTER.replace(" ", "\u2003\r\n "),
        "Café ﬁles cost 3½, in visits¹ and visits[2] and visits3, under section 100A, R1 – or time\u00adscale 2019",
        "", "…—!", "One two three four five six seven", "1 of 2 in 3 or 4 to 5 of 6 by 7",
    ],
)  # fmt: skip
def test_the_database_and_the_rule_spell_alike(db: None, said: str) -> None:
    assert _asked("SELECT letters_of(%s)", said) == [(quoting.letters(said),)]
    assert _asked("SELECT letters, words FROM runs_of(%s) ORDER BY nth", said) == quoting.runs(said)
