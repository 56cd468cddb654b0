"""Copies of a paper, each as one reader may see it: taken while the reader is stamped, printed whenever they like."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reports import html, keeping, pdf
from reports import paper as value
from reports.models import Paper


@dataclass(frozen=True, slots=True)
class Copy:
    """One reader's copy."""

    paper: Paper
    words: value.Paper
    is_restricted: bool

    def sources(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """For each section, what its words were drawn from and where this service shows that, each once."""
        for section in self.paper.sections.all():
            drawn = {p.origin: p.rows for p in section.passages.all() if p.origin}
            if drawn:
                yield section.number, list(drawn.items())

    def html(self) -> str:
        """The copy as one file that fetches nothing."""
        return html.render(self.words)

    def pdf(self) -> Path:
        """The copy's PDF, printed once for as long as its words are the same; raises TooHard."""
        return pdf.printed(self.words, at=self.paper.issued_at or self.paper.composed_at)


def copy_of(reference: str) -> Copy | None:
    """The copy that whoever is stamped may have, or None where there is no such paper for them."""
    paper = Paper.objects.whole().filter(reference=reference).first()
    if paper is None:
        return None
    return Copy(paper, keeping.as_value(paper), keeping.is_restricted(paper))
