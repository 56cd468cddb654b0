"""Papers for the committee, as they are kept; and the entries by which all that has words is searched."""

from reports.models.entry import Entry
from reports.models.paper import Paper, PaperLine, Passage, Section
from reports.models.template import Template, TemplateSection

__all__ = ["Entry", "Paper", "PaperLine", "Passage", "Section", "Template", "TemplateSection"]
