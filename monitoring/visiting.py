"""What came of Ofsted's visits, as far as the reader may see it: the database leaves the rest out."""

from collections.abc import Collection
from typing import Any

from django.db.models import Prefetch

from improvement.models import Finding
from monitoring.models import Instrument, Letter, Visit
from sources.models import Source

ASKING = (Source.Kind.NOTICE, Source.Kind.REVIEW)
"""Documents that require something of the council."""


def with_letters() -> list[Visit]:
    """Every visit, the latest first, each with the letters that the reader may see."""
    letters = Letter.objects.select_related("source", "seal")
    return list(Visit.objects.order_by("-ordinal").prefetch_related(Prefetch("letters", queryset=letters)))


def letter_of(visit: Visit) -> Letter | None:
    """The visit's letter, if the reader may see it; of several the last, which was recorded in the others' place."""
    return Letter.objects.filter(visit=visit).select_related("source", "seal").order_by("-pk").first()


def visits_of(documents: Collection[int]) -> dict[int, str]:
    """Of some documents those that are letters, each with its visit's reference."""
    if not documents:
        return {}
    rows: Any = Letter.objects.filter(source__in=documents).values_list("source_id", "visit__reference")
    return dict(rows)


def findings_of(letter: Letter | None, *, by: Any) -> list[Finding]:
    """What the letter says, in its order, each with how many actions answer it: of some, or (None) of all."""
    if letter is None:
        return []
    said: Any = Finding.objects.filter(source=letter.source).with_answers(by=by)
    return list(said.select_related("theme").in_order())


def intervention(inspection: Any) -> list[Instrument]:
    """The notices and directions since the inspection, the latest first."""
    return list(Instrument.objects.filter(inspection=inspection).order_by("-issued_on", "-id"))


def notices(*, among: frozenset[str] | None, by: Any) -> list[Source]:
    """The notices and reviews recorded here, the latest first, each with what it requires of the themes read.

    `by` as in `findings_of`.
    """
    required: Any = Finding.objects.requirements().among(among).with_answers(by=by)
    asked = Prefetch("findings", queryset=required.select_related("theme").in_order(), to_attr="requirements")
    asking = Source.objects.filter(kind__in=ASKING).order_by("-received_on", "-id")
    return list(asking.prefetch_related(asked))


def next_number(notice: Source) -> str:
    """The number that its next requirement would have: “N4” after three that its readers may know of."""
    numbers = Finding.objects.requirements().beside(notice.seal_id).values_list("number", flat=True)
    figures = [int(number[1:]) for number in numbers if number[1:].isascii() and number[1:].isdigit()]
    return f"N{max(figures, default=0) + 1}"
