"""One day's dashboard as frozen values: each figure with the words of the address that opens what it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from improvement.answered import Answered
from improvement.lifecycle import VERIFIED_OR_HIGHER, Status
from improvement.models import Finding, Plan, Theme
from improvement.timing import counted, written
from monitoring.ladder import Rung
from monitoring.models import Scheme
from monitoring.position import NOTHING, Counts, Position, position
from monitoring.scheme import Delivery, Entry


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
class Month:
    """Where the plan stood at the end of a month, or on the day itself where the month goes on."""

    on: date
    counts: Counts
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """What the board sees of a day."""

    on: date
    themes: tuple[Line, ...]
    total: Line
    ratings: tuple[Entry, ...]
    rungs: tuple[Heading, ...]
    statuses: tuple[Heading, ...]
    trend: tuple[Month, ...]
    delivery_finding: str
    impact_finding: str
    coverage: Answered
    """How much of what was asked is answered, as the plan is written today."""


def dashboard(plan: Plan, *, on: date, today: date | None = None) -> Dashboard:
    """Everything the board sees of the plan on a day, in four queries; today is that day where none is given."""
    found = position(plan, on=on)
    day = {"on": on.isoformat()}
    themes = tuple(
        _line(f"{number}. {title}", found.themes.get(theme, NOTHING), day | {"theme": slug})
        for theme, number, title, slug in Theme.objects.filter(plan=plan).values_list("pk", "number", "title", "slug")
    )
    total = _line("All themes", found.total, day)
    ratings = Scheme.ours().as_rule().whole_key()
    return Dashboard(
        on=on,
        themes=themes,
        total=total,
        ratings=ratings,
        rungs=tuple(Heading(code=rung.value, word=str(rung.label), meaning=rung.meaning) for rung in Rung),
        statuses=tuple(Heading(code=status.value, word=str(status.label)) for status in Status),
        trend=tuple(_month(end, counts) for end, counts in found.trend),
        delivery_finding=_then_and_now(found, "delivery", (Delivery.RED,), ratings[0].word.lower()),
        impact_finding=_then_and_now(found, "rung", VERIFIED_OR_HIGHER, "verified or higher"),
        coverage=Finding.objects.of(plan).to_answer().coverage(on=today or on),
    )


def _month(end: date, found: Counts) -> Month:
    return Month(on=end, counts=found, line=_line(f"{end.day} {end:%B %Y}", found, {"on": end.isoformat()}))


def _then_and_now(found: Position, facet: str, values: Iterable[str], said: str) -> str:
    """What a trend shows, as the sentence over its chart."""

    def share(counts: Counts) -> str:
        n = sum(getattr(counts, facet)[value] for value in values)
        return f"{f'{n:,}' if n else 'None'} of {counted(counts.all, 'action')}"

    (first, then), (last, now) = found.trend[0], found.trend[-1]
    if first == last:
        return f"{share(now)} {said}. There is no earlier month to compare with."
    return f"{share(now)} {said}, against {_lower(share(then))} on {written(first)}"


def _lower(words: str) -> str:
    return words[0].lower() + words[1:]


def _line(title: str, found: Counts, words: Mapping[str, str]) -> Line:
    here = urlencode(dict(words))

    def figure(n: int, more: str = "") -> Figure:
        return Figure(n, f"{here}&{more}" if here and more else here or more)

    def figures(facet: str, numbers: Mapping[str, int]) -> tuple[Figure, ...]:
        return tuple(figure(n, f"{facet}={value}") for value, n in numbers.items())

    return Line(
        title=title,
        query=here,
        worst=found.worst,
        all=figure(found.all),
        delivery=figures("delivery", found.delivery),
        late=figure(found.late, "late=yes"),
        stale=figure(found.stale, "stale=yes"),
        rung=figures("rung", found.rung),
        status=figures("status", found.status),
    )
