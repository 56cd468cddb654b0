"""The small world at the end of an embargo."""

from datetime import timedelta

import pytest

from sources.models import Seal, Source
from sources.seals import acting_as
from tests.world import World, confidential


@pytest.fixture
def ended(world: World) -> World:
    """The world a while after the end of an embargo: another letter, that could be released."""
    with acting_as(world.director):
        world.seal = Seal.make(
            confidential(until=world.now - timedelta(hours=2), words="Not to be disclosed until this morning."),
            by=world.director,
        )
        world.seal.clear(world.clerk)
        world.letter = Source.objects.create(
            kind="letter", title="Letter of monitoring visit 2: Saffron", from_whom="Ofsted",
            received_on=world.today, seal=world.seal, words="Saffron casework is sound.",
        )  # fmt: skip
    return world
