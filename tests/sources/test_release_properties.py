"""Whatever anybody does with a seal, in any order and at any instant: no release by one, by the uncleared, or early."""

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from people.models import Grant, Person
from people.roles import Role
from sources.models import Clearance, Correction, Refused, Seal, Source
from sources.seals import acting_as
from tests.world import World, confidential

PEOPLE = ("director", "clerk", "both", "second_director", "second_clerk", "member", "admin")
ROLES = {
    "director": {"director"},
    "clerk": {"clerk"},
    "both": {"director", "clerk"},
    "second_director": {"director"},
    "second_clerk": {"clerk"},
    "member": set(),
    "admin": set(),
}
SOMEBODY = st.sampled_from((*PEOPLE, "director", "clerk", "both"))
"""Most often one of those who could, so that there are releases to be looked at."""
PAST, TO_COME = (timedelta(days=-2), timedelta(seconds=-1)), (timedelta(hours=1), timedelta(days=30))
AWAY = st.sampled_from((*PAST, *PAST, *TO_COME))
"""How far from now an embargo is said to end."""


class Deeds(RuleBasedStateMachine):
    """One seal, seven people, and a plain account of who may do what, kept beside the database's."""

    world: World
    releases: list[tuple[str, str]]

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        world = self.world
        self.people: dict[str, Person] = {
            "director": world.director, "clerk": world.clerk, "member": world.member, "admin": world.admin,
            "both": world.officer, "second_director": world.lead, "second_clerk": world.finance,
        }  # fmt: skip
        self.cleared = {"director", "clerk", "both"}
        self.until: datetime | None = None
        self.proposed_by: str | None = None
        self.correction: tuple[str, datetime, Any] | None = None
        self.released: tuple[str, str] | None = None

    @initialize(away=st.none() | AWAY)
    def sealed(self, away: timedelta | None) -> None:
        """A director seals it and clears two more."""
        self.until = None if away is None else self.world.now + away
        words = "Until then." if self.until else ""
        with acting_as(self.people["director"]):
            self.seal = Seal.make(confidential(until=self.until, words=words), by=self.people["director"])
            for part in ("clerk", "both"):
                self.seal.clear(self.people[part])
            self.source = Source.objects.create(
                kind="letter", title="Sealed", from_whom="Ofsted", received_on=self.world.today, seal=self.seal
            )

    def _try(self, who: str, deed: Any, *given: Any, allowed: bool, **named: Any) -> bool:
        """Do it, and see that the database allows just what the account does."""
        try:
            with acting_as(self.people[who]):
                deed(*given, **named)
        except Refused:
            done = False
        else:
            done = True
        assert done == allowed, (who, deed.__name__)
        return done

    def _is_over(self) -> bool:
        return self.until is None or self.until <= self.world.now

    def _may(self, who: str, *roles: str) -> bool:
        return self.released is None and who in self.cleared and bool(ROLES[who] & {*roles})

    @rule(who=SOMEBODY, whom=SOMEBODY)
    def clear(self, who: str, whom: str) -> None:
        """Somebody clears somebody."""
        allowed = self.released is None and who in self.cleared and whom not in self.cleared
        if self._try(who, self.seal.clear, self.people[whom], allowed=allowed):
            self.cleared.add(whom)

    @rule(who=SOMEBODY, whom=SOMEBODY)
    def withdraw(self, who: str, whom: str) -> None:
        """Somebody takes a clearance back."""
        allowed = self.released is None and {who, whom} <= self.cleared and len(self.cleared) > 1
        if self._try(who, self.seal.withdraw, self.people[whom], allowed=allowed):
            self.cleared.discard(whom)

    @rule(who=SOMEBODY)
    def propose(self, who: str) -> None:
        """Somebody proposes the release."""
        if self._try(who, self.seal.propose_release, allowed=self._may(who, "director") and self._is_over()):
            self.proposed_by = who

    @rule(who=SOMEBODY)
    def confirm(self, who: str) -> None:
        """Somebody confirms it."""
        by = self.proposed_by
        allowed = self._may(who, "clerk") and self._is_over() and by not in (None, who) and by in self.cleared
        if self._try(who, self.seal.confirm_release, allowed=allowed):
            assert by is not None
            self.released = (by, who)
            self.releases.append(self.released)

    @rule(who=SOMEBODY, away=AWAY)
    def propose_instant(self, who: str, away: timedelta) -> None:
        """Somebody says that it ends at another instant."""
        until = self.world.now + away
        sentence = f"Said {uuid.uuid4()}."
        allowed = self._may(who, "director", "clerk")
        if self._try(who, self.seal.propose_instant, until, words=sentence, allowed=allowed):
            with acting_as(self.people[who]):
                self.correction = (who, until, Correction.objects.of(self.seal)[0].key)

    @precondition(lambda self: self.correction is not None)
    @rule(who=SOMEBODY)
    def confirm_instant(self, who: str) -> None:
        """Somebody agrees to what was said last."""
        assert self.correction is not None
        by, until, key = self.correction
        allowed = self._may(who, "director", "clerk") and who != by and by in self.cleared
        if self._try(who, self.seal.confirm_instant, key, allowed=allowed):
            self.until, self.proposed_by, self.correction = until, None, None

    @invariant()
    def what_is_open_was_opened_by_two_cleared_people_once_it_was_over(self) -> None:
        """And it is open to everybody from then on; until then to the cleared alone."""
        for part in PEOPLE:
            with acting_as(self.people[part]):
                sees = Source.objects.filter(pk=self.source.pk).exists()
                assert sees == (self.released is not None or part in self.cleared), part
        if self.released is None:
            return
        with acting_as(None):
            seal = Seal.objects.get(pk=self.seal.pk)
            assert seal.released_at is not None
            assert seal.embargo_until is None or seal.released_at >= seal.embargo_until
        first, second = self.released
        assert (seal.released_by, seal.second_by) == (self.people[first], self.people[second])
        assert first != second
        assert "director" in ROLES[first]
        assert "clerk" in ROLES[second]
        with acting_as(self.people[first]):
            cleared = {clearance.person for clearance in Clearance.objects.current().filter(seal=seal)}
        assert {self.people[first], self.people[second]} <= cleared

    def teardown(self) -> None:
        """Nothing of it stays."""
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


@pytest.fixture
def with_roles(world: World) -> World:
    """Whoever is both a director and a clerk, and a second of each, who are no longer what they were."""
    for person, roles in (
        (world.officer, (Role.DIRECTOR, Role.CLERK)), (world.lead, (Role.DIRECTOR,)), (world.finance, (Role.CLERK,)),
    ):  # fmt: skip
        for role in roles:
            Grant.give(person, role, by=None, at=world.now)
    return world


def test_no_sequence_of_deeds_releases_early_alone_or_uncleared(with_roles: World) -> None:
    releases: list[tuple[str, str]] = []
    machine = type("DeedsHere", (Deeds,), {"world": with_roles, "releases": releases})
    _release_once(machine())
    assert releases == [("director", "clerk")], "Or no sequence would have anything to look at."
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=40, stateful_step_count=20, deadline=None, derandomize=True, database=None,
            phases=[Phase.generate, Phase.shrink], suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def _release_once(machine: Deeds) -> None:
    """As it should be: of the sequences that are drawn, some runs hold many that come so far, and some none."""
    machine.sealed(away=None)
    machine.propose(who="director")
    machine.confirm(who="clerk")
    machine.what_is_open_was_opened_by_two_cleared_people_once_it_was_over()
    machine.teardown()
