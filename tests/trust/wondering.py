"""Requests that anyone might make, for hypothesis to imagine, and what differs between two worlds that get them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from tests.trust.addresses import KEY, ROWS, Address, addresses
from tests.trust.asking import METHODS, SEED, Answer, Stage, ask, held_still
from tests.trust.scene import FIVE, SEALED, UNCLEARED


@dataclass(frozen=True)
class Wish:
    """One request."""

    part: str
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    form: tuple[tuple[str, str], ...] = ()
    json: str | None = None

    @property
    def url(self) -> str:
        """The address with its query."""
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path


WORDS = st.one_of(
    st.sampled_from(
        [SEALED, FIVE.word("action"), FIVE.word("finding", 3), "9", "9.1", "1.1", "contact", "Marigold", ""]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=8),
)
LOOKED_FOR = st.one_of(
    st.sampled_from(
        [
            "worsened", "drifted", "worsened OR drifted", f'"{FIVE.word("finding")} worsened"', f"{SEALED}letter",
            "three inspectors", f"contact -{SEALED}", "inspectors OR contact OR rota", "hiddenmeasure", "9.2",
            "letter2222", "audit", "so many", "report",
        ]
    ),
    WORDS,
)  # fmt: skip
"""What stands in sealed words only, or in open and sealed ones alike: a search may tell them apart in many ways."""
CHOICES: dict[str, list[str]] = {
    "theme": ["front-door", "workforce", "nothing"],
    "delivery": ["red", "amber", "green", "blue", "none"],
    "rung": ["none", "evidenced", "verified", "impact_shown"],
    "status": ["not_started", "in_progress", "delivered", "closed", "withdrawn"],
    "late": ["yes", "no", "true", "false"],
    "stale": ["yes", "no", "true", "false"],
    "lead": ["police", "hos-front-door", "nobody"],
    "order": ["due", "rating", "title", "seal"],
    "kind": ["recommendation", "area", "visit", "action", "update", "document", "finding", "paper", "evidence"],
    "answered": ["yes", "no"],
    "page": ["1", "2", "9", "last", "0"],
    "page_size": ["1", "3", "100"],
    "body": ["executive", "improvement-board"],
    "from": ["last"],
    "move": ["start", "deliver", "close", "withdraw", "reopen"],
    "seal": ["0", "1"],
    "seal__released_at__isnull": ["True"],
    "action__findings__words__startswith": [SEALED],
    "next": ["/actions/"],
    "source": ["letter2222", "absent2222"],
    "document": ["letter2222", "absent2222"],
    "mine": ["yes"],
    "cover": ["nothing", "declined", "promised", "shown", "verified"],
    "lack": ["findings", "success"],
    "state": ["closed", "all", "current", "ended"],
    "level": ["low", "medium", "high", "very_high"],
    "direction": ["new", "rising", "steady", "falling"],
    "overdue": ["yes", "true"],
    "likelihood": ["3", "5"],
    "impact": ["3", "5"],
    "number": ["1.1", "9.1", "9.8"],
    "all": ["1"],
    "list": ["status=open", "q=9", "lead=police"],
    "action": ["9.1", "1.1"],
    "format": ["json", "api"],
}
"""Words that pages and the API know, with others that nobody should."""


def queries(today: Any) -> Any:
    """Up to four words of a query."""
    days = st.integers(-130, 30).map(lambda away: (today + timedelta(days=away)).isoformat())
    known = st.sampled_from(sorted(CHOICES)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(CHOICES[name]))
    )
    dated = st.tuples(st.sampled_from(["on", "on", "from_day", "before", "due_from", "due_to"]), days)
    spoken = st.tuples(st.just("q"), WORDS)
    return st.lists(st.one_of(known, known, dated, spoken), max_size=4).map(tuple)


FILTERED = {
    "actions.csv": 4, "actions.xlsx": 2,
    "actions/": 6, "api/actions/": 6, "dashboard/": 6, "findings/": 3, "api/findings/": 3, "my-actions/": 2,
    "api/measures/": 2, "api/meetings/": 2, "visits/": 2, "papers/": 2,
    "search/": 8, "api/search/": 4, "coverage/": 4, "coverage/actions/": 2, "coverage.csv": 2, "api/coverage/": 2,
    "risks/": 6, "risks.csv": 2, "risks/new/": 2, "resources/": 3, "api/risks/": 3, "api/resources/": 2, "together/": 3,
}  # fmt: skip
"""Pages that say more when asked more are asked more often."""


def wishes(places: list[Address], today: Any) -> Any:
    """Any request of anybody uncleared, but for PDFs, which are asked for apart."""
    told = [place for place in places if not place.pattern.endswith(".pdf")]
    often = [place for place in told for _ in range(FILTERED.get(place.pattern, 1))]

    @st.composite
    def wish(draw: st.DrawFn) -> Wish:
        place = draw(st.sampled_from(often))
        method = draw(st.sampled_from(("GET",) * 8 + METHODS))
        query = draw(queries(today)) if method in ("GET", "HEAD") else ()
        if place.pattern.endswith("search/"):
            query = (("q", draw(LOOKED_FOR)), *query)
        form = dict(place.row.form)
        if method == "POST" and "words" in form:
            form |= {"version": draw(st.sampled_from(["1", "2", "3", "99"])), "words": draw(WORDS)}
        if method == "POST" and place.pattern == "papers/new/":
            form |= {"once": KEY, "visit": draw(st.sampled_from(_names(places, "visit")))}
            form |= {"meeting": _names(places, "meeting")[0].partition("/")[2], "as_at": today.isoformat()}
        part = draw(st.sampled_from(UNCLEARED))
        return Wish(part, method, place.path, query, tuple(form.items()), place.row.json)

    return wish()


def _names(places: list[Address], kind: str) -> list[str]:
    return [place.name for place in places if ROWS[place.pattern].of == kind]


def both(worlds: tuple[Stage, Stage], wish: Wish) -> tuple[Answer, Answer]:
    """What the two worlds answer at one and the same instant, with the same dice."""
    one, other = worlds
    with held_still() as dice:
        first = _answered(one, wish)
        dice.seed(SEED)
        return first, _answered(other, wish)


def _answered(stage: Stage, wish: Wish) -> Answer:
    return ask(stage, wish.part, wish.method, wish.url, form=dict(wish.form), json=wish.json)


def seen_of(worlds: tuple[Stage, Stage]) -> list[Address]:
    """Every address of both worlds: what is hidden in one is absent from the other."""
    places: dict[str, Address] = {}
    for stage in worlds:
        assert stage.planted is not None
        with stage.lit():
            places |= {place.path: place for place in addresses(stage.scene, stage.planted)}
    return list(places.values())
