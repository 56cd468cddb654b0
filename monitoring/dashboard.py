"""One day's dashboard as frozen values: each figure with the words of the address that opens what it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from improvement.lifecycle import Status
from improvement.models import Finding, Plan, Theme
from monitoring.ladder import Rung
from monitoring.models import Scheme
from monitoring.position import NOTHING, RATINGS, UNRATED, Counts, Position, position
from monitoring.scheme import Delivery


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and the words of the address of the list that it counts."""

    n: int
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A theme's figures, or all themes'; delivery and impact stand side by side and are never mixed."""

    title: str
    query: str
    worst: str
    all: Figure
    delivery: tuple[Figure, ...]
    late: Figure
    stale: Figure
    rung: tuple[Figure, ...]
    status: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A value that columns, keys and charts print: its code, its word and its meaning."""

    code: str
    word: str
    meaning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of what inspectors asked for is answered by an action, as the plan is written today."""

    asked: int
    answered: int

    @property
    def unanswered(self) -> int:
        """What nothing answers."""
        return self.asked - self.answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """What the board sees of a day."""

    on: date
    themes: tuple[Line, ...]
    total: Line
    ratings: tuple[Heading, ...]
    rungs: tuple[Heading, ...]
    statuses: tuple[Heading, ...]
    trend: tuple[tuple[date, Counts], ...]
    coverage: Coverage
    finding: str


def dashboard(plan: Plan, *, on: date, today: date) -> Dashboard:
    """Everything the board sees of the plan on a day, in four queries."""
    found = position(plan, on=on)
    day = {} if on == today else {"on": on.isoformat()}
    themes = tuple(
        _line(f"{number}. {title}", found.themes.get(theme, NOTHING), day | {"theme": slug})
        for theme, number, title, slug in Theme.objects.filter(plan=plan).values_list("pk", "number", "title", "slug")
    )
    total = _line("All themes", found.total, day)
    ratings = _ratings(Scheme.ours())
    return Dashboard(
        on=on,
        themes=themes,
        total=total,
        ratings=ratings,
        rungs=tuple(Heading(code=rung.value, word=str(rung.label), meaning=rung.meaning) for rung in Rung),
        statuses=tuple(Heading(code=status.value, word=str(status.label)) for status in Status),
        trend=found.trend,
        coverage=_coverage(plan),
        finding=trend_sentence(found, red=ratings[0].word),
    )


def trend_sentence(found: Position, *, red: str) -> str:
    """What the trend shows, in a sentence over its chart."""
    first, last = found.trend[0], found.trend[-1]
    now = f"{_share(last[1].delivery[Delivery.RED], of=last[1].all)} {'is' if last[1].delivery[Delivery.RED] == 1 else 'are'} {red.lower()}"
    if first[0] == last[0]:
        return f"{now}. There is no earlier month to compare it with."
    before = f"{first[0]:%B %Y}"
    return f"{now}; {_share(first[1].delivery[Delivery.RED], of=first[1].all)} {'was' if first[1].delivery[Delivery.RED] == 1 else 'were'} at the end of {before}."


def _share(n: int, *, of: int) -> str:
    return f"{n:,} of {of:,} actions" if n else f"none of {of:,} actions"


def _line(title: str, found: Counts, words: Mapping[str, str]) -> Line:
    def figure(n: int, **more: str) -> Figure:
        return Figure(n, urlencode({**words, **more}))

    def figures(facet: str, numbers: Mapping[str, int]) -> tuple[Figure, ...]:
        return tuple(figure(n, **{facet: value}) for value, n in numbers.items())

    return Line(
        title=title,
        query=urlencode(dict(words)),
        worst=found.worst,
        all=figure(found.all),
        delivery=figures("delivery", found.delivery),
        late=figure(found.late, late="yes"),
        stale=figure(found.stale, stale="yes"),
        rung=figures("rung", found.rung),
        status=figures("status", found.status),
    )


def _ratings(scheme: Scheme) -> tuple[Heading, ...]:
    key = {code.value: Heading(code=code.value, word=word, meaning=means) for code, word, means in scheme.as_rule().key()}
    unrated = Heading(code=UNRATED, word="Not rated", meaning="It has been withdrawn, so nobody rates it.")
    return tuple(key.get(rating, unrated) for rating in RATINGS)


def _coverage(plan: Plan) -> Coverage:
    return Coverage(**Finding.objects.of(plan).to_answer().coverage())
