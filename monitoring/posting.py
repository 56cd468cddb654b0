"""The nightly job: makes everybody's digest of what is due and not yet told, and sends whatever waits.

It acts for nobody, so that it reads what is open and no more. Each mail is a transaction of its own: a mail that fails
keeps nobody else's back, and what was sent is known to be sent though the run be cut off.
"""

from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from django.conf import settings
from django.core.mail import get_connection

from improvement.timing import counted
from monitoring.message import message
from monitoring.models import Digest, Reminding, take_time, take_turn
from monitoring.reckoning import due_now
from people.days import day_of
from sources.seals import acting_as

NO_SERVER = "This service has no mail server, so digests are made and kept, and none is sent."
MISTAKES = (OSError, ValueError)
"""Every fault of a mail server and of the way to it, and an address or a name that no mail can carry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a run, in numbers of digests."""

    sent: int
    failed: int
    waiting: int

    @property
    def words(self) -> str:
        """In a sentence or two."""
        waits = (
            f" {counted(self.waiting, 'digest')} {'waits' if self.waiting == 1 else 'wait'}." if self.waiting else ""
        )
        if not settings.EMAIL_HOST:
            return f"{NO_SERVER}{waits}"
        fails = f" {counted(self.failed, 'digest')} could not be sent, and will be tried again." if self.failed else ""
        return f"{counted(self.sent, 'digest')} sent.{fails or waits}"


def run(*, at: datetime, most: int | None = None) -> Outcome:
    """Make what is due, and send what waits: no more than so many, where somebody waits for it to end."""
    make(at=at)
    return send(at=at, most=most)


def make(*, at: datetime) -> None:
    """Put a digest into the outbox for everybody to whom something is due; of two runs at once, one after the other."""
    with acting_as(None):
        take_turn()
        Digest.make_all(due_now(on=day_of(at)), at=at)
        Reminding.has_run(at=at)


def send(*, at: datetime, most: int | None = None) -> Outcome:
    """Send what waits, those first that have been tried least. A server that cannot be reached is tried once a run."""
    waiting = list(Digest.objects.waiting().values_list("pk", flat=True)[:most]) if settings.EMAIL_HOST else []
    post = get_connection()
    faults: list[str | None] = []
    for number in waiting:
        try:
            post.open()
        except MISTAKES as why:
            faults += _put_off(waiting[len(faults) :], plain(why), at=at)
            break
        faults.append(_send(number, post, at=at))
    _hang_up(post)
    failed = sum(bool(fault) for fault in faults)
    return Outcome(sent=faults.count(""), failed=failed, waiting=Digest.objects.waiting().count())


def _send(number: int, post: Any, *, at: datetime) -> str | None:
    """What was wrong: nothing; or None where another run has it, or has sent it."""
    with acting_as(None):
        take_time()
        digest = Digest.objects.waiting().held().select_related("person").numbered(number)
        if digest is None:
            return None
        mail, fault = message(digest, site=settings.SITE_ADDRESS), ""
        mail.connection = post
        try:
            mail.send()
        except MISTAKES as why:
            fault = plain(why)
            _hang_up(post)
        digest.note(fault, at=at)
        return fault


def _put_off(numbers: list[int], fault: str, *, at: datetime) -> list[str]:
    Digest.objects.waiting().note_all(numbers, fault, at=at)
    return [fault] * len(numbers)


def _hang_up(post: Any) -> None:
    """So that the next mail begins with a connection of its own."""
    try:
        post.close()
    except OSError:
        post.connection = None


def plain(why: Exception) -> str:
    """What the mail server said, or what kept us from it."""
    if isinstance(why, SMTPRecipientsRefused):
        code, said = next(iter(why.recipients.values()))
        return f"The mail server refused the address: {code} {_text(said)}"
    if isinstance(why, SMTPResponseException):
        return f"The mail server answered {why.smtp_code} {_text(why.smtp_error)}"
    if isinstance(why, ValueError):
        return "The address or the name is not one that a mail can carry."
    return f"The mail server could not be reached: {why.strerror if isinstance(why, OSError) and why.strerror else why}"


def _text(said: bytes | str) -> str:
    return " ".join((said.decode(errors="replace") if isinstance(said, bytes) else said).split())
