"""A mail server for tests that takes what it likes: refuses an address, cannot be reached, breaks off or is slow."""

import time
from collections.abc import Sequence
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any, ClassVar

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

HERE = f"{__name__}.Server"


class Server(BaseEmailBackend):
    """What it took is in `mail.outbox`, as Django's own has it."""

    refuses: ClassVar[set[str]] = set()
    breaks_off_at: ClassVar[set[str]] = set()
    is_away: ClassVar[bool] = False
    thinks: ClassVar[float] = 0
    """For so many seconds before it takes a mail."""
    is_broken = False

    @classmethod
    def as_usual(cls) -> None:
        """Take everything at once."""
        cls.refuses, cls.breaks_off_at, cls.is_away, cls.thinks = set(), set(), False, 0

    def open(self) -> bool:
        """Be reached, or not."""
        if self.is_away:
            raise ConnectionRefusedError(111, "Connection refused")
        self.is_broken = False
        return True

    def close(self) -> None:
        """Hang up."""
        if self.is_broken:
            raise SMTPServerDisconnected("please run connect() first")

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        """Take them, or say why not."""
        for message in email_messages:
            self._take(message)
        return len(email_messages)

    def _take(self, message: EmailMessage) -> None:
        time.sleep(self.thinks)
        [address] = message.to
        if self.is_broken:
            raise SMTPServerDisconnected("please run connect() first")
        if address in self.breaks_off_at:
            self.is_broken = True
            raise SMTPServerDisconnected("Connection unexpectedly closed")
        if address in self.refuses:
            raise SMTPRecipientsRefused({address: (550, b"5.1.1 No such user here")})
        message.message()
        mail.outbox.append(message)
