"""Where the plan stands and how it has moved, in the words and tables of a paper."""

from collections.abc import Callable, Iterable
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from improvement.timing import counted, written
from monitoring.ladder import Rung
from monitoring.movement import Movement, red_sentence, sentence
from monitoring.position import NOTHING, RATINGS, Counts
from monitoring.scheme import UNRATED
from reports.drafting import Draft
from reports.facts import Facts
from reports.figures import ALL, FILLS
from reports.keeping import Terms
from reports.paper import Table
from reports.readings import MeasureLine
from reports.wording import begun, number


def in_brief(draft: Draft, facts: Facts) -> None:
    """The position; and the movement, where that is what the paper is about."""
    draft.say(f"{_delivery(facts)} {_impact(facts)}", origin=_standing_of(facts), terms=_listed(facts))
    if facts.moved and not facts.visit:
        draft.say(_moves(facts, facts.moved), origin=_movement_of(facts.moved))


def position(draft: Draft, facts: Facts) -> None:
    """The two ratings side by side and never mixed: delivery as a chart with its table, then impact."""
    draft.head(f"Where the plan stood on {written(facts.on)}")
    shown, colours = shown_ratings(facts), FILLS | facts.scheme.colours
    draft.draw(
        _delivery_table(facts, shown), finding=_finding(facts), origin=_standing_of(facts),
        terms=Terms(rows=_listed(facts).rows, colours=tuple((rating, colours[rating]) for rating in shown)),
    )  # fmt: skip
    draft.say(
        "Delivery says whether an action is being done. Impact says how far it has been shown to help, and is judged "
        "apart from delivery: evidence is put forward, then verified by someone who neither leads nor updates the "
        "action, before a difference for children can be claimed.",
        origin="The council’s ladder of impact",
    )
    draft.show(_impact_table(facts), origin=_standing_of(facts), terms=_listed(facts))
    draft.say(_pressing(facts), origin=_standing_of(facts), terms=_listed(facts, order="rating"))


def movement(draft: Draft, facts: Facts) -> None:
    """How the open actions of one day became those of another."""
    if not (moved := facts.moved):
        return
    draft.head(f"What has changed since {facts.moved_since}")
    draft.say(
        f"{_moves(facts, moved)} An action is open until it has been closed or withdrawn.",
        origin=_movement_of(moved), terms=_listed(facts),
    )  # fmt: skip
    table = _movement_table(moved)
    if len(table.rows) > 2:  # more than the opening and the closing, which the sentence says by itself
        draft.show(table, origin=_movement_of(moved))


def measures(draft: Draft, facts: Facts) -> None:
    """What the board counts every month, a year ago and now."""
    if not facts.measures:
        return
    draft.head("What the measures show")
    met = sum(line.is_met for line in facts.measures)
    better, worse = (sum(line.direction == word for line in facts.measures) for word in ("Better", "Worse"))
    latest = max(line.period_on for line in facts.measures)
    provisional = all(line.is_provisional for line in facts.measures)
    draft.say(
        f"Of the {counted(len(facts.measures), 'measure')} that the Improvement Board watches, {number(met)} met the "
        f"target in {latest:%B %Y}. Over twelve months {number(better)} improved and {number(worse)} became worse."
        + (f" The figures for {latest:%B %Y} are provisional." if provisional else ""),
        origin=f"Measures to {latest:%B %Y}", terms=Terms(rows=reverse("dashboard")),
    )  # fmt: skip
    rows = tuple(
        (line.name, line.before, _latest(line, latest, all_provisional=provisional), line.target, line.direction)
        for line in facts.measures
    )
    year_before = latest.replace(year=latest.year - 1)
    header = ("Measure", f"{year_before:%b %Y}", f"{latest:%b %Y}", "Target", "Over the year")
    draft.show(
        Table(caption=f"Measures of the plan, {latest:%B %Y}", header=header, rows=rows),
        origin=f"Measures to {latest:%B %Y}",
    )


def _latest(line: MeasureLine, month: date, *, all_provisional: bool) -> str:
    notes = [f"{line.period_on:%B}"] if line.period_on != month else []
    notes += ["provisional"] if line.is_provisional and not all_provisional else []
    return f"{line.latest} ({', '.join(notes)})" if notes else line.latest


def _moves(facts: Facts, moved: Movement) -> str:
    return f"{sentence(moved)} {red_sentence(moved, red=facts.scheme.red)}"


def shown_ratings(facts: Facts) -> list[str]:
    """Those that the key names, and “not rated” only where some action is."""
    return [rating for rating in RATINGS if rating != UNRATED or facts.position.total.delivery[UNRATED]]


def _delivery(facts: Facts) -> str:
    total, name = facts.position.total, facts.scheme.name
    done = total.delivery["blue"]
    green, amber, red = (f"{total.delivery[rating]:,} {name(rating)}" for rating in ("green", "amber", "red"))
    rest = total.delivery[UNRATED]
    unrated = f", and {rest:,} had been withdrawn and so {_were(rest)} not rated" if rest else ""
    return (
        f"Of the plan’s {counted(total.all, 'action')} on {written(facts.on)}, {done:,} {_were(done)} rated "
        f"{name('blue')} (delivered or closed), {green}, {amber} and {red}{unrated}; "
        f"{number(total.late)} {_were(total.late)} overdue."
    )


def _impact(facts: Facts) -> str:
    rung = facts.position.total.rung
    shown, lasted = rung[Rung.IMPACT_SHOWN] + rung[Rung.SUSTAINED], rung[Rung.SUSTAINED]
    if not shown:
        return "None had yet been shown to make a difference for children."
    lasting = f", and for {number(lasted)} of these it had lasted" if lasted else ""
    return f"A difference for children had been shown for {number(shown)}{lasting}."


def _finding(facts: Facts) -> str:
    red, total = facts.scheme.name("red"), facts.position.total
    most = max((_of(facts, theme.pk).delivery["red"] for theme in facts.themes), default=0)
    worst = [theme for theme in facts.themes if _of(facts, theme.pk).delivery["red"] == most]
    if not most:
        return f"No action was rated {red} in any theme."
    if len(worst) > 1:
        of = f"{total.delivery['red']:,} of the {counted(total.all, 'action')}"
        return f"{of} were rated {red}, and no theme had more than {number(most)}."
    return f"{worst[0].title} had the most actions rated {red}: {most} of its {_of(facts, worst[0].pk).all}."


def _pressing(facts: Facts) -> str:
    red = facts.scheme.name("red")
    if not facts.pressing:
        return f"No action was overdue or rated {red}."
    n = len(facts.pressing)
    return f"{begun(counted(n, 'action'))} {_were(n)} overdue or rated {red}. Appendix 1 names each, its lead and why."


def _delivery_table(facts: Facts, shown: list[str]) -> Table:
    names = [facts.scheme.name(rating) for rating in shown]
    return Table(
        caption=f"Delivery by theme, {written(facts.on)}",
        header=("Theme", *names, "All", "Overdue"),
        rows=_by_theme(facts, lambda c: (*(c.delivery[rating] for rating in shown), c.all, c.late)),
    )


def _impact_table(facts: Facts) -> Table:
    return Table(
        caption=f"Impact by theme, {written(facts.on)}",
        header=("Theme", *(Rung(rung).label for rung in Rung.values)),
        rows=_by_theme(facts, lambda c: tuple(c.rung[rung] for rung in Rung.values)),
    )


def _by_theme(facts: Facts, figures: Callable[[Counts], tuple[int, ...]]) -> tuple[tuple[str, ...], ...]:
    def row(name: str, counts: Counts) -> tuple[str, ...]:
        return (name, *(str(n) for n in figures(counts)))

    themes = [row(theme.title, _of(facts, theme.pk)) for theme in facts.themes]
    return (*themes, row(ALL, facts.position.total))


def _movement_table(moved: Movement) -> Table:
    rows: Iterable[tuple[str, int]] = (
        (f"Open on {written(moved.from_on)}", len(moved.opening)),
        ("Added to the plan", len(moved.new)),
        ("Reopened", len(moved.reopened)),
        ("Closed", len(moved.closed)),
        ("Withdrawn", len(moved.withdrawn)),
        ("Taken out of the plan", len(moved.removed)),
        (f"Open on {written(moved.to_on)}", len(moved.closing)),
    )
    first, *steps, last = rows
    return Table(
        caption="Open actions: opening, changes and closing",
        header=("Step", "Actions"),
        rows=tuple((name, str(n)) for name, n in (first, *(step for step in steps if step[1]), last)),
    )


def _of(facts: Facts, theme: int) -> Counts:
    return facts.position.themes.get(theme, NOTHING)


def _standing_of(facts: Facts) -> str:
    return f"Standing of {counted(facts.position.total.all, 'action')} on {written(facts.on)}"


def _movement_of(moved: Movement) -> str:
    return f"Movement from {written(moved.from_on)} to {written(moved.to_on)}"


def _listed(facts: Facts, **words: str) -> Terms:
    return Terms(rows=f"{reverse('actions')}?{urlencode({'on': facts.on.isoformat(), **words})}")


def _were(n: int) -> str:
    return "was" if n == 1 else "were"
