"""Seals hold in the database, whatever the code above them does."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from improvement.models import Answer, Finding
from monitoring.models import Letter
from sources.models import Seal, Source
from sources.seals import acting_as, stamp
from tests.world import World, exempt


def _scalar(sql: str, *params: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def test_requests_run_as_a_web_role_that_row_security_binds(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, row_security_active('sources_source') FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, True)


def test_without_an_actor_nothing_sealed_is_visible_and_what_is_open_is(world: World) -> None:
    assert list(Source.objects.values_list("kind", flat=True)) == ["report"]
    assert list(Seal.objects.values_list("kind", flat=True)) == ["open"]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("part", ["director", "clerk"])
def test_a_cleared_person_sees_the_letter(world: World, part: str) -> None:
    with acting_as(getattr(world, part)):
        assert Source.objects.filter(pk=world.letter.pk).exists()


@pytest.mark.parametrize("part", ["officer", "lead", "finance", "member", "partner", "adviser", "admin"])
def test_no_role_sees_the_letter_without_a_clearance(world: World, part: str) -> None:
    with acting_as(getattr(world, part)):
        assert not Source.objects.filter(pk=world.letter.pk).exists()


@pytest.mark.parametrize(
    "forged", ["7", "{id}", "{id}.9999999999.abc", "{id}." + "0" * 64, "' OR 1=1 --", "-1", "{id}.{id}.{id}"]
)
def test_setting_an_actor_by_hand_makes_nobody(world: World, forged: str) -> None:
    with connection.cursor() as cursor:
        token = forged.replace("{id}", str(world.director.pk))
        cursor.execute("SELECT set_config('improvement.actor', %s, true)", [token])
    assert _scalar("SELECT actor()") is None
    assert not Letter.objects.exists()


def test_the_web_role_cannot_read_the_stamping_key_or_sign_with_it(world: World) -> None:
    for sql in ("SELECT inner_pad FROM sources_stampkey", "SELECT stamp_mac('1')", "SELECT bound_token('1')"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            _scalar(sql)


def test_an_account_that_was_closed_sees_nothing_sealed(world: World) -> None:
    world.director.is_active = False
    world.director.save()
    with acting_as(world.director):
        assert not Letter.objects.exists()


def test_nobody_proposes_a_release_before_the_embargo_ends(world: World) -> None:
    stamp(world.director)
    with pytest.raises(DatabaseError, match="embargo has not ended"), transaction.atomic():
        world.seal.propose_release()


def _unembargoed(world: World) -> Seal:
    with acting_as(world.director):
        seal = Seal.make(exempt(), by=world.director)
        seal.clear(world.clerk)
        Source.objects.create(kind="letter", title="Settled", from_whom="Ofsted", received_on=world.today, seal=seal)
    return seal


def test_a_release_takes_a_director_and_then_a_clerk(world: World) -> None:
    seal = _unembargoed(world)
    stamp(world.director)
    seal.propose_release()
    stamp(world.clerk)
    seal.confirm_release()
    stamp(None)
    assert Source.objects.filter(title="Settled").exists()


@pytest.mark.parametrize("alone", ["director", "clerk"])
def test_nobody_releases_alone(world: World, alone: str) -> None:
    seal = _unembargoed(world)
    stamp(getattr(world, alone))
    if alone == "director":
        seal.propose_release()
    with pytest.raises(DatabaseError), transaction.atomic():
        seal.confirm_release()
    stamp(None)
    assert not Source.objects.filter(title="Settled").exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE sources_seal SET released_at = now()",
        "UPDATE sources_seal SET kind = 'open'",
        "INSERT INTO sources_clearance (seal_id, person_id, given_at) SELECT id, 1, now() FROM sources_seal",
        "DELETE FROM sources_clearance",
        "UPDATE monitoring_tally SET n = 0",
        "DELETE FROM improvement_actionline",
        "UPDATE monitoring_update SET words = 'better'",
        "TRUNCATE improvement_action CASCADE",
        "ALTER TABLE sources_source NO FORCE ROW LEVEL SECURITY",
    ],
)
def test_the_web_role_cannot_undo_the_seals_or_the_past_by_hand(world: World, sql: str) -> None:
    stamp(world.director)
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        _scalar(sql)


def test_an_open_child_under_a_sealed_parent_is_impossible(world: World) -> None:
    stamp(world.director)
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.create(
            source=world.letter, theme=world.front_door, kind="visit", number="2", words="x", polarity="mixed",
            position=2, seal_id=0,
        )  # fmt: skip


def test_that_an_open_action_answers_a_sealed_finding_is_itself_sealed(world: World) -> None:
    with acting_as(world.director):
        finding = Finding.objects.of_visits().get()
        Answer.objects.create(action=world.started, finding=finding, finding_seal=world.seal)
        assert world.started.findings.count() == 2
    assert world.started.findings.count() == 1


def test_a_stamp_ends_with_its_transaction(world: World) -> None:
    with acting_as(world.director):
        token = _scalar("SELECT current_setting('improvement.actor')")
    assert _scalar("SELECT current_setting('improvement.actor', true)") == ""
    assert str(token).startswith(f"{world.director.pk}.")
    assert world.now + timedelta(days=7) == world.seal.embargo_until
