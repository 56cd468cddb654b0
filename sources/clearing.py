"""What a person is cleared on: each document under seal, where it stands, and what they could do with it now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from people.days import day_of
from people.models import Person
from people.roles import Permission
from sources.embargo import Reading, countdown, proposal, warning
from sources.models import Clearance, Correction, Proposal, Seal, SealLine, SealRead, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document under seal as someone cleared on it sees it."""

    source: Source
    seal: Seal
    cleared: list[Clearance]
    proposal: Proposal | None
    state: str
    warning: str | None
    countdown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A deed that a person could do now: the name of its address, and the words of its link."""

    to: str
    words: str


def documents_for(person: Person, *, at: datetime) -> list[Document]:
    """Every document that the person is cleared on: what is held first, the soonest end before the latest."""
    found = [_document(source, at) for source in Source.objects.for_the_cleared(person).with_terms()]
    return sorted(
        found, key=lambda document: (document.seal.is_open, document.seal.embargo_until or at, document.source.title)
    )


def document_for(person: Person, reference: str, *, at: datetime) -> Document | None:
    """The document of a reference; none is the answer alike for what is hidden and for what never was."""
    source = Source.objects.for_the_cleared(person).with_terms().filter(reference=reference).first()
    return _document(source, at) if source else None


def history(document: Document) -> list[dict[str, Any]]:
    """What has been done with its seal, the latest first."""
    lines = SealLine.objects.filter(seal=document.seal).select_related("by").order_by("-at", "-id")
    return [{"title": f"{line.by} {line.says}", "at": line.at, "words": line.reason} for line in lines]


def readings(document: Document) -> Any:
    """Who has read what stands under its seal, the latest first; of one page within one minute, once."""
    return SealRead.objects.of(document.seal).by_minute()


def correction_waiting(document: Document) -> Correction | None:
    """The instant that somebody has proposed and nobody yet confirmed."""
    latest = Correction.objects.of(document.seal).first()
    return latest if latest and latest.second_at is None and not document.seal.is_open else None


def stricter(correction: Correction | None) -> Reading | None:
    """What the sentence of a correction would have it be, where that is later than what was typed."""
    reading = proposal(correction.words) if correction else None
    return reading if correction and reading and reading.until > correction.until else None


def offers(document: Document, person: Person, *, correction: Correction | None, at: datetime) -> Iterator[Offer]:
    """What the person could do now, as far as can be told without doing it; the database has the last word."""
    if document.seal.is_open:
        return
    proposes, confirms = (
        person.may(which, on=day_of(at)) for which in (Permission.PROPOSE_RELEASE, Permission.CONFIRM_RELEASE)
    )
    is_over = (document.seal.embargo_until or at) <= at
    if proposes and is_over and not document.proposal:
        yield Offer(to="propose_release", words="Propose the release")
    if confirms and is_over and document.proposal and document.proposal.by != person:
        yield Offer(to="confirm_release", words="Confirm the release")
    if correction and correction.by != person and (proposes or confirms):
        yield Offer(to="confirm_instant", words="Read and confirm the corrected end of the embargo")
    if proposes or confirms:
        yield Offer(to="propose_instant", words="Correct when the embargo ends")
    yield Offer(to="clear_person", words="Clear a named person")
    if len(document.cleared) > 1:
        yield Offer(to="withdraw_clearance", words="Withdraw a clearance")


def waiting_for(person: Person, *, at: datetime) -> int:
    """How many held documents near or past their embargo's end wait for the person, who can help to release them."""
    today = day_of(at)
    if not any(person.may(which, on=today) for which in (Permission.PROPOSE_RELEASE, Permission.CONFIRM_RELEASE)):
        return 0
    ends = Source.objects.for_the_cleared(person).held().values_list("seal__embargo_until", flat=True)
    return sum(warning(end, now=at) is not None for end in ends)


def people_to_clear(document: Document) -> list[Person]:
    """Whoever can sign in and is not cleared on it."""
    cleared = [clearance.person_id for clearance in document.cleared]
    return list(Person.objects.filter(is_active=True).exclude(pk__in=cleared).order_by("name", "email"))


def others(person: Person) -> list[Person]:
    """Everybody else who can sign in, by name."""
    return list(Person.objects.filter(is_active=True).exclude(pk=person.pk).order_by("name", "email"))


def told_of(source: Source) -> list[dict[str, Any]]:
    """What has been done with a document, the latest first."""
    return [
        {"title": f"{line.by or 'The system'} {line.says}", "at": line.at, "words": line.reason}
        for line in source.lines.select_related("by").order_by("-at", "-id")
    ]


def _document(source: Source, at: datetime) -> Document:
    seal: Any = source.seal
    # A proposal counts for as long as whoever made it is cleared; the database asks the same when it is confirmed.
    proposal: Proposal | None = getattr(seal, "proposal", None)
    if proposal and proposal.by not in [clearance.person for clearance in seal.cleared]:
        proposal = None
    end = seal.embargo_until
    return Document(
        source=source, seal=seal, cleared=seal.cleared, proposal=proposal, state=_state(seal, proposal, at),
        warning=None if seal.is_open else warning(end, now=at),
        countdown=countdown(end, now=at) if end and not seal.is_open else "",
    )  # fmt: skip


def _state(seal: Seal, proposal: Proposal | None, at: datetime) -> str:
    if seal.is_open:
        return f"Released: {seal.released_by} proposed it and {seal.second_by} confirmed it"
    if (seal.embargo_until or at) > at:
        return "Held: nobody can release it before the embargo ends"
    if proposal:
        return f"Held: {proposal.by} has proposed the release, and a clerk must confirm it"
    return "Held: a director can propose the release, and then a clerk confirm it"
