"""How much was asked of the council, kind by kind, and how much of it is answered: numbers and their sentence."""

from dataclasses import dataclass

from improvement.timing import counted, joined


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """Findings that a plan must answer (R7). What is declined for now has a recorded reason in an action's place."""

    recommendations: int = 0
    areas: int = 0
    requirements: int = 0
    answered: int = 0
    declined: int = 0

    @property
    def asked(self) -> int:
        """All of them."""
        return self.recommendations + self.areas + self.requirements

    @property
    def unanswered(self) -> int:
        """What nothing answers, no action and no reason."""
        return self.asked - self.answered - self.declined

    @property
    def words(self) -> str:
        """What was asked: “10 recommendations, 28 wider areas for improvement and 6 requirements of notices”."""
        return joined(
            [
                *([counted(self.recommendations, "recommendation")] if self.recommendations else []),
                *([_areas(self.areas)] if self.areas else []),
                *([_requirements(self.requirements)] if self.requirements else []),
            ]
            or ["no finding"]
        )


def _areas(n: int) -> str:
    return f"{counted(n, 'wider area')} for improvement"


def _requirements(n: int) -> str:
    return counted(n, "requirement of a notice", "requirements of notices")
