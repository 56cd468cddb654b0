"""What a column of a council's spreadsheet means, by the many names that councils give it."""

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
    STATUS = "status", "Status"
    RATING = "rating", "Rating"
    MILESTONES = "milestones", "Milestones"
    FINDINGS = "findings", "Recommendation"
    UPDATE = "update", "Latest update"
    TERMS = "terms", "Terms"
    NOTHING = "nothing", "Not loaded"


NAMES: Mapping[Means, str] = {
    Means.NUMBER: "ref|ref no|reference|reference number|no|number|action ref|action reference|action no|"
    "action number|id|action id|item|item no|line|#",
    Means.THEME: "theme|priority|priority area|ambition|workstream|work stream|strand|area|improvement area|pillar|"
    "objective|section",
    Means.TITLE: "action|actions|action title|title|action required|activity|task|improvement action|key action|"
    "what",
    Means.WORDS: "what will we do|what we will do|what are we going to do|description|action description|detail|"
    "details|actions in full",
    Means.SUCCESS: "success measure|success measures|measure of success|measures of success|success criteria|outcome|"
    "outcomes|intended outcome|impact measure|how will we know|how we will know|what will success look like",
    Means.LEAD: "lead|who|owner|lead officer|responsible officer|responsible|responsibility|action lead|action owner|"
    "lead person|accountable officer|accountable|by whom|led by|named lead|who will do it",
    Means.STARTS: "start|start date|starts|from|begin|begins|commencement|planned start|start on",
    Means.DUE: "due|due date|deadline|by when|target date|completion date|when|end|end date|finish|finish date|"
    "timescale|timescales|target completion date|date due|complete by|planned end|delivery date",
    Means.STATUS: "status|action status|current status|state|stage|complete",
    Means.RATING: "rag|brag|rating|rag rating|brag rating|rag status|brag status|delivery rating|delivery|colour",
    Means.MILESTONES: "milestones|milestone|key milestones|steps|key steps|interim steps|milestones and dates",
    Means.FINDINGS: "recommendation|recommendations|ofsted ref|ofsted reference|ofsted recommendation|finding|"
    "findings|area for improvement|recommendation ref|ofsted rec|rec|links to recommendation",
    Means.UPDATE: "progress|update|updates|progress update|latest update|comments|comment|commentary|progress to date|"
    "latest position|current position|progress notes|notes|narrative",
    Means.TERMS: "terms",
    Means.NOTHING: "why|impact|overdue|first due",
}  # fmt: skip
_BY_NAME = {name: means for means, names in NAMES.items() for name in names.split("|")}
JOINED = frozenset({Means.MILESTONES, Means.UPDATE, Means.FINDINGS})
"""A sheet may have several of these (“Comments April”, “Comments May”); the others, once only."""
NEEDED = (Means.TITLE, Means.LEAD, Means.DUE)
"""Without these no action can be made."""


def plain_heading(heading: str) -> str:
    """A heading without its case, its marks and what stands in brackets."""
    bare = re.sub(r"[(\[].*?[)\]]", " ", heading.casefold().replace("’", "'")) or heading.casefold()
    return " ".join(re.sub(r"[^\w#&' ]|_", " ", bare).split()).strip("'")


def meaning(heading: str) -> Means | None:
    """What a heading means by itself, or None where nobody can know."""
    return _BY_NAME.get(plain_heading(heading))


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
    return found


def columns_objection(found: Sequence[Means | None]) -> str | None:
    """Why no plan can be read from these columns, or None if one can."""
    missing = [f"“{means.label}”" for means in NEEDED if means not in found]
    if not missing:
        return None
    listed = " and ".join([", ".join(missing[:-1]), missing[-1]] if len(missing) > 1 else missing)
    return f"No column says {listed}. Choose which column does, or name it so in the sheet."
