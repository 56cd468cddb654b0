"""On what terms words may be withheld: three bases of what is confidential and seven paragraphs of what is exempt.

What is confidential must be withheld, with no test of the public interest (Local Government Act 1972, section
100A(3); SI 2012/2089, regulation 2). What is exempt may be, for as long as the public interest in withholding it
outweighs that in disclosing it (Schedule 12A, Part 1 and paragraph 10).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import IntegerChoices, TextChoices


class Basis(TextChoices):
    """What makes words confidential, in the words of a form."""

    DEPARTMENT = "department", "A government department gave it upon terms that forbid its disclosure"
    ENACTMENT = "enactment", "An enactment prohibits its disclosure"
    COURT = "court", "A court’s order prohibits its disclosure"

    @property
    def cited(self) -> str:
        """What is printed wherever the withholding is."""
        said, letter = _CONFIDENTIAL[self.value]
        return (
            f"Confidential information: {said} "
            f"(Local Government Act 1972, section 100A(3)({letter}); SI 2012/2089, regulation 2)."
        )


class Paragraph(IntegerChoices):
    """The paragraphs of Part 1 of Schedule 12A, each with what it is about."""

    INDIVIDUAL = 1, "an individual"
    IDENTITY = 2, "who an individual is"
    AFFAIRS = 3, "financial or business affairs"
    LABOUR = 4, "labour relations"
    PRIVILEGE = 5, "legal professional privilege"
    NOTICES = 6, "a notice, order or direction that is proposed"
    CRIME = 7, "the prevention, investigation or prosecution of crime"

    @property
    def cited(self) -> str:
        """What is printed wherever the withholding is."""
        return (
            f"Exempt information: paragraph {self.value} of Part 1 of Schedule 12A to the Local Government Act 1972 "
            f"({self.label})."
        )


_CONFIDENTIAL = {
    "department": ("given to the Council by a government department upon terms that forbid its disclosure", "a"),
    "enactment": ("its disclosure to the public is prohibited by an enactment", "b"),
    "court": ("its disclosure to the public is prohibited by the order of a court", "b"),
}
CONFIDENTIAL, EXEMPT = "confidential", "exempt"
FAULTS = {
    "kind": "A seal is confidential or exempt.",
    "basis": "Choose on what basis it is confidential.",
    "paragraph": "Choose the paragraph of Schedule 12A that it falls under.",
    "public_interest": "Say why the public interest in withholding it outweighs that in disclosing it.",
    "mixed": "What is confidential has a basis, and what is exempt a paragraph and its public interest; not both.",
    "words": "Quote the sentence that sets the end of the embargo.",
}
"""What to say of terms that are not whole, by the part at fault; make_seal() in the database says the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On what terms a document is withheld; without an end, only by two people’s act and on no day."""

    kind: str
    basis: str = ""
    paragraph: int | None = None
    public_interest: str = ""
    citation: str = ""
    """What else is relied on, in free words."""
    until: datetime | None = None
    words: str = ""
    """The sentence that sets the end, quoted."""

    @property
    def fault(self) -> str | None:
        """The first part that is missing or out of place, or None if the terms are whole."""
        is_exempt = self.kind == EXEMPT
        faults = {
            "kind": self.kind not in (CONFIDENTIAL, EXEMPT),
            "basis": not is_exempt and self.basis not in Basis,
            "paragraph": is_exempt and self.paragraph not in Paragraph,
            "public_interest": is_exempt and not self.public_interest.strip(),
            "mixed": self.basis if is_exempt else self.paragraph is not None or self.public_interest,
            "words": self.until is not None and not self.words.strip(),
        }
        return next((part for part, is_so in faults.items() if is_so), None)

    @property
    def relied_on(self) -> str:
        """The law, the public interest, and whatever else is cited, as it is printed."""
        return " ".join(_ended(words) for words in (self._law, self.public_interest, self.citation) if words.strip())

    @property
    def _law(self) -> str:
        if self.kind == EXEMPT and self.paragraph:
            return Paragraph(self.paragraph).cited
        return Basis(self.basis).cited if self.kind == CONFIDENTIAL else ""


def objection(terms: Terms) -> str | None:
    """Why nothing can be sealed on these terms, or None if it can."""
    return FAULTS[terms.fault] if terms.fault else None


def _ended(words: str) -> str:
    words = words.strip()
    return words if words.endswith((".", "!", "?", "”")) else f"{words}."
