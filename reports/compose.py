"""The only place where records become words: a draft for a meeting, from the facts of a day and the template."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from improvement.models import Plan, Refused
from improvement.timing import written
from improvement.working_days import Calendar
from monitoring.models import Letter, Visit, our_calendar
from people.models import Council, Meeting, Person
from reports import compose_background, compose_position, compose_register, compose_terms, keeping, letters, wording
from reports.drafting import Draft
from reports.facts import Facts, gather, sealed_letter
from reports.models import Paper, Template, TemplateSection
from reports.paper import Contact, Head
from reports.paper import Paper as Value
from sources.seals import acting_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """What a director asks for: a paper on a visit, or on progress, for a meeting, with the figures of a day."""

    meeting: Meeting
    visit: Visit | None
    as_at: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that the words are made from: what is open, and what only the composer and others cleared may see."""

    commission: Commission
    template: Template
    council: str
    facts: Facts
    sealed: Letter | None
    calendar: Calendar


Writer = Callable[[Draft, Sheet], None]


@transaction.atomic
def compose(commission: Commission, *, by: Person, at: datetime) -> Paper:
    """Compose a draft and keep it. Raises Refused where the council has no template, or no plan, yet."""
    template, plan = Template.ours(), Plan.current()
    if template is None or plan is None:
        raise Refused("A paper needs the council’s template and an adopted plan; one of them is missing.")
    with acting_as(None):
        facts = gather(plan, visit=commission.visit, on=commission.as_at, body=commission.meeting.body)
    sheet = Sheet(
        commission=commission, template=template, council=Council.ours().name, facts=facts,
        sealed=sealed_letter(commission.visit), calendar=our_calendar(),
    )  # fmt: skip
    drafts = list(write(sheet))
    return keeping.keep(
        Value(
            head=_head(sheet), sections=tuple(draft.section for draft in drafts), council=sheet.council,
            as_at=commission.as_at,
        ),
        by=by, at=at, belonging=_belonging(sheet, drafts),
    )  # fmt: skip


def write(sheet: Sheet) -> Iterable[Draft]:
    """Every section of the template in its order; one with a number inside it stands under the one before."""
    draft: Draft | None = None
    for row in sheet.template.sections.all():
        if "." in row.number and draft:
            _stand_under(draft, row)
            continue
        if draft:
            yield draft
        draft = Draft(number=row.number, heading=row.heading)
        WRITERS.get(row.number, _default(row))(draft, sheet)
        if not draft.blocks and row.default:
            draft.say(row.default, origin=TEMPLATE)
    if draft:
        yield draft


TEMPLATE = "The council’s template"


def _stand_under(draft: Draft, row: TemplateSection) -> None:
    draft.head(row.heading, number=row.number)
    if row.default:
        draft.add(row.default, origin=TEMPLATE)


def _default(row: TemplateSection) -> Writer:
    def write_default(draft: Draft, sheet: Sheet) -> None:
        if row.default:
            draft.say(row.default, origin=TEMPLATE)

    return write_default


def _summary(draft: Draft, sheet: Sheet) -> None:
    facts = sheet.facts
    if facts.visit:
        compose_background.visit_in_brief(draft, facts)
    else:
        draft.say(
            f"This report says how far the {facts.plan.title} had been carried out by {written(facts.on)}.",
            origin=facts.plan.title,
        )
    compose_position.in_brief(draft, facts)


def _background(draft: Draft, sheet: Sheet) -> None:
    compose_background.inspection(draft, sheet.facts)
    compose_background.visit(draft, sheet.facts)
    compose_background.findings(draft, sheet.facts)
    compose_position.position(draft, sheet.facts)
    compose_position.movement(draft, sheet.facts)
    compose_position.measures(draft, sheet.facts)
    compose_background.sealed_findings(draft, sheet.sealed)


def _considerations(draft: Draft, sheet: Sheet) -> None:
    compose_terms.what_follows(draft, sheet.facts, report_of=sheet.template.report_of)
    compose_terms.route(draft, sheet.facts, meeting=sheet.commission.meeting, calendar=sheet.calendar)


def _money(draft: Draft, sheet: Sheet) -> None:
    compose_register.money(draft, sheet.facts)


def _risks(draft: Draft, sheet: Sheet) -> None:
    compose_register.risks(draft, sheet.facts)


def _legal(draft: Draft, sheet: Sheet) -> None:
    default = next((row.default for row in sheet.template.sections.all() if row.number == draft.number), "")
    if default:
        draft.say(default, origin=TEMPLATE)
    compose_background.instruments(draft, sheet.facts)


def _private(draft: Draft, sheet: Sheet) -> None:
    compose_terms.not_for_publication(draft, sheet.facts, sealed=sheet.sealed)


def _recommendations(draft: Draft, sheet: Sheet) -> None:
    compose_terms.recommendations(draft, sheet.facts, body=sheet.commission.meeting.body.name)


def _appendices(draft: Draft, sheet: Sheet) -> None:
    compose_terms.appendices(draft, sheet.facts, sealed=sheet.sealed)


WRITERS: dict[str, Writer] = {
    "1": _summary,
    "2": _background,
    "3": _considerations,
    "4": _money,
    "5": _risks,
    "6": _legal,
    "8": _private,
    "10": _recommendations,
    "11": _appendices,
}
"""The sections that speak of records; every other says what the template says."""


def _head(sheet: Sheet) -> Head:
    template, meeting = sheet.template, sheet.commission.meeting
    return Head(
        report_of=template.report_of, committee=meeting.body.name, meeting_on=meeting.held_on,
        meeting_words=written(meeting.held_on), letter=_next_letter(sheet), title=wording.title(sheet.facts),
        signatory=tuple(template.signatory), portfolio=template.portfolio, scrutiny_area=template.scrutiny_area,
        contact=Contact(name=template.contact_name, phone=template.contact_phone, email=template.contact_email),
    )  # fmt: skip


def _next_letter(sheet: Sheet) -> str:
    """The next letter of the committee's municipal year. The body is held, so that two composers never share one."""
    meeting, begins = sheet.commission.meeting, sheet.template.annual_council_on
    held = type(meeting.body).objects.select_for_update(no_key=True).get(pk=meeting.body_id)
    year = letters.municipal_year(meeting.held_on, begins)
    given = Paper.objects.to(held).values_list("letter", "meeting_on")
    return letters.next_letter({x for x, on in given if x and on and letters.municipal_year(on, begins) == year})


def _belonging(sheet: Sheet, drafts: list[Draft]) -> keeping.Belonging:
    terms = {(s, b): terms for s, draft in enumerate(drafts) for b, (_, terms) in enumerate(draft.blocks)}
    return keeping.Belonging(
        template=sheet.template, body=sheet.commission.meeting.body, visit=sheet.commission.visit, terms=terms
    )
