"""A digest as an e-mail, in plain text and in HTML: what is told of each action, the most pressing first.

Its subject, its name and its links carry no word of the plan; whatever its notices say of is open to everybody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from textwrap import fill
from typing import Any
from urllib.parse import urlsplit

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from improvement.timing import counted, written
from monitoring.models import Digest, Notice
from monitoring.reminding import Kind
from people.models import Council

MOST = 40
"""So many actions are told of in one mail; the rest are on the page it leads to."""
MOST_READ = 5 * MOST
"""So many notices are read for them, the most pressing first: a director may be told of thousands at once."""
FOOT = (
    "Each thing is told once. What is overdue, and what others wait for, is told to whoever can act on it; "
    "of the rest you choose what you want to be reminded of:"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One action with all that is told of it."""

    kind: Kind
    title: str
    says: tuple[str, ...]
    whose: str
    link: str


def message(digest: Digest, *, site: str) -> EmailMultiAlternatives:
    """The e-mail to the digest's person; `site` is the address that its links begin with."""
    said = _said(digest, site=site)
    mail = EmailMultiAlternatives(
        subject=_subject(digest.things), body=_plain(said), to=[digest.person.email],
        headers=_headers(digest, site=site),
    )  # fmt: skip
    mail.attach_alternative(render_to_string("monitoring/digest.html", said), "text/html")
    return mail


def _said(digest: Digest, *, site: str) -> dict[str, Any]:
    entries = _entries(digest.notices.with_actions()[:MOST_READ], site=site)[:MOST]
    return {
        "council": Council.ours(),
        "greeting": f"{digest.person.name}, this is what needs you as of {written(digest.made_for)}.",
        "groups": [(kind, list(those)) for kind, those in groupby(entries, key=lambda entry: entry.kind)],
        "more": _more(digest.things - len(entries)),
        "foot": FOOT,
        "link": site + reverse("reminders"),
    }


def _headers(digest: Digest, *, site: str) -> dict[str, str]:
    return {
        # Of a day: sent again it is the same mail, but with another day's words it must not be taken for the same.
        "Message-ID": f"<reminder-{digest.key}-{digest.made_for:%Y%m%d}@{urlsplit(site).hostname}>",
        "Auto-Submitted": "auto-generated",
        # For people, who sign in there and choose. Nothing is switched off by whoever merely holds the mail.
        "List-Unsubscribe": f"<{site}{reverse('reminders')}>",
    }


def _subject(things: int) -> str:
    return f"{counted(things, 'action')} {'needs' if things == 1 else 'need'} you"


def _entries(notices: Iterable[Notice], *, site: str) -> list[Entry]:
    """An action that more than one thing is told of stands once, where the most pressing of them puts it."""
    by_action: dict[int, list[Notice]] = {}
    for notice in notices:
        by_action.setdefault(notice.action_id, []).append(notice)
    return [_entry(told, site=site) for told in by_action.values()]


def _entry(told: list[Notice], *, site: str) -> Entry:
    action = told[0].action
    return Entry(
        kind=Kind(told[0].kind),
        title=str(action),
        says=tuple(dict.fromkeys(notice.says for notice in told)),
        whose=f"{action.theme.title}. Led by {action.lead}.",
        link=site + reverse("action", args=[action.number]),
    )


def _more(left: int) -> str:
    return f"There is more to tell of {counted(left, 'other action')}. See them all:" if left > 0 else ""


def _plain(said: dict[str, Any]) -> str:
    """Lines of at most 78 letters, but for links, which must not be broken."""
    council, lines = said["council"], []
    for kind, entries in said["groups"]:
        lines += [str(kind.label).upper(), ""]
        for entry in entries:
            lines += [fill(entry.title, 78), *(fill(says, 78) for says in (*entry.says, entry.whose)), entry.link, ""]
    more = [said["more"], said["link"], ""] if said["more"] else []
    foot = [fill(said["foot"], 78), said["link"]]
    return "\n".join(
        [f"{council.name}: {council.service}", "", fill(said["greeting"], 78), "", *lines, *more, *foot, ""]
    )
