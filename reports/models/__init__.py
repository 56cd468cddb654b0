"""Papers for the committee, as they are kept."""

from reports.models.paper import Paper, PaperLine, Passage, Section
from reports.models.template import Template, TemplateSection

__all__ = ["Paper", "PaperLine", "Passage", "Section", "Template", "TemplateSection"]
