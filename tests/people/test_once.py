"""A deed sent twice is done once, and nobody else's key stands in its way."""

import uuid

from people.models import Once
from tests.world import World


def test_a_key_is_good_once_for_each_person(world: World) -> None:
    key, at = uuid.uuid4(), world.now
    asked = (world.officer, world.officer, world.lead)
    assert [Once.claim(key, sent="", by=person, at=at) for person in asked] == [True, False, True]
    assert [Once.is_done(str(key), by=person) for person in (world.lead, world.clerk)] == [True, False]
