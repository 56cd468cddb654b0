"""Eighteen months of deeds: what happened to each action, in the order in which it happened."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from demonstration.cast import THEME_LEADS
from demonstration.timeline import Timeline
from improvement.models import Action
from monitoring import progress
from monitoring.models import Blocker, Evidence
from people.days import day_of
from people.models import Body, Meeting, Person


@dataclass(order=True)
class Event:
    """Something done in a month; `rank` orders what was done on one day."""

    month: float
    rank: int
    do: Callable[[datetime], object] = field(compare=False)


@dataclass
class Story:
    """One action's story, told by the people answerable for it."""

    action: Action
    of: dict[str, Any]
    people: dict[str, Person]
    timeline: Timeline
    shown: list[Evidence] = field(default_factory=list)
    blockers: list[Blocker] = field(default_factory=list)

    @property
    def updater(self) -> Person:
        """Whoever tells."""
        return self.people[self.of["updater"]]

    @property
    def overseer(self) -> Person:
        """Whoever verifies and closes: the theme's lead, or the director where the lead is a party to it."""
        lead = self.people[THEME_LEADS[self.action.theme.slug]]
        parties = {self.people[self.of["lead"]], self.updater}
        return self.people["director"] if lead in parties and self.people["director"] not in parties else lead

    def tell(self) -> None:
        """Do everything that was done, in its order."""
        for event in sorted(self._events()):
            event.do(self.timeline.at(event.month, seed=f"{self.action.number}:{event.month}"))

    def _events(self) -> list[Event]:
        of = self.of
        return [
            *(Event(m["month"], 0 if m["move"] == "start" else 7, self._move(m)) for m in of.get("moves", [])),
            *(Event(b["since"], 1, self._block(b)) for b in of.get("blockers", [])),
            *(Event(b["until"], 2, self._unblock(n)) for n, b in enumerate(of.get("blockers", [])) if "until" in b),
            *(Event(s["done"], 3, self._reach(n)) for n, s in enumerate(of["milestones"]) if "done" in s),
            *(Event(u["month"], 4, self._update(u)) for u in of["updates"]),
            *(Event(e["month"], 5, self._show(e)) for e in of.get("evidence", [])),
            *(Event(r["month"], 6, self._climb(r)) for r in of.get("rungs", [])),
            *(Event(r["month"], 3, self._revise(r)) for r in of.get("revisions", [])),
            *(Event(r["month"], 3, self._ask(r)) for r in of.get("requests", [])),
            *(Event(r["answered"], 3, self._answer(r)) for r in of.get("requests", []) if "answered" in r),
        ]

    def _move(self, of: dict[str, Any]) -> Callable[[datetime], object]:
        by = self.updater if of["move"] in ("start", "deliver") else self.overseer
        return lambda at: progress.make(self.action, of["move"], by=by, at=at, reason=of.get("reason", ""))

    def _update(self, of: dict[str, Any]) -> Callable[[datetime], object]:
        words = of.get("words") or _sentence(of["no_change"])
        return lambda at: progress.update(self.action, words=words, by=self.updater, at=at, no_change="no_change" in of)

    def _reach(self, position: int) -> Callable[[datetime], object]:
        return lambda at: progress.reach(self.action.milestones.get(position=position), by=self.updater, at=at)

    def _show(self, of: dict[str, Any]) -> Callable[[datetime], object]:
        def show(at: datetime) -> None:
            self.shown.append(
                progress.show(
                    self.action, kind=of["kind"], title=of["title"], words=of["words"],
                    dated_on=self.timeline.day(of["month"]), by=self.updater, at=at,
                )
            )  # fmt: skip

        return show

    def _climb(self, of: dict[str, Any]) -> Callable[[datetime], object]:
        by = self.updater if of["rung"] == "evidenced" and "reason" not in of else self.overseer

        def climb(at: datetime) -> None:
            evidence = self._ordered()[of["evidence"]] if "evidence" in of else None
            progress.climb(self.action, of["rung"], evidence=evidence, by=by, at=at, reason=of.get("reason", ""))

        return climb

    def _ordered(self) -> dict[int, Evidence]:
        """The evidence so far by its place in the prose, which need not be its order in time."""
        titles = {evidence.title: evidence for evidence in self.shown}
        return {n: titles[e["title"]] for n, e in enumerate(self.of["evidence"]) if e["title"] in titles}

    def _revise(self, of: dict[str, Any]) -> Callable[[datetime], object]:
        return lambda at: progress.revise(
            self.action,
            self.timeline.day(of["due"]),
            reason=of["reason"],
            words=of["words"],
            by=self.overseer,
            at=at,
        )

    def _ask(self, of: dict[str, Any]) -> Callable[[datetime], object]:
        to_on = self.timeline.day(of["due"])
        return lambda at: progress.ask_extension(
            self.action, to_on, reason=of["reason"], words=of["words"], by=self.updater, at=at
        )

    def _answer(self, of: dict[str, Any]) -> Callable[[datetime], object]:
        """Agreed at the board's latest meeting, or declined by whoever oversees it."""

        def answer(at: datetime) -> None:
            asked = self.action.extensions.waiting().get()
            board = Meeting.objects.of(Body.Kind.BOARD).held_by(day_of(at)).first()
            progress.answer_extension(
                asked, agreed=of["agreed"], words=of["answer"], by=self.overseer, at=at, meeting=board
            )
            self.action.refresh_from_db(fields=["due_on", "times_moved", "version"])

        return answer

    def _block(self, of: dict[str, Any]) -> Callable[[datetime], object]:
        return lambda at: self.blockers.append(
            progress.block(
                self.action, waiting_for=of["waiting_for"], from_whom=of["from_whom"], by=self.updater, at=at
            )
        )

    def _unblock(self, n: int) -> Callable[[datetime], object]:
        return lambda at: progress.unblock(self.blockers[n], by=self.updater, at=at)


def _sentence(because: str) -> str:
    """“because the panel…” as a sentence of its own: “No change, because the panel…”"""
    return f"No change, {because}"
