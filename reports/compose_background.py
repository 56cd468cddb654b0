"""What inspectors found, in the words of a paper: the inspection, the visit and its letter."""

from django.urls import reverse

from improvement.models import Finding
from improvement.timing import counted, joined, written
from monitoring.models import Letter, Visit
from people.days import days
from reports.drafting import Draft
from reports.facts import Facts
from reports.keeping import NO_TERMS, Terms
from reports.wording import number, ordinal, within

GROUPS = (
    (Finding.Polarity.STRENGTH, "Inspectors saw these strengths:"),
    (Finding.Polarity.MIXED, "They saw a mixed picture in these matters:"),
    (Finding.Polarity.NEEDS_IMPROVEMENT, "They asked for improvement in these:"),
    (Finding.Polarity.NOT_PROGRESSED, "They found that these had not moved forward:"),
)


def visit_in_brief(draft: Draft, facts: Facts) -> None:
    """What a councillor has to know who reads no further."""
    visit = facts.visit
    assert visit is not None
    terms = Terms(rows=address(visit))
    draft.say(
        f"Ofsted’s inspectors made their {ordinal(visit.ordinal)} monitoring visit on "
        f"{days(visit.starts_on, visit.ends_on)}, following their inspection of the Council’s services for children, "
        f"of which they reported on {_reported(facts)}.",
        origin=_of(visit), terms=terms,
    )  # fmt: skip
    draft.say(
        f"The focus of the visit was {within(visit.focus)}. {_about_letter(facts)}", origin=_of(visit), terms=terms
    )


def _about_letter(facts: Facts) -> str:
    visit = facts.visit
    assert visit is not None
    if facts.letter:
        itself = "" if visit.ofsted_publishes else " Ofsted does not itself publish its letter about this visit."
        return f"What inspectors found is set out in section 2.{itself}"
    return "What inspectors found is not part of the published copy of this report; section 8 says why."


def _inspected(facts: Facts) -> str:
    on_site = f" on {days(facts.inspected[0].starts_on, facts.inspected[-1].ends_on)}" if facts.inspected else ""
    if len(facts.inspected) == 1 and facts.inspected[0].starts_on != facts.inspected[0].ends_on:
        on_site = f" from {days(facts.inspected[0].starts_on, facts.inspected[0].ends_on)}"
    return f"Ofsted inspected the Council’s services for children{on_site} and reported on {_reported(facts)}."


def _reported(facts: Facts) -> str:
    return written(facts.plan.inspection.published_on or facts.plan.inspection.received_on)


def inspection(draft: Draft, facts: Facts) -> None:
    """Where all of it began, and the plan that answers it."""
    source = facts.plan.inspection.source.title
    draft.head("The inspection and the plan")
    judged = ""
    if facts.inadequate:
        labels = joined([within(label) for label in facts.inadequate])
        n = len(facts.inadequate)
        judged = f" Of its {number(facts.judgements)} judgements, {number(n)} {_were(n)} inadequate: {labels}."
    draft.say(f"{_inspected(facts)}{judged}", origin=source)
    draft.say(_plan(facts), origin=facts.plan.title, terms=Terms(rows=reverse("actions")))


def _plan(facts: Facts) -> str:
    asked = [counted(facts.recommendations, "recommendation"), counted(facts.areas, "wider area") + " for improvement"]
    answered = joined([words for n, words in zip((facts.recommendations, facts.areas), asked, strict=True) if n])
    themes = number(len(facts.themes)) + (" theme" if len(facts.themes) == 1 else " themes")
    actions = counted(facts.position.total.all, "action")
    return (
        f"The {facts.plan.title} was adopted on {written(facts.plan.adopted_on)}. It answers the report’s "
        f"{answered} with {actions} under {themes}."
    )


def visit(draft: Draft, facts: Facts) -> None:
    """Who came, and what they looked at."""
    if not (seen := facts.visit):
        return
    terms = Terms(rows=address(seen))
    draft.head("Areas covered by the visit")
    draft.say(
        f"The visit of {days(seen.starts_on, seen.ends_on)} was made by {within(seen.inspectors)}.",
        origin=f"{_of(seen)}, fieldwork", terms=terms,
    )  # fmt: skip
    draft.say(f"Inspectors looked at {within(seen.areas)}.", origin=f"{_of(seen)}, fieldwork", terms=terms)


def findings(draft: Draft, facts: Facts) -> None:
    """What the letter says, where it is open: in its own words, strengths first as it gives them."""
    if not facts.letter or not facts.visit:
        return
    terms = Terms(rows=address(facts.visit))
    draft.head("What inspectors found")
    draft.say(
        f"{_received(facts.letter)} What follows is in the inspectors’ own words.",
        origin=facts.letter.source.title, terms=terms,
    )  # fmt: skip
    _group(draft, facts.findings, letter=facts.letter, terms=terms)


def sealed_findings(draft: Draft, letter: Letter | None) -> None:
    """What a letter under seal says, under that seal, last in the section."""
    if letter is None:
        return
    terms = Terms(seal=letter.seal.pk, rows=address(letter.visit))
    draft.head("What inspectors found (not for publication)", terms=terms)
    draft.add(
        f"{_received(letter)} What follows is in the inspectors’ own words.", origin=letter.source.title, terms=terms
    )
    said = tuple(Finding.objects.filter(source=letter.source_id).in_order())
    _group(draft, said, letter=letter, terms=terms)


def _group(draft: Draft, said: tuple[Finding, ...], *, letter: Letter, terms: Terms) -> None:
    for polarity, lead_in in GROUPS:
        group = [finding for finding in said if finding.polarity == polarity]
        if group:
            (draft.say if terms.seal == NO_TERMS.seal else draft.add)(lead_in, origin=letter.source.title, terms=terms)
        for finding in group:
            draft.point(finding.words, origin=f"{letter.source.title}, finding {finding.number}", terms=terms)


def _received(letter: Letter) -> str:
    if letter.final_received_on:
        return f"The Council received the final letter on {written(letter.final_received_on)}."
    if letter.draft_received_on:
        return (
            f"The Council received the draft letter on {written(letter.draft_received_on)}; the final one is awaited."
        )
    return "The Council has received the letter."


def instruments(draft: Draft, facts: Facts) -> None:
    """The notices and reviews since, in the order in which they came."""
    for each in facts.instruments:
        draft.say(
            f"On {written(each.issued_on)} {within(each.words)}.",
            origin=f"{each.get_kind_display()}, {written(each.issued_on)}",
        )


def _of(visit: Visit) -> str:
    return f"Visit {visit.ordinal}"


def address(visit: Visit) -> str:
    """Where this service shows the visit."""
    return reverse("visit", args=[visit.reference])


def _were(n: int) -> str:
    return "was" if n == 1 else "were"
