"""A mail server for tests that takes what it likes: refuses some addresses, cannot be reached, or breaks off."""

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
    is_broken = False

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
