"""What repeats a document under seal, for the cleared: which words, where they stand, and who wrote them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from people.models import Person
from sources.models import Quotation, Seal

Row = tuple[str, int]
"""A table and a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where words stand: said in words, and the page that shows them, if there is one."""

    words: str
    href: str = ""


Whereabouts = Callable[[Iterable[Row]], Mapping[Row, Place]]
"""Finds the places of rows; the storeys above know their pages, and hand this down."""
UNSEEN = Place(words="A record that you may not see")


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """Words of the document, and everywhere that they have been repeated."""

    key: int
    words: str
    by: Person | None
    at: datetime
    places: list[Place]


def unsettled(seal: Seal, *, whereabouts: Whereabouts) -> list[Repeated]:
    """The words that still stand somewhere and that nobody has let stand, the latest first."""
    by_words: dict[str, list[Quotation]] = {}
    for quotation in Quotation.objects.of(seal).unsettled():
        by_words.setdefault(quotation.words, []).append(quotation)
    known = whereabouts([(q.stands_in, q.key) for same in by_words.values() for q in same])
    return [_repeated(same, known) for same in by_words.values()]


def _repeated(same: list[Quotation], known: Mapping[Row, Place]) -> Repeated:
    latest = same[0]
    places = dict.fromkeys(known.get((q.stands_in, q.key), UNSEEN) for q in same)
    return Repeated(key=latest.pk, words=latest.words, by=latest.by, at=latest.at, places=list(places))
