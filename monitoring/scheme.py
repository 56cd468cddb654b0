"""The council's scheme for rating delivery: its thresholds, its names for the colours, and their key."""

from dataclasses import dataclass

from django.db.models import TextChoices

from improvement.timing import counted


class Delivery(TextChoices):
    """How an action is going; how much good it did is its impact, which is another thing."""

    BLUE = "blue", "Blue"
    GREEN = "green", "Green"
    AMBER = "amber", "Amber"
    RED = "red", "Red"


WORST_FIRST = (Delivery.RED, Delivery.AMBER, Delivery.GREEN, Delivery.BLUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """Every number and name that a council may settle for itself."""

    cycle_days: int = 42
    stale_cycles_amber: int = 1
    stale_cycles_red: int = 2
    milestone_grace_working_days: int = 10
    due_soon_days: int = 14
    blue: str = "Blue"
    green: str = "Green"
    amber: str = "Amber"
    red: str = "Red"

    @property
    def stale_cycles(self) -> int:
        """How many cycles of silence keep an action from being green."""
        return min(self.stale_cycles_amber, self.stale_cycles_red)

    @property
    def grace(self) -> str:
        """How late a milestone has to be before it counts, in words."""
        days = self.milestone_grace_working_days
        return f"more than {counted(days, 'working day')} late" if days else "late"

    def name(self, delivery: str) -> str:
        """The council's own word for the rating."""
        return str(getattr(self, Delivery(delivery).value))

    def key(self) -> tuple[tuple[Delivery, str, str], ...]:
        """Rating, name and meaning, worst first, made from the thresholds so that it can't drift."""
        meanings = self._meanings()
        return tuple((delivery, self.name(delivery), meanings[delivery]) for delivery in WORST_FIRST)

    def _meanings(self) -> dict[Delivery, str]:
        return {
            Delivery.RED: (
                f"Its due date has passed, or a milestone is {self.grace}, or there has been no update for "
                f"more than {self.cycles(self.stale_cycles_red)}."
            ),
            Delivery.AMBER: (
                f"It is due within {counted(self.due_soon_days, 'day')} with milestones open, or has not "
                "started though its start date has passed, or is blocked, or there has been no update for "
                f"more than {self.cycles(self.stale_cycles_amber)}."
            ),
            Delivery.GREEN: "It is still to be delivered, and none of the above is so.",
            Delivery.BLUE: "It has been delivered or closed.",
        }

    def cycles(self, n: int) -> str:
        """Board cycles in words, with their length in days."""
        return f"{counted(n, 'board cycle')} ({counted(n * self.cycle_days, 'day')})"
