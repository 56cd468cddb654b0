"""The council's scheme for rating delivery: its thresholds, its names and colours for the ratings, and their key."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import TextChoices

from improvement.timing import counted
from monitoring.colours import colour_objection


class Delivery(TextChoices):
    """How an action is going; how much good it did is its impact, which is another thing."""

    BLUE = "blue", "Blue"
    GREEN = "green", "Green"
    AMBER = "amber", "Amber"
    RED = "red", "Red"


WORST_FIRST = (Delivery.RED, Delivery.AMBER, Delivery.GREEN, Delivery.BLUE)
RATED_BY_HAND = (Delivery.RED, Delivery.AMBER, Delivery.GREEN)
"""Only delivering an action makes it blue."""
UNRATED = "none"
"""How an address, a count and a key name the rating of what nobody rates."""
WITHDRAWN = "It has been withdrawn, so nobody rates it."


class Entry(NamedTuple):
    """A rating as the key prints it."""

    code: str
    word: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """Every number, name, meaning and colour that a council may settle for itself."""

    cycle_days: int = 42
    stale_cycles_amber: int = 1
    stale_cycles_red: int = 2
    milestone_grace_working_days: int = 10
    due_soon_days: int = 14
    evidence_days: int = 0
    """So long before its due date an action has to have some evidence; 0 where none is asked for."""
    sustained_cycles: int = 2
    blue: str = "Blue"
    green: str = "Green"
    amber: str = "Amber"
    red: str = "Red"
    unrated: str = "Not rated"
    blue_meaning: str = ""
    green_meaning: str = ""
    amber_meaning: str = ""
    red_meaning: str = ""
    blue_colour: str = "#23548f"
    green_colour: str = "#19653b"
    amber_colour: str = "#f3b23c"
    red_colour: str = "#a51d17"

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
        """The council's own word for the rating, or for having none."""
        return self.unrated if delivery in ("", UNRATED) else str(getattr(self, Delivery(delivery).value))

    def colour(self, delivery: str) -> str:
        """The council's own colour for the rating."""
        return str(getattr(self, f"{Delivery(delivery).value}_colour"))

    @property
    def colours(self) -> dict[str, str]:
        """By rating."""
        return {rating.value: self.colour(rating) for rating in WORST_FIRST}

    @property
    def own_colours(self) -> dict[str, str]:
        """By rating, every colour that isn't the published one."""
        return {code: colour for code, colour in self.colours.items() if colour != PUBLISHED.colour(code)}

    def key(self) -> tuple[Entry, ...]:
        """The ratings, worst first, with what each means here."""
        return tuple(
            Entry(rating.value, self.name(rating), self.own_meaning(rating) or self.derived(rating))
            for rating in WORST_FIRST
        )

    def whole_key(self) -> tuple[Entry, ...]:
        """The key, and after it what is said of an action that nobody rates."""
        return (*self.key(), Entry(UNRATED, self.unrated, WITHDRAWN))

    def own_meaning(self, delivery: str) -> str:
        """What the council says that the rating means, if it says so itself."""
        return str(getattr(self, f"{Delivery(delivery).value}_meaning"))

    def derived(self, delivery: str) -> str:
        """What the thresholds make the rating mean, in words that cannot drift from them."""
        match Delivery(delivery):
            case Delivery.RED:
                return (
                    f"Its due date has passed, or a milestone is {self.grace}, or there has been no update for "
                    f"more than {self.cycles(self.stale_cycles_red)}."
                )
            case Delivery.AMBER:
                return (
                    f"It is due within {counted(self.due_soon_days, 'day')} with milestones open, {self._shown}or has "
                    "not started though its start date has passed, or is blocked, or there has been no update for "
                    f"more than {self.cycles(self.stale_cycles_amber)}."
                )
            case Delivery.GREEN:
                return "It is still to be delivered, and none of the above is so."
            case _:
                return "It has been delivered or closed."

    @property
    def _shown(self) -> str:
        days = counted(self.evidence_days, "day")
        return f"or is due within {days} without any evidence, " if self.evidence_days else ""

    def cycles(self, n: int) -> str:
        """Board cycles in words, with their length in days."""
        return f"{counted(n, 'board cycle')} ({counted(n * self.cycle_days, 'day')})"

    def rates_like(self, other: "Scheme") -> bool:
        """Whether every action is rated alike and in the same words, however the key and the colours differ."""
        told = {f"{rating.value}_{what}" for rating in Delivery for what in ("meaning", "colour")}
        apart = {name: getattr(self, name) for name in (*told, "sustained_cycles")}
        return self == replace(other, **apart)


PUBLISHED = Scheme()
"""What holds where a council settles nothing."""


def objections(scheme: Scheme) -> dict[str, str]:
    """What a scheme may not be, by the field that is to be put right; nothing if it may be settled."""
    return _of_thresholds(scheme) | _of_names(scheme) | _of_colours(scheme)


def _of_thresholds(scheme: Scheme) -> dict[str, str]:
    found = {
        field: "Give at least 1: an action that nobody speaks of is never left as it was for ever."
        for field in ("cycle_days", "stale_cycles_amber", "sustained_cycles")
        if getattr(scheme, field) < 1
    }
    if scheme.stale_cycles_red <= scheme.stale_cycles_amber:
        found["stale_cycles_red"] = (
            f"Give more than {scheme.stale_cycles_amber}: an action without an update turns {scheme.amber} first, "
            f"and {scheme.red} after it."
        )
    return found


def _of_names(scheme: Scheme) -> dict[str, str]:
    found, taken = {}, set()
    for field in (*(rating.value for rating in WORST_FIRST), "unrated"):
        word = getattr(scheme, field).strip().casefold()
        if not word:
            found[field] = "Give it a name: colour alone tells nothing to somebody who cannot see it."
        elif word in taken:
            found[field] = f"“{getattr(scheme, field)}” is another rating’s name already. Choose a different one."
        taken.add(word)
    return found


def _of_colours(scheme: Scheme) -> dict[str, str]:
    found, taken = {}, set()
    for rating in WORST_FIRST:
        colour = scheme.colour(rating).lower()
        if sentence := colour_objection(colour):
            found[f"{rating.value}_colour"] = sentence
        elif colour in taken:
            found[f"{rating.value}_colour"] = f"{colour} is another rating’s colour already. Choose a different one."
        taken.add(colour)
    return found
