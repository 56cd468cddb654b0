"""Which paper an address means, for whoever asks: what is hidden from them and what never was are answered alike."""

from datetime import date, datetime

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from people.days import day_of
from reports import copies
from reports.models import Paper, Section


def moment() -> tuple[datetime, date]:
    """The clock, read once a request: the instant and its day."""
    now = timezone.now()
    return now, day_of(now)


def copy_or_404(reference: str) -> copies.Copy:
    """The reader's copy of the paper."""
    if (copy := copies.copy_of(reference)) is None:
        raise Http404
    return copy


def section_or_404(reference: str, number: str) -> tuple[Paper, Section]:
    """A paper's section by its number."""
    paper = get_object_or_404(Paper, reference=reference)
    return paper, get_object_or_404(paper.sections.all(), number=number)
