"""No e-mail carries a sealed word, title or count, whoever it goes to and whoever had it sent."""

from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from improvement.models import Action
from monitoring import posting
from monitoring.models import Digest, Notice
from monitoring.reckoning import due_now
from people.models import Person
from sources.models import Seal
from sources.seals import acting_as, stamp
from tests.trust.asking import Stage
from tests.trust.looking import BASE, left_behind
from tests.trust.report import Report
from tests.trust.scene import DRAFT, SEALED

CARRIERS = ("officer", "partner", "admin", "lead")


@pytest.fixture
def _mailed(settings: Any) -> None:
    settings.EMAIL_HOST, settings.SITE_ADDRESS = "mail.northmoor.example", "https://plan.northmoor.example"


def _clear_everybody(stage: Stage) -> list[Person]:
    """Whoever updates or leads sealed actions, and the administrator, may see them: nobody is left uncleared."""
    people = [getattr(stage.scene.world, part) for part in CARRIERS]
    assert stage.planted is not None
    with acting_as(stage.scene.world.director):
        seal = Seal.objects.get(pk=stage.planted.seal)
        for person in people:
            seal.clear(person)
    return [*people, stage.scene.world.director]


def _sent(stage: Stage, *, by: Person | None) -> list[str]:
    """All that is mailed in a world where nothing has been told yet, its random names apart; then all is undone."""
    mail.outbox.clear()
    with stage.lit(), transaction.atomic():
        assert stage.planted is not None
        people, seal = _clear_everybody(stage), stage.planted.seal
        Digest.objects.all().delete()
        stamp(by)
        posting.run(at=stage.scene.world.now)
        keys = [str(key) for key in Digest.objects.values_list("key", flat=True)]
        # What is due that is sealed is there to be leaked, or this would show nothing.
        for person in people[:2]:
            with acting_as(person):
                sealed = {action.pk for action in Action.objects.all() if action.seal_id == seal}
                due = due_now(on=stage.scene.world.today)
                assert {thing.action for thing in due[person.pk]} & sealed
        transaction.set_rollback(True)
    return sorted(_nameless(str(message.message()), keys) for message in mail.outbox)


def _nameless(said: str, keys: list[str]) -> str:
    for key in keys:
        said = said.replace(key, "KEY")
    lines = [line for line in said.splitlines() if "===" not in line and not line.startswith("Date: ")]
    return "\n".join(lines)


@pytest.mark.usefixtures("_mailed")
@pytest.mark.parametrize("part", ["", "director", "admin"])
def test_no_mail_carries_a_sealed_word_though_all_its_readers_are_cleared_and_whoever_sends_it(
    worlds: tuple[Stage, Stage], part: str, report: Report
) -> None:
    by = getattr(worlds[0].scene.world, part) if part else None
    with report.of("L14 mail") as count:
        said = _sent(worlds[0], by=by)
        leaks = [mark for mark in (SEALED, DRAFT, BASE, "9.1") if any(mark in mail.lower() for mail in said)]
        leaks += [where for where, what in left_behind(worlds[0]) if SEALED in what.lower()]
        count.states.add(f"{len(said)} digests")
        count.leaks = len(leaks)
    assert leaks == []
    assert any("Record consent on every contact" in mail for mail in said)


@pytest.mark.usefixtures("_mailed")
def test_mails_of_two_worlds_are_the_same_byte_by_byte(worlds: tuple[Stage, Stage]) -> None:
    one, other = (_sent(world, by=None) for world in worlds)
    assert one == other


def test_what_is_kept_of_a_run_is_open_for_everybody(worlds: tuple[Stage, Stage]) -> None:
    for world in worlds:
        with world.lit(), transaction.atomic():
            posting.make(at=world.scene.world.now)
            stamp(world.scene.world.director)
            assert {notice.seal_id for notice in Notice.objects.all()} == {0}
            transaction.set_rollback(True)


def test_a_released_action_is_told_of_like_any_other(stage: Stage) -> None:
    with stage.lit(), transaction.atomic():
        told = Notice.objects.to(stage.scene.world.officer).with_actions()
        numbers = {notice.action.number for notice in told}
        transaction.set_rollback(True)
    assert any(number.startswith("9.") for number in numbers) == stage.name.endswith("_released")
