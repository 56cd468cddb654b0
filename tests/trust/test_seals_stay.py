"""No record is moved from one seal to another by hand: not to open it, not to close it, on no table, by nobody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from improvement.models import DayRange, Judgement
from reports import keeping
from reports.models import Paper, Passage, Section
from sources.models import Seal
from sources.seals import acting_as, stamp
from tests.trust.asking import Stage
from tests.trust.catalogue import GUARDS, MOVABLE
from tests.trust.scene import BEFORE, FIVE
from tests.world import confidential

STAYS = "A record stays under the seal that it was made under; two people release it."
COLUMNS = [(table, column) for table in sorted(MOVABLE) for column in GUARDS[table]]
"""Every table that the web role can change, with each of its seals."""


@pytest.fixture
def stage(planted: Callable[..., Stage]) -> Stage:
    """A world with rows under seal on nearly every table."""
    return planted(FIVE, BEFORE)


def run(statement: str, *given: Any) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, given)
        return int(cursor.rowcount)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_the_web_role_moves_no_row_to_another_seal_whoever_it_acts_for(stage: Stage, table: str, column: str) -> None:
    assert stage.planted is not None
    world, moves = stage.scene.world, 0
    with stage.lit(), transaction.atomic():
        with acting_as(world.director):
            _have_an_inspection(world)
            other = Seal.make(confidential(), by=world.director).pk
            for was in (0, 1, stage.planted.seal):
                for now in {0, 1, stage.planted.seal, other} - {was}:
                    if run(f"SELECT FROM {table} WHERE {column} = %s", was):
                        moves += 1
                        with pytest.raises(DatabaseError) as refused:
                            run(f"UPDATE {table} SET {column} = %s WHERE {column} = %s", now, was)
                        assert str(refused.value).splitlines()[0] == STAYS
        transaction.set_rollback(True)
    assert moves >= 3


def _have_an_inspection(world: Any) -> None:
    """Of which the scene has no days and no judgements."""
    inspection, day = world.plan.inspection, world.today
    DayRange.objects.create(inspection=inspection, starts_on=day, ends_on=day)
    Judgement.objects.create(inspection=inspection, key="overall", label="Overall", position=1)


def test_a_paper_leaves_the_seal_of_drafts_when_it_is_issued_and_its_rows_follow_it(stage: Stage) -> None:
    world = stage.scene.world
    with stage.lit(), transaction.atomic():
        stamp(world.director)
        paper = Paper.objects.get(pk=stage.scene.draft.pk)
        assert (paper.seal_id, Passage.objects.filter(section__paper=paper, seal=1).exists()) == (1, True)
        own = set(Passage.objects.filter(section__paper=paper).values_list("own_seal", flat=True))
        keeping.issue(paper, by=world.director, at=world.now)
        paper = Paper.objects.get(pk=paper.pk)
        parts = {*Section.objects.filter(paper=paper).values_list("seal", flat=True)}
        parts |= {*Passage.objects.filter(section__paper=paper).values_list("seal", flat=True)}
        assert (paper.seal_id, parts) == (0, {0})
        assert set(Passage.objects.filter(section__paper=paper).values_list("own_seal", flat=True)) == own
        assert stage.planted is not None
        assert own == {0, stage.planted.seal}
        transaction.set_rollback(True)


def test_the_trigger_lets_the_owner_s_keys_through_and_not_a_role_that_the_web_role_can_take(stage: Stage) -> None:
    with stage.lit(), transaction.atomic():
        stamp(stage.scene.world.director)
        run("SET LOCAL ROLE improvement_app")
        with pytest.raises(DatabaseError, match=STAYS):
            run("UPDATE monitoring_visit SET seal_id = 0 WHERE seal_id > 1")
        with pytest.raises(DatabaseError, match="permission denied"):
            run("SET LOCAL ROLE improvement_owner")
        transaction.set_rollback(True)
