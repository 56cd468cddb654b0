"""What a column of a council's spreadsheet means, by the many names that councils give it."""

import calendar
import re
from collections.abc import Mapping, Sequence

from django.db.models import TextChoices


class Means(TextChoices):
    """What a column tells of an action; the label is the heading that our own export gives it."""

    NUMBER = "number", "Ref"
    THEME = "theme", "Theme"
    TITLE = "title", "Action"
    WORDS = "words", "What we will do"
    SUCCESS = "success", "Success measure"
    LEAD = "lead", "Lead"
    STARTS = "starts", "Start"
    DUE = "due", "Due"
    REVISED = "revised", "Revised due date"
    STATUS = "status", "Status"
    RATING = "rating", "Rating"
    MILESTONES = "milestones", "Milestones"
    FINDINGS = "findings", "Recommendation"
    UPDATE = "update", "Latest update"
    TERMS = "terms", "Terms"
    NOTHING = "nothing", "Not loaded"


NAMES: Mapping[Means, str] = {
    Means.NUMBER: "ref|ref no|reference|reference number|no|number|action ref|action reference|action no|"
    "action number|id|action id|item|item no|line|#|action plan ref|unique ref|unique reference",
    Means.THEME: "theme|priority|priority area|ambition|workstream|work stream|strand|area|improvement area|pillar|"
    "objective|section|priority theme|strategic priority|key priority|improvement priority|domain",
    Means.TITLE: "action|actions|action title|title|action required|activity|task|improvement action|key action|"
    "what|actions required|actions to be taken|action to be taken|"
    "specific action|agreed action|recommended action|improvement activity",
    Means.WORDS: "what will we do|what we will do|what are we going to do|description|action description|detail|"
    "details|actions in full",
    Means.SUCCESS: "success measure|success measures|measure of success|measures of success|success criteria|outcome|"
    "outcomes|intended outcome|impact measure|how will we know|how we will know|what will success look like|"
    "what does success look like|what good looks like|what does good look like|desired outcome|desired outcomes|"
    "intended outcomes|intended impact|kpi|kpis|measure|measures|targets|how will we measure success|"
    "how will we know we have succeeded|how will we know it has worked|how will we know we have made a difference",
    Means.LEAD: "lead|who|owner|lead officer|responsible officer|responsible|responsibility|action lead|action owner|"
    "lead person|accountable officer|accountable|by whom|led by|named lead|who will do it|responsible person|"
    "responsible lead|lead officer responsible|lead responsible|officer|officer responsible|lead manager|"
    "accountable lead|named officer|delivery lead|operational lead|service lead|who is responsible|action by|"
    "assigned to|person responsible|lead agency|lead organisation|"
    "lead service|lead team|lead department|leads|lead officers|owners|who will lead|lead name",
    Means.STARTS: "start|start date|starts|from|begin|begins|commencement|planned start|start on",
    Means.DUE: "due|due date|deadline|by when|target date|completion date|when|end|end date|finish|finish date|"
    "timescale|timescales|target completion date|date due|complete by|planned end|delivery date|timeframe|"
    "time frame|time scale|timeline|due by|date for completion|planned completion date|planned completion|"
    "by when will it be done|expected completion date|when will it be done|original due date|original date|"
    "original target date|original deadline|original timescale|original completion date|target end date|"
    "planned end date|expected end date|date to be completed by|date to be completed|when by",
    Means.REVISED: "revised due date|revised date|revised target date|revised deadline|revised timescale|"
    "revised completion date|revised end date|new due date|new target date|new deadline|new date|extended date|"
    "extended to|forecast date|forecast completion date|current due date|revised due|revised",
    Means.STATUS: "status|action status|current status|state|stage|complete|completed|delivery status|progress status|"
    "implementation status|open closed",
    Means.RATING: "rag|brag|rating|rag rating|brag rating|rag status|brag status|delivery rating|delivery|colour|"
    "progress rag|delivery rag|rag progress|action rag|self assessment rag",
    Means.MILESTONES: "milestones|milestone|key milestones|steps|key steps|interim steps|milestones and dates",
    Means.FINDINGS: "recommendation|recommendations|ofsted ref|ofsted reference|ofsted recommendation|finding|"
    "findings|area for improvement|recommendation ref|ofsted rec|rec|links to recommendation|ofsted finding|"
    "ofsted findings|ofsted recommendations|areas for improvement|ofsted area for improvement|ilacs recommendation|"
    "recommendation no|recommendation number|rec no|link to ofsted rec|link to ofsted recommendation|"
    "linked recommendation|linked recommendations|link to recommendation|ofsted link|ofsted rec no",
    Means.UPDATE: "progress|update|updates|progress update|latest update|comments|comment|commentary|progress to date|"
    "latest position|current position|progress notes|notes|narrative|progress commentary|commentary on progress|"
    "progress made|progress report|progress comments|update on progress|progress since last report|"
    "progress since last meeting|progress since last update|status update|monthly update|highlights|"
    "what have we done|what we have done|what have we done so far|what has been done|position statement",
    Means.TERMS: "terms",
    Means.NOTHING: "why|impact|overdue|first due",
}  # fmt: skip
_BY_NAME = {name: means for means, names in NAMES.items() for name in names.split("|")}
_APART = re.compile(r"[/|:;,\n]| [-–—] | and | & ", re.IGNORECASE)
"""What parts several names for one column: “Progress update / commentary”."""
_OF_A_TIME = frozenset(
    name.casefold() for names in (calendar.month_name, calendar.month_abbr) for name in names if name
) | {"sept", "q1", "q2", "q3", "q4", "current", "latest", "overall", "ofsted", "as", "at", "of", "the"}
JOINED = frozenset({Means.SUCCESS, Means.MILESTONES, Means.UPDATE, Means.FINDINGS})
"""A sheet may have several of these (“Comments April”, “Comments May”); the others, once only."""
NEEDED = (Means.TITLE, Means.LEAD, Means.DUE)
"""Without these no action can be made."""


def plain_heading(heading: str) -> str:
    """A heading without its case, its marks and what stands in brackets."""
    bare = re.sub(r"[(\[].*?[)\]]", " ", heading.casefold().replace("’", "'")) or heading.casefold()
    return " ".join(re.sub(r"[^\w#&%' ]|_", " ", bare).split()).strip("'")


def meaning(heading: str) -> Means | None:
    """What a heading means by itself, or by the first of several names for it, or None where nobody can know."""
    whole = plain_heading(heading)
    first = plain_heading(_APART.split(heading, maxsplit=1)[0])
    names = (whole, *_undated(whole), first, *_undated(first))
    found = next((_BY_NAME[name] for name in names if name in _BY_NAME), None)
    return Means.REVISED if found == Means.DUE and "revised" in heading.casefold() else found


def _undated(plain: str) -> list[str]:
    """The heading without what only says which of several it is: “Comments Nov 25”, “Current RAG status”."""
    words = plain.split()
    kept = [word for word in words if word not in _OF_A_TIME and not re.fullmatch(r"\d{2}|\d{4}", word)]
    return [" ".join(kept)] if 0 < len(kept) < len(words) else []


def meanings(headings: Sequence[str], told: Mapping[str, str]) -> list[Means | None]:
    """What each column means: as a person told (by plain heading), or by its name; of two alike the first counts."""
    found: list[Means | None] = []
    for heading in headings:
        said = told.get(plain_heading(heading))
        means = Means(said) if said in Means.values else meaning(heading)
        again = means in found and means not in JOINED and means != Means.NOTHING
        found.append(None if again else means)
    if Means.TITLE not in found and Means.WORDS in found:
        # A sheet with one column of words calls it what it likes: it is the action.
        found[found.index(Means.WORDS)] = Means.TITLE
    if Means.DUE not in found and Means.REVISED in found:
        found[found.index(Means.REVISED)] = Means.DUE
    return found


def columns_objection(found: Sequence[Means | None]) -> str | None:
    """Why no plan can be read from these columns, or None if one can."""
    missing = [f"“{means.label}”" for means in NEEDED if means not in found]
    if not missing:
        return None
    listed = " and ".join([", ".join(missing[:-1]), missing[-1]] if len(missing) > 1 else missing)
    return f"No column says {listed}. Choose which column does, or name it so in the sheet."
