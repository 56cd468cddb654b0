"""What tests of the press and of its PDFs share."""

import io
from dataclasses import replace

import pikepdf

from reports import pdf
from reports.paper import Block, Paper, Section
from tests.reports import papers


def with_sections(*blocks: Block) -> Paper:
    return replace(papers.short(), sections=(Section(number="1", heading="PART", blocks=blocks),))


def opened(paper: Paper) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf.render(paper, at=papers.AT)))
