"""Invented lives of actions, told by the product's own rules, so that what is loaded is what two years of use leave.

A few hundred lives are told in Python and then given to ten thousand actions by SQL: a rating is judged by the rule
itself, and never by a copy of it.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from improvement.lifecycle import MOVES, Status
from improvement.timing import written
from improvement.working_days import Calendar
from monitoring.ladder import Rung
from monitoring.rating import Facts, Milestone, spans
from monitoring.scheme import Scheme
from people.days import start_of

LIVES = 199
"""A prime, so that the lives fall differently on themes and leads."""
FOREVER = date.max
DEEDS = ("Agree", "Publish", "Review", "Bring in", "Train every team in", "Audit", "Write down", "Test")
THINGS = (
    "the threshold document with partners", "supervision for every social worker", "a weekly look at missed visits",
    "the rota of the front door", "children’s own words in their plans", "return interviews within three days",
    "the tracker of care leavers’ homes", "a single list of agency staff",
)  # fmt: skip
SAID = (
    "The team manager has gone through every open case with the service manager, and what was found is written up.",
    "Partners agreed the wording at their meeting; two schools have asked for more time to read it.",
    "Of the cases looked at this month most were recorded on the day, and the others have a reason beside them.",
    "Two posts have been filled and one is still covered by agency staff until the panel meets.",
    "Families were asked what had changed for them, and their answers are with the quality assurance lead.",
)
NOTHING_NEW = "No change, because the panel that must agree the next step does not meet until next month."


@dataclass(kw_only=True)
class Story:
    """One life: the rows that it leaves, without the action that they belong to."""

    title: str
    words: str
    starts_on: date
    due_on: date
    first_due_on: date
    steps: list[tuple[str, date, date | None, int]]
    status: str = Status.NOT_STARTED
    rung: str = Rung.NONE
    times_moved: int = 0
    last_word_on: date | None = None
    lines: list[tuple[Any, ...]] = field(default_factory=list)
    """When, verb, says, reason, before and after."""
    updates: list[tuple[Any, ...]] = field(default_factory=list)
    """When, words, no change."""
    climbs: list[tuple[Any, ...]] = field(default_factory=list)
    """When, rung, the evidence's title."""
    revisions: list[tuple[Any, ...]] = field(default_factory=list)
    """When, from, to, words."""
    standings: list[tuple[Any, ...]] = field(default_factory=list)
    """From, to, status, delivery, because, advice, rung, due, late, stale."""

    def facts(self) -> Facts:
        """As the rating takes them."""
        return Facts(
            status=Status(self.status), starts_on=self.starts_on, due_on=self.due_on, last_word_on=self.last_word_on,
            milestones=tuple(Milestone(due_on, done_on) for _, due_on, done_on, _ in self.steps),
        )  # fmt: skip

    def line(self, at: datetime, verb: str, says: str, reason: str = "", **changed: tuple[Any, Any]) -> None:
        """Leave a line of history."""
        before, after = ({name: str(pair[side]) for name, pair in changed.items()} for side in (0, 1))
        self.lines.append((at, verb, says, reason, before, after))


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells lives between two days by the council's scheme and calendar."""

    adopted_on: date
    today: date
    changes: int
    scheme: Scheme
    calendar: Calendar

    def tell(self, number: int) -> Story:
        """The life of this number: always the same one."""
        dice = Random(number)
        story = self._begun(dice)
        self._restate(story, self.adopted_on)
        fate = dice.choices(("goes on", "deliver", "close", "withdraw"), weights=(70, 18, 8, 4))[0]
        for at, day in enumerate(self._days(dice)):
            self._live(story, dice, at=at, day=day, left=self.changes - at - 1, fate=fate)
            self._restate(story, day)
        return story

    def _begun(self, dice: Random) -> Story:
        starts_on = self.adopted_on + timedelta(dice.randrange(0, 90))
        due_on = starts_on + timedelta(dice.randrange(300, 900))
        due = sorted(starts_on + timedelta(dice.randrange(30, (due_on - starts_on).days)) for _ in range(4))
        title = f"{dice.choice(DEEDS)} {dice.choice(THINGS)}"
        return Story(
            title=title, words=f"We will {title[0].lower()}{title[1:]}, and say each month how far we have come.",
            starts_on=starts_on, due_on=due_on, first_due_on=due_on,
            steps=[(f"Step {place} of 4 is taken", day, None, place) for place, day in enumerate(due, 1)],
        )  # fmt: skip

    def _days(self, dice: Random) -> list[date]:
        lived = (self.today - self.adopted_on).days
        return sorted(self.adopted_on + timedelta(dice.randrange(1, lived)) for _ in range(self.changes))

    def _live(self, story: Story, dice: Random, *, at: int, day: date, left: int, fate: str) -> None:
        when = start_of(day) + timedelta(hours=9, minutes=at)
        open_step = next((place for place, step in enumerate(story.steps) if step[2] is None), None)
        if left <= 1 and fate in ("deliver", "close", "withdraw"):
            self._end(story, when, fate=fate, left=left)
        elif at % 7 == 3 and open_step is not None:
            words, due_on, _, position = story.steps[open_step]
            story.steps[open_step] = (words, due_on, day, position)
            story.line(when, "milestone", f"marked a milestone done: {words}")
        elif at % 7 == 5 and story.times_moved < 2:
            _revise(story, when, by=dice.choice((28, 56, 84)))
        elif at % 5 == 4 and fate != "withdraw" and Rung(story.rung).height < 3:
            _climb(story, when)
        else:
            _update(story, when, words=dice.choice((*SAID, NOTHING_NEW)), move="" if at else "start")

    def _end(self, story: Story, when: datetime, *, fate: str, left: int) -> None:
        if fate == "withdraw" and left == 0:
            _move(story, when, "withdraw", reason="The board agreed that another action does the same.")
        elif fate == "close" and left == 0:
            while Rung(story.rung).height < Rung.VERIFIED.height:
                _climb(story, when)
            _move(story, when, "close", reason="Its evidence has been checked.")
        elif fate == "close" or (fate == "deliver" and left == 0):
            _update(story, when, words=SAID[0], move="deliver")
        else:
            _update(story, when, words=SAID[1])

    def _restate(self, story: Story, day: date) -> None:
        """As `Standing.restate` does: what was foretold from the day on is foretold anew."""
        kept = [(row[0], min(row[1], day), *row[2:]) for row in story.standings if row[0] < day]
        foretold = [
            (
                span.from_on, span.to_on or FOREVER, str(story.status), span.rating.delivery or "", span.rating.because,
                span.rating.advice, str(story.rung), story.due_on, span.rating.late, span.rating.stale,
            )
            for span in spans(story.facts(), since=day, scheme=self.scheme, calendar=self.calendar)
        ]  # fmt: skip
        story.standings = kept + foretold


def _update(story: Story, when: datetime, *, words: str, move: str = "") -> None:
    same = words == NOTHING_NEW
    story.updates.append((when, words, same))
    story.last_word_on = when.date()
    story.line(when, "update", "said that nothing has changed" if same else "gave an update", words)
    if move:
        _move(story, when, move, reason=words)


def _move(story: Story, when: datetime, move: str, *, reason: str) -> None:
    chosen = MOVES[move]
    says = f"moved it from “{Status(story.status).label}” to “{chosen.arrives.label}”"
    story.line(when, move, says, reason, status=(story.status, chosen.arrives.value))
    story.status = chosen.arrives.value


def _climb(story: Story, when: datetime) -> None:
    lower, rung = next(pair for pair in pairwise(Rung) if pair[0] == story.rung)
    story.rung = rung.value
    when += timedelta(seconds=rung.height)  # two climbs of one day keep their order
    story.climbs.append((when, rung.value, f"Audit of twelve cases, showing more than “{lower.label.lower()}”"))
    story.line(when, "rung", f"set its impact to {rung.label.lower()}")


def _revise(story: Story, when: datetime, *, by: int) -> None:
    former, story.due_on = story.due_on, story.due_on + timedelta(by)
    words = "The partner who must agree it has asked for more time."
    story.revisions.append((when, former, story.due_on, words))
    says = f"moved its due date from {written(former)} to {written(story.due_on)}"
    moved = (story.times_moved, story.times_moved + 1)
    story.times_moved += 1
    story.line(when, "revise", says, words, due_on=(former, story.due_on), times_moved=moved)
