"""Two people who change many actions at the same moment neither lose words nor wait for each other for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections
from django.utils import timezone

from improvement.models import Refused
from monitoring.models import Update
from monitoring.together.deeds import GiveUpdate
from monitoring.together.looked_at import CHANGED, chosen_of, do, preview
from people.models import Person
from sources.seals import acting_as
from tests.world import World

TURNS = 5


def test_two_who_change_the_same_actions_at_once_wait_their_turn_and_one_looks_again(lasting_world: World) -> None:
    world, begun = lasting_world, Barrier(2)

    def one(person: Person, numbers: list[str]) -> list[str]:
        try:
            return [_give(world, person, numbers, begun) for _ in range(TURNS)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        both = threads.map(one, (world.lead, world.director), (["1.1", "1.2"], ["1.2", "1.1"]))
    told = [sentence for each in both for sentence in each]
    assert set(told) == {"", CHANGED}
    assert told.count("") == TURNS
    kept = Update.objects.filter(words="Said by many at once.").values_list("action__number", flat=True)
    assert sorted(kept) == ["1.1"] * TURNS + ["1.2"] * TURNS


def _give(world: World, person: Person, numbers: list[str], begun: Barrier) -> str:
    """Nothing where it was done, else the sentence."""
    deed = GiveUpdate(words="Said by many at once.", no_change=False)
    with acting_as(person):
        mark = preview(deed, chosen_of(person, numbers, on=world.today), person=person, on=world.today).mark
    begun.wait(timeout=20)  # both have looked
    try:
        with acting_as(person):
            do(deed, numbers, mark=mark, by=person, at=timezone.now())
    except Refused as sentence:
        return str(sentence)
    finally:
        begun.wait(timeout=20)  # both have done
    return ""
