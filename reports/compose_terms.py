"""What follows, by what route the paper comes, what is withheld and why, what is asked, and the appendices."""

from django.urls import reverse

from improvement.clocks import before_meeting
from improvement.time_limits import Kind
from improvement.timing import counted, written
from improvement.working_days import Calendar
from monitoring.ladder import Rung
from monitoring.models import Letter
from monitoring.scheme import UNRATED
from people.days import days
from people.models import Meeting
from reports.compose_background import address
from reports.drafting import Draft
from reports.facts import Facts, Pressing
from reports.keeping import Terms
from reports.paper import Table
from reports.wording import begun, number, ordinal


def what_follows(draft: Draft, facts: Facts, *, report_of: str) -> None:
    """Who goes on with it, and who looks at it next."""
    draft.say(
        f"{begun(report_of or 'the Director')} and those who lead the plan’s themes will continue to carry it out, and "
        "will report to members on what it changes for children as well as on what has been done.",
        origin="The council’s template",
    )
    if board := facts.next_board:
        pressing = "the actions named in Appendix 1" if facts.pressing else "the position set out here"
        draft.say(
            f"The Improvement Board meets next on {written(board.held_on)} and will consider {pressing}.",
            origin=str(board), terms=Terms(rows=reverse("meetings")),
        )  # fmt: skip


def route(draft: Draft, facts: Facts, *, meeting: Meeting, calendar: Calendar) -> None:
    """Why the matter was not in the forward plan, where the visit came too late for it."""
    if not (visit := facts.visit):
        return
    notices = before_meeting(meeting.held_on, calendar=calendar)
    latest = next((notice.due_on for notice in notices if notice.kind == Kind.FORWARD_PLAN), None)
    if latest is None or latest > visit.ends_on:
        return
    draft.say(
        "This matter could not be included in the published forward plan: notice was due by "
        f"{written(latest)}, and the visit took place on {days(visit.starts_on, visit.ends_on)}. As it is "
        "impracticable to defer it until it has been included, the report is submitted under the general exception "
        "(SI 2012/2089, regulation 10).",
        origin="Notice rules before a meeting", terms=Terms(rows=reverse("meetings")),
    )  # fmt: skip


def not_for_publication(draft: Draft, facts: Facts, *, sealed: Letter | None) -> None:
    """The ground in public, the same whether or not a letter has come; what was quoted and cited, under seal."""
    if facts.visit is None or facts.letter is not None:
        return
    visited = days(facts.visit.starts_on, facts.visit.ends_on)
    draft.say(
        "Ofsted gives the Council its letter about a monitoring visit upon terms that forbid its disclosure to the "
        "public until it is released, so that it is confidential information (Local Government Act 1972, section "
        f"100A(3)(a); SI 2012/2089, regulation 2). Nothing from a letter about the visit of {visited} is part of the "
        "published copy of this report.",
        origin="The visit, and its letter’s not being open",
    )
    if sealed:
        seal, terms = sealed.seal, Terms(seal=sealed.seal.pk, rows=address(facts.visit))
        quoted = f" The letter states: “{seal.embargo_words}”" if seal.embargo_words else ""
        draft.add(
            f"Not for Publication Appendix {_next_appendix(facts)} – {sealed.source.title} – and the findings quoted "
            f"from it in section 2 are withheld. {seal.relied_on}{quoted}",
            origin=sealed.source.title, terms=terms,
        )  # fmt: skip


def recommendations(draft: Draft, facts: Facts, *, body: str) -> None:
    """What members are asked for."""
    position = f"the position of the improvement plan on {written(facts.on)}"
    if visit := facts.visit:
        visited = f"Ofsted’s {ordinal(visit.ordinal)} monitoring visit of {days(visit.starts_on, visit.ends_on)}"
        seen = f"what inspectors found on {visited}" if facts.letter else visited
        draft.say(f"That the {body} notes {seen}, and {position}.", origin="The visit and the position")
    else:
        draft.say(f"That the {body} notes {position}.", origin="The position")
    if facts.pressing and facts.next_board:
        n = len(facts.pressing)
        asked = f"the {number(n)} actions" if n > 1 else "the action"
        draft.say(
            f"That the {body} asks the Improvement Board to consider {asked} named in Appendix 1 at its meeting on "
            f"{written(facts.next_board.held_on)}, and to say what will put each of them right.",
            origin="The actions that are overdue or rated red",
        )


def appendices(draft: Draft, facts: Facts, *, sealed: Letter | None) -> None:
    """What presses, the key to the ratings, and the letter: open, or under its seal and last."""
    red = facts.scheme.name("red")
    draft.head(f"Appendix 1 – Actions overdue or rated {red}", number=draft.next_number())
    if facts.pressing:
        draft.show(_pressing_table(facts), origin=f"Standing on {written(facts.on)}")
    else:
        draft.add(f"No action was overdue or rated {red} on {written(facts.on)}.")
    draft.head("Appendix 2 – What the ratings and the steps of impact mean", number=draft.next_number())
    draft.show(_key(facts), origin="The council’s rating scheme")
    draft.show(_ladder(), origin="The council’s ladder of impact")
    if letter := facts.letter:
        draft.head(f"Appendix {_next_appendix(facts) - 1} – {letter.source.title}", number=draft.next_number())
        _letter(draft, letter, terms=Terms(rows=address(letter.visit)))
    if sealed:
        terms = Terms(seal=sealed.seal.pk, rows=address(sealed.visit))
        draft.head(f"Not for Publication Appendix {_next_appendix(facts)} – {sealed.source.title}", terms=terms)
        _letter(draft, sealed, terms=terms)


def _next_appendix(facts: Facts) -> int:
    return 4 if facts.letter else 3


def _letter(draft: Draft, letter: Letter, *, terms: Terms) -> None:
    for words in filter(None, (words.strip() for words in letter.source.words.split("\n\n"))):
        draft.add(words, origin=letter.source.title, terms=terms)


def _pressing_table(facts: Facts) -> Table:
    def row(action: Pressing) -> tuple[str, ...]:
        return (f"{action.number} {action.title}. {action.lead}; due {written(action.due_on)}", action.because)

    caption = f"{begun(counted(len(facts.pressing), 'action'))}, {written(facts.on)}"
    return Table(
        caption=caption, header=("Action, lead and date", "Why"), rows=tuple(row(action) for action in facts.pressing)
    )


def _key(facts: Facts) -> Table:
    key = facts.scheme.whole_key() if facts.position.total.delivery[UNRATED] else facts.scheme.key()
    rows = tuple((entry.word, entry.meaning) for entry in key)
    return Table(caption="Delivery: what each rating means", header=("Rating", "Meaning"), rows=rows)


def _ladder() -> Table:
    rows = tuple((str(rung.label), rung.meaning) for rung in Rung)
    return Table(caption="Impact: what each step means", header=("Step", "Meaning"), rows=rows)
