"""The scene of the leak programme: Northmoor with open facts for everybody and sealed facts planted among them.

Every word of a sealed fact begins with one mark and every word of a draft with another, so that a leak can be found
by looking for letters. The sealed facts of two worlds differ in words, numbers, dates and numbers of rows.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client

from improvement.models import Action, Answer, Finding, Milestone, Response, Revision, Updater
from monitoring import posting, progress
from monitoring.models import (
    Evidence,
    Gauge,
    Instrument,
    Letter,
    Measure,
    Reading,
    Resource,
    Risk,
    Standing,
    Visit,
)  # fmt: skip
from people import admission
from people.models import Grant, Person
from people.roles import Role
from reports import keeping
from reports.models import Paper
from sources.models import Seal, Source
from sources.seals import acting_as
from tests import world as small
from tests.reports.northmoor import composed, made_ready
from tests.reports.papers import short

SEALED, DRAFT = "quxaly", "quxdraft"
"""No word of the language, of a file format or of a random key has these letters in a row."""
KINDS = (
    "letter", "title", "finding", "action", "promise", "success", "milestone", "update", "evidence", "shown",
    "blocker", "from", "climb", "revision", "override", "measure", "definition", "instrument", "focus", "areas",
    "paper", "passage", "citation", "file", "extension", "response", "notice", "requirement",
    "risk", "cause", "event", "effect", "mitigation", "judged", "closing", "resource", "funding", "purpose", "bought",
)  # fmt: skip
ABSENT = {
    **dict.fromkeys(("finding", "visit", "paper", "source", "exhibit", "risk", "resource"), "absent2222"),
    "action": "8.7",
    "measure": "absentmeasure",
}


@dataclass(frozen=True)
class Facts:
    """What one world keeps under seal."""

    name: str
    rows: int
    days: int
    """By how many days its dates lie apart from the other world's."""

    def word(self, kind: str, row: int = 1) -> str:
        """A sealed word: “quxalyfinding3abel”, of another length in the other world."""
        return f"Quxaly{kind}{row}{self.name}"


FIVE = Facts("abel", rows=5, days=0)
EIGHT = Facts("bartholomew", rows=8, days=17)


@dataclass
class Scene:
    """The open part, alike in every world; `keys` are the session keys of whoever is signed in."""

    world: small.World
    second: Visit
    draft: Paper
    paper: Paper
    invitation: str
    """The token of a link that is out."""
    keys: dict[str, str] = field(default_factory=dict)


@dataclass
class Planted:
    """The addresses of what was planted under one seal."""

    seal: int
    source: str
    finding: str
    visit: str
    action: str = "9.1"
    measure: str = "hiddenmeasure"
    paper: str = "hidden2222"
    exhibit: str = "hiddenfile"
    risk: str = "hiddenrisk"
    resource: str = "hiddenfund"


CLEARED = ("director", "clerk")
UNCLEARED = (
    "nobody", "officer", "lead", "second_director", "second_clerk", "finance", "member", "adviser", "partner", "admin",
    "expired", "closed",
)  # fmt: skip
"""Every role of R16 without a clearance, a visitor, somebody whose grant has ended, and a closed account."""
READ_DRAFTS = frozenset({"second_director", "second_clerk", "finance", *CLEARED})


def set_up() -> Scene:
    """The open facts, and everybody signed in; run once, in a database that is then cloned."""
    with transaction.atomic():
        world = small.build()
        made_ready(world)
        second = Visit.objects.create(
            inspection=world.plan.inspection, ordinal=2, starts_on=world.today - timedelta(days=5),
            ends_on=world.today - timedelta(days=4), focus="Thresholds", areas="Consent.", inspectors="Two inspectors",
        )  # fmt: skip
        people = world.everyone() | _others(world)
        draft = _draft(world)
        paper = composed(world, visit=world.visit)
        invitation = admission.invite(world.officer, by=world.admin, at=world.now)
        seen = progress.show(
            world.started, kind="audit", title="Dip sample", words="37 of 40.", dated_on=world.today, by=world.officer,
            at=world.now, file=ContentFile(b"\x89PNG\r\n\x1a\nopen", name="sample.png"),
        )  # fmt: skip
        Evidence.objects.filter(pk=seen.pk).update(reference="shownfile2")
    _open_register(world)
    # Only now, since a closed account cannot sign in.
    keys = {part: _signed_in(person) for part, person in people.items()}
    Person.objects.filter(pk=people["closed"].pk).update(is_active=False)
    return Scene(world, second, draft, paper, invitation, keys)


def _open_register(world: small.World) -> None:
    """A risk and a resource that everybody reads, a partner among them."""
    tied = {"themes": [world.front_door, world.workforce], "actions": [world.started], "lead": world.theirs.lead,
            "by": world.director, "at": world.now}  # fmt: skip
    risk = Risk.enter(
        world.plan, title="Agency workers leave", cause="Contracts end", event="A team is halved", effect="Delay",
        likelihood=3, impact=4, mitigation="Spread.", review_on=world.today + timedelta(days=9), **tied,
    )  # fmt: skip
    resource = Resource.secure(
        world.plan, title="Practice academy", kind="one_off", amount=9000, posts=None, funding="A grant",
        purpose="Training", secured_on=world.today, until_on=None, **tied,
    )  # fmt: skip
    Risk.objects.filter(pk=risk.pk).update(reference="shownrisk2")
    Resource.objects.filter(pk=resource.pk).update(reference="shownfund2")


def _others(world: small.World) -> dict[str, Person]:
    roles = {
        "second_director": Role.DIRECTOR,
        "second_clerk": Role.CLERK,
        "expired": Role.DIRECTOR,
        "closed": Role.CLERK,
    }
    people = {}
    for part, role in roles.items():
        person = Person.objects.add(email=f"{part.replace('_', '-')}@northmoor.example", name=f"A {role.label}")
        ends_on = world.today - timedelta(days=3) if part == "expired" else None
        Grant.give(person, role, by=None, at=world.now - timedelta(days=300), ends_on=ends_on)
        people[part] = person
    return people


def _signed_in(person: Person) -> str:
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _draft(world: small.World) -> Paper:
    value = short()
    head = replace(value.head, title="Quxdrafttitle", summary=("Quxdraftsummary",))
    first = value.sections[0]
    blocks = (replace(first.blocks[0], text="Quxdraftwords are not out."), *first.blocks[1:])
    with acting_as(world.director):
        return keeping.keep(
            replace(value, head=head, sections=(replace(first, blocks=blocks), *value.sections[1:])),
            by=world.director, at=world.now,
        )  # fmt: skip


@dataclass(frozen=True)
class State:
    """A state of the letter: when its embargo ends, whether it was released, whether Ofsted ever publishes it."""

    name: str
    ends_after: timedelta | None = None
    released: bool = False
    kind: str = "confidential"


STATES = (
    State("draft", ends_after=timedelta(days=7), kind="exempt"),
    State("before", ends_after=timedelta(days=7)),
    State("passed", ends_after=timedelta(seconds=-1)),
    State("never", ends_after=None),
    State("released", ends_after=timedelta(seconds=-1), released=True),
)
BEFORE = STATES[1]
SAME_AUDIT_HEAD = """
    ALTER TABLE reports_paper DISABLE TRIGGER USER;
    ALTER TABLE reports_paper NO FORCE ROW LEVEL SECURITY;
    UPDATE reports_paper SET audit_head = repeat('a', 64) WHERE audit_head <> '';
    ALTER TABLE reports_paper FORCE ROW LEVEL SECURITY;
    ALTER TABLE reports_paper ENABLE TRIGGER USER;
"""
"""Two worlds did not do the same, so the hashes that their papers print differ, and tell nobody in what. Made alike,
before anybody asks, they leave nothing to be masked, in a PDF either; every other byte is compared as it is."""


def plant(scene: Scene, facts: Facts, state: State = BEFORE) -> Planted:
    """Put the sealed facts into whichever database is at hand."""
    world = scene.world
    now = world.now
    with acting_as(world.director):
        seal = _sealed(scene, facts, state)
        letter = _letter(scene, facts, seal, final=state.name != "draft")
        findings = _findings(scene, facts, letter, seal)
        _requirements(scene, facts, seal)
        actions = [_action(scene, facts, seal, findings, row) for row in range(1, facts.rows + 1)]
        _measures(scene, facts, seal, actions)
        _register(scene, facts, actions)
        visit = _visits(scene, facts, seal)
        _sealed_paper(scene, facts, seal)
        paper = composed(world, visit=scene.second)
        Paper.objects.filter(pk=paper.pk).update(reference="compose222")
        _put_into(scene.paper, facts, seal)
        _put_into(scene.draft, facts, seal)
        keeping.issue(Paper.objects.get(pk=scene.paper.pk), by=world.director, at=now)
    if state.released:
        with acting_as(world.director):
            seal.propose_release()
        with acting_as(world.clerk):
            seal.confirm_release()
    posting.make(at=now)
    return Planted(seal=seal.pk, source=letter.reference, finding=findings[0].reference, visit=visit)


def _sealed(scene: Scene, facts: Facts, state: State) -> Seal:
    until = _later(scene, facts, state) if state.ends_after is not None else None
    words = f"Not before then, {facts.word('citation')}." if until else ""
    world = scene.world
    grounds = small.exempt() if state.kind == "exempt" else small.confidential()
    if state.kind == "exempt":
        grounds = replace(grounds, public_interest=facts.word("interest"))
    seal = Seal.make(replace(grounds, citation=facts.word("citation"), until=until, words=words), by=world.director)
    seal.clear(world.clerk)
    return seal


def _later(scene: Scene, facts: Facts, state: State) -> datetime:
    assert state.ends_after is not None
    apart = timedelta(days=facts.days)
    return scene.world.now + state.ends_after + (apart if state.ends_after > timedelta(0) else -apart)


def _letter(scene: Scene, facts: Facts, seal: Seal, *, final: bool) -> Source:
    today = scene.world.today
    letter = Source.objects.create(
        reference="letter2222",
        kind="letter",
        title=facts.word("title"),
        from_whom="Ofsted",
        seal=seal,
        received_on=today - timedelta(days=1 + facts.days),
        words=f"{facts.word('letter')} drifted.",
        dated_on=today - timedelta(days=2 + facts.days),
    )
    Letter.objects.create(
        visit=scene.second, source=letter, seal=seal, state="final" if final else "draft",
        draft_received_on=today - timedelta(days=1), final_received_on=today if final else None,
    )  # fmt: skip
    return letter


def _requirements(scene: Scene, facts: Facts, seal: Seal) -> None:
    """A notice under the seal, its requirements, and what the council says to each."""
    world = scene.world
    notice = Source.objects.create(
        kind="notice", title=facts.word("notice"), from_whom="The Department", seal=seal, received_on=world.today
    )
    for row in range(1, facts.rows + 1):
        words = f"{facts.word('requirement', row)} at once."
        required = Finding.require(
            notice, number=f"N{row}", words=words, theme=world.workforce, by=world.director, at=world.now
        )
        Response.give(
            required, "declined", reason=facts.word("response", row), by=world.director, at=world.now,
            until_on=world.today + timedelta(days=20 + facts.days),
        )  # fmt: skip


def _findings(scene: Scene, facts: Facts, letter: Source, seal: Seal) -> list[Finding]:
    themes = (scene.world.front_door, scene.world.workforce)
    return [
        Finding.objects.create(
            source=letter, seal=seal, theme=themes[row % 2], kind="visit" if row % 3 else "recommendation",
            number=f"{row}", words=f"{facts.word('finding', row)} worsened.", polarity="not_progressed", position=row,
        )
        for row in range(1, facts.rows + 1)
    ]  # fmt: skip


def _action(scene: Scene, facts: Facts, seal: Seal, findings: list[Finding], row: int) -> Action:
    """A sealed action of an officer and a partner, answering sealed and open findings, with all that hangs on it."""
    world = scene.world
    now, today, by = world.now, world.today, world.director
    due_on = today + timedelta(days=3 * row - 9 - facts.days)
    action = Action.objects.create(
        plan=world.plan, theme=(world.front_door, world.workforce)[row % 2], number=f"9.{row}", position=90 + row,
        title=facts.word("action", row), words=facts.word("promise", row), success=facts.word("success", row),
        lead=world.theirs.lead, seal=seal, starts_on=today - timedelta(days=80), due_on=due_on, first_due_on=due_on,
    )  # fmt: skip
    Standing.restate(action, at=now - timedelta(days=60 - facts.days))
    Updater.objects.create(action=action, person=world.officer, seal=seal)
    for finding in (findings[row - 1], *Finding.objects.filter(seal_id=0)):
        Answer.objects.create(action=action, seal=seal, finding=finding, finding_seal_id=finding.seal_id)
    Answer.objects.create(action=world.started, finding=findings[row - 1], finding_seal=seal)
    step = Milestone.objects.create(
        action=action, seal=seal, words=facts.word("milestone", row), due_on=today, position=1
    )
    at = now - timedelta(days=20 + facts.days, hours=row)
    progress.make(action, "start", by=by, at=at, reason="Begun")
    progress.update(action, words=facts.word("update", row), by=world.officer, at=at + timedelta(days=1))
    progress.block(
        action,
        waiting_for=facts.word("blocker", row),
        from_whom=facts.word("from", row),
        by=by,
        at=at + timedelta(days=2),
    )
    progress.reach(step, by=by, at=at + timedelta(days=3))
    proof = Evidence.objects.create(
        action=action, seal=seal, kind="audit", title=facts.word("evidence", row), words=facts.word("shown", row),
        dated_on=today - timedelta(days=60 + row), added_by=by, added_at=now,
    )  # fmt: skip
    progress.ask_extension(
        action, due_on + timedelta(days=40), reason="capacity", words=facts.word("extension", row), by=world.officer,
        at=at + timedelta(days=4),
    )  # fmt: skip
    _file(proof, facts.word("file", row), facts=facts, row=row, by=by, at=now)
    progress.climb(
        action, "evidenced", evidence=proof, by=by, at=at + timedelta(days=4), reason=facts.word("climb", row)
    )
    progress.revise(
        action, due_on + timedelta(days=5), reason=Revision.Reason.PARTNER, words=facts.word("revision", row), by=by,
        at=at + timedelta(days=5), meeting=world.meeting,
    )  # fmt: skip
    progress.override(
        action, "red", until_on=today + timedelta(days=5), reason=facts.word("override", row), by=by,
        at=at + timedelta(days=6),
    )  # fmt: skip
    return action


def _file(proof: Evidence, words: str, *, facts: Facts, row: int, by: Person, at: datetime) -> None:
    """A file whose name and whose content are under seal."""
    if (row, facts) == (1, FIVE):
        Evidence.objects.filter(pk=proof.pk).update(reference="hiddenfile")
    content = b"\x89PNG\r\n\x1a\n" + words.encode()
    progress.exhibit(proof, file=ContentFile(content, name=f"{words}.png"), by=by, at=at)


def _register(scene: Scene, facts: Facts, actions: list[Action]) -> None:
    """Risks and resources of sealed actions, which stand under their seal, and of open ones."""
    world = scene.world
    by, now = world.director, world.now
    for row, action in enumerate(actions, start=1):
        judged = {"mitigation": facts.word("mitigation", row), "words": facts.word("judged", row),
                  "review_on": world.today + timedelta(days=row)}  # fmt: skip
        tied = {"themes": [world.front_door, world.workforce], "actions": [action, world.started]}
        risk = Risk.enter(
            world.plan, title=facts.word("risk", row), cause=facts.word("cause", row), event=facts.word("event", row),
            effect=facts.word("effect", row), lead=world.theirs.lead, by=by, at=now, likelihood=3, impact=3, **tied,
            **judged,
        )  # fmt: skip
        risk.assess(likelihood=5, impact=5, by=by, at=now, **judged)
        risk.close(reason=facts.word("closing", row), by=by, at=now)
        risk.reopen(reason=facts.word("closing", row), by=by, at=now)
        resource = Resource.secure(
            world.plan, title=facts.word("resource", row), kind="one_off", amount=1000 + facts.days + row, posts=None,
            funding=facts.word("funding", row), purpose=facts.word("purpose", row), secured_on=world.today,
            until_on=None, lead=world.theirs.lead, by=by, at=now, **tied,
        )  # fmt: skip
        resource.buy(words=facts.word("bought", row), bought_on=world.today, by=by, at=now)
        if (row, facts) == (1, FIVE):
            Risk.objects.filter(pk=risk.pk).update(reference="hiddenrisk")
            Resource.objects.filter(pk=resource.pk).update(reference="hiddenfund")


def _measures(scene: Scene, facts: Facts, seal: Seal, actions: list[Action]) -> None:
    world = scene.world
    for row in range(1, facts.rows + 1):
        slug = ("hiddenmeasure" if facts is FIVE else "behindmeasure") + ("" if row == 1 else f"-{row}")
        measure = Measure.objects.create(
            theme=world.front_door, seal=seal, slug=slug, name=facts.word("measure", row),
            definition=facts.word("definition", row), numerator="So many", denominator="Of so many", unit="percent",
            better="higher", target=50 + facts.days + row, position=1 + row,
        )  # fmt: skip
        for month in range(1, row + 1):
            Reading.objects.create(
                measure=measure, seal=seal, period_on=(world.today - timedelta(days=31 * month)).replace(day=1),
                numerator=facts.days + row, denominator=100,
            )  # fmt: skip
        Gauge.objects.create(measure=measure, measure_seal=seal, action=world.started)
        Gauge.objects.create(measure=measure, measure_seal=seal, action=actions[row - 1], seal=seal)


def _visits(scene: Scene, facts: Facts, seal: Seal) -> str:
    world = scene.world
    for row in range(1, facts.rows + 1):
        Instrument.objects.create(
            inspection=world.plan.inspection, seal=seal, kind="notice", words=facts.word("instrument", row),
            issued_on=world.today - timedelta(days=row + facts.days),
        )  # fmt: skip
    visits = [
        Visit.objects.create(
            inspection=world.plan.inspection, seal=seal, ordinal=2 + row, focus=facts.word("focus", row),
            starts_on=world.today + timedelta(days=30 + row + facts.days), inspectors="Three inspectors",
            ends_on=world.today + timedelta(days=31 + row + facts.days), areas=facts.word("areas", row),
            ofsted_publishes=False,
        )
        for row in range(1, facts.rows - 2)
    ]  # fmt: skip
    return visits[0].reference


def _sealed_paper(scene: Scene, facts: Facts, seal: Seal) -> None:
    """Papers that stand under the letter's own seal, whole, and that were issued to those who are cleared."""
    world, value = scene.world, short()
    for row in range(1, facts.rows + 1):
        head = replace(value.head, title=facts.word("paper", row))
        kept = keeping.keep(replace(value, head=head), by=world.director, at=world.now)
        Paper.objects.filter(pk=kept.pk).update(
            seal=seal, body=world.meeting.body, meeting_on=world.meeting.held_on, state="issued", issued_at=world.now,
            reference="hidden2222" if (row, facts) == (1, FIVE) else f"{facts.name[:4]}{row}22222"[:10],
        )  # fmt: skip


def _put_into(paper: Paper, facts: Facts, seal: Seal) -> None:
    """Sealed passages in a paper that is itself open, or a draft."""
    first = paper.sections.order_by("position").first()
    assert first is not None
    for row in range(1, facts.rows + 1):
        first.passages.create(
            position=row, kind="paragraph", text=facts.word("passage", row), origin=facts.word("passage", row),
            seal_id=first.seal_id, own_seal=seal, rows="/visits/",
        )  # fmt: skip
